package org.adjoint.eval;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adjoint.expr.Arithmetic.NotExact;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;
import org.jspecify.annotations.Nullable;

/**
 * An exact real number Σ rᵢ √dᵢ with rational rᵢ and positive integers dᵢ no two of which differ by a square factor.
 *
 * <p>Such square roots are linearly independent over the rationals (Besicovitch 1940), so that the number is zero
 * exactly when all coefficients are, and its sign is found by evaluating it until it is certain.
 */
public final class Radical implements Comparable<Radical> {

    /** 0. */
    public static final Radical ZERO = new Radical(new TreeMap<>());
    /** 1. */
    public static final Radical ONE = of(Rational.ONE);

    private static final int FIRST_BITS = 64;

    private final SortedMap<BigInteger, Rational> terms;

    private Radical(SortedMap<BigInteger, Rational> terms) {
        this.terms = terms;
    }

    /** The rational {@code value}. */
    public static Radical of(Rational value) {
        return new Sum().add(BigInteger.ONE, value).total();
    }

    /**
     * √value.
     *
     * @throws IllegalArgumentException if value &lt; 0
     */
    public static Radical sqrtOf(Rational value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("sqrt needs a number ≥ 0; got " + value);
        }
        if (value.isZero()) {
            return ZERO;
        }
        // √(p/q) = √(pq)/q
        SquareFactor factor = SquareFactor.of(value.numerator().multiply(value.denominator()));
        return new Sum().add(factor.rest(), Rational.of(factor.root(), value.denominator())).total();
    }

    /** Terms being collected. */
    private static final class Sum {
        private final TreeMap<BigInteger, Rational> terms = new TreeMap<>();

        Sum add(BigInteger radicand, Rational coefficient) {
            if (coefficient.isZero()) {
                return this;
            }
            Rational old = terms.get(radicand);
            if (old == null && mayRepeat(radicand)) {
                for (BigInteger other : terms.keySet()) {
                    Optional<BigInteger> root = SquareFactor.exactRoot(other.multiply(radicand));
                    if (root.isPresent()) {
                        // √radicand = √(other · radicand) / other · √other
                        return add(other, coefficient.times(Rational.of(root.get(), other)));
                    }
                }
            }
            Rational sum = old == null ? coefficient : old.plus(coefficient);
            if (sum.isZero()) {
                terms.remove(radicand);
            } else {
                terms.put(radicand, sum);
                Budget.current().checkTerms(terms.size());
            }
            return this;
        }

        /** Whether this radicand or one here may have a square factor too large to be found by trial division. */
        private boolean mayRepeat(BigInteger radicand) {
            return !terms.isEmpty()
                    && radicand.max(terms.lastKey()).bitLength() > SquareFactor.CERTAIN_BITS;
        }

        Radical total() {
            return new Radical(terms);
        }
    }

    /** The radicands with a coefficient. */
    Collection<BigInteger> radicands() {
        return terms.keySet();
    }

    /** This number as u + v√g: u for {@code inside} false, v for true, where g divides every radicand of v. */
    Radical part(BigInteger g, boolean inside) {
        Sum sum = new Sum();
        terms.forEach((d, r) -> {
            boolean divides = d.mod(g).signum() == 0;
            if (divides == inside) {
                sum.add(inside ? d.divide(g) : d, r);
            }
        });
        return sum.total();
    }

    /** this + other. */
    public Radical plus(Radical other) {
        Sum sum = new Sum();
        terms.forEach(sum::add);
        other.terms.forEach(sum::add);
        return sum.total();
    }

    /** this − other. */
    public Radical minus(Radical other) {
        return plus(other.negate());
    }

    /** −this. */
    public Radical negate() {
        return times(Rational.MINUS_ONE);
    }

    /** factor · this. */
    public Radical times(Rational factor) {
        Sum sum = new Sum();
        terms.forEach((d, r) -> sum.add(d, r.times(factor)));
        return sum.total();
    }

    /** this · other, by √d √e = g √(de/g²) with g = gcd(d, e). */
    public Radical times(Radical other) {
        Sum sum = new Sum();
        for (Map.Entry<BigInteger, Rational> a : terms.entrySet()) {
            for (Map.Entry<BigInteger, Rational> b : other.terms.entrySet()) {
                Rational coefficient = a.getValue().times(b.getValue());
                BigInteger g = a.getKey().gcd(b.getKey());
                BigInteger radicand = a.getKey().divide(g).multiply(b.getKey().divide(g));
                boolean certain = a.getKey().bitLength() <= SquareFactor.CERTAIN_BITS
                        && b.getKey().bitLength() <= SquareFactor.CERTAIN_BITS;
                SquareFactor factor = certain ? new SquareFactor(BigInteger.ONE, radicand) : SquareFactor.of(radicand);
                sum.add(factor.rest(), coefficient.times(Rational.of(g.multiply(factor.root()))));
                Budget.current().poll();
            }
        }
        return sum.total();
    }

    /**
     * 1 / this, by conjugation: 1/(u + v√g) = (u − v√g)/(u² − g v²).
     *
     * @throws ArithmeticException if this is zero
     * @throws NotExact if a radicand is too large to be factored
     */
    public Radical inverse() {
        Radical numerator = ONE;
        Radical denominator = this;
        for (Optional<Rational> r = denominator.toRational(); r.isEmpty(); r = denominator.toRational()) {
            BigInteger g = CoprimeBase.anyOf(denominator.radicands());
            Radical inside = denominator.part(g, true).times(sqrtOf(Rational.of(g)));
            Radical conjugate = denominator.part(g, false).minus(inside);
            numerator = numerator.times(conjugate);
            denominator = denominator.times(conjugate);
        }
        return numerator.times(denominator.toRational().orElseThrow().inverse());
    }

    /** this^exponent with 0^0 = 1. */
    public Radical pow(int exponent) {
        Optional<Rational> rational = toRational();
        if (rational.isPresent()) {
            return of(rational.get().pow(exponent));
        }
        if (exponent < 0) {
            return inverse().pow(Math.negateExact(exponent));
        }
        Radical result = ONE;
        Radical square = this;
        for (int rest = exponent; rest > 0; rest >>= 1) {
            result = (rest & 1) == 1 ? result.times(square) : result;
            square = rest > 1 ? square.times(square) : square;
        }
        return result;
    }

    /** Whether this is 0. */
    public boolean isZero() {
        return terms.isEmpty();
    }

    /** This number when it is rational. */
    public Optional<Rational> toRational() {
        if (terms.isEmpty()) {
            return Optional.of(Rational.ZERO);
        }
        Rational whole = terms.get(BigInteger.ONE);
        return whole != null && terms.size() == 1 ? Optional.of(whole) : Optional.empty();
    }

    /** r²d when this is the single term r√d. */
    Optional<Rational> squareOfSingleTerm() {
        return terms.size() == 1 ? times(this).toRational() : Optional.empty();
    }

    /** −1, 0 or 1, certain. */
    public int signum() {
        int first = 0;
        for (Rational r : terms.values()) {
            if (first != 0 && r.signum() != first) {
                return scaled(atLeast(1)).signum();
            }
            first = r.signum();
        }
        return first;
    }

    /** The double nearest to this, up to one unit in the last place. */
    public double toDouble() {
        if (isZero()) {
            return 0;
        }
        int w = atLeast(70);
        return Rational.of(scaled(w), BigInteger.ONE.shiftLeft(w)).toDouble();
    }

    /** A w for which the error of {@link #scaled} is below 2^−bits relative to it. Ends since this is not zero. */
    private int atLeast(int bits) {
        int w = FIRST_BITS;
        BigInteger error = BigInteger.valueOf(2L * terms.size()).shiftLeft(bits);
        while (scaled(w).abs().compareTo(error) <= 0) {
            Budget.current().checkBits(w);
            Budget.current().checkTime();
            w *= 2;
        }
        return w;
    }

    /** this · 2^w to within 2 per term. */
    private BigInteger scaled(int w) {
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<BigInteger, Rational> term : terms.entrySet()) {
            Rational r = term.getValue();
            BigInteger square = r.numerator().pow(2).multiply(term.getKey()).shiftLeft(2 * w);
            BigInteger magnitude = square.sqrt().divide(r.denominator());
            sum = r.signum() < 0 ? sum.subtract(magnitude) : sum.add(magnitude);
        }
        return sum;
    }

    @Override
    public int compareTo(Radical other) {
        return minus(other).signum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Radical r && (terms.equals(r.terms) || minus(r).isZero());
    }

    /** Of the rational part and the number of terms: the two things that do not depend on how radicands are written. */
    @Override
    public int hashCode() {
        return 31 * terms.size() + terms.getOrDefault(BigInteger.ONE, Rational.ZERO).hashCode();
    }

    /** {@code 1/2 + 3*sqrt(2)}. */
    @Override
    public String toString() {
        if (isZero()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        terms.forEach((d, r) -> {
            text.append(text.isEmpty() ? r.signum() < 0 ? "-" : "" : r.signum() < 0 ? " - " : " + ");
            Rational size = r.abs();
            if (d.equals(BigInteger.ONE)) {
                text.append(size);
            } else {
                text.append(size.isOne() ? "" : size + "*").append("sqrt(").append(d).append(')');
            }
        });
        return text.toString();
    }
}
