package org.adjoint.eval;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What the kernels of a convolution know of it: {@code y[b, g, o, t] = Σ_{c, j} w[g, o, c, j] · x[b, g, c, s·t + d·j + offset]}.
 *
 * @param channels the channels of x in each group
 * @param outputs  the channels of y in each group
 */
record Geometry(int batch, int groups, int channels, int outputs, List<Slide> slides, Border border) {
    /** The entries of one channel of one input. */
    int inputs() {
        return product(Slide::input);
    }

    /** The places of one channel of one output. */
    int places() {
        return product(Slide::places);
    }

    /** The entries of a window in one channel. */
    int entries() {
        return product(Slide::kernel);
    }

    private int product(ToIntFunction<Slide> of) {
        int product = 1;
        // No iterator: this is asked for while a plan runs, which allocates nothing.
        for (int axis = 0; axis < slides.size(); axis++) {
            product *= of.applyAsInt(slides.get(axis));
        }
        return product;
    }

    int inputCount() {
        return batch * groups * channels * inputs();
    }

    int kernelCount() {
        return groups * outputs * channels * entries();
    }

    int outputCount() {
        return batch * groups * outputs * places();
    }
}
