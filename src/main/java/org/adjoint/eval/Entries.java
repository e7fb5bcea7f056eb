package org.adjoint.eval;

import java.util.function.Supplier;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;

/**
 * Arithmetic on entries that may be undefined: what is computed from an undefined entry is undefined, and an operation
 * that fails gives an undefined entry with the reason.
 */
final class Entries<T> {
    final Arithmetic<T> field;
    final T zero;
    final T one;

    Entries(Arithmetic<T> field) {
        this.field = field;
        this.zero = field.of(Rational.ZERO);
        this.one = field.of(Rational.ONE);
    }

    @SuppressWarnings("unchecked")
    T number(Object entry) {
        return (T) entry;
    }

    /** The result of the operation, or why there is none. */
    Object attempt(Expr node, int position, Supplier<? extends Object> operation) {
        try {
            return operation.get();
        } catch (Arithmetic.OutsideDomain e) {
            return new Undefined(Undefined.Kind.OUTSIDE_DOMAIN, reason(e), node, position);
        } catch (Arithmetic.Undecidable e) {
            return new Undefined(Undefined.Kind.UNDECIDABLE, reason(e), node, position);
        } catch (Arithmetic.NotExact e) {
            return new Undefined(Undefined.Kind.NOT_EXACT, reason(e), node, position);
        }
    }

    private static String reason(ArithmeticException e) {
        String message = e.getMessage();
        return message == null ? "no value" : message;
    }

    /** Of two entries the undefined one; of two undefined ones the one that says more. */
    static Object worse(Object a, Object b) {
        return !(b instanceof Undefined second) ? a
                : a instanceof Undefined first && first.kind().compareTo(second.kind()) >= 0 ? first : second;
    }

    static boolean undefined(Object a, Object b) {
        return a instanceof Undefined || b instanceof Undefined;
    }

    Object add(Object a, Object b) {
        return undefined(a, b) ? worse(a, b) : field.add(number(a), number(b));
    }

    Object multiply(Object a, Object b) {
        return undefined(a, b) ? worse(a, b) : field.multiply(number(a), number(b));
    }

    /** {@code sum + c · x}. */
    Object addScaled(Object sum, Rational c, T coefficient, Object x) {
        if (undefined(sum, x)) {
            return worse(sum, x);
        }
        T a = number(sum);
        T b = number(x);
        return c.isOne() ? field.add(a, b)
                : c.equals(Rational.MINUS_ONE) ? field.subtract(a, b) : field.add(a, field.multiply(coefficient, b));
    }
}
