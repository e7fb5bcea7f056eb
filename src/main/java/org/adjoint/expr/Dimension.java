package org.adjoint.expr;

/** A symbolic size as a scalar: the {@code n} of {@code 1/n · Σ xᵢ}. An integer size is a {@link Constant} instead. */
public final class Dimension extends Leaf {
    private static final long KIND = Digest.hash("dimension");
    private final Size size;

    private Dimension(Size size) {
        super(Shape.SCALAR, new Digest(KIND).add(size.toString()));
        this.size = size;
    }

    /** The size as a scalar expression. */
    public static Expr of(Size size) {
        return size.isInteger() ? Constant.of(size.value()) : Interner.intern(new Dimension(size));
    }

    public Size size() {
        return size;
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Dimension dimension && size.equals(dimension.size);
    }
}
