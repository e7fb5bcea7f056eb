package org.adjoint.expr;

import java.util.ArrayList;
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
        if (operand instanceof Delta && splitsAlike(shape, operand.shape().get(0))) {
            return deltas(shape);
        }
        Rational uniform = Constant.uniform(operand).orElse(null);
        if (uniform != null) {
            return Linear.fill(shape, uniform);
        }
        if (operand instanceof Constant constant) {
            return constant.isData() ? Interner.intern(new Reshape(shape, operand))
                    : Constant.of(shape, constant.values());
        }
        if (operand instanceof Linear multiple && multiple.termCount() == 1) {
            return of(multiple.term(0), shape).times(Constant.of(multiple.coefficient(0)));
        }
        return Interner.intern(new Reshape(shape, operand));
    }

    /** Whether the two axes of a square matrix are split in the same way. */
    private static boolean splitsAlike(Shape shape, Size size) {
        int half = shape.rank() / 2;
        return shape.rank() % 2 == 0 && half > 0 && shape.slice(0, half).equals(shape.slice(half, shape.rank()))
                && shape.slice(0, half).count().equals(size);
    }

    /** {@code δ_(ik)(jl) = δ_ij δ_kl}: the identity with both of its axes split. */
    private static Expr deltas(Shape shape) {
        int half = shape.rank() / 2;
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int axis = 0; axis < half; axis++) {
            factors.add(Delta.of(shape.get(axis)));
            labels.add(new int[] {axis, axis + half});
        }
        return Contraction.of(factors, labels, Tensors.axes(shape.rank()), shape);
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
