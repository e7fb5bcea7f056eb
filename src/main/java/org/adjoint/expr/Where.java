package org.adjoint.expr;

import java.util.List;

/**
 * Selection entry by entry: the second operand where the condition is nonzero, the third elsewhere. The branch that is
 * not selected is guarded: whether it has a value there does not matter.
 */
public final class Where extends Expr {
    private static final long KIND = Digest.hash("where");
    private final Expr condition;
    private final Expr ifTrue;
    private final Expr ifFalse;

    private Where(Expr condition, Expr ifTrue, Expr ifFalse) {
        super(ifTrue.shape(), new Digest(KIND).add(condition).add(ifTrue).add(ifFalse));
        this.condition = condition;
        this.ifTrue = ifTrue;
        this.ifFalse = ifFalse;
    }

    /** The selection; operands broadcast to one shape. */
    public static Expr of(Expr condition, Expr ifTrue, Expr ifFalse) {
        List<Expr> same = Tensors.broadcast(List.of(condition, ifTrue, ifFalse));
        Rational known = Constant.uniform(same.get(0)).orElse(null);
        if (known != null) {
            return known.isZero() ? same.get(2) : same.get(1);
        }
        if (same.get(1) == same.get(2)) {
            return same.get(1);
        }
        return Interner.intern(new Where(same.get(0), same.get(1), same.get(2)));
    }

    public Expr condition() {
        return condition;
    }

    public Expr ifTrue() {
        return ifTrue;
    }

    public Expr ifFalse() {
        return ifFalse;
    }

    @Override
    public int operandCount() {
        return 3;
    }

    @Override
    public Expr operand(int k) {
        return k == 0 ? condition : k == 1 ? ifTrue : ifFalse;
    }

    @Override
    public Expr withOperands(List<Expr> operands) {
        return of(operands.get(0), operands.get(1), operands.get(2));
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Where where && condition == where.condition && ifTrue == where.ifTrue
                && ifFalse == where.ifFalse;
    }
}
