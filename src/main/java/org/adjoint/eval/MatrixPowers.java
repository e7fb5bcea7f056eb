package org.adjoint.eval;

import java.util.Arrays;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/**
 * Powers and the exponential of a square matrix over any arithmetic, and their Fréchet derivatives as the upper right block of
 * the function of {@code [[X, E], [0, X]]} (Higham, Functions of Matrices, 2008, equation 3.16).
 */
final class MatrixPowers<T> {
    private static final double SCALED_BELOW = 1.0 / 16;
    /** With an argument of norm below 1/15 the terms from this one on add up to less than {@code 15⁻⁸⁰/80! < 10⁻²⁰⁰}. */
    private static final int TERMS = 80;
    private static final double NEGLIGIBLE = 1e-200;
    private static final double LARGEST_EXPONENT = 1e6;

    private final Entries<T> entries;
    private final Arithmetic<T> field;

    MatrixPowers(Entries<T> entries) {
        this.entries = entries;
        this.field = entries.field;
    }

    /** The integer that an exponent is. */
    long exponent(T k) {
        double value = field.toDouble(k);
        long integer = Math.round(value);
        if (integer != value || Math.abs(value) > LARGEST_EXPONENT) {
            throw new Arithmetic.OutsideDomain("the exponent of a matrix power is an integer of at most "
                    + (long) LARGEST_EXPONENT + ", got " + value);
        }
        return integer;
    }

    /** {@code Xᵏ} by repeated squaring; of the inverse for a negative k. */
    Object[] power(Object[] x, int n, long k) {
        Object[] base = k < 0 ? Elimination.inverse(entries, x, n) : x;
        Object[] result = identity(n);
        for (long rest = Math.abs(k); rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = product(result, base, n);
            }
            if (rest > 1) {
                base = product(base, base, n);
            }
        }
        return result;
    }

    /**
     * {@code eˣ = (e^(X/2ˢ))^(2ˢ)} by the power series, the entries blurred by a bound of what is left out.
     *
     * @throws Arithmetic.NotExact when the arithmetic is exact and the series does not end
     */
    Object[] exponential(Object[] x, int n) {
        int squarings = 0;
        double norm = 0;
        if (!field.exact()) {
            for (Object entry : x) {
                norm += Math.abs(field.toDouble(entries.number(entry)));
            }
            if (!(norm < 1e6)) {
                throw new Arithmetic.NotExact("the exponential of a matrix of norm " + norm);
            }
            squarings = norm <= SCALED_BELOW ? 0 : (int) Math.ceil(Math.log(norm / SCALED_BELOW) / Math.log(2));
        }
        T scale = field.of(Rational.ONE.dividedBy(Rational.of(1L << squarings)));
        Object[] scaled = new Object[x.length];
        Arrays.setAll(scaled, i -> field.multiply(scale, entries.number(x[i])));
        Object[] sum = identity(n);
        Object[] term = sum;
        boolean ended = false;
        for (int r = 1; r <= (field.exact() ? n : TERMS) && !ended; r++) {
            T factor = field.of(Rational.of(1, r));
            Object[] next = product(term, scaled, n);
            for (int i = 0; i < next.length; i++) {
                next[i] = field.multiply(factor, entries.number(next[i]));
                sum[i] = field.add(entries.number(sum[i]), entries.number(next[i]));
            }
            term = next;
            ended = field.exact() && isZero(term);
        }
        if (field.exact() && !ended) {
            throw new Arithmetic.NotExact("the exponential of a matrix is an infinite series");
        }
        if (!field.exact()) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] = field.blurred(entries.number(sum[i]), NEGLIGIBLE);
            }
        }
        Object[] result = sum;
        for (int s = 0; s < squarings; s++) {
            result = product(result, result, n);
        }
        return result;
    }

    private boolean isZero(Object[] term) {
        for (Object entry : term) {
            if (field.signum(entries.number(entry)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code [[X, E], [0, X]]}. */
    Object[] block(Object[] x, Object[] direction, int n) {
        Object[] block = new Object[4 * n * n];
        Arrays.fill(block, entries.zero);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                block[i * 2 * n + j] = x[i * n + j];
                block[(i + n) * 2 * n + j + n] = x[i * n + j];
                block[i * 2 * n + j + n] = direction[i * n + j];
            }
        }
        return block;
    }

    /** The upper right block of a matrix twice as large. */
    static Object[] corner(Object[] block, int n) {
        Object[] corner = new Object[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(block, i * 2 * n + n, corner, i * n, n);
        }
        return corner;
    }

    private Object[] identity(int n) {
        Object[] identity = new Object[n * n];
        Arrays.setAll(identity, k -> k % (n + 1) == 0 ? entries.one : entries.zero);
        return identity;
    }

    private Object[] product(Object[] a, Object[] b, int n) {
        Budget.current().poll();
        Object[] product = new Object[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                T sum = entries.zero;
                for (int k = 0; k < n; k++) {
                    sum = field.add(sum, field.multiply(entries.number(a[i * n + k]), entries.number(b[k * n + j])));
                }
                product[i * n + j] = sum;
            }
        }
        return product;
    }
}
