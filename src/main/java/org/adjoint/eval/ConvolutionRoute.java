package org.adjoint.eval;

/**
 * A way to compute a convolution and its two adjoints, in doubles:
 *
 * <p>{@code y[b, o, t] = Σ_{c, j} w[o, c, j] · x[b, c, s·t + d·j − p]},
 * <br>{@code x̄[b, c, i] = Σ_{o, t, j : s·t + d·j − p = i} w[o, c, j] · ȳ[b, o, t]},
 * <br>{@code w̄[o, c, j] = Σ_{b, t} ȳ[b, o, t] · x[b, c, s·t + d·j − p]}.
 *
 * <p>Routes differ in the order in which they add, so they agree to rounding. Arrays are row-major; what is written is
 * overwritten, all of it, and must not be read by the same call. A route owns memory that it works in: it is for one thread at
 * a time.
 */
public sealed interface ConvolutionRoute permits DirectConvolution, ColumnConvolution, ToeplitzConvolution {
    ConvolutionShape shape();

    /**
     * The convolution.
     *
     * @param x read, {@code [B, C, n…]}
     * @param w read, {@code [O, C/g, k…]}
     * @param y written, {@code [B, O, m…]}
     */
    void forward(double[] x, double[] w, double[] y);

    /**
     * The adjoint in the input: the transposed convolution of the cotangent.
     *
     * @param w    read, {@code [O, C/g, k…]}
     * @param yBar read, {@code [B, O, m…]}
     * @param xBar written, {@code [B, C, n…]}
     */
    void inputGradient(double[] w, double[] yBar, double[] xBar);

    /**
     * The adjoint in the kernel: the correlation of the input with the cotangent.
     *
     * @param x    read, {@code [B, C, n…]}
     * @param yBar read, {@code [B, O, m…]}
     * @param wBar written, {@code [O, C/g, k…]}
     */
    void kernelGradient(double[] x, double[] yBar, double[] wBar);

    /** {@link #forward(double[], double[], double[])}, into a new tensor. */
    default Tensor forward(Tensor x, Tensor w) {
        int[] output = shape().output();
        double[] y = new double[Layout.count(output)];
        forward(ConvolutionShape.data(x, shape().input(), "the input"),
                ConvolutionShape.data(w, shape().kernel(), "the kernel"), y);
        return Tensor.of(output, y);
    }

    /** {@link #inputGradient(double[], double[], double[])}, into a new tensor. */
    default Tensor inputGradient(Tensor w, Tensor yBar) {
        int[] input = shape().input();
        double[] xBar = new double[Layout.count(input)];
        inputGradient(ConvolutionShape.data(w, shape().kernel(), "the kernel"),
                ConvolutionShape.data(yBar, shape().output(), "the cotangent"), xBar);
        return Tensor.of(input, xBar);
    }

    /** {@link #kernelGradient(double[], double[], double[])}, into a new tensor. */
    default Tensor kernelGradient(Tensor x, Tensor yBar) {
        int[] kernel = shape().kernel();
        double[] wBar = new double[Layout.count(kernel)];
        kernelGradient(ConvolutionShape.data(x, shape().input(), "the input"),
                ConvolutionShape.data(yBar, shape().output(), "the cotangent"), wBar);
        return Tensor.of(kernel, wBar);
    }

    /** Loops over the definition: no memory besides the operands. */
    static ConvolutionRoute direct(ConvolutionShape shape) {
        return new DirectConvolution(shape);
    }

    /** Windows as columns of a matrix, a tile of them at a time, and matrix products: fast where there are many channels. */
    static ConvolutionRoute columns(ConvolutionShape shape) {
        return new ColumnConvolution(shape);
    }

    /** The convolution as one matrix, dense or sparse: for small sizes, and to look at it. */
    static ConvolutionRoute toeplitz(ConvolutionShape shape, boolean sparse) {
        return new ToeplitzConvolution(shape, sparse);
    }
}
