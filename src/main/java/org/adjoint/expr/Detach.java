package org.adjoint.expr;

import java.util.List;

/** The same value, through which nothing is differentiated. */
public final class Detach extends Expr {
    private static final long KIND = Digest.hash("detach");
    private final Expr operand;

    private Detach(Expr operand) {
        super(operand.shape(), new Digest(KIND).add(operand));
        this.operand = operand;
    }

    public static Expr of(Expr operand) {
        return operand instanceof Detach ? operand : Interner.intern(new Detach(operand));
    }

    @Override
    public int operandCount() {
        return 1;
    }

    @Override
    public Expr operand(int k) {
        return operand;
    }

    @Override
    public Expr withOperands(List<Expr> operands) {
        return of(operands.get(0));
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Detach detach && operand == detach.operand;
    }
}
