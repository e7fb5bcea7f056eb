package org.adjoint.eval;

/** Computes a convolution and its two adjoints; what is written is overwritten. For one thread at a time. */
sealed interface ConvolutionKernel permits DirectConvolution, ColumnConvolution, ToeplitzConvolution {
    void forward(double[] x, double[] w, double[] y);

    void inputGradient(double[] w, double[] yBar, double[] xBar);

    void kernelGradient(double[] x, double[] yBar, double[] wBar);
}
