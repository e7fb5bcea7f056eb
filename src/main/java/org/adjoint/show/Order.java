package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/**
 * The order in which a person lists things: factors simple before complex, then by name; terms of a sum by descending
 * degree first, as in {@code x**2 + 2*x} and {@code W @ x + b}. The structural digest settles what is left; the order in
 * which nodes were created plays no part.
 */
final class Order implements Comparator<Expr> {
    private static final int NAME_LENGTH = 40;
    private static final long HUGE = 1L << 40;
    private static final int MAX_DEGREE = 100;

    private record Key(long weight, String name, int degree) {
    }

    private final NodeMap<Key> keys = new NodeMap<>();

    /** The number of nodes of the expression written out as a tree, up to a bound far above anything printed. */
    long weight(Expr expr) {
        return key(expr).weight;
    }

    @Override
    public int compare(Expr a, Expr b) {
        Key left = key(a);
        Key right = key(b);
        int byWeight = Long.compare(left.weight, right.weight);
        if (byWeight != 0) {
            return byWeight;
        }
        int byName = left.name.compareTo(right.name);
        if (byName != 0) {
            return byName;
        }
        int high = Long.compare(a.digestHigh(), b.digestHigh());
        return high != 0 ? high : Long.compare(a.digestLow(), b.digestLow());
    }

    /** The order of the terms of a sum. */
    Comparator<Expr> ofTerms() {
        return Comparator.comparingInt((Expr term) -> -key(term).degree).thenComparing(this);
    }

    private Key key(Expr expr) {
        Key known = keys.get(expr);
        if (known != null) {
            return known;
        }
        List<Expr> stack = new ArrayList<>();
        stack.add(expr);
        while (!stack.isEmpty()) {
            Expr node = stack.getLast();
            int before = stack.size();
            for (int k = 0; k < node.operandCount(); k++) {
                if (!keys.contains(node.operand(k))) {
                    stack.add(node.operand(k));
                }
            }
            if (stack.size() == before) {
                stack.removeLast();
                if (!keys.contains(node)) {
                    keys.put(node, make(node));
                }
            }
        }
        return Objects.requireNonNull(keys.get(expr));
    }

    private Key make(Expr node) {
        if (node instanceof Variable variable) {
            return new Key(1, variable.name(), 1);
        }
        if (Constant.uniform(node).isPresent()) {
            return new Key(1, "", 0);
        }
        long weight = 1;
        String[] names = new String[node.operandCount()];
        for (int k = 0; k < names.length; k++) {
            Key operand = Objects.requireNonNull(keys.get(node.operand(k)));
            weight = Math.min(HUGE, weight + operand.weight);
            names[k] = operand.name;
        }
        boolean applied = node instanceof Elementwise;
        if (!applied) {
            Arrays.sort(names);
        }
        StringBuilder name = new StringBuilder();
        for (String each : names) {
            if (name.length() < NAME_LENGTH) {
                name.append(name.isEmpty() ? "" : " ").append(each);
            }
        }
        if (node instanceof Elementwise elementwise) {
            name.append(' ').append(elementwise.function().name());
        }
        name.setLength(Math.min(name.length(), NAME_LENGTH));
        return new Key(weight, name.toString(), degree(node));
    }

    /** The degree as a polynomial; what is no sum, product or power counts as one unknown. */
    private int degree(Expr node) {
        return switch (node) {
            case Linear linear -> degrees(linear).max().orElse(0);
            case Contraction contraction -> Math.min(MAX_DEGREE, degrees(contraction).sum());
            case Elementwise power when power.function() == Functions.POWER -> power(power);
            case Constant constant -> 0;
            case Dimension dimension -> 0;
            case Delta delta -> 0;
            case Expr other -> 1;
        };
    }

    private IntStream degrees(Expr node) {
        return node.operands().stream().mapToInt(operand -> Objects.requireNonNull(keys.get(operand)).degree);
    }

    private int power(Elementwise power) {
        Rational exponent = Constant.uniform(power.operand(1)).orElse(Rational.ONE);
        int base = Objects.requireNonNull(keys.get(power.operand(0))).degree;
        boolean small = exponent.isInteger() && exponent.abs().compareTo(Rational.of(MAX_DEGREE)) < 0;
        return !small ? base : exponent.signum() < 0 ? 0
                : Math.min(MAX_DEGREE, base * (int) exponent.longValueExact());
    }
}
