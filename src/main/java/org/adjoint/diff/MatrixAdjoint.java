package org.adjoint.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.MatrixFunction.Operation;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Window;

/**
 * The adjoints of functions of matrices, for cotangents with any leading axes.
 *
 * <p>With {@code Ḡ} for {@code Ȳᵀ}: {@code X̄ = −(X⁻¹ Ḡ X⁻¹)ᵀ} of the inverse, {@code X̄ = ȳ det(X) X⁻ᵀ} of the
 * determinant, {@code X̄ = ȳ X⁻ᵀ} of its logarithm (Petersen and Pedersen, The Matrix Cookbook, 2012, equations 40, 49, 57), and
 * {@code X̄ = L(X, Ḡ)ᵀ} of the exponential and of powers, L the Fréchet derivative (Higham, Functions of Matrices, 2008, section
 * 3.2). Where Ḡ commutes with X, {@code L(X, Ḡ) = f'(X) Ḡ}.
 */
final class MatrixAdjoint {
    private MatrixAdjoint() {
    }

    static Expr of(MatrixFunction node, int k, Expr cotangent) {
        Expr x = node.operand(0);
        if (node.operation().hasExponent() && k == 1) {
            throw new Underivable(node, "the exponent of a matrix power is an integer: there is no derivative by it");
        }
        return switch (node.operation()) {
            case INVERSE -> {
                Expr transposed = node.transpose();
                yield transposed.matmul(cotangent).matmul(transposed).negate();
            }
            case DETERMINANT -> Tensors.outer(cotangent.times(node), inverse(x).transpose());
            case LOG_DETERMINANT -> Tensors.outer(cotangent, inverse(x).transpose());
            case EXPONENTIAL, POWER -> transposed(slope(node, x, transposed(cotangent)));
            case EXPONENTIAL_SLOPE, POWER_SLOPE -> k > 0
                    ? transposed(slope(node, x, transposed(cotangent)))
                    : ofMatrix(node, cotangent);
        };
    }

    /** The last two axes exchanged. */
    private static Expr transposed(Expr x) {
        int rank = x.shape().rank();
        return Tensors.permute(x,
                IntStream.range(0, rank).map(k -> k < rank - 2 ? k : 2 * rank - 3 - k).toArray());
    }

    private static Expr inverse(Expr x) {
        return MatrixFunction.of(Operation.INVERSE, x);
    }

    /** {@code L(X, E)} of the function of which the node is the value or the Fréchet derivative. */
    private static Expr slope(MatrixFunction node, Expr x, Expr direction) {
        boolean power = node.operation().hasExponent();
        if (Linear.isZero(direction)) {
            return direction;
        }
        if (Commuting.with(x, direction)) {
            Expr derivative = power
                    ? MatrixFunction.power(x, node.exponent().minus(Constant.ONE)).times(node.exponent())
                    : MatrixFunction.exponential(x);
            return direction.matmul(derivative);
        }
        return power ? MatrixFunction.of(Operation.POWER_SLOPE, List.of(x, node.exponent(), direction))
                : MatrixFunction.of(Operation.EXPONENTIAL_SLOPE, List.of(x, direction));
    }

    /**
     * {@code ⟨L(X, E), D⟩ = ⟨E, L(Xᵀ, D)⟩}, which is {@code ⟨E, (Dᵀ f'(X))ᵀ⟩} where Dᵀ commutes with X; anything else as it
     * is. So {@code d/dt tr(B e^(tA)) = tr(B A e^(tA))}.
     */
    static Expr moved(Expr product) {
        Rational scale = product instanceof Linear sum && sum.termCount() == 1 ? sum.coefficient(0) : Rational.ONE;
        Expr inner = product instanceof Linear sum && sum.termCount() == 1 ? sum.term(0) : product;
        if (!(inner instanceof Contraction pairing) || !pairing.shape().isScalar() || pairing.summedCount() != 2) {
            return product;
        }
        int slope = -1;
        int other = -1;
        List<Expr> scalars = new ArrayList<>(List.of(Constant.of(scale)));
        for (int k = 0; k < pairing.operandCount(); k++) {
            Expr factor = pairing.operand(k);
            if (factor.shape().isScalar()) {
                scalars.add(factor);
            } else if (slope < 0 && factor instanceof MatrixFunction f && f.operation().hasDirection()) {
                slope = k;
            } else if (other < 0 && factor.shape().rank() == 2) {
                other = k;
            } else {
                return product;
            }
        }
        if (slope < 0 || other < 0 || pairing.operand(slope).shape().rank() != 2
                || pairing.index(slope, 0) == pairing.index(slope, 1)) {
            return product;
        }
        MatrixFunction function = (MatrixFunction) pairing.operand(slope);
        boolean aligned = pairing.index(slope, 0) == pairing.index(other, 0);
        Expr direction = aligned ? pairing.operand(other).transpose() : pairing.operand(other);
        Expr x = function.operand(0);
        if (!Commuting.with(x, direction)) {
            return product;
        }
        scalars.add(Tensors.inner(function.direction().transpose(), slope(function, x, direction)));
        return Tensors.product(scalars);
    }

    /**
     * By X of {@code L(X, E)}, the upper right block of f(B) with {@code B = [[X, E], [0, X]]}: the cotangent goes to that block,
     * through f at B, and both diagonal blocks of what comes back are X's.
     */
    private static Expr ofMatrix(MatrixFunction node, Expr cotangent) {
        Expr x = node.operand(0);
        Expr direction = node.direction();
        if (direction.shape().rank() > 2) {
            throw new Underivable(node,
                    "the derivative of a Fréchet derivative along several directions at once is not "
                            + "formed; ask for a product with one direction");
        }
        Size n = x.shape().get(0);
        Expr zero = Linear.zero(x.shape());
        Expr block = Concatenation.of(List.of(Concatenation.of(List.of(x, direction), 1),
                Concatenation.of(List.of(zero, x), 1)), 0);
        int batch = cotangent.shape().rank() - 2;
        Shape leading = cotangent.shape().slice(0, batch);
        Expr none = Linear.zero(leading.concat(x.shape()));
        Expr seed = Concatenation.of(List.of(Concatenation.of(List.of(none, cotangent), batch + 1),
                Concatenation.of(List.of(none, none), batch + 1)), batch);
        Expr whole = transposed(slope(node, block, transposed(seed)));
        Expr first = Window.slice(Window.slice(whole, batch, Size.ZERO, 1, n), batch + 1, Size.ZERO, 1, n);
        Expr second = Window.slice(Window.slice(whole, batch, n, 1, n), batch + 1, n, 1, n);
        return first.plus(second);
    }
}
