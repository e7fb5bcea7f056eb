package org.adjoint.expr;

/**
 * The field in which the definition of an elementwise function is evaluated: doubles, exact radicals, 60 digits.
 *
 * <p>All functions are real. An operation outside its real domain throws {@link OutsideDomain}; one whose result this
 * arithmetic cannot hold throws {@link NotExact}; a sign it cannot tell throws {@link Undecidable}.
 *
 * @param <T> the type of its numbers
 */
public interface Arithmetic<T> {

    /** The value is not a real number: a division by zero, the logarithm of a number that is not positive. */
    final class OutsideDomain extends ArithmeticException {
        private static final long serialVersionUID = 1L;

        /** With the law that was broken and what was got. */
        public OutsideDomain(String message) {
            super(message);
        }
    }

    /** A sign or an order that this arithmetic cannot tell, because its error is larger than the value. */
    final class Undecidable extends ArithmeticException {
        private static final long serialVersionUID = 1L;

        /** With what could not be told. */
        public Undecidable(String message) {
            super(message);
        }
    }

    /** The value is real, but this arithmetic cannot hold it: exp(1) among the radicals. */
    final class NotExact extends ArithmeticException {
        private static final long serialVersionUID = 1L;

        /** With the value that cannot be held. */
        public NotExact(String message) {
            super(message);
        }
    }

    /** The number {@code value}, rounded if need be. */
    T of(Rational value);

    /** a + b. */
    T add(T a, T b);

    /** a − b. */
    T subtract(T a, T b);

    /** a · b. */
    T multiply(T a, T b);

    /** a / b; outside its domain where b = 0. */
    T divide(T a, T b);

    /** −a. */
    T negate(T a);

    /**
     * base^exponent over the reals: any base with an integer exponent (0^0 = 1), 0 with a positive exponent, a positive
     * base with any exponent. A negative base with an exponent that is not an integer is outside the domain.
     */
    T power(T base, T exponent);

    /** √a for a ≥ 0. */
    T sqrt(T a);

    /** eᵃ. */
    T exp(T a);

    /** The natural logarithm for a &gt; 0. */
    T log(T a);

    /** sin a. */
    T sin(T a);

    /** cos a. */
    T cos(T a);

    /** tan a. */
    T tan(T a);

    /** arcsin a for |a| ≤ 1. */
    T asin(T a);

    /** arccos a for |a| ≤ 1. */
    T acos(T a);

    /** arctan a. */
    T atan(T a);

    /** sinh a. */
    T sinh(T a);

    /** cosh a. */
    T cosh(T a);

    /** tanh a. */
    T tanh(T a);

    /** erf a = 2/√π ∫₀ᵃ exp(−t²) dt. */
    T erf(T a);

    /** |a|. */
    T abs(T a);

    /** −1, 0 or 1; throws {@link Undecidable} where it cannot be told. */
    int signum(T a);

    /** Negative, 0 or positive as a is less than, equal to or greater than b; throws {@link Undecidable}. */
    int compare(T a, T b);

    /** π. */
    T pi();

    /** The nearest double. */
    double toDouble(T a);

    /** A number that is known to lie within {@code error} of a; arithmetic that keeps no errors gives a itself. */
    default T blurred(T a, double error) {
        return a;
    }

    /** Whether every result is the exact value. */
    boolean exact();
}
