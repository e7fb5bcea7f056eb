package org.adjoint.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** Products, traces, inverses, determinants. */
final class LinearAlgebraFunctions {
    private LinearAlgebraFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("matmul(x, y)", a -> Products.matmul(a.tensor("x"), a.tensor("y")));
        table.also("matmul", "mm", "mv", "bmm");
        table.row("dot(x, y)", a -> {
            Value.Tensor x = a.tensor("x");
            Value.Tensor y = a.tensor("y");
            return x.shape().isScalar() || y.shape().isScalar()
                    ? EntrywiseFunctions.entrywise(List.of(x, y), Tensors::product)
                    : Products.matmul(x, y);
        });
        table.row("vdot(x, y)", a -> Value.Tensor.of(Tensors.inner(a.expr("x"), a.expr("y"))));
        table.row("inner(x, y)", a -> Value.Tensor.of(inner(a.expr("x"), a.expr("y"))));
        table.row("outer(x, y)", a -> outer(a));
        table.row("kron(x, y)", a -> Value.Tensor.of(Products.kronecker(a.expr("x"), a.expr("y"))));
        table.row("einsum(spec, *operands)", a -> {
            List<Expr> operands = new ArrayList<>();
            a.tensors().forEach(t -> operands.add(a.plain(t)));
            return Value.Tensor.of(einsum(a, operands.size(), (k, axes) -> operands.get(k)));
        });
        plain(table, "trace", Tensors::trace);
        table.also("trace", "tr");
        table.row("diag(x, k=0)", a -> {
            if (a.integer("k", 0) != 0) {
                throw new Undecided("diagonals beside the main one are not computed", a.call().span());
            }
            Expr x = a.expr("x");
            return Value.Tensor.of(x.shape().rank() == 1 ? Tensors.diag(x) : Tensors.diagonal(x));
        });
        plain(table, "diagonal", Tensors::diagonal);
        plain(table, "inv", x -> MatrixFunction.of(MatrixFunction.Operation.INVERSE, x));
        table.also("inv", "inverse");
        plain(table, "det", x -> MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, x));
        plain(table, "logdet", x -> MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, x));
        table.row("solve(x, b)", a -> Value.Tensor.of(Tensors.matmul(
                MatrixFunction.of(MatrixFunction.Operation.INVERSE, a.expr("x")), a.expr("b"))));
        table.row("matrix_power(x, k)", a -> Value.Tensor.of(MatrixFunction.power(a.expr("x"), a.expr("k"))));
        plain(table, "expm", MatrixFunction::exponential);
        table.also("expm", "matrix_exp");
        plain(table, "pinv", LinearAlgebraFunctions::pseudoInverse);
        table.row("expm_frechet(x, direction)", a -> Value.Tensor.of(
                MatrixFunction.of(MatrixFunction.Operation.EXPONENTIAL_SLOPE,
                        List.of(a.expr("x"), a.expr("direction")))));
        table.row("matrix_power_frechet(x, k, direction)", a -> Value.Tensor.of(
                MatrixFunction.of(MatrixFunction.Operation.POWER_SLOPE,
                        List.of(a.expr("x"), a.expr("k"), a.expr("direction")))));
        table.row("eye(n, m=None)", a -> Value.Tensor.of(eye(a.size("n"), a.has("m") ? a.size("m") : a.size("n"))));
        table.also("eye", "identity");
        table.row("tril(x, k=0)", a -> Value.Tensor.of(triangle(a.expr("x"), a.integer("k", 0), true)));
        table.row("triu(x, k=0)", a -> Value.Tensor.of(triangle(a.expr("x"), a.integer("k", 0), false)));
    }

    private static void plain(Vocabulary.Table table, String name, UnaryOperator<Expr> function) {
        table.row(name + "(x)", a -> Value.Tensor.of(function.apply(a.expr("x"))));
    }

    /** Sums over the last axes. */
    private static Expr inner(Expr x, Expr y) {
        int rx = x.shape().rank();
        int ry = y.shape().rank();
        if (rx == 0 || ry == 0) {
            return x.times(y);
        }
        if (!x.shape().get(rx - 1).equals(y.shape().get(ry - 1))) {
            throw new ShapeError("an inner product takes equal last axes", x, y);
        }
        int[] lx = Tensors.allAxes(x);
        int[] ly = Tensors.allAxes(y);
        for (int k = 0; k < ry; k++) {
            ly[k] += rx - 1;
        }
        lx[rx - 1] = rx + ry;
        ly[ry - 1] = rx + ry;
        Shape shape = x.shape().without(rx - 1).concat(y.shape().without(ry - 1));
        int[] output = new int[shape.rank()];
        for (int k = 0; k < output.length; k++) {
            output[k] = k;
        }
        return Contraction.of(List.of(x, y), List.of(lx, ly), output, shape);
    }

    /** {@code out[i, j] = x[i]·y[j]}; tensors are flattened first, as in NumPy. */
    private static Value outer(Arguments a) {
        Value.Tensor x = a.tensor("x");
        Value.Tensor y = a.tensor("y");
        if (x.axes().isEmpty() && y.axes().isEmpty()) {
            return Value.Tensor.of(Tensors.outer(flat(x.expr()), flat(y.expr())));
        }
        Expr column = x.expr();
        for (int k = 0; k < y.shape().rank(); k++) {
            column = Tensors.insertAxis(column, column.shape().rank());
        }
        return EntrywiseFunctions.entrywise(List.of(new Value.Tensor(column, x.axes()), y), Tensors::product);
    }

    private static Expr flat(Expr x) {
        return x.shape().rank() < 2 ? x : Reshape.of(x, Shape.of(x.shape().count()));
    }

    /**
     * The pseudo-inverse of a matrix of full column rank, {@code (XᵀX)⁻¹Xᵀ}, or of full row rank where its sizes are numbers and
     * it has more columns than rows, {@code Xᵀ(XXᵀ)⁻¹}; the inverse of a square matrix. That the rank is full is a
     * condition of every result.
     */
    private static Expr pseudoInverse(Expr x) {
        if (x.shape().rank() != 2) {
            throw new ShapeError("a pseudo-inverse is of a matrix", x);
        }
        Size rows = x.shape().get(0);
        Size columns = x.shape().get(1);
        Expr transposed = x.transpose();
        if (rows.equals(columns)) {
            return MatrixFunction.of(MatrixFunction.Operation.INVERSE, x);
        }
        return columns.minus(rows).isNonNegative()
                ? transposed.matmul(MatrixFunction.of(MatrixFunction.Operation.INVERSE, x.matmul(transposed)))
                : MatrixFunction.of(MatrixFunction.Operation.INVERSE, transposed.matmul(x)).matmul(transposed);
    }

    private static Expr eye(Size rows, Size columns) {
        if (rows.equals(columns)) {
            return Delta.of(rows);
        }
        Expr i = Tensors.insertAxis(Range.of(rows), 1);
        return Functions.EQUAL.apply(i, Range.of(columns));
    }

    /** The entries with {@code j − i ≤ k} (lower) or {@code ≥ k} (upper), zero elsewhere. */
    private static Expr triangle(Expr x, int k, boolean lower) {
        int rank = x.shape().rank();
        if (rank < 2) {
            throw new ShapeError("a triangle is taken of a matrix", x);
        }
        Expr i = Tensors.insertAxis(Range.of(x.shape().get(rank - 2)), 1);
        Expr j = Range.of(x.shape().get(rank - 1));
        Expr shifted = k == 0 ? i : i.plus(Constant.of(k));
        Expr mask = lower ? Functions.LESS_EQUAL.apply(j, shifted) : Functions.LESS_EQUAL.apply(shifted, j);
        return Tensors.product(List.of(mask, x));
    }

    /** The operands of an einsum, by the number of axes that are indexed. */
    interface Indexed {
        Expr operand(int k, int axes);
    }

    /** {@code einsum("ij,jk->ik", A, B)}. */
    static Expr einsum(Arguments a, int given, Indexed indexed) {
        String spec = a.text("spec").map(s -> s.replace(" ", ""))
                .orElseThrow(() -> Failures.type(a.call(),
                        "einsum takes its indices first, as in einsum(\"ij,jk->ik\", A, B)"));
        int arrow = spec.indexOf("->");
        String[] inputs = (arrow < 0 ? spec : spec.substring(0, arrow)).split(",", -1);
        if (inputs.length != given) {
            throw Failures.type(a.call(), "einsum: " + inputs.length + " groups of indices for " + given
                    + " operands");
        }
        List<Expr> operands = new ArrayList<>();
        for (int k = 0; k < given; k++) {
            operands.add(indexed.operand(k, inputs[k].length()));
        }
        Map<Character, Integer> labels = new LinkedHashMap<>();
        Map<Character, Size> sizes = new LinkedHashMap<>();
        Map<Character, Integer> counts = new TreeMap<>();
        List<int[]> all = new ArrayList<>();
        for (int k = 0; k < inputs.length; k++) {
            String input = inputs[k];
            if (input.length() != operands.get(k).shape().rank() || !input.chars().allMatch(Character::isLetter)) {
                throw Failures.shape(a.call(), "einsum needs one letter for each axis, got \"" + input + "\"",
                        List.of(a.operands().get(k)));
            }
            int[] own = new int[input.length()];
            for (int axis = 0; axis < own.length; axis++) {
                char letter = input.charAt(axis);
                labels.putIfAbsent(letter, labels.size());
                own[axis] = labels.getOrDefault(letter, 0);
                sizes.putIfAbsent(letter, operands.get(k).shape().get(axis));
                counts.merge(letter, 1, Integer::sum);
            }
            all.add(own);
        }
        StringBuilder implied = new StringBuilder();
        counts.forEach((letter, count) -> implied.append(count == 1 ? letter.toString() : ""));
        String output = arrow < 0 ? implied.toString() : spec.substring(arrow + 2);
        List<Size> shape = new ArrayList<>();
        int[] out = new int[output.length()];
        for (int k = 0; k < out.length; k++) {
            Size size = sizes.get(output.charAt(k));
            if (size == null) {
                throw Failures.type(a.call(),
                        "einsum: the index " + output.charAt(k) + " of the result is in no operand");
            }
            out[k] = labels.getOrDefault(output.charAt(k), 0);
            shape.add(size);
        }
        return Contraction.of(operands, all, out, Shape.of(shape));
    }
}
