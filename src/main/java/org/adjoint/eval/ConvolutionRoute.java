package org.adjoint.eval;

import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;

/**
 * A way to compute a convolution and its two adjoints, in doubles:
 *
 * <p>{@code y[b, o, t] = Σ_{c, j} w[o, c, j] · x[b, c, s·t + d·j − p]},
 * <br>{@code x̄[b, c, i] = Σ_{o, t, j : s·t + d·j − p = i} w[o, c, j] · ȳ[b, o, t]},
 * <br>{@code w̄[o, c, j] = Σ_{b, t} ȳ[b, o, t] · x[b, c, s·t + d·j − p]}.
 *
 * <p>Routes differ in the order in which they add, so they agree to rounding. Arrays are row-major and have as many entries as
 * their shapes say; what is written is overwritten, and must be another array than those read. A route owns memory that it works
 * in: it is for one thread at a time.
 */
public final class ConvolutionRoute {
    private final ConvolutionShape shape;
    private final ConvolutionKernel kernel;

    private ConvolutionRoute(ConvolutionShape shape, ConvolutionKernel kernel) {
        this.shape = shape;
        this.kernel = kernel;
    }

    /** Loops over the definition: no memory besides the operands. */
    public static ConvolutionRoute direct(ConvolutionShape shape) {
        return new ConvolutionRoute(shape, new DirectConvolution(shape.geometry()));
    }

    /** Windows as columns of a matrix, a tile of them at a time, and matrix products: fast where there are many channels. */
    public static ConvolutionRoute columns(ConvolutionShape shape) {
        return columns(shape, MatrixKernel.rows());
    }

    /** The same with another product of matrices, as {@link MatrixKernel#ejml}. */
    public static ConvolutionRoute columns(ConvolutionShape shape, MatrixKernel product) {
        return new ConvolutionRoute(shape, new ColumnConvolution(shape.geometry(), product));
    }

    /**
     * The convolution as one matrix, dense or sparse: for small sizes, and to look at.
     *
     * @throws org.adjoint.expr.Budget.Exceeded when the matrix has too many entries
     */
    public static ConvolutionRoute toeplitz(ConvolutionShape shape, boolean sparse) {
        return new ConvolutionRoute(shape, new ToeplitzConvolution(shape.geometry(), sparse));
    }

    /** The matrix T with {@code vec y = T vec x} for each entry of the batch, {@code [O·m, C·n]}: see {@link ToeplitzMatrix}. */
    public static DMatrixRMaj matrix(ConvolutionShape shape, Tensor w) {
        ToeplitzMatrix matrix = new ToeplitzMatrix(shape.geometry());
        Layout.count(new int[] {matrix.rows(), matrix.columns()});
        DMatrixRMaj dense = new DMatrixRMaj(matrix.rows(), matrix.columns());
        matrix.dense(shape.kernelData(w), dense);
        return dense;
    }

    /** T without its zeros. */
    public static DMatrixSparseCSC sparseMatrix(ConvolutionShape shape, Tensor w) {
        return new ToeplitzMatrix(shape.geometry()).sparse(shape.kernelData(w));
    }

    public ConvolutionShape shape() {
        return shape;
    }

    /**
     * The convolution.
     *
     * @param x read, {@code [B, C, n…]}
     * @param w read, {@code [O, C/g, k…]}
     * @param y written, {@code [B, O, m…]}
     */
    public void forward(double[] x, double[] w, double[] y) {
        kernel.forward(x, w, y);
    }

    /**
     * The adjoint in the input: the transposed convolution of the cotangent.
     *
     * @param w    read, {@code [O, C/g, k…]}
     * @param yBar read, {@code [B, O, m…]}
     * @param xBar written, {@code [B, C, n…]}
     */
    public void inputGradient(double[] w, double[] yBar, double[] xBar) {
        kernel.inputGradient(w, yBar, xBar);
    }

    /**
     * The adjoint in the kernel: the correlation of the input with the cotangent.
     *
     * @param x    read, {@code [B, C, n…]}
     * @param yBar read, {@code [B, O, m…]}
     * @param wBar written, {@code [O, C/g, k…]}
     */
    public void kernelGradient(double[] x, double[] yBar, double[] wBar) {
        kernel.kernelGradient(x, yBar, wBar);
    }

    /** {@link #forward(double[], double[], double[])} into a new tensor; shapes are checked. */
    public Tensor forward(Tensor x, Tensor w) {
        double[] y = new double[shape.geometry().outputCount()];
        kernel.forward(shape.inputData(x), shape.kernelData(w), y);
        return Tensor.of(shape.output(), y);
    }

    /** {@link #inputGradient(double[], double[], double[])} into a new tensor; shapes are checked. */
    public Tensor inputGradient(Tensor w, Tensor yBar) {
        double[] xBar = new double[shape.geometry().inputCount()];
        kernel.inputGradient(shape.kernelData(w), shape.outputData(yBar), xBar);
        return Tensor.of(shape.input(), xBar);
    }

    /** {@link #kernelGradient(double[], double[], double[])} into a new tensor; shapes are checked. */
    public Tensor kernelGradient(Tensor x, Tensor yBar) {
        double[] wBar = new double[shape.geometry().kernelCount()];
        kernel.kernelGradient(shape.inputData(x), shape.outputData(yBar), wBar);
        return Tensor.of(shape.kernel(), wBar);
    }
}
