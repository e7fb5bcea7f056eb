package org.adjoint.expr;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The extent of an axis: an integer polynomial in size symbols and floor quotients of such polynomials, in canonical
 * form, so that two sizes are the same for all values of their symbols when they are {@code equals} (and, for
 * polynomials without floor quotients, only then).
 *
 * <p>Canonical floor quotient: {@code (q·a + r) // q = a + r // q} for an integer {@code q > 0}, with every coefficient of
 * the remainder reduced and its constant in {@code (−q, 0]}; so {@code (H + 2·1 − 3)//2 + 1} is {@code (H - 1)//2 + 1}.
 * Symbols stand for integers ≥ 1.
 */
public final class Size implements Comparable<Size> {
    /** The integers that nearly all sizes are: from 0 on. */
    private static final Size[] SMALL = new Size[16];

    static {
        Arrays.setAll(SMALL, Size::integer);
    }

    public static final Size ZERO = of(0);
    public static final Size ONE = of(1);

    private final SortedMap<Monomial, Long> terms;
    private final boolean integer;
    /** The integer that it is, or 0. */
    private final long value;
    /** Made when it is asked for; threads that ask at once make the same. */
    private @Nullable String text;

    Size(SortedMap<Monomial, Long> terms) {
        this.terms = terms;
        this.integer = terms.isEmpty() || (terms.size() == 1 && terms.firstKey().isUnit());
        this.value = integer && !terms.isEmpty() ? Objects.requireNonNull(terms.get(terms.firstKey())) : 0;
    }

    /** The integer {@code value}. */
    public static Size of(long value) {
        return value >= 0 && value < SMALL.length ? SMALL[(int) value] : integer(value);
    }

    private static Size integer(long value) {
        return value == 0 ? new Size(new TreeMap<>()) : term(Monomial.UNIT, value);
    }

    /** The symbol {@code name}, an unknown integer ≥ 1. */
    public static Size symbol(String name) {
        return atom(new Monomial.Symbol(name));
    }

    static Size atom(Monomial.Atom atom) {
        return term(Monomial.of(atom), 1);
    }

    static Size term(Monomial monomial, long coefficient) {
        TreeMap<Monomial, Long> terms = new TreeMap<>();
        terms.put(monomial, coefficient);
        return new Size(terms);
    }

    /** The product of all sizes; 1 for none. */
    public static Size product(Collection<Size> sizes) {
        Size product = ONE;
        for (Size size : sizes) {
            product = product.times(size);
        }
        return product;
    }

    public Size plus(Size other) {
        if (other.isZero()) {
            return this;
        }
        TreeMap<Monomial, Long> sum = new TreeMap<>(terms);
        try {
            other.terms.forEach((monomial, c) -> add(sum, monomial, c));
        } catch (ArithmeticException overflow) {
            throw tooLarge(this + " plus " + other);
        }
        return new Size(sum);
    }

    boolean isZero() {
        return integer && value == 0;
    }

    public Size minus(Size other) {
        return plus(other.times(of(-1)));
    }

    public Size times(Size other) {
        if (isOne() || other.isOne()) {
            return isOne() ? other : this;
        }
        TreeMap<Monomial, Long> product = new TreeMap<>();
        try {
            terms.forEach((m1, c1) -> other.terms
                    .forEach((m2, c2) -> add(product, m1.times(m2), Math.multiplyExact(c1, c2))));
        } catch (ArithmeticException overflow) {
            throw tooLarge(this + " times " + other);
        }
        return new Size(product);
    }

    private static ShapeError tooLarge(String what) {
        return new ShapeError("the numbers in a size are less than 2^63; " + what + " is larger");
    }

    public Size plus(long other) {
        return plus(of(other));
    }

    public Size minus(long other) {
        return plus(of(-other));
    }

    public Size times(long other) {
        return times(of(other));
    }

    /** Adds to one coefficient; those that are 0 are not kept. */
    static void add(TreeMap<Monomial, Long> terms, Monomial monomial, long c) {
        terms.merge(monomial, c, Math::addExact);
        terms.remove(monomial, 0L);
    }

    /**
     * The floor quotient {@code this // divisor}.
     *
     * @throws ArithmeticException when the divisor is zero
     */
    public Size floorDivide(Size divisor) {
        if (divisor.isZero()) {
            throw divisionByZero(this);
        }
        return SizeDivision.floor(this, divisor);
    }

    /** The quotient when it is again a polynomial with integer coefficients; else, and for the divisor 0, empty. */
    public Optional<Size> divideExact(Size divisor) {
        return SizeDivision.exact(this, divisor);
    }

    /** The monomials, each with coefficient 1, and their coefficients; the constant is a multiple of 1. */
    public SortedMap<Size, Long> monomials() {
        TreeMap<Size, Long> monomials = new TreeMap<>();
        terms.forEach((monomial, c) -> monomials.put(term(monomial, 1), c));
        return monomials;
    }

    /** The coefficients of the monomials; none for 0. */
    SortedMap<Monomial, Long> terms() {
        return terms;
    }

    /** Whether it is one symbol or one nonnegative integer, which needs no brackets anywhere. */
    boolean isAtomic() {
        return integer ? value >= 0
                : isMonomial() && terms.firstKey().degree() == 1
                        && terms.firstKey().first() instanceof Monomial.Symbol;
    }

    /** Whether it is one product of symbols and floor quotients, with the coefficient 1. */
    public boolean isMonomial() {
        return terms.size() == 1 && terms.containsValue(1L);
    }

    public boolean isInteger() {
        return integer;
    }

    /**
     * Whether the size is at least 0 for all values of its symbols, which are at least 1; false when that is not seen: every
     * symbol is written as 1 plus something nonnegative, and the coefficients are looked at.
     */
    public boolean isNonNegative() {
        return substitute(name -> symbol(name).plus(ONE)).hasNonNegativeParts();
    }

    private boolean hasNonNegativeParts() {
        return terms.entrySet().stream().allMatch(term -> term.getValue() >= 0
                && term.getKey().powers().keySet().stream().allMatch(atom -> switch (atom) {
                    case Monomial.Symbol symbol -> true;
                    case Monomial.Floor(Size numerator, Size denominator, String ignored) ->
                        numerator.hasNonNegativeParts() && denominator.hasNonNegativeParts();
                }));
    }

    /** Whether the size is at least 1 for all values of its symbols, as far as {@link #isNonNegative} sees. */
    public boolean isPositive() {
        return minus(ONE).isNonNegative();
    }

    public boolean isOne() {
        return integer && value == 1;
    }

    /**
     * The integer this size is.
     *
     * @throws IllegalStateException when it has symbols
     */
    public long value() {
        if (!integer) {
            throw new IllegalStateException("the size " + this + " is symbolic");
        }
        return value;
    }

    /** The symbols that occur, in alphabetical order. */
    public Set<String> symbols() {
        if (integer) {
            return Set.of();
        }
        TreeSet<String> symbols = new TreeSet<>();
        addSymbols(symbols);
        return symbols;
    }

    /** Adds the symbols that occur. */
    void addSymbols(Set<String> symbols) {
        for (Monomial monomial : terms.keySet()) {
            for (Monomial.Atom atom : monomial.powers().keySet()) {
                switch (atom) {
                    case Monomial.Symbol(String name) -> symbols.add(name);
                    case Monomial.Floor(Size numerator, Size denominator, String ignored) -> {
                        numerator.addSymbols(symbols);
                        denominator.addSymbols(symbols);
                    }
                }
            }
        }
    }

    /** Every symbol replaced by its image. */
    public Size substitute(Function<String, Size> image) {
        Size sum = ZERO;
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            Size product = of(term.getValue());
            for (Map.Entry<Monomial.Atom, Integer> factor : term.getKey().powers().entrySet()) {
                Size base = switch (factor.getKey()) {
                    case Monomial.Symbol(String name) -> image.apply(name);
                    case Monomial.Floor(Size numerator, Size denominator, String ignored) -> numerator.substitute(image)
                            .floorDivide(denominator.substitute(image));
                };
                for (int k = 0; k < factor.getValue(); k++) {
                    product = product.times(base);
                }
            }
            sum = sum.plus(product);
        }
        return sum;
    }

    /**
     * The integer that it is when every symbol has the value that it is given.
     *
     * @throws ArithmeticException when it divides by zero
     */
    public long at(ToLongFunction<String> values) {
        if (integer) {
            return value;
        }
        long sum = 0;
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            long product = term.getValue();
            for (Map.Entry<Monomial.Atom, Integer> factor : term.getKey().powers().entrySet()) {
                long base = switch (factor.getKey()) {
                    case Monomial.Symbol(String name) -> values.applyAsLong(name);
                    case Monomial.Floor(Size numerator, Size denominator, String ignored) ->
                        quotient(numerator.at(values), denominator.at(values));
                };
                for (int k = 0; k < factor.getValue(); k++) {
                    product = exact(Math::multiplyExact, product, base, " times ");
                }
            }
            sum = exact(Math::addExact, sum, product, " plus ");
        }
        return sum;
    }

    private static long quotient(long a, long b) {
        if (b == 0) {
            throw divisionByZero(a);
        }
        return exact(Math::floorDivExact, a, b, " // ");
    }

    private static long exact(LongBinaryOperator operation, long a, long b, String sign) {
        try {
            return operation.applyAsLong(a, b);
        } catch (ArithmeticException overflow) {
            throw tooLarge(a + sign + b);
        }
    }

    private static ArithmeticException divisionByZero(Object numerator) {
        return new ArithmeticException("a size cannot be divided by zero: " + numerator + " // 0");
    }

    /** The size in another notation, which names symbols and says how a floor quotient of two sizes is written. */
    public String written(UnaryOperator<String> symbol, BinaryOperator<String> quotient) {
        return SizeText.of(terms, symbol, quotient);
    }

    @Override
    public int compareTo(Size other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Size size && integer == size.integer
                && (integer ? value == size.value : toString().equals(size.toString())));
    }

    @Override
    public int hashCode() {
        return integer ? Long.hashCode(value) : toString().hashCode();
    }

    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = SizeText.of(terms);
            text = known;
        }
        return known;
    }
}
