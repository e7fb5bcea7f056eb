package org.adjoint.limit;

import org.adjoint.expr.Rational;

/** How the variable is written with X → +∞. */
enum Path {
    UP, DOWN, ABOVE, BELOW;

    /** The variable: X, −X, {@code a + 1/X} or {@code a − 1/X}. */
    Term variable(TermAlgebra algebra, Term at) {
        Term small = algebra.power(Term.Moving.X, Rational.MINUS_ONE);
        return switch (this) {
            case UP -> Term.Moving.X;
            case DOWN -> algebra.negate(Term.Moving.X);
            case ABOVE -> algebra.add(at, small);
            case BELOW -> algebra.subtract(at, small);
        };
    }

    String words() {
        return switch (this) {
            case UP -> "to +inf";
            case DOWN -> "to -inf";
            case ABOVE -> "from above";
            case BELOW -> "from below";
        };
    }

    static Path of(Target target) {
        return switch (target.at()) {
            case Extended.Infinite infinity -> infinity.sign() > 0 ? UP : DOWN;
            case Extended.Finite finite -> switch (target.side()) {
                case ABOVE -> ABOVE;
                case BELOW -> BELOW;
                case BOTH -> throw new IllegalArgumentException("two-sided limits are taken from each side");
            };
        };
    }
}
