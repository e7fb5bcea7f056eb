package org.adjoint.eval;

import java.math.BigInteger;
import java.util.Optional;

/**
 * n = root² · rest for n ≥ 1, with every square of a prime below 4096 moved into the root. The rest is square-free when
 * it has at most {@link #CERTAIN_BITS} bits, and never a perfect square other than 1.
 */
record SquareFactor(BigInteger root, BigInteger rest) {

    private static final int TRIAL_LIMIT = 4096;

    /** A number of three or more prime factors above 4096 has more bits than this. */
    static final int CERTAIN_BITS = 36;

    static SquareFactor of(BigInteger n) {
        Optional<BigInteger> whole = exactRoot(n);
        if (whole.isPresent()) {
            return new SquareFactor(whole.get(), BigInteger.ONE);
        }
        BigInteger root = BigInteger.ONE;
        BigInteger rest = BigInteger.ONE;
        BigInteger left = n;
        for (int p = 2; p < TRIAL_LIMIT
                && (long) p * p <= (left.bitLength() < 63 ? left.longValue() : Long.MAX_VALUE); p += p == 2 ? 1 : 2) {
            BigInteger prime = BigInteger.valueOf(p);
            boolean odd = false;
            while (isDivisible(left, p)) {
                left = left.divide(prime);
                root = odd ? root.multiply(prime) : root;
                odd = !odd;
            }
            rest = odd ? rest.multiply(prime) : rest;
        }
        Optional<BigInteger> leftRoot = exactRoot(left);
        return leftRoot.isPresent() ? new SquareFactor(root.multiply(leftRoot.get()), rest)
                : new SquareFactor(root, rest.multiply(left));
    }

    private static boolean isDivisible(BigInteger n, int p) {
        return n.bitLength() < 63 ? n.longValue() % p == 0 : n.mod(BigInteger.valueOf(p)).signum() == 0;
    }

    /** √n when n is a perfect square. */
    static Optional<BigInteger> exactRoot(BigInteger n) {
        // A square is 0, 1 or 4 modulo 8 up to factors of 4; this spares most roots.
        int low = n.intValue() & 7;
        if (low == 2 || low == 3 || low == 5 || low == 6 || low == 7) {
            return Optional.empty();
        }
        BigInteger[] root = n.sqrtAndRemainder();
        return root[1].signum() == 0 ? Optional.of(root[0]) : Optional.empty();
    }
}
