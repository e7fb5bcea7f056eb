package org.adjoint.derive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Rational;

/**
 * How far along the way to its limit a variable is tried: distances {@code t → ∞}, to which the variable is {@code t},
 * {@code −t}, {@code a + 1/t} or {@code a − 1/t}.
 *
 * <p>{@link #DOUBLING} tells whatever converges like a power of t or faster. {@link #SQUARING} tells what converges like a
 * power of {@code log t}. {@link #COUNTING} is for what is too large to be computed after a few doublings: towers of
 * exponentials.
 */
enum Approach {
    /** {@code 2^k}. */
    DOUBLING(28, 640) {
        @Override
        Rational distance(int k) {
            return power(k);
        }
    },
    /** {@code 2^(2^k)}. */
    SQUARING(12, 2560) {
        @Override
        Rational distance(int k) {
            return power(1 << k);
        }
    },
    /** {@code 1, 3/2, 2, 5/2, …}. */
    COUNTING(40, 640) {
        @Override
        Rational distance(int k) {
            return Rational.of(k + 1, 2);
        }
    };

    private final int steps;
    private final int digits;

    Approach(int steps, int digits) {
        this.steps = steps;
        this.digits = digits;
    }

    /** How many digits may be spent on a value. */
    int digits() {
        return digits;
    }

    abstract Rational distance(int k);

    /** All distances, in ascending order. */
    List<Rational> distances() {
        List<Rational> all = new ArrayList<>();
        for (int k = 1; k <= steps; k++) {
            all.add(distance(k));
        }
        return all;
    }

    private static Rational power(int k) {
        return Rational.of(BigInteger.ONE.shiftLeft(k));
    }
}
