package org.adjoint.expr;

import java.math.BigInteger;

/** Integer roots ⌊n^(1/k)⌋. */
final class IntegerRoot {

    private IntegerRoot() {}

    /** ⌊n^(1/k)⌋ for n ≥ 1, k ≥ 1, by Newton's iteration from above. */
    static BigInteger floor(BigInteger n, int k) {
        if (k == 1) {
            return n;
        }
        if (k == 2) {
            return n.sqrt();
        }
        if (k >= n.bitLength()) {
            return BigInteger.ONE;
        }
        BigInteger degree = BigInteger.valueOf(k);
        BigInteger root = BigInteger.ONE.shiftLeft(n.bitLength() / k + 1);
        while (true) {
            BigInteger power = root.pow(k - 1);
            BigInteger next = root.multiply(degree.subtract(BigInteger.ONE)).add(n.divide(power)).divide(degree);
            if (next.compareTo(root) >= 0) {
                return root;
            }
            root = next;
        }
    }
}
