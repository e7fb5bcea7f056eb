package org.adjoint.expr;

/** {@code sin, ·x, tanh, +x, exp(−·)}, over and over: a chain of scalar operations whose values stay small. */
public final class LongChain {
    private LongChain() {
    }

    /** The chain of so many operations from {@code x}. */
    public static Expr of(Variable x, int length) {
        Expr y = x;
        for (int k = 0; k < length; k++) {
            y = switch (k % 5) {
                case 0 -> Functions.SIN.apply(y);
                case 1 -> y.times(x);
                case 2 -> Functions.TANH.apply(y);
                case 3 -> y.plus(x);
                default -> Functions.EXP.apply(y.negate());
            };
        }
        return y;
    }
}
