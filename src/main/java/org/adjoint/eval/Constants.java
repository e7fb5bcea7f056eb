package org.adjoint.eval;

import java.math.BigInteger;

/** π and ln 2 as fixed-point numbers, computed when first asked for and kept at the highest precision so far. */
final class Constants {

    /** A constant at w bits. */
    private record Known(BigInteger value, int w) {}

    /** One constant, by a formula of inverse (hyperbolic) tangents of reciprocals. */
    enum Constant {
        /** π = 16 arctan(1/5) − 4 arctan(1/239), Machin 1706. */
        PI(-1, new long[][] {{16, 5}, {-4, 239}}),
        /** ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749). */
        LN_2(1, new long[][] {{18, 26}, {-2, 4801}, {8, 8749}});

        private final int sign;
        private final long[][] terms;
        // Lost updates only cost time: any value kept is right for its precision.
        private volatile Known known = new Known(BigInteger.ZERO, -1);

        Constant(int sign, long[][] terms) {
            this.sign = sign;
            this.terms = terms;
        }

        /** Within 1 unit of 2^−w. */
        BigInteger at(int w) {
            Known best = known;
            if (best.w() < w) {
                int v = w + 64;
                best = new Known(compute(v + 32).shiftRight(32), v);
                known = best;
            }
            return best.value().shiftRight(best.w() - w);
        }

        private BigInteger compute(int w) {
            BigInteger sum = BigInteger.ZERO;
            for (long[] term : terms) {
                sum = sum.add(inverseTangent(term[1], w).multiply(BigInteger.valueOf(term[0])));
            }
            return sum;
        }

        /** arctan or artanh of 1/q: Σ (±1)ⁿ / ((2n+1) q^(2n+1)). */
        private BigInteger inverseTangent(long q, int w) {
            BigInteger square = BigInteger.valueOf(q * q);
            BigInteger power = BigInteger.ONE.shiftLeft(w).divide(BigInteger.valueOf(q));
            BigInteger sum = BigInteger.ZERO;
            for (long n = 0; power.signum() != 0; n++) {
                BigInteger term = power.divide(BigInteger.valueOf(2 * n + 1));
                sum = sign < 0 && (n & 1) == 1 ? sum.subtract(term) : sum.add(term);
                power = power.divide(square);
            }
            return sum;
        }
    }

    private Constants() {}
}
