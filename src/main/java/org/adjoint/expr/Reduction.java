package org.adjoint.expr;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A reduction over some axes that is not a sum: maximum, product, log-sum-exp; or the indicator of the maximum, which
 * keeps the shape. (Sums are contractions; a minimum is {@code −max(−x)}.)
 */
public final class Reduction extends Expr {
    private static final long KIND = Digest.hash("reduction");
    /** What is computed over the axes. */
    public enum Operation {
        /** {@code max x}. Its derivative is the indicator of the first maximal entry. */
        MAX(false),
        /** {@code ∏ x}. */
        PRODUCT(false),
        /** {@code log Σ exp x}. */
        LOG_SUM_EXP(false),
        /** 1 at the first maximal entry in row-major order, 0 elsewhere; shaped like the operand. */
        FIRST_MAX(true);

        private final boolean keepsShape;

        Operation(boolean keepsShape) {
            this.keepsShape = keepsShape;
        }

        public boolean keepsShape() {
            return keepsShape;
        }
    }

    private final Operation operation;
    private final Expr operand;
    private final int[] axes;

    private Reduction(Shape shape, Operation operation, Expr operand, int[] axes) {
        super(shape, new Digest(KIND).add(operation.name()).add(operand).add(axes));
        this.operation = operation;
        this.operand = operand;
        this.axes = axes;
    }

    /**
     * The reduction over the axes (counted from 0, each once; order does not matter); the operand itself for none.
     *
     * @throws ShapeError when an axis does not exist
     */
    public static Expr of(Operation operation, Expr operand, int... axes) {
        TreeSet<Integer> sorted = new TreeSet<>();
        for (int axis : axes) {
            if (axis < 0 || axis >= operand.shape().rank() || !sorted.add(axis)) {
                throw new ShapeError("axes of a reduction must exist and differ, got " + Arrays.toString(axes),
                        operand);
            }
        }
        if (operation == Operation.FIRST_MAX && sorted.isEmpty()) {
            return Contraction.ones(operand.shape());
        }
        if (sorted.isEmpty()) {
            return operand;
        }
        Shape shape = operand.shape();
        if (!operation.keepsShape) {
            for (int axis : sorted.descendingSet()) {
                shape = shape.without(axis);
            }
        }
        int[] canonical = sorted.stream().mapToInt(axis -> axis).toArray();
        return Interner.intern(new Reduction(shape, operation, operand, canonical));
    }

    public Operation operation() {
        return operation;
    }

    public int[] axes() {
        return axes.clone();
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
        return of(operation, operands.get(0), axes);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Reduction reduction && operation == reduction.operation && operand == reduction.operand
                && Arrays.equals(axes, reduction.axes);
    }
}
