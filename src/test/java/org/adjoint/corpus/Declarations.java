package org.adjoint.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables with their shapes and facts, and random values of them for which the facts hold. */
record Declarations(List<Variable> variables, Map<String, int[]> ranges) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    /**
     * A declared variable.
     *
     * @param axes  its sizes as written; none for a scalar
     * @param facts words such as {@code spd}, {@code pos}, {@code onehot}
     */
    record Variable(String name, List<String> axes, Set<String> facts) {
    }

    static Declarations of(String text) {
        List<Variable> variables = new ArrayList<>();
        Map<String, int[]> ranges = new LinkedHashMap<>();
        for (String part : text.split(";")) {
            Matcher range = Pattern.compile("\\s*dim (\\w+)=(\\d+)\\.\\.(\\d+)\\s*").matcher(part);
            if (range.matches()) {
                ranges.put(range.group(1),
                        new int[] {Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3))});
            } else if (!part.isBlank()) {
                variables.add(variable(part.strip()));
            }
        }
        return new Declarations(variables, ranges);
    }

    private static Variable variable(String text) {
        String name = text.substring(0, text.indexOf(':')).strip();
        List<String> words = List.of(text.substring(text.indexOf(':') + 1).strip().split("\\s+"));
        List<String> axes = new ArrayList<>();
        int next = 1;
        axes.add(words.get(0));
        while (next + 1 < words.size() && words.get(next).equals("x")) {
            axes.add(words.get(next + 1));
            next += 2;
        }
        axes.remove("scalar");
        return new Variable(name, axes, Set.copyOf(words.subList(next, words.size())));
    }

    Variable variable(Object name) {
        return variables.stream().filter(v -> v.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not declared"));
    }

    private Set<String> sizes() {
        Set<String> names = new LinkedHashSet<>();
        for (Variable variable : variables) {
            for (String axis : variable.axes()) {
                NAME.matcher(axis).results().forEach(match -> names.add(match.group()));
            }
        }
        return names;
    }

    /** Sizes between 2 and 5, all distinct while they last, and values of every variable at them. */
    Map<String, Array> draw(Random random) {
        Map<String, Array> values = new LinkedHashMap<>();
        List<Integer> distinct = new ArrayList<>(List.of(2, 3, 4, 5));
        Collections.shuffle(distinct, random);
        int next = 0;
        for (String size : sizes()) {
            int[] range = ranges.get(size);
            int value = range != null ? random.nextInt(range[0], range[1] + 1)
                    : next < distinct.size() ? distinct.get(next++) : random.nextInt(2, 5);
            values.put(size, Array.scalar(value));
        }
        for (Variable variable : variables) {
            int[] shape = variable.axes().stream().mapToInt(axis -> (int) Naive.value(TermParser.parse(axis), values)
                    .value()).toArray();
            values.put(variable.name(), draw(variable.facts(), shape, random));
        }
        return values;
    }

    private static Array draw(Set<String> facts, int[] axes, Random random) {
        int[] shape = axes.length == 0 ? new int[] {1, 1} : axes.length == 1 ? new int[] {axes[0], 1} : axes;
        Array x = Array.zeros(shape).map(t -> entry(facts, random));
        if (facts.contains("onehot") || facts.contains("prob")) {
            x = rows(facts, x, random);
        }
        if (facts.contains("int")) {
            double integer = random.nextInt(2, 5);
            x = x.map(t -> integer);
        }
        if (facts.contains("sym")) {
            x = x.with(x.transposed(), (a, b) -> (a + b) / 2);
        }
        if (facts.contains("spd")) {
            double n = shape[0];
            x = x.times(x.transposed()).map(t -> t / n).with(Matrices.eye(shape[0]), Double::sum);
        }
        if (facts.contains("inv")) {
            double n = shape[0];
            x = x.with(Matrices.eye(shape[0]), (a, b) -> a + b * (2 + n / 2));
        }
        return facts.contains("small") ? x.map(t -> 0.3 * t) : x;
    }

    private static double entry(Set<String> facts, Random random) {
        return facts.contains("pos") ? random.nextDouble(0.4, 1.8)
                : facts.contains("unit") ? random.nextDouble(0.1, 0.9)
                        : facts.contains("pm1") ? 2 * random.nextInt(2) - 1
                                : facts.contains("01") ? random.nextInt(2) : random.nextGaussian();
    }

    /** One-hot or probability: the column as a whole, or every row of a matrix. */
    private static Array rows(Set<String> facts, Array like, Random random) {
        boolean column = like.columns() == 1;
        int rows = column ? 1 : like.rows();
        int length = column ? like.rows() : like.columns();
        double[][] drawn = new double[rows][length];
        for (double[] row : drawn) {
            double sum = 0;
            for (int j = 0; j < length; j++) {
                row[j] = facts.contains("prob") ? random.nextDouble(0.2, 1) : 0;
                sum += row[j];
            }
            for (int j = 0; j < length && facts.contains("prob"); j++) {
                row[j] /= sum;
            }
            if (facts.contains("onehot")) {
                row[random.nextInt(length)] = 1;
            }
        }
        return Array.matrix(like.rows(), like.columns(), (i, j) -> column ? drawn[0][i] : drawn[i][j]);
    }
}
