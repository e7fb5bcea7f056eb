package org.adjoint.expr;

import java.util.Arrays;
import java.util.List;

/**
 * The contraction of factors over named indices (Einstein notation): output index list {@code o}, summed indices
 * {@code s}, {@code out[o] = Σ_s Π_k factor_k[indices_k]}.
 *
 * <p>Matrix product, transpose, trace, sums, outer and Hadamard products, broadcasting and taking a diagonal are all
 * contractions, so one adjoint rule serves them all: drop one factor, and contract what is left with the cotangent
 * (Laue, Mitterreiter, Giesen, "A Simple and Efficient Tensor Calculus", AAAI 2020).
 *
 * <p>Indices are numbers: {@code 0 … rank−1} are the output indices in order, the following ones are summed. Canonical:
 * made by {@link Contractor}, which numbers summed indices by first occurrence over factors ordered by digest. An output
 * index in no factor broadcasts; no factors at all is {@code ones(shape)}. An axis of size 1 never shares its index with
 * another axis: a factor's is summed on its own, and an output's is in no factor.
 */
public final class Contraction extends Expr {
    private static final long KIND = Digest.hash("contraction");
    private static final int[][][] NO_INDICES = new int[8][][];

    static {
        Arrays.setAll(NO_INDICES, count -> new int[count][0]);
    }

    private static final Size[] NO_SIZES = {};

    private final Expr[] factors;
    private final int[][] indices;
    private final Size[] sizes;

    Contraction(Shape shape, Expr[] factors, int[][] indices, Size[] sizes) {
        super(shape, digest(factors, indices));
        this.factors = factors;
        this.indices = indices;
        this.sizes = sizes;
    }

    private static Digest digest(Expr[] factors, int[][] indices) {
        Digest digest = new Digest(KIND).add(factors);
        for (int[] index : indices) {
            digest.add(index);
        }
        return digest;
    }

    /**
     * The contraction of the factors, each with one label per axis, onto the output labels; labels are any distinct
     * numbers. The result may carry a coefficient, or be no contraction at all where it simplifies to something smaller.
     *
     * @throws ShapeError when one label has two sizes, or the output repeats one
     */
    public static Expr of(List<? extends Expr> factors, List<int[]> labels, int[] output, Shape shape) {
        Expr scalar = shape.isScalar() ? ScalarProduct.of(factors) : null;
        return scalar != null ? scalar : new Contractor(output, shape).add(factors, labels).build();
    }

    /**
     * As {@link #of}, but with every factor that is itself a contraction absorbed, sums and all: the form in which the
     * prover compares.
     */
    public static Expr flattened(List<? extends Expr> factors, List<int[]> labels, int[] output, Shape shape) {
        return new Contractor(output, shape).add(factors, labels).absorbSums().build();
    }

    /** The tensor of ones. */
    public static Expr ones(Shape shape) {
        return shape.isScalar() ? Constant.ONE
                : Interner.intern(
                        new Contraction(shape, NO_OPERANDS, new int[0][], shape.sizes().toArray(new Size[0])));
    }

    /** A product of scalars, already in canonical order. */
    static Expr ofScalars(Expr[] factors) {
        return Interner.intern(new Contraction(Shape.SCALAR, factors, noIndices(factors.length), NO_SIZES));
    }

    /** Long scalar chains are made of products, so these share their empty index lists. */
    private static int[][] noIndices(int factors) {
        return factors < NO_INDICES.length ? NO_INDICES[factors] : new int[factors][0];
    }

    /** The indices of one factor, one per axis; below {@code shape().rank()} they are output indices. */
    public int[] indices(int factor) {
        return indices[factor].clone();
    }

    /** The index of one axis of one factor. */
    public int index(int factor, int axis) {
        return indices[factor][axis];
    }

    /** The number of indices, output and summed. */
    public int indexCount() {
        return sizes.length;
    }

    /** The size of every index. */
    public List<Size> indexSizes() {
        return List.of(sizes);
    }

    /** The size of one index. */
    public Size indexSize(int index) {
        return sizes[index];
    }

    /** The number of indices that are summed over. */
    public int summedCount() {
        return sizes.length - shape().rank();
    }

    /** Whether every summed index has size 1, so that nothing is really added up. */
    boolean isProduct() {
        for (int k = shape().rank(); k < sizes.length; k++) {
            if (!sizes[k].isOne()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int operandCount() {
        return factors.length;
    }

    @Override
    public Expr operand(int k) {
        return factors[k];
    }

    @Override
    public Expr withOperands(List<Expr> operands) {
        int[] output = new int[shape().rank()];
        Arrays.setAll(output, k -> k);
        return of(operands, List.of(indices), output, shape());
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Contraction contraction && sameOperands(factors, contraction.factors)
                && Arrays.deepEquals(indices, contraction.indices);
    }
}
