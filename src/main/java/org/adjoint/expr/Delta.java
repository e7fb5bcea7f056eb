package org.adjoint.expr;

import java.util.List;

/** The Kronecker delta {@code δᵢⱼ} over {@code [n, n]}: the identity matrix. */
public final class Delta extends Expr {
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
        return other instanceof Delta;
    }
}
