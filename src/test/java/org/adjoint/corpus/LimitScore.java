package org.adjoint.corpus;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.adjoint.cli.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The outcome of a corpus of limits: every case answered by the command and judged by the referee. */
record LimitScore(List<Row> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How often each question is asked; the shortest time counts. */
    private static final int PASSES = Integer.getInteger("corpus.passes", 1);

    /**
     * One case.
     *
     * @param verdict      what the command says: {@code value}, {@code cases}, {@code none}, {@code undecided}; or {@code error}
     * @param text         the answer, or the reason
     * @param seen         whether it was seen numerically
     * @param objection    what the referee has against it
     * @param milliseconds of the whole command
     */
    record Row(LimitCase given, String verdict, String text, boolean seen, Optional<String> objection,
            double milliseconds) {
        boolean isRefused() {
            return verdict.equals("undecided") || verdict.equals("error")
                    || verdict.equals("none") && !given.expected().equals("none");
        }

        boolean isWrong() {
            return !isRefused() && objection.isPresent();
        }

        boolean isRight() {
            return !isRefused() && objection.isEmpty();
        }

        String line() {
            return given + "\n    " + verdict + objection.map(o -> ": " + o).orElse("") + ": " + text;
        }
    }

    static LimitScore of(List<LimitCase> cases) {
        List<Row> rows = new ArrayList<>();
        for (LimitCase each : cases) {
            Row row = row(each);
            double shortest = row.milliseconds();
            for (int pass = 1; pass < PASSES; pass++) {
                shortest = Math.min(shortest, row(each).milliseconds());
            }
            rows.add(new Row(each, row.verdict(), row.text(), row.seen(), row.objection(), shortest));
        }
        return new LimitScore(rows);
    }

    private static Row row(LimitCase each) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        long start = System.nanoTime();
        int code = Main.run(each.question().toArray(String[]::new), new PrintWriter(out), new PrintWriter(err, true));
        double milliseconds = (System.nanoTime() - start) / 1e6;
        if (code > 1) {
            return new Row(each, "error", err.toString().strip(), false, Optional.empty(), milliseconds);
        }
        JsonNode answer = JSON.readTree(out.toString());
        String verdict = answer.path("verdict").asString("");
        boolean seen = answer.path("evidence").path("detail").asString("").startsWith("seen");
        String text = answer.path("text").asString("");
        if (verdict.equals("none") || verdict.equals("undecided")) {
            return new Row(each, verdict, answer.path("reason").asString(""), seen, Optional.empty(), milliseconds);
        }
        List<LimitReferee.Answered> answers = new ArrayList<>();
        if (verdict.equals("value")) {
            answers.add(new LimitReferee.Answered("", text));
        } else {
            answer.path("cases").forEach(one -> answers.add(new LimitReferee.Answered(one.path("when").asString(""),
                    one.path("text").asString("none"))));
        }
        return new Row(each, verdict, text.isEmpty() ? answer.path("cases").toString() : text, seen,
                new LimitReferee(each).objection(answers), milliseconds);
    }

    long count(Predicate<Row> what) {
        return rows.stream().filter(what).count();
    }

    double quantile(double q) {
        List<Double> times = rows.stream().map(Row::milliseconds).sorted().toList();
        return times.get((int) Math.min(times.size() - 1, Math.floor(q * times.size())));
    }

    /** A table of all families: right, refused, wrong, seen on the way, times. */
    String table() {
        Map<String, List<Row>> families = new TreeMap<>();
        rows.forEach(row -> families.computeIfAbsent(row.given().family(), f -> new ArrayList<>()).add(row));
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-21s%6s%7s%9s%7s%6s%11s%9s%n", "family",
                "rows", "right", "refused", "wrong", "seen", "ms median", "ms max"));
        families.forEach((family, each) -> table.append(new LimitScore(each).line(family)));
        return table.append(line("all")).toString();
    }

    private String line(String name) {
        return String.format(Locale.ROOT, "%-21s%6d%7d%9d%7d%6d%11.1f%9.0f%n", name, rows.size(), count(Row::isRight),
                count(Row::isRefused), count(Row::isWrong), count(Row::seen), quantile(0.5), quantile(1));
    }
}
