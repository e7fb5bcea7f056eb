package org.adjoint.expr;

import java.math.BigInteger;

/**
 * A running 128-bit structural digest: two independent 64-bit mixes of the same input.
 *
 * <p>The digest of a node depends on its structure only, never on when it was made, so it orders operands the same way in
 * every run. It is never used to decide equality.
 */
final class Digest {
    private static final long PRIME_A = 0x9E3779B97F4A7C15L;
    private static final long PRIME_B = 0xC2B2AE3D27D4EB4FL;

    private long a;
    private long b;

    /** A digest that starts from the {@linkplain #hash hash} of a kind's name. */
    Digest(long kind) {
        a = PRIME_A;
        b = PRIME_B;
        add(kind);
    }

    /** A number for a text, to be computed once and added often. */
    static long hash(String text) {
        return new Digest(0).add(text).low();
    }

    Digest add(long value) {
        a = mix(a ^ value) * PRIME_A;
        b = mix(b + value * PRIME_B + 0x165667B19E3779F9L);
        return this;
    }

    Digest add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        return add(text.length());
    }

    Digest add(Rational value) {
        value.digest(this);
        return this;
    }

    Digest add(BigInteger value) {
        for (byte part : value.toByteArray()) {
            add(part);
        }
        return add(value.bitLength());
    }

    Digest add(Shape shape) {
        for (Size size : shape) {
            add(size.toString());
        }
        return add(shape.rank());
    }

    Digest add(int[] values) {
        for (int value : values) {
            add(value);
        }
        return add(values.length);
    }

    Digest add(Expr node) {
        return add(node.digestHigh()).add(node.digestLow());
    }

    Digest add(Expr[] nodes) {
        for (Expr node : nodes) {
            add(node);
        }
        return add(nodes.length);
    }

    long high() {
        return mix(a);
    }

    long low() {
        return mix(b ^ a);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
