package org.adjoint.expr;

/** The Kronecker delta {@code δᵢⱼ} over {@code [n, n]}: the identity matrix. */
public final class Delta extends Leaf {
    private static final long KIND = Digest.hash("delta");
    private Delta(Size size) {
        super(Shape.of(size, size), new Digest(KIND));
    }

    public static Delta of(Size size) {
        return Interner.intern(new Delta(size));
    }

    public Size size() {
        return shape().get(0);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Delta;
    }
}
