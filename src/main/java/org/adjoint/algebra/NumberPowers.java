package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * Powers of numbers by primes, {@code c^q = r·∏ p^e} with rational r and 0 &lt; e &lt; 1, so that {@code √6 = √2·√3} and
 * {@code √(3/4) = ½√3}. Prime factors are looked for up to a bound; what is left counts as one.
 */
final class NumberPowers implements Rewrite.Rule {
    static final String NAME = "roots of numbers";
    private static final int TRIAL_LIMIT = 4096;
    private static final int BITS = 4096;

    /** {@code c^q} for a positive number c: a rational coefficient and the powers of primes that are left. */
    private record Parts(Rational coefficient, List<Expr> roots) {
    }

    /** {@code c^q} for a positive number c, as a scalar. */
    static Expr of(Rational c, Rational q) {
        return parts(c, q).map(parts -> {
            Expr product = Constant.of(parts.coefficient);
            for (Expr root : parts.roots) {
                product = product.times(root);
            }
            return product;
        }).orElseGet(() -> Monomials.rawPower(Constant.of(c), q));
    }

    private static Optional<Parts> parts(Rational c, Rational q) {
        int size = Math.max(c.numerator().bitLength(), c.denominator().bitLength());
        if (c.signum() <= 0 || q.numerator().bitLength() > 30 || q.denominator().bitLength() > 30
                || (double) size * q.abs().toDouble() > BITS) {
            return Optional.empty();
        }
        Rational coefficient = Rational.ONE;
        List<Expr> roots = new ArrayList<>();
        for (Map.Entry<BigInteger, Rational> power : factors(c).entrySet()) {
            Rational exponent = power.getValue().times(q);
            BigInteger whole = exponent.floor();
            Rational base = Rational.of(power.getKey());
            coefficient = coefficient.times(base.pow(whole.intValueExact()));
            Rational rest = exponent.minus(Rational.of(whole));
            if (!rest.isZero()) {
                roots.add(Monomials.rawPower(Constant.of(base), rest));
            }
        }
        return Optional.of(new Parts(coefficient, roots));
    }

    /** The prime factors and their exponents; a factor without small primes stays whole, but for a square or a cube. */
    private static SortedMap<BigInteger, Rational> factors(Rational c) {
        SortedMap<BigInteger, Rational> factors = new TreeMap<>();
        addFactors(factors, c.numerator(), Rational.ONE);
        addFactors(factors, c.denominator(), Rational.MINUS_ONE);
        factors.values().removeIf(Rational::isZero);
        return factors;
    }

    private static void addFactors(SortedMap<BigInteger, Rational> factors, BigInteger number, Rational sign) {
        BigInteger rest = number;
        for (int p = 2; p < TRIAL_LIMIT && rest.compareTo(BigInteger.valueOf((long) p * p)) >= 0; p += p == 2 ? 1 : 2) {
            BigInteger prime = BigInteger.valueOf(p);
            for (BigInteger[] next = rest.divideAndRemainder(prime); next[1].signum() == 0; next = rest
                    .divideAndRemainder(prime)) {
                factors.merge(prime, sign, Rational::plus);
                rest = next[0];
            }
        }
        if (rest.equals(BigInteger.ONE)) {
            return;
        }
        for (int k : new int[] {3, 2}) {
            Rational root = Rational.of(rest).exactRoot(k).orElse(null);
            if (root != null) {
                factors.merge(root.numerator(), sign.times(Rational.of(k)), Rational::plus);
                return;
            }
        }
        factors.merge(rest, sign, Rational::plus);
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            Factor power = factors.get(k);
            if (!(power.base() instanceof Constant number) || !number.shape().isScalar() || number.isData()
                    || power.exponent().isInteger()) {
                continue;
            }
            Parts parts = parts(number.value(), power.exponent()).orElse(null);
            if (parts != null && !(parts.roots.size() == 1 && parts.coefficient.isOne())) {
                return Optional.of(Rewrite.of(NAME, Rewrite.without(factors, k), of(number.value(), power.exponent()),
                        power.labels()));
            }
        }
        return Optional.empty();
    }
}
