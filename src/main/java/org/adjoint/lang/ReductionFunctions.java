package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** Functions along axes: sums, means, extrema, norms, softmax. Axes are the trailing ones; named axes stay. */
final class ReductionFunctions {
    private ReductionFunctions() {
    }

    /** A reduction of a node over axes. */
    private interface Over {
        Expr apply(Expr x, int[] axes, boolean keep);
    }

    static void addTo(Vocabulary.Table table) {
        reduction(table, "sum", Tensors::sum, ReductionFunctions::sumOf);
        reduction(table, "prod", over(Reduction.Operation.PRODUCT), ReductionFunctions::productOf);
        reduction(table, "mean", Tensors::mean, items -> sumOf(items).times(Rational.of(1, Math.max(1, items.size()))));
        reduction(table, "logsumexp", over(Reduction.Operation.LOG_SUM_EXP),
                items -> Reduction.of(Reduction.Operation.LOG_SUM_EXP, Tensors.stack(items), 0));
        table.also("prod", "product").also("mean", "average").also("logsumexp", "log_sum_exp", "lse");
        extremum(table, "max", over(Reduction.Operation.MAX), Functions.MAXIMUM);
        extremum(table, "min", ReductionFunctions::min, Functions.MINIMUM);
        table.row("var(x, axis=None, ddof=0, keepdims=false)", a -> variance(a, a.tensor("x")));
        table.row("std(x, axis=None, ddof=0, keepdims=false)", a -> {
            Value.Tensor v = variance(a, a.tensor("x"));
            return new Value.Tensor(Functions.SQRT.apply(v.expr()), v.axes());
        });
        table.row("norm(x, ord=2, axis=None, keepdims=false)", ReductionFunctions::norm);
        table.row("softmax(x, axis=-1)", a -> along(a, Tensors::softmax));
        table.row("log_softmax(x, axis=-1)", a -> along(a, Tensors::logSoftmax));
        table.also("log_softmax", "logsoftmax");
        table.row("softmin(x, axis=-1)", a -> along(a, (x, axis) -> Tensors.softmax(x.negate(), axis)));
        table.row("cumsum(x, axis=0)", a -> along(a, ReductionFunctions::cumulativeSum, 0));
        table.row("argmax(x, axis=None)", a -> position(a, false));
        table.row("argmin(x, axis=None)", a -> position(a, true));
        table.row("argmax_onehot(x, axis=None)", a -> {
            Value.Tensor x = a.tensor("x");
            return new Value.Tensor(Tensors.reduce(Reduction.Operation.FIRST_MAX, x.expr(), a.axes(x), false),
                    x.axes());
        });
    }

    private static Expr sumOf(List<Expr> items) {
        return items.isEmpty() ? Constant.ZERO : Tensors.sum(items);
    }

    private static Expr productOf(List<Expr> items) {
        return items.isEmpty() ? Constant.ONE : Tensors.product(items);
    }

    private static Over over(Reduction.Operation operation) {
        return (x, axes, keep) -> Tensors.reduce(operation, x, axes, keep);
    }

    /** {@code min x = −max(−x)}. */
    private static Expr min(Expr x, int[] axes, boolean keep) {
        return Tensors.reduce(Reduction.Operation.MAX, x.negate(), axes, keep).negate();
    }

    private interface OfList {
        Expr apply(List<Expr> items);
    }

    private static void reduction(Vocabulary.Table table, String name, Over over, OfList ofList) {
        table.row(name + "(x, axis=None, keepdims=false)", a -> {
            Optional<Value> sum = name.equals("sum") ? overIntegers(a) : Optional.empty();
            Optional<Value> listed = sum.isPresent() ? sum : comprehension(a, over, ofList);
            if (listed.isPresent()) {
                return listed.get();
            }
            Value.Tensor x = a.tensor("x");
            return new Value.Tensor(over.apply(x.expr(), a.axes(x), a.flag("keepdims")), x.axes());
        });
    }

    private static Optional<Value> overIntegers(Arguments a) {
        return a.syntax("x") instanceof Syntax.Comprehension c && c.form() == Syntax.Comprehension.Form.ARGUMENT
                ? new Sequences(a.reader()).sum(c)
                : Optional.empty();
    }

    private static Optional<Value> comprehension(Arguments a, Over over, OfList ofList) {
        return a.syntax("x") instanceof Syntax.Comprehension c && c.form() == Syntax.Comprehension.Form.ARGUMENT
                ? Optional.of(new Comprehensions(a.reader()).reduce(c, (x, axes) -> over.apply(x, axes, false),
                        ofList::apply))
                : Optional.empty();
    }

    /** {@code max(x, axis)} as in NumPy; {@code max(a, b, ..)} of scalars as in Python. */
    private static void extremum(Vocabulary.Table table, String name, Over over, ScalarFunction pair) {
        table.row(name + "(x, axis=None, *more=None, keepdims=false)", a -> {
            OfList fold = items -> items.stream().reduce((x, y) -> pair.apply(x, y))
                    .orElseThrow(() -> Failures.type(a.call(), name + " of nothing has no value"));
            Optional<Value> listed = comprehension(a, over, fold);
            if (listed.isPresent()) {
                return listed.get();
            }
            Value.Tensor x = a.tensor("x");
            boolean isAxis = a.call().arguments().size() < 2 || (x.shape().rank() > 0 && a.rest().isEmpty());
            if (a.has("axis") && !isAxis) {
                List<Value.Tensor> all = new ArrayList<>(List.of(x, a.tensor("axis")));
                all.addAll(a.tensors());
                return EntrywiseFunctions.entrywise(all, fold::apply);
            }
            return new Value.Tensor(over.apply(x.expr(), a.axes(x), a.flag("keepdims")), x.axes());
        });
        table.also(name, "a" + name);
    }

    /** {@code Σ (x − mean)² / (N − ddof)}. */
    private static Value.Tensor variance(Arguments a, Value.Tensor x) {
        int[] axes = a.axes(x);
        Expr centred = x.expr().minus(Tensors.mean(x.expr(), axes, true));
        Size count = Tensors.count(x.expr(), axes);
        boolean sample = a.has("ddof") ? a.flag("ddof") : a.isTorch() || a.reader().under("var", "n-1");
        long less = !sample ? 0 : a.has("ddof") && a.value("ddof") instanceof Value.Tensor ? a.integer("ddof", 1) : 1;
        Expr total = Tensors.sum(centred.pow(2), axes, a.flag("keepdims"));
        return new Value.Tensor(total.dividedBy(Dimension.of(count.minus(Size.of(less)))), x.axes());
    }

    /** The Euclidean or Frobenius norm, or {@code ord} = 1 or inf of a vector. */
    private static Value norm(Arguments a) {
        Value.Tensor x = a.tensor("x");
        int[] axes = a.axes(x);
        boolean keep = a.flag("keepdims");
        if (a.has("ord") && a.syntax("ord") instanceof Syntax.Infinity) {
            requireVector(a, axes);
            return new Value.Tensor(Tensors.reduce(Reduction.Operation.MAX, Functions.ABS.apply(x.expr()), axes, keep),
                    x.axes());
        }
        if (a.has("ord") && a.value("ord") instanceof Value.Text text) {
            if (!text.text().equals("fro")) {
                throw new Undecided("the norm " + text.text() + " is not computed", a.call().span());
            }
            return new Value.Tensor(Functions.SQRT.apply(Tensors.sum(x.expr().pow(2), axes, keep)), x.axes());
        }
        Expr ord = a.has("ord") ? a.expr("ord") : Constant.TWO;
        if (a.has("ord")) {
            requireVector(a, axes);
        }
        if (ord == Constant.TWO) {
            return new Value.Tensor(Functions.SQRT.apply(Tensors.sum(x.expr().pow(2), axes, keep)), x.axes());
        }
        Expr size = Functions.ABS.apply(x.expr());
        if (ord == Constant.ONE) {
            return new Value.Tensor(Tensors.sum(size, axes, keep), x.axes());
        }
        return new Value.Tensor(Tensors.sum(size.pow(ord), axes, keep).pow(Products.reciprocal(ord)), x.axes());
    }

    private static void requireVector(Arguments a, int[] axes) {
        if (axes.length != 1) {
            throw new Undecided("of matrices only the Frobenius norm is computed, norm(A)", a.call().span());
        }
    }

    private interface Along {
        Expr apply(Expr x, int axis);
    }

    private static Value along(Arguments a, Along function) {
        return along(a, function, -1);
    }

    private static Value along(Arguments a, Along function, int otherwise) {
        Value.Tensor x = a.tensor("x");
        return new Value.Tensor(function.apply(x.expr(), a.axis(x, otherwise)), x.axes());
    }

    /** {@code out[i] = Σ_{k ≤ i} x[k]}: the product with the triangle of ones. */
    private static Expr cumulativeSum(Expr x, int axis) {
        Size n = x.shape().get(axis);
        Expr rows = Tensors.broadcast(Tensors.insertAxis(Range.of(n), 1), Shape.of(n, n));
        Expr columns = Tensors.broadcast(Range.of(n), Shape.of(n, n));
        Expr triangle = Functions.LESS_EQUAL.apply(columns, rows);
        int rank = x.shape().rank();
        int[] labels = Tensors.allAxes(x);
        labels[axis] = rank;
        int[] output = Tensors.allAxes(x);
        return Contraction.of(List.of(triangle, x), List.of(new int[] {axis, rank}, labels), output, x.shape());
    }

    /** The position of the first maximum: the indicator of the maximum contracted with the positions. */
    private static Value position(Arguments a, boolean least) {
        Value.Tensor x = a.tensor("x");
        int[] axes = a.axes(x);
        Expr values = least ? x.expr().negate() : x.expr();
        Expr indicator = Tensors.reduce(Reduction.Operation.FIRST_MAX, values, axes, false);
        Expr positions = Constant.ZERO;
        Size stride = Size.ONE;
        int rank = x.expr().shape().rank();
        for (int k = axes.length - 1; k >= 0; k--) {
            Size n = x.expr().shape().get(axes[k]);
            Expr range = Tensors.broadcast(column(Range.of(n), rank - 1 - axes[k]), indicator.shape());
            positions = positions.plus(range.times(Dimension.of(stride)));
            stride = stride.times(n);
        }
        Expr shift = Constant.of(a.reader().dialect.firstIndex());
        return new Value.Tensor(
                Tensors.sum(Tensors.product(List.of(indicator, positions.plus(shift))), axes, false), x.axes());
    }

    /** A vector with axes of size 1 behind its own. */
    private static Expr column(Expr vector, int behind) {
        Expr column = vector;
        for (int k = 0; k < behind; k++) {
            column = Tensors.insertAxis(column, column.shape().rank());
        }
        return column;
    }

    static int[] sorted(int[] axes) {
        int[] sorted = axes.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
