package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * {@code (a + b)·(a + b)^q = (a + b)^(q+1)}: sums that meet a power of themselves in a product, found before the product
 * is multiplied out.
 *
 * @param coefficient the number that comes out
 * @param factors     the factors of the product, sums with exponent 1 as often as they occur
 * @param labels      their indices
 */
record SumPowers(Rational coefficient, List<Expr> factors, List<int[]> labels) {

    /** The product with such powers merged; nothing where there are none. */
    static Optional<SumPowers> merge(List<Expr> factors, List<int[]> labels, Shape shape, Monomials monomials) {
        if (factors.stream().noneMatch(SumPowers::isSum)) {
            return Optional.empty();
        }
        Rational coefficient = Rational.ONE;
        List<Expr> packed = new ArrayList<>();
        for (Expr factor : factors) {
            Map<Expr, Rational> terms = NormalForm.terms(factor);
            SizeForm size = terms.size() > 1 ? SizeForm.of(terms).orElse(null) : null;
            if (size != null) {
                coefficient = coefficient.times(size.content());
                packed.add(size.size());
                continue;
            }
            Rational lead = terms.size() > 1 ? terms.values().iterator().next() : Rational.ONE;
            coefficient = coefficient.times(lead);
            packed.add(NormalForm.rescaled(factor, terms, lead.inverse()));
        }
        int[] output = IntStream.range(0, shape.rank()).toArray();
        Expr whole = Contraction.flattened(packed, labels, output, shape);
        if (whole instanceof Linear scaled && scaled.termCount() == 1) {
            coefficient = coefficient.times(scaled.coefficient(0));
            whole = scaled.term(0);
        }
        boolean cancelled = packed.stream().anyMatch(SizeForm::isSum)
                && whole.operands().stream().noneMatch(SizeForm::isSum) && !SizeForm.isSum(whole);
        Expr reduced = Linear.isZero(whole) || whole.operands().stream().noneMatch(SumPowers::isPowerOfSum) ? whole
                : monomials.reduce(whole);
        if (reduced == whole && !cancelled) {
            return Optional.empty();
        }
        if (reduced instanceof Linear scaled && scaled.termCount() == 1) {
            coefficient = coefficient.times(scaled.coefficient(0));
            reduced = scaled.term(0);
        }
        SumPowers merged = new SumPowers(coefficient, new ArrayList<>(), new ArrayList<>());
        if (reduced instanceof Contraction product) {
            for (int k = 0; k < product.operandCount(); k++) {
                merged.add(product.operand(k), product.indices(k));
            }
        } else {
            merged.add(reduced, output);
        }
        return Optional.of(merged);
    }

    private static boolean isSum(Expr factor) {
        return factor instanceof Linear sum && sum.termCount() > 1;
    }

    private static boolean isPowerOfSum(Expr factor) {
        return factor instanceof Elementwise f && (f.function() == Functions.POWER || f.function() == Functions.SQRT)
                && isSum(f.operand(0));
    }

    /** A factor; of {@code N^q} with q ≥ 1 the whole powers are factors of their own, to be multiplied out. */
    private void add(Expr factor, int[] label) {
        Expr rest = factor;
        if (isPowerOfSum(factor)) {
            Expr base = factor.operand(0);
            Rational q = factor.operandCount() == 1 ? Rational.HALF
                    : Constant.uniform(factor.operand(1)).orElse(Rational.ZERO);
            int whole = q.signum() > 0 && q.compareTo(Rational.of(8)) < 0 ? q.floor().intValueExact() : 0;
            for (int k = 0; k < whole; k++) {
                factors.add(base);
                labels.add(label);
            }
            if (whole > 0 && q.isInteger()) {
                return;
            }
            rest = whole == 0 ? factor : Monomials.rawPower(base, q.minus(Rational.of(whole)));
        }
        factors.add(rest);
        labels.add(label);
    }
}
