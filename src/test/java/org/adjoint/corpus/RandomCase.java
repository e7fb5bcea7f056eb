package org.adjoint.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random well-shaped expressions over matrices, columns and scalars of three sizes and every function of the notation. */
final class RandomCase {
    /** Name, rows, columns and fact of each variable. */
    private static final List<List<String>> VARIABLES = List.of(List.of("A", "m", "n", ""), List.of("B", "n", "k", ""),
            List.of("C", "m", "n", ""), List.of("M", "n", "n", ""), List.of("S", "n", "n", "spd"),
            List.of("Q", "n", "n", "sym"), List.of("X", "n", "n", "inv"), List.of("x", "n", "1", ""),
            List.of("y", "n", "1", ""), List.of("z", "m", "1", ""), List.of("p", "n", "1", "pos"),
            List.of("q", "n", "1", "prob"), List.of("o", "n", "1", "onehot"), List.of("t", "1", "1", ""),
            List.of("s", "1", "1", "pos"));
    private static final List<String> ENTRYWISE = List.of("exp", "sin", "cos", "tanh", "cosh", "sinh", "abs", "relu",
            "sigmoid", "softplus", "arctan", "tan", "sign", "step");
    private static final List<String> OF_POSITIVE = List.of("log", "sqrt");
    private static final List<String> SIZES = List.of("m", "n", "k");

    private final Random random;

    private RandomCase(Random random) {
        this.random = random;
    }

    /** The case of a seed; the same seed gives the same case. */
    static Case of(long seed) {
        return new RandomCase(new Random(seed * 0x9E3779B97F4A7C15L)).draw("fuzz " + seed);
    }

    private Case draw(String id) {
        while (true) {
            int depth = 2 + random.nextInt(3);
            String layout = pick("gradient", "gradient", "gradient", "gradient", "jacobian", "jacobian", "hessian",
                    "jacvec",
                    "hessvec", "dscalar");
            String text = switch (layout) {
                case "jacobian" -> expression(pick("m", "n"), "1", depth);
                case "jacvec", "dscalar" -> expression(pick("m", "n"), pick("n", "k", "1"), depth - 1);
                case "hessian", "hessvec" -> expression("1", "1", depth - 1);
                default -> expression("1", "1", depth);
            };
            List<List<String>> candidates = new ArrayList<>(VARIABLES.stream()
                    .filter(v -> text.matches(".*\\b" + v.get(0) + "\\b.*") && fits(layout, v)).toList());
            if (!candidates.isEmpty()) {
                String wrt = candidates.get(random.nextInt(candidates.size())).get(0);
                return new Case(id, layout, text, shapes(text), wrt, "0", layout);
            }
        }
    }

    /** Nothing is differentiated by a one-hot column, whose zeros are kinks of relu. */
    private static boolean fits(String layout, List<String> variable) {
        if (variable.get(3).equals("onehot")) {
            return false;
        }
        boolean scalar = variable.get(1).equals("1");
        boolean column = !scalar && variable.get(2).equals("1");
        return switch (layout) {
            case "dscalar" -> scalar;
            case "jacobian", "hessian" -> column;
            case "jacvec", "hessvec" -> !scalar;
            default -> true;
        };
    }

    /** The declarations that a text needs; its sizes are declared by some variable of it or by an unused one. */
    private static String shapes(String text) {
        Map<String, String> shapes = new TreeMap<>();
        for (List<String> v : VARIABLES) {
            boolean used = text.matches(".*\\b" + v.get(0) + "\\b.*");
            boolean sizes = List.of("A", "B").contains(v.get(0));
            if (used || sizes) {
                String shape = v.get(1).equals("1") ? "scalar"
                        : v.get(2).equals("1") ? v.get(1) : v.get(1) + " x " + v.get(2);
                shapes.put(v.get(0), v.get(0) + ":" + shape + (v.get(3).isEmpty() ? "" : " " + v.get(3)));
            }
        }
        return String.join("; ", shapes.values()) + "; dim m=2..4; dim n=2..3; dim k=2..3";
    }

    private String pick(String... options) {
        return options[random.nextInt(options.length)];
    }

    private String size() {
        return SIZES.get(random.nextInt(SIZES.size()));
    }

    private String leaf(String rows, String columns) {
        List<String> leaves = new ArrayList<>();
        for (List<String> v : VARIABLES) {
            if (v.get(1).equals(rows) && v.get(2).equals(columns)) {
                leaves.add(v.get(0));
            }
            if (v.get(1).equals(columns) && v.get(2).equals(rows) && !(rows.equals("1") && columns.equals("1"))) {
                leaves.add(v.get(0) + "'");
            }
        }
        if (rows.equals("1") && columns.equals("1")) {
            leaves.add(String.valueOf(1 + random.nextInt(3)));
        } else if (leaves.isEmpty()) {
            leaves.add(columns.equals("1") ? "ones(" + rows + ")" : "ones(" + rows + "," + columns + ")");
        }
        return leaves.get(random.nextInt(leaves.size()));
    }

    private String expression(String rows, String columns, int depth) {
        if (depth <= 0) {
            return leaf(rows, columns);
        }
        boolean scalar = rows.equals("1") && columns.equals("1");
        if (scalar && random.nextInt(10) < 7) {
            return scalar(depth);
        }
        if (rows.equals(columns) && !scalar && random.nextInt(10) < 3) {
            return square(rows, depth);
        }
        if (!rows.equals("1") && columns.equals("1") && random.nextInt(10) < 3) {
            return column(rows, depth);
        }
        return anything(rows, columns, depth);
    }

    private String anything(String rows, String columns, int depth) {
        int d = depth - 1;
        return switch (random.nextInt(15)) {
            case 0 -> "(" + expression(rows, columns, d) + "+" + expression(rows, columns, d) + ")";
            case 1 -> difference(expression(rows, columns, d), expression(rows, columns, d));
            case 2, 3 -> "(" + expression(rows, columns, d) + ").*(" + expression(rows, columns, d) + ")";
            case 4 -> "(" + expression(rows, columns, d) + ")./(" + positive(rows, columns, d) + ")";
            case 5 -> "(" + expression("1", "1", d) + ")*(" + expression(rows, columns, d) + ")";
            case 6 -> "(" + expression(rows, columns, d) + ")/(" + positive("1", "1", d) + ")";
            case 7, 8, 9 -> {
                String inner = size();
                yield "(" + expression(rows, inner, d) + ")*(" + expression(inner, columns, d) + ")";
            }
            case 10 -> "(" + expression(columns, rows, d) + ")'";
            case 11, 12 -> ENTRYWISE.get(random.nextInt(ENTRYWISE.size())) + "(" + expression(rows, columns, d) + ")";
            case 13 -> OF_POSITIVE.get(random.nextInt(2)) + "(" + positive(rows, columns, d) + ")";
            default -> random.nextBoolean() ? "-(" + expression(rows, columns, d) + ")"
                    : "(" + expression(rows, columns, d) + ").^" + pick("2", "3");
        };
    }

    /** Never {@code a - a}: a function that is zero everywhere says nothing. */
    private static String difference(String a, String b) {
        return a.equals(b) ? "2*(" + a + ")" : "(" + a + "-" + b + ")";
    }

    private String scalar(int depth) {
        int d = depth - 1;
        String r = size();
        String c = random.nextBoolean() ? "1" : size();
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> "sum(" + expression(r, c, d) + ")";
            case 3 -> "tr(" + expression("n", "n", d) + ")";
            case 4, 5 -> "(" + expression(r, "1", d) + ")'*(" + expression(r, "1", d) + ")";
            case 6 -> "norm2(" + expression(r, c, d) + ")^2";
            case 7 -> "norm2(" + expression(r, c, d) + ")";
            case 8 -> "norm1(" + expression(r, c, d) + ")";
            case 9 -> "logsumexp(" + expression(r, "1", d) + ")";
            case 10 -> pick("logdet", "det") + "(" + definite("n", d) + ")";
            default -> "prod(" + positive("n", "1", d) + ")";
        };
    }

    private String square(String n, int depth) {
        int d = depth - 1;
        return switch (random.nextInt(4)) {
            case 0 -> "inv(" + definite(n, d) + ")";
            case 1 -> "diag(" + expression(n, "1", d) + ")";
            case 2 -> "(" + expression(n, n, d) + ")^2";
            default -> "((" + expression("1", "1", d) + ")*eye(" + n + "))";
        };
    }

    private String column(String n, int depth) {
        int d = depth - 1;
        return switch (random.nextInt(4)) {
            case 0 -> "rowsum(" + expression(n, size(), d) + ")";
            case 1 -> "colsum(" + expression(size(), n, d) + ")";
            case 2 -> "diagvec(" + expression(n, n, d) + ")";
            default -> "softmax(" + expression(n, "1", d) + ")";
        };
    }

    private String positive(String rows, String columns, int depth) {
        String ones = rows.equals("1") && columns.equals("1") ? "1" : "ones(" + rows + "," + columns + ")";
        return switch (random.nextInt(rows.equals("n") && columns.equals("1") ? 5 : 4)) {
            case 0 -> "exp(" + expression(rows, columns, depth - 1) + ")";
            case 1 -> "((" + expression(rows, columns, depth - 1) + ").^2+" + ones + ")";
            case 2 -> "softplus(" + expression(rows, columns, depth - 1) + ")";
            case 3 -> "(sigmoid(" + expression(rows, columns, depth - 1) + ")+" + ones + ")";
            default -> "p";
        };
    }

    private String definite(String n, int depth) {
        return switch (random.nextInt(n.equals("n") ? 4 : 2)) {
            case 0 -> {
                String a = expression(n, size(), depth - 1);
                yield "((" + a + ")*(" + a + ")'+eye(" + n + "))";
            }
            case 1 -> "diag(" + positive(n, "1", depth - 1) + ")";
            case 2 -> "S";
            default -> "(S+s*eye(n))";
        };
    }
}
