package org.adjoint.lang;

import org.adjoint.expr.Shape;
import org.adjoint.nn.Activation;
import org.adjoint.nn.AdaptivePool;
import org.adjoint.nn.ConvLayer;
import org.adjoint.nn.ConvTransposeLayer;
import org.adjoint.nn.Identity;
import org.adjoint.nn.InstanceNorm;
import org.adjoint.nn.LayerNorm;
import org.adjoint.nn.LinearLayer;
import org.adjoint.nn.Model;
import org.adjoint.nn.Pool;
import org.adjoint.nn.Residual;
import org.adjoint.nn.Sequential;
import org.adjoint.nn.Softmax;

/**
 * Whether a model of entries named by an index, {@code net(x[b])}, is for all values of the index at once the model of
 * {@code x}: then each makes its sample without looking at the others.
 */
final class Samples {
    private Samples() {
    }

    /**
     * Whether it is.
     *
     * @param sample the shape at one value of every index
     * @param named  how many axes, before those of the sample, are named by an index
     */
    static boolean areIndependent(Model model, Shape sample, int named) {
        if (named == 0) {
            return true;
        }
        return switch (model) {
            case LinearLayer linear -> true;
            case Activation activation -> true;
            case Identity identity -> true;
            case LayerNorm norm -> true;
            case Softmax softmax -> softmax.dim() < 0;
            case ConvLayer layer -> isBatch(layer.axes().size(), sample, named);
            case ConvTransposeLayer layer -> isBatch(layer.axes().size(), sample, named);
            case Pool pool -> isBatch(pool.pooling().rank(), sample, named);
            case AdaptivePool pool -> isBatch(pool.sizes().size(), sample, named);
            case InstanceNorm norm -> isBatch(norm.rank(), sample, named);
            case Sequential sequential -> {
                Shape shape = sample;
                for (Model child : sequential.children()) {
                    if (!areIndependent(child, shape, named)) {
                        yield false;
                    }
                    shape = child.output(shape);
                }
                yield true;
            }
            case Residual residual -> areIndependent(residual.body(), sample, named)
                    && areIndependent(residual.shortcut(), sample, named);
            default -> false;
        };
    }

    /** The sample has channels and spatial axes; one index takes the place of the batch. */
    private static boolean isBatch(int axes, Shape sample, int named) {
        return named == 1 && sample.rank() == axes + 1;
    }
}
