package org.adjoint.expr;

import java.util.List;

/** A function of a square matrix as a whole. */
public final class MatrixFunction extends Expr {
    private static final long KIND = Digest.hash("matrix");
    /** Which function. */
    public enum Operation {
        /** {@code X⁻¹}, for invertible X. */
        INVERSE(false, "inv"),
        /** {@code det X}. */
        DETERMINANT(true, "det"),
        /** {@code log |det X|}, for invertible X. */
        LOG_DETERMINANT(true, "logdet");

        private final boolean scalar;
        private final String text;

        Operation(boolean scalar, String text) {
            this.scalar = scalar;
            this.text = text;
        }

        /** Whether it has a value, or a finite one, for invertible matrices only. */
        public boolean needsInvertible() {
            return this != DETERMINANT;
        }

        /** The name by which it is called. */
        public String text() {
            return text;
        }
    }

    private final Operation operation;
    private final Expr operand;

    private MatrixFunction(Operation operation, Expr operand) {
        super(operation.scalar ? Shape.SCALAR : operand.shape(),
                new Digest(KIND).add(operation.name()).add(operand));
        this.operation = operation;
        this.operand = operand;
    }

    /**
     * The function of a square matrix.
     *
     * @throws ShapeError when the operand is not a square matrix
     */
    public static Expr of(Operation operation, Expr operand) {
        if (operand.shape().rank() != 2 || !operand.shape().get(0).equals(operand.shape().get(1))) {
            throw new ShapeError(operation.text + " needs a square matrix", operand);
        }
        return Interner.intern(new MatrixFunction(operation, operand));
    }

    public Operation operation() {
        return operation;
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
        return of(operation, operands.get(0));
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof MatrixFunction function && operation == function.operation
                && operand == function.operand;
    }
}
