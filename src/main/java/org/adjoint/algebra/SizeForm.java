package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;

/**
 * Sizes in normal forms: a numerator is multiplied out, {@code dim(n + 1)·x = n·x + x}; what is divided by is one size,
 * {@code (n + 1)⁻¹ = dim(n + 1)⁻¹}.
 *
 * @param content the rational number that is left when the size is taken out
 * @param size    the size, as a scalar
 */
record SizeForm(Rational content, Expr size) {

    private static boolean isPolynomial(Expr factor) {
        return factor instanceof Dimension dimension && !dimension.size().isMonomial();
    }

    /** The term as a sum of terms whose sizes are monomials; nothing when it is one already. */
    static Optional<Map<Expr, Rational>> expanded(Expr term) {
        if (isPolynomial(term)) {
            Map<Expr, Rational> terms = new LinkedHashMap<>();
            ((Dimension) term).size().monomials()
                    .forEach((monomial, c) -> terms.put(Dimension.of(monomial), Rational.of(c)));
            return Optional.of(terms);
        }
        if (term instanceof Contraction product) {
            for (int k = 0; k < product.operandCount(); k++) {
                if (isPolynomial(product.operand(k))) {
                    return Optional.of(expanded(product, k));
                }
            }
        }
        return Optional.empty();
    }

    private static Map<Expr, Rational> expanded(Contraction product, int k) {
        Map<Expr, Rational> terms = new LinkedHashMap<>();
        int[] output = IntStream.range(0, product.shape().rank()).toArray();
        ((Dimension) product.operand(k)).size().monomials().forEach((monomial, c) -> {
            List<Expr> factors = new ArrayList<>(product.operands());
            factors.set(k, Dimension.of(monomial));
            List<int[]> labels = IntStream.range(0, factors.size()).mapToObj(product::indices).toList();
            Terms.of(Contraction.flattened(factors, labels, output, product.shape()))
                    .forEach((term, d) -> terms.merge(term, d.times(Rational.of(c)), Rational::plus));
        });
        return terms;
    }

    /** A sum of sizes and numbers as a multiple of one size; nothing when anything else is in it. */
    static Optional<SizeForm> of(Map<Expr, Rational> terms) {
        BigInteger numerators = BigInteger.ZERO;
        BigInteger denominators = BigInteger.ONE;
        boolean symbolic = false;
        for (Map.Entry<Expr, Rational> term : terms.entrySet()) {
            if (term.getKey() != Constant.ONE && !(term.getKey() instanceof Dimension)) {
                return Optional.empty();
            }
            symbolic |= term.getKey() instanceof Dimension;
            numerators = numerators.gcd(term.getValue().numerator());
            BigInteger denominator = term.getValue().denominator();
            denominators = denominators.multiply(denominator).divide(denominators.gcd(denominator));
        }
        if (!symbolic) {
            return Optional.empty();
        }
        Rational content = Rational.of(numerators, denominators);
        Size size = Size.ZERO;
        for (Map.Entry<Expr, Rational> term : terms.entrySet()) {
            Rational c = term.getValue().dividedBy(content);
            if (!c.fitsLong()) {
                return Optional.empty();
            }
            Size part = term.getKey() instanceof Dimension dimension ? dimension.size() : Size.ONE;
            size = size.plus(part.times(c.longValueExact()));
        }
        return Optional.of(new SizeForm(content, Dimension.of(size)));
    }

    /** Whether a factor of a product is a sum of sizes. */
    static boolean isSum(Expr factor) {
        return isPolynomial(factor) || (factor instanceof Linear && of(Terms.of(factor)).isPresent());
    }
}
