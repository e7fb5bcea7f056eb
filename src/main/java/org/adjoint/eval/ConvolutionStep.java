package org.adjoint.eval;

/** One of the three maps of a convolution, times a scale. */
record ConvolutionStep(ConvolutionKernel kernel, Map map, int first, int second, int writes, int count, Scale scale)
        implements
            Step {
    /** Which map, of which two operands in that order. */
    enum Map {
        /** {@code y(x, w)}. */
        FORWARD,
        /** {@code x̄(w, ȳ)}. */
        INPUT,
        /** {@code w̄(x, ȳ)}. */
        KERNEL
    }

    @Override
    public int[] reads() {
        return scale.with(new int[] {first, second});
    }

    @Override
    public void run(double[][] memory) {
        double[] a = memory[first];
        double[] b = memory[second];
        double[] z = memory[writes];
        switch (map) {
            case FORWARD -> kernel.forward(a, b, z);
            case INPUT -> kernel.inputGradient(a, b, z);
            case KERNEL -> kernel.kernelGradient(a, b, z);
        }
        double alpha = scale.value(memory);
        if (alpha != 1) {
            for (int k = 0; k < count; k++) {
                z[k] *= alpha;
            }
        }
    }
}
