package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/**
 * The meaning of every kind of node written out entry by entry from its definition, with lists of indices as keys: slow,
 * and independent of strides, orders and fusion.
 */
final class NaiveReference {
    private final Sizes sizes;
    private final Map<Variable, Map<List<Integer>, Double>> values;
    private final Map<Expr, Map<List<Integer>, Double>> done = new HashMap<>();

    NaiveReference(Sizes sizes, Map<Variable, Map<List<Integer>, Double>> values) {
        this.sizes = sizes;
        this.values = values;
    }

    double[] evaluate(Expr expr) {
        Map<List<Integer>, Double> entries = entries(expr);
        return indices(sizes.of(expr.shape())).stream().mapToDouble(i -> get(entries, i)).toArray();
    }

    static double get(Map<List<Integer>, Double> entries, List<Integer> index) {
        return Objects.requireNonNull(entries.get(index));
    }

    static List<List<Integer>> indices(int[] lengths) {
        List<List<Integer>> all = List.of(List.of());
        for (int length : lengths) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> prefix : all) {
                for (int i = 0; i < length; i++) {
                    List<Integer> index = new ArrayList<>(prefix);
                    index.add(i);
                    longer.add(index);
                }
            }
            all = longer;
        }
        return all;
    }

    private Map<List<Integer>, Double> entries(Expr expr) {
        Map<List<Integer>, Double> known = done.get(expr);
        if (known == null) {
            known = compute(expr);
            done.put(expr, known);
        }
        return known;
    }

    private Map<List<Integer>, Double> compute(Expr expr) {
        int[] shape = sizes.of(expr.shape());
        Map<List<Integer>, Double> result = new HashMap<>();
        switch (expr) {
            case Variable variable -> result.putAll(Objects.requireNonNull(values.get(variable)));
            case MatrixFunction function -> matrix(function, result);
            case Window window when window.isFold() -> fold(window, shape, result);
            case Reshape reshape -> {
                List<List<Integer>> from = indices(sizes.of(reshape.operand(0).shape()));
                List<List<Integer>> to = indices(shape);
                for (int k = 0; k < to.size(); k++) {
                    result.put(to.get(k), get(entries(reshape.operand(0)), from.get(k)));
                }
            }
            default -> indices(shape).forEach(index -> result.put(index, entry(expr, index)));
        }
        return result;
    }

    private double entry(Expr expr, List<Integer> index) {
        return switch (expr) {
            case Constant constant -> {
                int[] shape = sizes.of(constant.shape());
                yield constant.value(indices(shape).indexOf(index)).toDouble();
            }
            case Dimension dimension -> sizes.of(dimension.size());
            case Range range -> index.get(0);
            case Delta delta -> index.get(0).equals(index.get(1)) ? 1 : 0;
            case Elementwise map -> map.function().evaluate(
                    map.operandCount() > 0 ? get(entries(map.operand(0)), index) : 0,
                    map.operandCount() > 1 ? get(entries(map.operand(1)), index) : 0);
            case Linear linear -> {
                double sum = 0;
                for (int k = 0; k < linear.termCount(); k++) {
                    sum += linear.coefficient(k).toDouble() * get(entries(linear.term(k)), index);
                }
                yield sum;
            }
            case Contraction contraction -> contraction(contraction, index);
            case Window window -> {
                List<Integer> at = source(window.access(), index);
                yield at.isEmpty() && window.access().source().rank() > 0 ? 0 : get(entries(window.operand(0)), at);
            }
            case Reduction reduction -> reduction(reduction, index);
            case Where where -> get(entries(get(entries(where.condition()), index) != 0 ? where.ifTrue()
                    : where.ifFalse()), index);
            case Concatenation concatenation -> {
                int axis = concatenation.axis();
                List<Integer> at = new ArrayList<>(index);
                int part = 0;
                while (at.get(axis) >= sizes.of(concatenation.operand(part).shape().get(axis))) {
                    at.set(axis, at.get(axis) - sizes.of(concatenation.operand(part++).shape().get(axis)));
                }
                yield get(entries(concatenation.operand(part)), at);
            }
            case Detach detach -> get(entries(detach.operand(0)), index);
            case Variable variable -> throw new IllegalStateException();
            case MatrixFunction function -> throw new IllegalStateException();
            case Reshape reshape -> throw new IllegalStateException();
            case Application application -> throw new IllegalArgumentException("unknown functions have no meaning");
        };
    }

    private double contraction(Contraction contraction, List<Integer> output) {
        int[] all = contraction.indexSizes().stream().mapToInt(sizes::of).toArray();
        int rank = output.size();
        double sum = 0;
        for (List<Integer> summed : indices(Arrays.copyOfRange(all, rank, all.length))) {
            List<Integer> assignment = new ArrayList<>(output);
            assignment.addAll(summed);
            double product = 1;
            for (int k = 0; k < contraction.operandCount(); k++) {
                List<Integer> index = new ArrayList<>();
                for (int label : contraction.indices(k)) {
                    index.add(assignment.get(label));
                }
                product *= get(entries(contraction.operand(k)), index);
            }
            sum += product;
        }
        return sum;
    }

    /** The source index that a window index reads; empty when it lies outside. */
    private List<Integer> source(Window.Access access, List<Integer> index) {
        List<Integer> at = new ArrayList<>();
        for (int d = 0; d < access.source().rank(); d++) {
            long position = sizes.integer(access.offsets().get(d));
            for (int k = 0; k < index.size(); k++) {
                position += (long) access.strides().get(d).get(k) * index.get(k);
            }
            int length = sizes.of(access.source().get(d));
            if (access.circular()) {
                position = Math.floorMod(position, length);
            }
            if (position < 0 || position >= length) {
                return List.of();
            }
            at.add((int) position);
        }
        return at;
    }

    private void fold(Window window, int[] shape, Map<List<Integer>, Double> result) {
        indices(shape).forEach(index -> result.put(index, 0.0));
        for (List<Integer> from : indices(sizes.of(window.access().window()))) {
            List<Integer> to = source(window.access(), from);
            if (!to.isEmpty() || shape.length == 0) {
                result.merge(to, get(entries(window.operand(0)), from), Double::sum);
            }
        }
    }

    private double reduction(Reduction reduction, List<Integer> index) {
        int[] lengths = sizes.of(reduction.operand(0).shape());
        boolean keeps = reduction.operation().keepsShape();
        int[] axes = reduction.axes();
        List<Double> reduced = new ArrayList<>();
        List<List<Integer>> positions = new ArrayList<>();
        for (List<Integer> at : indices(lengths)) {
            List<Integer> rest = new ArrayList<>(at);
            List<Integer> own = new ArrayList<>(index);
            for (int k = axes.length - 1; k >= 0; k--) {
                rest.remove(/* index */ axes[k]);
                if (keeps) {
                    own.remove(/* index */ axes[k]);
                }
            }
            if (rest.equals(own)) {
                reduced.add(get(entries(reduction.operand(0)), at));
                positions.add(at);
            }
        }
        double max = reduced.stream().mapToDouble(x -> x).max().orElse(Double.NaN);
        return switch (reduction.operation()) {
            case MAX -> max;
            case PRODUCT -> reduced.stream().reduce(1.0, (x, y) -> x * y);
            case LOG_SUM_EXP -> max + Math.log(reduced.stream().mapToDouble(x -> Math.exp(x - max)).sum());
            case FIRST_MAX -> positions.get(reduced.indexOf(max)).equals(index) ? 1 : 0;
        };
    }

    /** Determinants and inverses by Laplace's expansion and Cramer's rule. */
    private void matrix(MatrixFunction function, Map<List<Integer>, Double> result) {
        int n = sizes.of(function.operand(0).shape())[0];
        double[][] a = new double[n][n];
        entries(function.operand(0)).forEach((index, x) -> a[index.get(0)][index.get(1)] = x);
        double determinant = determinant(a);
        switch (function.operation()) {
            case DETERMINANT -> result.put(List.of(), determinant);
            case LOG_DETERMINANT -> result.put(List.of(), Math.log(Math.abs(determinant)));
            case EXPONENTIAL, POWER, EXPONENTIAL_SLOPE, POWER_SLOPE ->
                throw new IllegalArgumentException("not in these graphs");
            case INVERSE -> {
                for (List<Integer> index : indices(new int[] {n, n})) {
                    double[][] minor = minor(a, index.get(1), index.get(0));
                    double sign = (index.get(0) + index.get(1)) % 2 == 0 ? 1 : -1;
                    result.put(index, sign * determinant(minor) / determinant);
                }
            }
        }
    }

    private static double determinant(double[][] a) {
        if (a.length == 0) {
            return 1;
        }
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (j % 2 == 0 ? 1 : -1) * a[0][j] * determinant(minor(a, 0, j));
        }
        return sum;
    }

    private static double[][] minor(double[][] a, int row, int column) {
        int n = a.length;
        double[][] minor = new double[n - 1][n - 1];
        for (int i = 0; i < n - 1; i++) {
            for (int j = 0; j < n - 1; j++) {
                minor[i][j] = a[i < row ? i : i + 1][j < column ? j : j + 1];
            }
        }
        return minor;
    }
}
