package org.adjoint.expr;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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
    /** A symbol, or a floor quotient that does not simplify. */
    private sealed interface Atom extends Comparable<Atom> {
        String text();

        @Override
        default int compareTo(Atom other) {
            return text().compareTo(other.text());
        }
    }

    private record Symbol(String text) implements Atom {
    }

    private record Floor(Size numerator, Size denominator, String text) implements Atom {
    }

    /** A product of powers of atoms; its degree and its text are kept, as monomials are ordered by them. */
    private record Monomial(SortedMap<Atom, Integer> powers, int degree, String text)
            implements
                Comparable<Monomial> {
        private static final Monomial UNIT = of(new TreeMap<>());

        static Monomial of(SortedMap<Atom, Integer> powers) {
            int degree = 0;
            for (int power : powers.values()) {
                degree += power;
            }
            return new Monomial(powers, degree, print(powers));
        }

        Monomial times(Monomial other) {
            TreeMap<Atom, Integer> product = new TreeMap<>(powers);
            other.powers.forEach((atom, power) -> product.merge(atom, power, Integer::sum));
            return of(product);
        }

        private static String print(SortedMap<Atom, Integer> powers) {
            StringBuilder text = new StringBuilder();
            powers.forEach((atom, power) -> {
                for (int k = 0; k < power; k++) {
                    text.append(text.isEmpty() ? "" : "*").append(factorText(atom));
                }
            });
            return text.toString();
        }

        private static String factorText(Atom atom) {
            return atom instanceof Floor ? "(" + atom.text() + ")" : atom.text();
        }

        /** Higher degree first, then by name: the order in which a person writes a polynomial. */
        @Override
        public int compareTo(Monomial other) {
            int byDegree = Integer.compare(other.degree, degree);
            return byDegree != 0 ? byDegree : text.compareTo(other.text);
        }
    }

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

    private Size(SortedMap<Monomial, Long> terms) {
        this.terms = terms;
        this.integer = terms.isEmpty() || (terms.size() == 1 && terms.firstKey().degree == 0);
        this.value = integer && !terms.isEmpty() ? Objects.requireNonNull(terms.get(terms.firstKey())) : 0;
    }

    /** The integer {@code value}. */
    public static Size of(long value) {
        return value >= 0 && value < SMALL.length ? SMALL[(int) value] : integer(value);
    }

    private static Size integer(long value) {
        TreeMap<Monomial, Long> terms = new TreeMap<>();
        if (value != 0) {
            terms.put(Monomial.UNIT, value);
        }
        return new Size(terms);
    }

    /** The symbol {@code name}, an unknown integer ≥ 1. */
    public static Size symbol(String name) {
        return atom(new Symbol(name));
    }

    private static Size atom(Atom atom) {
        TreeMap<Atom, Integer> powers = new TreeMap<>();
        powers.put(atom, 1);
        TreeMap<Monomial, Long> terms = new TreeMap<>();
        terms.put(Monomial.of(powers), 1L);
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

    private boolean isZero() {
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

    private static void add(TreeMap<Monomial, Long> terms, Monomial monomial, long c) {
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
        Optional<Size> exact = divideExact(divisor);
        if (exact.isPresent()) {
            return exact.get();
        }
        if (divisor.isInteger() && divisor.value() < 0) {
            return times(of(-1)).floorDivide(divisor.times(of(-1)));
        }
        if (divisor.isInteger()) {
            long q = divisor.value();
            TreeMap<Monomial, Long> whole = new TreeMap<>();
            TreeMap<Monomial, Long> rest = new TreeMap<>();
            terms.forEach((monomial, c) -> {
                boolean constant = monomial.powers().isEmpty();
                long quotient = constant ? -Math.floorDiv(-c, q) : Math.floorDiv(c, q);
                add(whole, monomial, quotient);
                add(rest, monomial, c - quotient * q);
            });
            whole.values().removeIf(c -> c == 0);
            rest.values().removeIf(c -> c == 0);
            Size remainder = new Size(rest);
            if (remainder.isInteger()) {
                return new Size(whole).plus(of(Math.floorDiv(remainder.value(), q)));
            }
            return new Size(whole).plus(floorAtom(remainder, divisor));
        }
        return floorAtom(this, divisor);
    }

    private static Size floorAtom(Size numerator, Size denominator) {
        return atom(new Floor(numerator, denominator,
                numerator.asFactor() + "//" + denominator.asFactor()));
    }

    /** The quotient when it is again a polynomial with integer coefficients; else, and for the divisor 0, empty. */
    public Optional<Size> divideExact(Size divisor) {
        if (divisor.isZero()) {
            return Optional.empty();
        }
        if (equals(divisor)) {
            return Optional.of(ONE);
        }
        if (divisor.isOne()) {
            return Optional.of(this);
        }
        if (divisor.terms.size() != 1) {
            return dividePolynomial(divisor);
        }
        Monomial by = divisor.terms.firstKey();
        long c = Objects.requireNonNull(divisor.terms.get(by));
        TreeMap<Monomial, Long> quotient = new TreeMap<>();
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            TreeMap<Atom, Integer> powers = new TreeMap<>(term.getKey().powers());
            for (Map.Entry<Atom, Integer> factor : by.powers().entrySet()) {
                int left = powers.getOrDefault(factor.getKey(), 0) - factor.getValue();
                if (left < 0) {
                    return Optional.empty();
                }
                powers.put(factor.getKey(), left);
                powers.remove(factor.getKey(), 0);
            }
            if (term.getValue() % c != 0) {
                return Optional.empty();
            }
            quotient.put(Monomial.of(powers), term.getValue() / c);
        }
        return Optional.of(new Size(quotient));
    }

    /** Division with several terms in the divisor: succeeds when the quotient is found term by term and leaves nothing. */
    private Optional<Size> dividePolynomial(Size divisor) {
        Size rest = this;
        Size quotient = ZERO;
        Size lead = new Size(new TreeMap<>(Map.of(divisor.terms.firstKey(),
                Objects.requireNonNull(divisor.terms.get(divisor.terms.firstKey())))));
        for (int step = 0; step < 32 && !rest.isZero(); step++) {
            Monomial first = rest.terms.firstKey();
            Size leadOfRest = new Size(new TreeMap<>(Map.of(first, Objects.requireNonNull(rest.terms.get(first)))));
            Optional<Size> term = leadOfRest.divideExact(lead);
            if (term.isEmpty()) {
                return Optional.empty();
            }
            quotient = quotient.plus(term.get());
            rest = rest.minus(term.get().times(divisor));
        }
        return rest.isZero() ? Optional.of(quotient) : Optional.empty();
    }

    /** The monomials, each with coefficient 1, and their coefficients; the constant is a multiple of 1. */
    public SortedMap<Size, Long> monomials() {
        TreeMap<Size, Long> monomials = new TreeMap<>();
        terms.forEach((monomial, c) -> monomials.put(new Size(new TreeMap<>(Map.of(monomial, 1L))), c));
        return monomials;
    }

    /** The greatest monomial, with its integer coefficient, that divides every term of both. */
    Size commonFactor(Size other) {
        if (isOne() || other.isOne()) {
            return ONE;
        }
        List<Map.Entry<Monomial, Long>> all = new ArrayList<>(terms.entrySet());
        all.addAll(other.terms.entrySet());
        BigInteger content = BigInteger.ZERO;
        TreeMap<Atom, Integer> powers = new TreeMap<>(all.isEmpty() ? Map.of() : all.get(0).getKey().powers());
        for (Map.Entry<Monomial, Long> term : all) {
            content = content.gcd(BigInteger.valueOf(term.getValue()));
            powers.replaceAll((atom, power) -> Math.min(power, term.getKey().powers().getOrDefault(atom, 0)));
        }
        powers.values().removeIf(power -> power == 0);
        return new Size(new TreeMap<>(Map.of(Monomial.of(powers), content.longValueExact())));
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
                    case Symbol symbol -> true;
                    case Floor(Size numerator, Size denominator, String ignored) ->
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
            for (Atom atom : monomial.powers().keySet()) {
                switch (atom) {
                    case Symbol(String name) -> symbols.add(name);
                    case Floor(Size numerator, Size denominator, String ignored) -> {
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
            for (Map.Entry<Atom, Integer> factor : term.getKey().powers().entrySet()) {
                Size base = switch (factor.getKey()) {
                    case Symbol(String name) -> image.apply(name);
                    case Floor(Size numerator, Size denominator, String ignored) -> numerator.substitute(image)
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
            for (Map.Entry<Atom, Integer> factor : term.getKey().powers.entrySet()) {
                long base = switch (factor.getKey()) {
                    case Symbol(String name) -> values.applyAsLong(name);
                    case Floor(Size numerator, Size denominator, String ignored) ->
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

    private static String print(SortedMap<Monomial, Long> terms) {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        terms.forEach((monomial, c) -> {
            String sign = c < 0 ? (text.isEmpty() ? "-" : " - ") : (text.isEmpty() ? "" : " + ");
            String body = monomial.text();
            long magnitude = Math.abs(c);
            // A lone quotient needs no brackets beside + and -.
            if (magnitude == 1 && monomial.degree() == 1 && monomial.powers().firstKey() instanceof Floor floor) {
                body = floor.text();
            }
            text.append(sign).append(body.isEmpty() ? Long.toString(magnitude)
                    : magnitude == 1 ? body : magnitude + "*" + body);
        });
        return text.toString();
    }

    /** The size in another notation, which names symbols and says how a floor quotient of two sizes is written. */
    public String written(UnaryOperator<String> symbol, BinaryOperator<String> quotient) {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder out = new StringBuilder();
        terms.forEach((monomial, c) -> {
            StringBuilder product = new StringBuilder();
            monomial.powers().forEach((atom, power) -> {
                String factor = switch (atom) {
                    case Symbol(String name) -> symbol.apply(name);
                    case Floor(Size numerator, Size denominator, String ignored) ->
                        quotient.apply(numerator.written(symbol, quotient), denominator.written(symbol, quotient));
                };
                for (int k = 0; k < power; k++) {
                    product.append(product.isEmpty() ? "" : " * ").append(factor);
                }
            });
            long magnitude = Math.abs(c);
            out.append(c < 0 ? (out.isEmpty() ? "-" : " - ") : (out.isEmpty() ? "" : " + "))
                    .append(product.isEmpty() ? Long.toString(magnitude)
                            : magnitude == 1 ? product : magnitude + " * " + product);
        });
        return out.toString();
    }

    /** The text with brackets where it is needed as a factor. */
    public String asFactor() {
        boolean simple = isInteger() ? value() >= 0
                : terms.size() == 1 && terms.containsValue(1L) && terms.firstKey().degree() == 1
                        && terms.firstKey().powers().firstKey() instanceof Symbol;
        return simple ? toString() : "(" + this + ")";
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
            known = print(terms);
            text = known;
        }
        return known;
    }
}
