package org.adjoint.expr;

import java.util.List;

/** The vector {@code 0, 1, …, n − 1}. */
public final class Range extends Expr {
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
    public int operandCount() {
        return 0;
    }

    @Override
    public Expr operand(int k) {
        throw new IndexOutOfBoundsException(k);
    }

    @Override
    public Expr withOperands(List<Expr> operands) {
        return this;
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Range;
    }
}
