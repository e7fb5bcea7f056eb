package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;

/**
 * Products, quotients and powers of dialect matlab: {@code *} multiplies matrices, or scales when one side is 1 × 1; {@code .*},
 * {@code ./} and {@code .^} take equal shapes or a scalar; {@code /} divides by a scalar; {@code ^} is the power of a scalar or of a
 * square matrix. Nothing is read transposed.
 */
final class MatlabProducts {
    private final Elaborator reader;
    /** The scalars of the chain; they multiply the rest at the end, as a person would write them first. */
    private final List<Expr> scalars = new ArrayList<>();
    private Optional<Matrix> left = Optional.empty();

    MatlabProducts(Elaborator reader) {
        this.reader = reader;
    }

    Value.Tensor read(Chain chain) {
        List<Value.Tensor> values = new ArrayList<>();
        chain.operands().forEach(operand -> values.add(reader.tensorOf(operand)));
        if (values.stream().anyMatch(value -> !value.axes().isEmpty())) {
            return new LinearProducts(reader, new Products(reader)).read(chain, values);
        }
        take(Matrix.of(values.get(0)));
        for (int k = 0; k < chain.nodes().size(); k++) {
            apply(chain.nodes().get(k), Matrix.of(values.get(k + 1)));
        }
        List<Expr> factors = new ArrayList<>(scalars);
        left.ifPresent(matrix -> factors.add(matrix.expr()));
        Expr product = Tensors.product(factors);
        return left.map(matrix -> matrix.with(product)).orElseGet(() -> new Matrix(product, false)).value();
    }

    private void take(Matrix value) {
        if (value.isScalar()) {
            scalars.add(value.expr());
            left = Optional.empty();
        } else {
            left = Optional.of(value);
        }
    }

    private void apply(Syntax.Binary node, Matrix right) {
        switch (node.op()) {
            case MULTIPLY -> {
                if (left.isEmpty() || right.isScalar()) {
                    scale(right, false);
                } else {
                    take(times(node, left.get(), right));
                }
            }
            case ELEMENTWISE_MULTIPLY -> entrywise(node, right, false);
            case ELEMENTWISE_DIVIDE -> entrywise(node, right, true);
            case DIVIDE -> {
                if (!right.isScalar()) {
                    throw Failures.shape(node, right.rank() == 2 && right.isSquare()
                            ? "`/` divides by a scalar; division by a matrix is written A*inv(B), entry by entry ./"
                            : "`/` divides by a scalar; entry by entry it is ./",
                            operands(node, right));
                }
                scale(right, true);
            }
            case MATMUL, FLOOR_DIVIDE, MODULO, KRONECKER -> throw Failures.type(node, Failures.excerpt(node)
                    + ": this operator is not one of dialect matlab");
            case POWER, ELEMENTWISE_POWER, SUPERSCRIPT -> throw new IllegalStateException("powers are no products");
        }
    }

    /** Multiplies by, or divides by, where one side is a scalar. */
    private void scale(Matrix right, boolean divide) {
        Expr factor = divide ? Products.reciprocal(right.expr()) : right.expr();
        if (right.isScalar()) {
            scalars.add(factor);
        } else {
            left = Optional.of(right.with(factor));
        }
    }

    private void entrywise(Syntax.Binary node, Matrix right, boolean divide) {
        if (left.isEmpty() || right.isScalar()) {
            scale(right, divide);
            return;
        }
        Matrix matrix = left.get();
        if (!reader.openSizes().sameShape(matrix, right)) {
            throw Failures.shape(node, "shapes must match, or one side be a scalar", operands(node, right));
        }
        Expr factor = divide ? Products.reciprocal(right.expr()) : right.expr();
        left = Optional.of(matrix.with(Tensors.product(List.of(matrix.expr(), factor))));
    }

    /** The product of two matrices, neither of which is 1 × 1. */
    private Matrix times(Syntax.Binary node, Matrix a, Matrix b) {
        if (a.rank() > 2 || b.rank() > 2) {
            throw Failures.shape(node, "`*` multiplies matrices; tensors are multiplied by einsum", operands(node, b));
        }
        if (!reader.openSizes().same(a.columns(), b.rows())) {
            IllFormed wrong = Failures.shape(node, "the columns on the left must match the rows on the right",
                    operands(node, b));
            String turn = turned(node, a, b);
            throw turn.isEmpty() ? wrong : new IllFormed(wrong.kind(), wrong.problem().hint(turn));
        }
        return a.isColumn() ? new Matrix(Tensors.outer(a.expr(), b.expr()), false)
                : new Matrix(Tensors.matmul(a.expr(), b.expr()), a.row());
    }

    /** Which transpose would make a product fit. */
    private static String turned(Syntax.Binary node, Matrix a, Matrix b) {
        if (a.rows().equals(b.rows())) {
            return "the transpose fits: " + prime(node.left()) + "*" + Failures.excerpt(node.right());
        }
        return a.columns().equals(b.columns())
                ? "the transpose fits: " + Failures.excerpt(node.left()) + "*" + prime(node.right())
                : "";
    }

    private static String prime(Syntax syntax) {
        String text = Failures.excerpt(syntax);
        return (syntax instanceof Syntax.Name || syntax instanceof Syntax.Call ? text : "(" + text + ")") + "'";
    }

    private List<Failures.Operand> operands(Syntax.Binary node, Matrix right) {
        return operands(node, left.orElseGet(() -> new Matrix(Constant.ONE, false)), right);
    }

    private static List<Failures.Operand> operands(Syntax.Binary node, Matrix left, Matrix right) {
        return List.of(new Failures.Operand(Failures.excerpt(node.left()), left.shape()),
                new Failures.Operand(Failures.excerpt(node.right()), right.shape()));
    }

    // ---- powers

    /** {@code a ^ b} and {@code a .^ b}. */
    Value.Tensor power(Syntax.Binary node) {
        Value.Tensor base = reader.tensorOf(node.left());
        Value.Tensor exponent = reader.tensorOf(node.right());
        if (!base.axes().isEmpty() || !exponent.axes().isEmpty()) {
            return new Products(reader).apply(node, node.left(), base, node.right(), exponent);
        }
        Matrix a = Matrix.of(base);
        Matrix b = Matrix.of(exponent);
        boolean entrywise = node.op() == Syntax.Binary.Op.ELEMENTWISE_POWER;
        if (a.isScalar() && b.isScalar()) {
            return new Matrix(scalarPower(node, a.expr(), b.expr()), false).value();
        }
        if (entrywise) {
            if (!a.isScalar() && !b.isScalar() && !reader.openSizes().sameShape(a, b)) {
                throw Failures.shape(node, "shapes must match, or one side be a scalar", operands(node, a, b));
            }
            return (a.isScalar() ? b : a).with(a.expr().pow(b.expr())).value();
        }
        if (!b.isScalar()) {
            throw Failures.shape(node, "`^` takes a scalar exponent; entry by entry it is .^", operands(node, a, b));
        }
        if (!a.isSquare()) {
            throw Failures.shape(node, "`^` takes a scalar or a square matrix; entry by entry it is .^",
                    List.of(new Failures.Operand(Failures.excerpt(node.left()), a.shape())));
        }
        Expr k = MatrixFunction.isInteger(b.expr()) ? b.expr() : Constant.of(reader.integer(node.right()));
        return new Matrix(MatrixFunction.power(a.expr(), k), false).value();
    }

    /** {@code norm2(x)^2} is the sum of squares: what is under the root is never negative. */
    private static Expr scalarPower(Syntax.Binary node, Expr base, Expr exponent) {
        Optional<Rational> k = Constant.uniform(exponent);
        boolean norm = node.left() instanceof Syntax.Call call && call.callee() instanceof Syntax.Name name
                && name.id().equals("norm2");
        if (norm && base instanceof Elementwise root && root.function() == Functions.SQRT && k.isPresent()
                && k.get().isInteger() && k.get().signum() > 0
                && k.get().times(Rational.of(1, 2)).isInteger()) {
            return root.operand(0).pow(Constant.of(k.get().times(Rational.of(1, 2))));
        }
        return base.pow(exponent);
    }
}
