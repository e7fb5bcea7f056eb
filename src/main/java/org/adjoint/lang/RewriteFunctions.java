package org.adjoint.lang;

import java.util.List;
import java.util.function.Function;
import org.adjoint.expr.ShapeError;
import org.adjoint.nn.Model;
import org.adjoint.nn.Rewrites;

/**
 * Models that compute the same in another way: {@code fold_batchnorm(net)}, {@code collapse(net)},
 * {@code fully_convolutional(net, [B, C, H, W])}. That they do is for a claim to say.
 */
final class RewriteFunctions {
    private RewriteFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("fold_batchnorm(net)", a -> rewritten(a, Rewrites::foldBatchNorm));
        table.row("collapse(net)", a -> rewritten(a, Rewrites::collapse));
        table.row("fully_convolutional(net, input)",
                a -> rewritten(a, net -> Rewrites.fullyConvolutional(net, ModelFunctions.input(a))));
    }

    private static Value rewritten(Arguments a, Function<Model, Model> rewrite) {
        Value.Module module = ModelFunctions.module(a);
        if (module.model().path().isEmpty()) {
            throw Failures.type(a.call(), "a model is rewritten in terms of its parameters, which have names once it is"
                    + " defined; write `net = " + Failures.excerpt(a.syntax("net")) + "` before");
        }
        try {
            return new Value.Module(rewrite.apply(module.model()), module.training());
        } catch (ShapeError error) {
            throw Failures.shape(a.call(), error, List.of());
        }
    }
}
