package org.adjoint.expr;

import java.util.ArrayList;
import java.util.List;

/** Operands laid end to end along one axis. */
public final class Concatenation extends Expr {
    private static final long KIND = Digest.hash("concatenation");
    private final Expr[] operands;
    private final int axis;

    private Concatenation(Shape shape, Expr[] operands, int axis) {
        super(shape, new Digest(KIND).add(operands).add(axis));
        this.operands = operands;
        this.axis = axis;
    }

    /**
     * The concatenation along the axis; exact constants along the first axis become one constant.
     *
     * @throws ShapeError when there is no operand, or the other axes differ
     */
    public static Expr of(List<? extends Expr> operands, int axis) {
        if (operands.isEmpty()) {
            throw new ShapeError("a concatenation needs at least one operand");
        }
        Shape first = operands.get(0).shape();
        if (axis < 0 || axis >= first.rank()) {
            throw new ShapeError("axis " + axis + " does not exist", operands);
        }
        Size total = Size.ZERO;
        boolean constant = axis == 0;
        for (Expr operand : operands) {
            if (operand.shape().rank() != first.rank()
                    || !operand.shape().without(axis).equals(first.without(axis))) {
                throw new ShapeError("shapes must agree except along the axis of concatenation", operands);
            }
            total = total.plus(operand.shape().get(axis));
            constant &= operand instanceof Constant c && !c.isData();
        }
        if (operands.size() == 1) {
            return operands.get(0);
        }
        Shape shape = first.with(axis, total);
        if (constant) {
            List<Rational> values = new ArrayList<>();
            operands.forEach(operand -> values.addAll(((Constant) operand).values()));
            return Constant.of(shape, values);
        }
        return Interner.intern(new Concatenation(shape, operands.toArray(NO_OPERANDS), axis));
    }

    public int axis() {
        return axis;
    }

    @Override
    public int operandCount() {
        return operands.length;
    }

    @Override
    public Expr operand(int k) {
        return operands[k];
    }

    @Override
    public Expr withOperands(List<Expr> newOperands) {
        return of(newOperands, axis);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Concatenation concatenation && axis == concatenation.axis
                && sameOperands(operands, concatenation.operands);
    }
}
