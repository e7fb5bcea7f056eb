package org.adjoint.expr;

import java.util.List;

/** The same entries in row-major order under another shape: axes split and merged. */
public final class Reshape extends Expr {
    private static final long KIND = Digest.hash("reshape");
    private final Expr operand;

    private Reshape(Shape shape, Expr operand) {
        super(shape, new Digest(KIND).add(operand));
        this.operand = operand;
    }

    /**
     * The operand with that shape. Axes of size 1 that come and go are broadcasts and sums, not reshapes.
     *
     * @throws ShapeError when the number of entries would change
     */
    public static Expr of(Expr operand, Shape shape) {
        if (!operand.shape().count().equals(shape.count())) {
            throw new ShapeError("a reshape keeps the number of entries; " + shape + " has " + shape.count() + ", not "
                    + operand.shape().count(), operand);
        }
        if (operand.shape().equals(shape)) {
            return operand;
        }
        if (operand instanceof Reshape inner) {
            return of(inner.operand, shape);
        }
        if (Tensors.withoutUnits(operand.shape()).equals(Tensors.withoutUnits(shape))) {
            return Tensors.matchUnits(operand, shape);
        }
        Rational uniform = Constant.uniform(operand).orElse(null);
        if (uniform != null) {
            return Linear.fill(shape, uniform);
        }
        if (operand instanceof Constant constant) {
            return constant.isData() ? Interner.intern(new Reshape(shape, operand))
                    : Constant.of(shape, constant.values());
        }
        return Interner.intern(new Reshape(shape, operand));
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
        return of(operands.get(0), shape());
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Reshape reshape && operand == reshape.operand;
    }
}
