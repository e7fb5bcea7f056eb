package org.adjoint.expr;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The product of scalars: what {@link Contractor} would make, without its indices. Long scalar chains are made of these, so
 * this path is kept short.
 */
final class ScalarProduct {
    private ScalarProduct() {
    }

    /** The canonical product, or null when a factor needs the general treatment. */
    static @Nullable Expr of(List<? extends Expr> operands) {
        int total = 0;
        Rational coefficient = Rational.ONE;
        Expr[] parts = new Expr[operands.size()];
        for (int k = 0; k < parts.length; k++) {
            Expr operand = operands.get(k);
            if (operand instanceof Linear scaled && scaled.termCount() == 1
                    && Linear.combine(coefficient, scaled.coefficient(0))) {
                coefficient = coefficient.times(scaled.coefficient(0));
                operand = scaled.term(0);
            }
            parts[k] = operand;
            if (!operand.shape().isScalar() || operand instanceof Dimension || isPowerOfDimension(operand)
                    || Linear.isZero(operand) || isView(operand)) {
                return null;
            }
            total += isProduct(operand) ? operand.operandCount() : 1;
        }
        boolean absorb = total <= Contractor.ABSORB_LIMIT || operands.size() == 1;
        Expr[] factors = new Expr[absorb ? total : operands.size()];
        int count = 0;
        for (Expr operand : parts) {
            if (operand instanceof Constant number && !number.isData()
                    && Linear.combine(coefficient, number.value())) {
                coefficient = coefficient.times(number.value());
            } else if (absorb && isProduct(operand)) {
                for (int f = 0; f < operand.operandCount(); f++) {
                    if (operand.operand(f) instanceof Dimension || isPowerOfDimension(operand.operand(f))) {
                        return null;
                    }
                    factors[count++] = operand.operand(f);
                }
            } else {
                factors[count++] = operand;
            }
        }
        if (count == 0) {
            return Constant.of(coefficient);
        }
        if (count == 1) {
            return Linear.scale(coefficient, factors[0]);
        }
        Expr[] sorted = count == factors.length ? factors : Arrays.copyOf(factors, count);
        Arrays.sort(sorted, Expr::compareByDigest);
        return Linear.scale(coefficient, Contraction.ofScalars(sorted));
    }

    private static boolean isProduct(Expr operand) {
        return operand instanceof Contraction product && product.indexCount() == 0;
    }

    /** A tensor of one entry seen as a scalar. */
    private static boolean isView(Expr operand) {
        return operand instanceof Contraction view && view.indexCount() > 0 && view.isProduct();
    }

    private static boolean isPowerOfDimension(Expr operand) {
        return operand instanceof Elementwise power && power.function() == Functions.POWER
                && power.operand(0) instanceof Dimension;
    }
}
