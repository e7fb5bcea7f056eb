package org.adjoint.limit;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.jspecify.annotations.Nullable;

/**
 * A scalar exp-log expression of the moving variable X → +∞ and of parameters, in a canonical form: sums collect equal
 * terms, products equal bases, and at most one exponential stands in a product. Made by {@link TermAlgebra}.
 */
abstract sealed class Term implements Comparable<Term> {
    /** Structural; the order of operands, the same in every run. */
    private final long key;
    private final boolean moves;
    private final int depth;

    private Term(long key, List<Term> operands) {
        long mixed = key;
        boolean any = false;
        int deepest = 0;
        for (Term operand : operands) {
            mixed = mix(mixed ^ operand.key);
            any |= operand.moves;
            deepest = Math.max(deepest, operand.depth);
        }
        this.key = mixed;
        this.moves = any || this instanceof Moving;
        this.depth = deepest + 1;
    }

    private static long mix(long x) {
        long z = (x + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Whether X occurs. */
    final boolean moves() {
        return moves;
    }

    final int depth() {
        return depth;
    }

    final boolean isZero() {
        return this instanceof Num number && number.value.isZero();
    }

    final boolean isOne() {
        return this instanceof Num number && number.value.isOne();
    }

    @Override
    public final int compareTo(Term other) {
        return Long.compare(key, other.key);
    }

    @Override
    public final int hashCode() {
        return (int) key;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Term term && key == term.key && sameAs(term));
    }

    abstract boolean sameAs(Term other);

    /** A rational number. */
    static final class Num extends Term {
        static final Num ZERO = new Num(Rational.ZERO);
        static final Num ONE = new Num(Rational.ONE);
        private final Rational value;

        Num(Rational value) {
            super(mix(value.hashCode() + 11L), List.of());
            this.value = value;
        }

        Rational value() {
            return value;
        }

        @Override
        boolean sameAs(Term other) {
            return other instanceof Num number && value.equals(number.value);
        }
    }

    /** What does not move: a parameter, π, or an expression of them that is not taken apart. */
    static final class Par extends Term {
        private final Expr expr;

        Par(Expr expr) {
            super(mix(expr.digestHigh()) ^ expr.digestLow(), List.of());
            this.expr = expr;
        }

        Expr expr() {
            return expr;
        }

        @Override
        boolean sameAs(Term other) {
            return other instanceof Par par && expr == par.expr;
        }
    }

    /** X, which goes to +∞. */
    static final class Moving extends Term {
        static final Moving X = new Moving();

        private Moving() {
            super(mix(23), List.of());
        }

        @Override
        boolean sameAs(Term other) {
            return other instanceof Moving;
        }
    }

    /** {@code Σ cₖ tₖ}, the terms sorted, distinct, no sums; a constant is a multiple of {@link Num#ONE}. */
    static final class Sum extends Term {
        private final List<Term> terms;
        private final List<Rational> coefficients;

        Sum(List<Term> terms, List<Rational> coefficients) {
            super(mix(coefficients.hashCode() + 31L), terms);
            this.terms = List.copyOf(terms);
            this.coefficients = List.copyOf(coefficients);
        }

        int count() {
            return terms.size();
        }

        Term term(int k) {
            return terms.get(k);
        }

        Rational coefficient(int k) {
            return coefficients.get(k);
        }

        List<Term> terms() {
            return terms;
        }

        @Override
        boolean sameAs(Term other) {
            return other instanceof Sum sum && coefficients.equals(sum.coefficients) && terms.equals(sum.terms);
        }
    }

    /** {@code ∏ bₖ^eₖ}, the bases sorted and distinct; one base has an exponent that is not 1. */
    static final class Prod extends Term {
        private final List<Term> bases;
        private final List<Rational> exponents;

        Prod(List<Term> bases, List<Rational> exponents) {
            super(mix(exponents.hashCode() + 47L), bases);
            this.bases = List.copyOf(bases);
            this.exponents = List.copyOf(exponents);
        }

        int count() {
            return bases.size();
        }

        Term base(int k) {
            return bases.get(k);
        }

        Rational exponent(int k) {
            return exponents.get(k);
        }

        List<Term> bases() {
            return bases;
        }

        @Override
        boolean sameAs(Term other) {
            return other instanceof Prod product && exponents.equals(product.exponents)
                    && bases.equals(product.bases);
        }
    }

    /** A function of one term. */
    static final class Fun extends Term {
        private final Name name;
        private final Term argument;

        Fun(Name name, Term argument) {
            super(mix(name.name().hashCode() + 61L), List.of(argument));
            this.name = name;
            this.argument = argument;
        }

        Name name() {
            return name;
        }

        Term argument() {
            return argument;
        }

        @Override
        boolean sameAs(Term other) {
            return other instanceof Fun fun && name == fun.name && argument.equals(fun.argument);
        }
    }

    /** The functions that stay; all others are written with them. */
    enum Name {
        EXP, LOG, SIN, COS, ATAN, ASIN, ERF,
        /** {@code W(z) = exp(1/z²) (1 − erf(1/z))} for z &gt; 0, which vanishes with z. */
        ERF_TAIL
    }

    static boolean is(Term term, Name name) {
        return term instanceof Fun fun && fun.name == name;
    }
}
