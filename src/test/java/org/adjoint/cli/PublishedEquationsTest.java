package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

/**
 * Published answers held against their teachers' answers, and published wrong derivatives: every verdict is the right one.
 * Skipped where the tables are not there.
 */
class PublishedEquationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MATRIX = Pattern.compile("(\\w+):(?:mat|vec)\\((.*)\\)");
    private static final Pattern INTEGER = Pattern.compile("(\\w+) integer");
    private static final Map<String, String> FACTS = Map.of("inv", "invertible", "sym", "symmetric", "spd", "spd",
            "pos", "positive", "unit", "unit", "onehot", "onehot", "prob", "probability", "int", "integer");

    private static String verdict(List<String> args) {
        Run run = adjoint(args.toArray(String[]::new));
        assertThat(run.code()).as("%s%n%s", args, run.err()).isBetween(0, 2);
        return JSON.readTree(run.out()).get("verdict").asString();
    }

    @Test
    void everyAnswerIsJudgedAsItsTeacherDoes() {
        List<Corpus.Row> rows = Corpus.rows("equivalence.tsv");
        Map<String, List<String>> right = Map.of("equal", List.of("proved", "supported"), "not equal",
                List.of("refuted"), "invalid", List.of("ill-formed"));
        Map<String, String> wrong = new TreeMap<>();
        for (Corpus.Row row : rows) {
            String verdict = verdict(equation(row));
            if (!right.getOrDefault(row.cell("expected"), List.of()).contains(verdict)) {
                wrong.put(row.cell("id"), verdict + " instead of " + row.cell("expected"));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(521);
    }

    /** Each step of the proofs is evaluated again, and none is contradicted. */
    @Test
    void theStepsOfTheProofsHold() {
        List<Corpus.Row> rows = Corpus.rows("equivalence.tsv").stream()
                .filter(row -> row.cell("expected").equals("equal")).toList();
        int told = 0;
        for (int k = 0; k < rows.size(); k += 3) {
            List<String> args = equation(rows.get(k));
            args.removeAll(List.of("--format", "json"));
            args.add("--proofs");
            String out = adjoint(args.toArray(String[]::new)).out();
            assertThat(out).as("%s", args).doesNotContain("withheld", "too large to be evaluated");
            told += out.contains("each step was evaluated again") ? 1 : 0;
        }
        assertThat(told).isGreaterThan(50);
    }

    private static List<String> equation(Corpus.Row row) {
        List<String> args = new ArrayList<>(List.of("equal", row.cell("student"), row.cell("teacher"), "--dialect",
                "math", "--format", "json"));
        for (String part : row.cell("assumptions").split(";")) {
            String given = part.strip();
            Matcher matrix = MATRIX.matcher(given);
            Matcher integer = INTEGER.matcher(given);
            if (matrix.matches()) {
                args.addAll(List.of("--shape", matrix.group(1) + "=[" + matrix.group(2) + "]"));
            } else if (integer.matches()) {
                args.addAll(List.of("--shape", integer.group(1) + "=[] integer"));
            } else if (!given.isEmpty()) {
                args.addAll(List.of("--assume", given));
            }
        }
        if (!row.cell("mode").isEmpty() && !row.cell("mode").equals("exact")) {
            args.addAll(List.of("--tolerance", row.cell("mode")));
        }
        return args;
    }

    @Test
    void wrongDerivativesAreRefutedAndRightOnesHold() {
        List<Corpus.Row> rows = Corpus.rows("wrong-answers.tsv");
        for (Corpus.Row row : rows) {
            assertThat(verdict(claim(row, "wrong"))).as(row.cell("id")).isEqualTo("refuted");
            assertThat(verdict(claim(row, "right"))).as(row.cell("id")).isIn("proved", "supported");
        }
        assertThat(rows).isNotEmpty();
    }

    private static List<String> claim(Corpus.Row row, String answer) {
        String operator = Map.of("gradient", "grad", "jacobian", "jacobian", "hessian", "hessian")
                .getOrDefault(row.cell("layout"), "grad");
        List<String> args = new ArrayList<>(List.of("equal",
                operator + "(" + row.cell("expression") + ", " + row.cell("wrt") + ")", row.cell(answer), "--dialect",
                "matlab", "--format", "json"));
        for (String part : row.cell("shapes").split(";")) {
            String[] words = part.strip().split("[ :]+");
            if (!words[0].isEmpty() && !words[0].equals("dim")) {
                args.addAll(List.of("--shape", shape(words)));
            }
        }
        return args;
    }

    /** {@code A: m x n sym} as {@code A=[m,n] symmetric}. */
    private static String shape(String[] words) {
        List<String> sizes = new ArrayList<>();
        StringBuilder facts = new StringBuilder();
        for (int k = 1; k < words.length; k++) {
            if (FACTS.containsKey(words[k])) {
                facts.append(' ').append(FACTS.get(words[k]));
            } else if (!words[k].equals("x") && !words[k].equals("scalar")) {
                sizes.add(words[k]);
            }
        }
        return words[0] + "=[" + String.join(",", sizes) + "]" + facts;
    }
}
