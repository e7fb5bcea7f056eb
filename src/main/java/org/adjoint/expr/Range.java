package org.adjoint.expr;

/** The vector {@code 0, 1, …, n − 1}. */
public final class Range extends Leaf {
    private static final long KIND = Digest.hash("range");
    private Range(Size size) {
        super(Shape.of(size), new Digest(KIND));
    }

    public static Range of(Size size) {
        return Interner.intern(new Range(size));
    }

    public Size size() {
        return shape().get(0);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Range;
    }
}
