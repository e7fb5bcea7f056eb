package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * The functions of dialect matlab, in which everything is a matrix and vectors are columns: those of matrixcalculus.org, and
 * the reductions, products and layouts that its results need. What is not here means what it means in the other dialects.
 */
final class MatlabFunctions {
    private MatlabFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        entrywise(table);
        reductions(table);
        matrices(table);
        layout(table);
        constants(table);
        MatlabWindows.addTo(table);
    }

    /** An argument as a matrix. */
    static Matrix matrix(Arguments a, String parameter) {
        Value.Tensor value = a.tensor(parameter);
        a.plain(value);
        return Matrix.of(value);
    }

    /** An argument as a column; a scalar is a column of one entry. */
    static Expr column(Arguments a, String parameter) {
        Matrix x = matrix(a, parameter);
        if (!x.isColumn() && !x.isScalar()) {
            throw misfit(a, "takes a column", parameter, x);
        }
        return x.ofRank(1);
    }

    static IllFormed misfit(Arguments a, String law, String parameter, Matrix x) {
        String name = a.call().callee().text();
        return Failures.shape(a.call(), name + " " + law,
                List.of(new Failures.Operand(Failures.excerpt(a.syntax(parameter)), x.shape())));
    }

    private static Value.Tensor scalar(Expr x) {
        return Value.Tensor.of(x);
    }

    // ---- entry by entry

    private static void entrywise(Vocabulary.Table table) {
        for (ScalarFunction function : Functions.all()) {
            if (function.arity() == 1) {
                table.row(function.name() + "(x)", a -> {
                    Value.Tensor x = a.tensor("x");
                    return new Value.Tensor(function.apply(x.expr()), x.axes(), x.row());
                });
            } else if (function.arity() == 2) {
                table.row(function.name() + "(x, y)", a -> pair(a, function));
            }
        }
        table.also("asin", "arcsin").also("acos", "arccos").also("atan", "arctan").also("log", "ln");
    }

    private static Value pair(Arguments a, ScalarFunction function) {
        Value.Tensor x = a.tensor("x");
        Value.Tensor y = a.tensor("y");
        if (!x.axes().isEmpty() || !y.axes().isEmpty()) {
            return EntrywiseFunctions.entrywise(List.of(x, y), e -> function.apply(e.get(0), e.get(1)));
        }
        Matrix left = Matrix.of(x);
        Matrix right = Matrix.of(y);
        if (!left.isScalar() && !right.isScalar() && !a.reader().openSizes().sameShape(left, right)) {
            throw Failures.shape(a.call(), "shapes must match, or one be a scalar",
                    List.of(new Failures.Operand(Failures.excerpt(a.syntax("x")), left.shape()),
                            new Failures.Operand(Failures.excerpt(a.syntax("y")), right.shape())));
        }
        return (left.isScalar() ? right : left).with(function.apply(left.expr(), right.expr())).value();
    }

    // ---- sums, products and norms of all entries, and along rows and columns

    private static void reductions(Vocabulary.Table table) {
        table.row("sum(x, axis=None)", a -> commonly(a, "sum", MatlabFunctions::sum));
        table.row("prod(x)", a -> commonly(a, "prod", () -> scalar(all(matrix(a, "x"),
                x -> Reduction.of(Reduction.Operation.PRODUCT, x, Tensors.allAxes(x))))));
        table.row("norm1(x)", a -> scalar(Functions.ABS.apply(matrix(a, "x").expr()).sum()));
        table.row("norm2(x)", a -> scalar(all(matrix(a, "x"), x -> Functions.SQRT.apply(x.pow(2).sum()),
                Functions.ABS::apply)));
        table.row("logsumexp(x)", a -> {
            Expr x = column(a, "x");
            return scalar(Reduction.of(Reduction.Operation.LOG_SUM_EXP, x, 0));
        });
        table.row("softmax(x)", a -> commonly(a, "softmax",
                () -> Matrix.of(Tensors.softmax(column(a, "x"), 0)).value()));
        table.row("softmaxrows(x)", a -> {
            Matrix x = matrix(a, "x");
            requireMatrix(a, x);
            // a row of one entry is the number 1
            return x.isColumn() || x.isScalar() ? x.with(Linear.fill(x.expr().shape(), org.adjoint.expr.Rational.ONE))
                    .value() : x.with(Tensors.softmax(x.expr(), x.rank() - 1)).value();
        });
        table.row("rowsum(x)", a -> rowSum(a, matrix(a, "x")).value());
        table.row("colsum(x)", a -> rowSum(a, matrix(a, "x").transpose()).value());
    }

    /** As in the other dialects where entries are named by an index. */
    private static Value commonly(Arguments a, String name, java.util.function.Supplier<Value> matrix) {
        boolean indexed = a.syntax("x") instanceof Syntax.Comprehension || !a.tensor("x").axes().isEmpty();
        return indexed ? Vocabulary.row(name).orElseThrow().builder().build(a) : matrix.get();
    }

    private static Value commonly(Arguments a, String name, Function<Arguments, Value> matrix) {
        return commonly(a, name, () -> matrix.apply(a));
    }

    private static Expr all(Matrix x, UnaryOperator<Expr> function) {
        return all(x, function, UnaryOperator.identity());
    }

    private static Expr all(Matrix x, UnaryOperator<Expr> function, UnaryOperator<Expr> ofScalar) {
        return x.isScalar() ? ofScalar.apply(x.expr()) : function.apply(x.expr());
    }

    /** {@code sum(x)} of all entries; {@code sum(x, 1)} the row of column sums, {@code sum(x, 2)} the column of row sums. */
    private static Value sum(Arguments a) {
        Matrix x = matrix(a, "x");
        if (!a.has("axis")) {
            return scalar(x.sum());
        }
        int axis = a.integer("axis", 1);
        if (axis != 1 && axis != 2) {
            throw Failures.type(a.call(), "sum(x, 1) adds up columns, sum(x, 2) rows; got " + axis);
        }
        return axis == 2 ? rowSum(a, x).value() : rowSum(a, x.transpose()).transpose().value();
    }

    /** {@code X·1}. */
    private static Matrix rowSum(Arguments a, Matrix x) {
        requireMatrix(a, x);
        return switch (x.rank()) {
            case 0 -> x;
            case 1 -> x.row() ? new Matrix(x.sum(), false) : x;
            default -> new Matrix(Tensors.sum(x.expr(), new int[] {1}, false), false);
        };
    }

    private static void requireMatrix(Arguments a, Matrix x) {
        if (x.rank() > 2) {
            throw misfit(a, "takes a matrix", "x", x);
        }
    }

    // ---- functions of square matrices

    private static void matrices(Vocabulary.Table table) {
        square(table, "tr", Tensors::trace, UnaryOperator.identity());
        table.also("tr", "trace");
        square(table, "inv", x -> MatrixFunction.of(MatrixFunction.Operation.INVERSE, x), Products::reciprocal);
        square(table, "det", x -> MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, x),
                UnaryOperator.identity());
        square(table, "logdet", x -> MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, x),
                x -> Functions.LOG.apply(Functions.ABS.apply(x)));
        square(table, "adj", x -> Tensors.product(List.of(MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, x),
                MatrixFunction.of(MatrixFunction.Operation.INVERSE, x))), x -> x.pow(0));
        square(table, "expm", MatrixFunction::exponential, x -> Functions.EXP.apply(x));
        table.row("diagvec(x)", a -> requireSquare(a).diagonal().value());
    }

    private static void square(Vocabulary.Table table, String name, UnaryOperator<Expr> ofMatrix,
            UnaryOperator<Expr> ofScalar) {
        table.row(name + "(x)", a -> {
            Matrix x = requireSquare(a);
            return Value.Tensor.of(x.isScalar() ? ofScalar.apply(x.expr()) : ofMatrix.apply(x.expr()));
        });
    }

    private static Matrix requireSquare(Arguments a) {
        Matrix x = matrix(a, "x");
        boolean square = x.isScalar() || (x.rank() == 2 && a.reader().openSizes().same(x.rows(), x.columns()));
        if (!square) {
            throw misfit(a, "needs a square matrix", "x", x);
        }
        return x;
    }

    // ---- layout

    private static void layout(Vocabulary.Table table) {
        table.row("diag(x)", a -> {
            Matrix x = matrix(a, "x");
            if (x.rank() == 2 && !x.isSquare()) {
                throw misfit(a, "takes a vector, or the diagonal of a square matrix", "x", x);
            }
            return (x.rank() == 1 ? new Matrix(Tensors.diag(x.expr()), false) : x.diagonal()).value();
        });
        table.row("vec(x)", a -> {
            Matrix x = matrix(a, "x");
            requireMatrix(a, x);
            return x.vec().value();
        });
        table.row("transpose(x)", a -> {
            Matrix x = matrix(a, "x");
            requireMatrix(a, x);
            return x.transpose().value();
        });
        table.row("kron(x, y)", a -> kron(matrix(a, "x"), matrix(a, "y")).value());
        table.row("einsum(spec, *operands)", a -> {
            List<Matrix> operands = new ArrayList<>();
            a.tensors().forEach(t -> {
                a.plain(t);
                operands.add(Matrix.of(t));
            });
            return Matrix
                    .of(LinearAlgebraFunctions.einsum(a, operands.size(), (k, rank) -> operands.get(k).ofRank(rank)))
                    .value();
        });
    }

    /** Block (i, j) is {@code a[i, j]·b}, of matrices of any shape: axes of size 1 are not there to be merged. */
    private static Matrix kron(Matrix a, Matrix b) {
        if (a.rank() > 2 || b.rank() > 2) {
            throw new org.adjoint.expr.ShapeError("a Kronecker product takes matrices", a.expr(), b.expr());
        }
        List<Integer> rows = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        arrange(a, 0, rows, columns);
        arrange(b, a.rank(), rows, columns);
        List<Integer> order = new ArrayList<>(rows);
        order.addAll(columns);
        Expr outer = Tensors.permute(Tensors.outer(a.expr(), b.expr()), order.stream().mapToInt(k -> k).toArray());
        List<Size> sizes = new ArrayList<>();
        if (!rows.isEmpty()) {
            sizes.add(a.rows().times(b.rows()));
        }
        if (!columns.isEmpty()) {
            sizes.add(a.columns().times(b.columns()));
        }
        return new Matrix(Reshape.of(outer, Shape.of(sizes)), rows.isEmpty());
    }

    /** Which axes of the outer product run along the rows of the result, and which along its columns. */
    private static void arrange(Matrix x, int first, List<Integer> rows, List<Integer> columns) {
        int axis = first;
        if (x.rank() == 2 || x.isColumn()) {
            rows.add(axis++);
        }
        if (x.rank() == 2 || x.row()) {
            columns.add(axis);
        }
    }

    // ---- constants

    private static void constants(Vocabulary.Table table) {
        table.row("eye(n=None)", a -> Matrix
                .of(Delta.of(a.has("n") ? a.size("n") : a.reader().openSizes().of(a.call(), 0))).value());
        table.row("vector(value)", a -> open(a, 1));
        table.row("matrix(value)", a -> open(a, 2));
        table.row("ones(m, n=1)", a -> filled(a, Contraction::ones));
        table.row("zeros(m, n=1)", a -> filled(a, Linear::zero));
        table.row("comm(m, n)", a -> Matrix.of(commutation(a.size("m"), a.size("n"))).value());
    }

    /** As matrixcalculus.org writes constant vectors and matrices: as large as what they meet. */
    private static Value open(Arguments a, int rank) {
        Matrix value = matrix(a, "value");
        if (!value.isScalar()) {
            throw misfit(a, "takes a scalar, which all of its entries are", "value", value);
        }
        List<Size> sizes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            sizes.add(a.reader().openSizes().of(a.call(), axis));
        }
        return Matrix.of(Tensors.broadcast(value.expr(), Shape.of(sizes))).value();
    }

    private static Value filled(Arguments a, Function<Shape, Expr> fill) {
        Size rows = a.size("m");
        Size columns = a.has("n") ? a.size("n") : Size.ONE;
        Shape natural = rows.isOne() ? columns.isOne() ? Shape.SCALAR : Shape.of(columns)
                : columns.isOne() ? Shape.of(rows) : Shape.of(rows, columns);
        return new Matrix(fill.apply(natural), rows.isOne()).value();
    }

    /** {@code comm(m, n)·vec(A) = vec(Aᵀ)} for A of m × n: entry (i·n + j, j·m + i) is 1. */
    private static Expr commutation(Size m, Size n) {
        Expr swap = Contraction.of(List.of(Delta.of(m), Delta.of(n)), List.of(new int[] {0, 3}, new int[] {1, 2}),
                new int[] {0, 1, 2, 3}, Shape.of(m, n, n, m));
        Size both = m.times(n);
        return Reshape.of(swap, Shape.of(both, both));
    }
}
