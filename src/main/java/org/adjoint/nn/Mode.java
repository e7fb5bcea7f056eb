package org.adjoint.nn;

/**
 * How a model is run.
 *
 * @param training as PyTorch's {@code train()} and {@code eval()}: batch normalisation by the statistics of the batch or by the
 *                 running ones, dropout by its mask or not at all
 * @param strict   whether a stride that does not divide is an error, instead of leaving out what no window reaches
 */
public record Mode(boolean training, boolean strict) {
    public static final Mode TRAINING = new Mode(true, false);
    public static final Mode EVALUATION = new Mode(false, false);

    /** The same, but strides divide. */
    public Mode exact() {
        return new Mode(training, true);
    }
}
