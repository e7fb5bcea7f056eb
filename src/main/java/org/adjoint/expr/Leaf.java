package org.adjoint.expr;

import java.util.List;

/** A node without operands. */
public abstract sealed class Leaf extends Expr permits Variable, Constant, Dimension, Range, Delta {
    Leaf(Shape shape, Digest digest) {
        super(shape, digest);
    }

    @Override
    public final int operandCount() {
        return 0;
    }

    @Override
    public final Expr operand(int k) {
        throw new IndexOutOfBoundsException("a leaf has no operands, asked for operand " + k);
    }

    @Override
    public final Expr withOperands(List<Expr> operands) {
        return this;
    }
}
