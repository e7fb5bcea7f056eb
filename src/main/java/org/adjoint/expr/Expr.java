package org.adjoint.expr;

import java.util.ArrayList;
import java.util.List;

/**
 * A node of the expression graph: an immutable tensor-valued expression.
 *
 * <p>Nodes are hash-consed: two nodes of equal structure are the same object, so {@code ==} is equality, and hashing
 * never walks the graph. Nodes are made by the static factories of the kinds and by {@link Tensors}, which validate
 * shapes and apply the few simplifications that define the canonical form of a node; never by constructors.
 */
public abstract sealed class Expr permits Leaf, Elementwise, Linear, Contraction,
        Window, Reduction, Where, MatrixFunction, Reshape, Concatenation, Application, Detach {
    static final Expr[] NO_OPERANDS = {};

    private final Shape shape;
    private final long digestHigh;
    private final long digestLow;

    Expr(Shape shape, Digest digest) {
        this.shape = shape;
        digest.add(shape);
        this.digestHigh = digest.high();
        this.digestLow = digest.low();
    }

    public final Shape shape() {
        return shape;
    }

    public abstract int operandCount();

    public abstract Expr operand(int k);

    /** This kind of node over other operands of the same shapes, made by its factory. */
    public abstract Expr withOperands(List<Expr> operands);

    /** Whether the payload and the operands (by identity) equal those of another node of this class and shape. */
    abstract boolean sameAs(Expr other);

    public final List<Expr> operands() {
        List<Expr> operands = new ArrayList<>(operandCount());
        for (int k = 0; k < operandCount(); k++) {
            operands.add(operand(k));
        }
        return operands;
    }

    /** Half of the structural digest: the same in every run. */
    public final long digestHigh() {
        return digestHigh;
    }

    /** The other half of the structural digest. */
    public final long digestLow() {
        return digestLow;
    }

    /** The order of operands where the operation does not fix one: by structural digest. */
    static int compareByDigest(Expr a, Expr b) {
        int high = Long.compare(a.digestHigh, b.digestHigh);
        return high != 0 ? high : Long.compare(a.digestLow, b.digestLow);
    }

    static boolean sameOperands(Expr[] a, Expr[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return (int) digestLow;
    }

    /** Kind, shape and digest; the readable form is made by the printers. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + shape + "#" + Long.toHexString(digestHigh).substring(0, 4);
    }

    // The operations that read as the mathematics does. Shapes broadcast as in NumPy.

    public final Expr plus(Expr other) {
        return Tensors.sum(List.of(this, other));
    }

    public final Expr minus(Expr other) {
        return Tensors.sum(List.of(this, other.negate()));
    }

    public final Expr negate() {
        return times(Rational.MINUS_ONE);
    }

    /** The product entry by entry. */
    public final Expr times(Expr other) {
        return Tensors.product(List.of(this, other));
    }

    public final Expr times(Rational factor) {
        return Linear.scale(factor, this);
    }

    public final Expr times(long factor) {
        return times(Rational.of(factor));
    }

    /** The quotient entry by entry: {@code x · y⁻¹}. */
    public final Expr dividedBy(Expr other) {
        return Tensors.product(List.of(this, Tensors.reciprocal(other)));
    }

    /** The matrix product, as {@code @} in NumPy. */
    public final Expr matmul(Expr other) {
        return Tensors.matmul(this, other);
    }

    /** The power entry by entry. */
    public final Expr pow(Expr exponent) {
        return Functions.POWER.apply(this, exponent);
    }

    public final Expr pow(long exponent) {
        return pow(Constant.of(exponent));
    }

    /** The transpose; the identity for rank below 2, the axes reversed above. */
    public final Expr transpose() {
        return Tensors.transpose(this);
    }

    /** The sum of all entries. */
    public final Expr sum() {
        return Tensors.sum(this, Tensors.allAxes(this), false);
    }

    /** The sum along an axis; negative axes count from the end. */
    public final Expr sum(int axis) {
        return Tensors.sum(this, new int[] {axis}, false);
    }
}
