package org.adjoint.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The report as JUnit XML: a point at which nothing could be said is a skipped test. */
final class XmlReport {

    private XmlReport() {}

    static String of(GradientReport report, String suite) {
        var cases = new LinkedHashMap<String, List<Finding>>();
        for (var f : report.findings()) {
            cases.computeIfAbsent(f.quantity() + " at point " + f.place().point(), k -> new ArrayList<>()).add(f);
        }
        int failed = 0;
        int skipped = 0;
        var body = new StringBuilder();
        for (var entry : cases.entrySet()) {
            body.append("  <testcase classname=\"").append(escape(suite)).append("\" name=\"")
                    .append(escape(entry.getKey())).append('"');
            var wrong = entry.getValue().stream().filter(Finding::isWrong).toList();
            if (!wrong.isEmpty()) {
                failed++;
                body.append(">\n    <failure message=\"").append(escape(wrong.get(0).toString())).append("\">")
                        .append(escape(report.toString())).append("</failure>\n  </testcase>\n");
            } else if (entry.getValue().stream().noneMatch(Finding::isRight)) {
                skipped++;
                body.append(">\n    <skipped message=\"").append(escape(entry.getValue().get(0).toString()))
                        .append("\"/>\n  </testcase>\n");
            } else {
                body.append("/>\n");
            }
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="%s" tests="%d" failures="%d" skipped="%d" errors="0">
                  <properties><property name="seed" value="%d"/></properties>
                %s</testsuite>
                """.formatted(escape(suite), cases.size(), failed, skipped, report.seed(), body);
    }

    static String escape(String text) {
        var escaped = new StringBuilder();
        text.codePoints().filter(c -> c >= ' ' || c == '\n' || c == '\t').filter(c -> c != 0xFFFE && c != 0xFFFF)
                .forEach(c -> {
                    switch (c) {
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '&' -> escaped.append("&amp;");
                        case '"' -> escaped.append("&quot;");
                        default -> escaped.appendCodePoint(c);
                    }
                });
        return escaped.toString();
    }
}
