package org.adjoint.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The outcome of a corpus: every case derived, judged by the referee, and proved equal to the published form or not. */
record Score(List<Row> rows) {
    /** How often each question is asked; the shortest time counts, so that a warm engine is measured by more than one. */
    private static final int PASSES = Integer.getInteger("corpus.passes", 1);

    /**
     * One case.
     *
     * @param objection what the referee has against the answer; empty when it is right or refused
     * @param proved    whether the answer is proved equal to the published form
     * @param note      why it is not
     */
    record Row(Case given, Answer answer, Optional<String> objection, boolean proved, String note) {
        boolean isRight() {
            return !answer.isRefused() && objection.isEmpty();
        }

        boolean isWrong() {
            return objection.isPresent();
        }

        /** The printed size against that of the published form. */
        double ratio() {
            return TermParser.parse(answer.matlab()).size() / (double) TermParser.parse(given.expected()).size();
        }

        String line() {
            return answer.isRefused() ? given + "\n    refused: " + answer.reason().lines().findFirst().orElse("")
                    : given + "\n    " + objection.map(o -> "WRONG: " + o + "\n    ").orElse("")
                            + (isRight() ? String.format(Locale.ROOT, "ratio %.2f, %s: ", ratio(),
                                    proved ? "proved" : "not proved (" + note + ")") : "")
                            + answer.matlab() + "\n    published: " + given.expected();
        }
    }

    static Score of(List<Case> cases) {
        double[] shortest = new double[cases.size()];
        Arrays.fill(shortest, Double.MAX_VALUE);
        for (int pass = 1; pass < PASSES; pass++) {
            for (int k = 0; k < shortest.length; k++) {
                shortest[k] = Math.min(shortest[k], Answer.to(cases.get(k)).milliseconds());
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < shortest.length; k++) {
            rows.add(row(cases.get(k), Answer.to(cases.get(k)).within(shortest[k])));
        }
        return new Score(rows);
    }

    private static Row row(Case each, Answer answer) {
        if (answer.isRefused()) {
            return new Row(each, answer, Optional.empty(), false, "refused");
        }
        Optional<String> objection = Referee.objection(each.withExpected(answer.matlab()));
        if (objection.isPresent()) {
            return new Row(each, answer, objection, false, "wrong");
        }
        try {
            boolean proved = Reading.proof(each, answer.matlab(), each.expected()).isPresent();
            return new Row(each, answer, objection, proved, proved ? "" : "no proof found");
        } catch (RuntimeException unreadable) {
            return new Row(each, answer, objection, false, String.valueOf(unreadable.getMessage()));
        }
    }

    long count(Predicate<Row> what) {
        return rows.stream().filter(what).count();
    }

    List<Row> right() {
        return rows.stream().filter(Row::isRight).toList();
    }

    /** The ratios of printed sizes, in ascending order. */
    List<Double> ratios() {
        return right().stream().map(Row::ratio).sorted().toList();
    }

    static double quantile(List<Double> ascending, double q) {
        return ascending.isEmpty() ? Double.NaN
                : ascending.get((int) Math.min(ascending.size() - 1, Math.floor(q * ascending.size())));
    }

    /** A table of all categories: right, refused, wrong, proved, times and sizes. */
    String table() {
        Map<String, List<Row>> categories = new TreeMap<>();
        rows.forEach(row -> categories.computeIfAbsent(row.given().category(), c -> new ArrayList<>()).add(row));
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-18s%6s%7s%9s%7s%8s%11s%9s%13s%9s%n",
                "category", "rows", "right", "refused", "wrong", "proved", "ms median", "ms max", "size median",
                "max"));
        categories.forEach((category, each) -> table.append(new Score(each).line(category)));
        return table.append(line("all")).toString();
    }

    private String line(String name) {
        List<Double> times = rows.stream().map(row -> row.answer().milliseconds()).sorted().toList();
        return String.format(Locale.ROOT, "%-18s%6d%7d%9d%7d%8d%11.1f%9.0f%13.2f%9.2f%n", name, rows.size(),
                right().size(), count(row -> row.answer().isRefused()), count(Row::isWrong), count(Row::proved),
                quantile(times, 0.5), quantile(times, 1), quantile(ratios(), 0.5), quantile(ratios(), 1));
    }
}
