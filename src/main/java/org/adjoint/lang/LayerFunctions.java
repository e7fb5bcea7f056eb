package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.nn.AdaptivePool;
import org.adjoint.nn.Attention;
import org.adjoint.nn.BatchNorm;
import org.adjoint.nn.Channels;
import org.adjoint.nn.Embedding;
import org.adjoint.nn.GroupNorm;
import org.adjoint.nn.InstanceNorm;
import org.adjoint.nn.LayerNorm;
import org.adjoint.nn.Mode;

/** Layers as functions of their input and their parameters, with the arguments and defaults of {@code torch.nn.functional}. */
final class LayerFunctions {
    private static final String SCALES = "weight=None, bias=None, ";
    private static final Rational EPS = Rational.of(1, 100_000);

    private LayerFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("linear(x, weight, bias=None)", LayerFunctions::linear);
        table.row("embedding(x, weight)", LayerFunctions::embedding);
        table.row("prelu(x, weight)", LayerFunctions::prelu);
        table.row("batch_norm(x, running_mean, running_var, " + SCALES + "training=False, momentum=0.1, eps=1e-5)",
                LayerFunctions::batchNorm);
        table.row("instance_norm(x, running_mean=None, running_var=None, " + SCALES
                + "use_input_stats=True, momentum=0.1, eps=1e-5)", LayerFunctions::instanceNorm);
        table.row("group_norm(x, num_groups, " + SCALES + "eps=1e-5)", LayerFunctions::groupNorm);
        table.row("layer_norm(x, normalized_shape, " + SCALES + "eps=1e-5)", LayerFunctions::layerNorm);
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.row("adaptive_avg_pool" + rank + "d(x, output_size)", a -> adaptive(a, axes, false));
            table.row("adaptive_max_pool" + rank + "d(x, output_size)", a -> adaptive(a, axes, true));
        }
        table.row("scaled_dot_product_attention(query, key, value, attn_mask=None)", a -> Value.Tensor.of(Attention
                .scaled(a.expr("query"), a.expr("key"), a.expr("value"),
                        a.has("attn_mask") ? Optional.of(a.expr("attn_mask")) : Optional.empty())));
    }

    /** {@code x Wᵀ + b}. */
    private static Value linear(Arguments a) {
        Expr weight = a.expr("weight");
        Expr y = a.expr("x").matmul(weight.transpose());
        return Value.Tensor.of(a.has("bias") ? y.plus(a.expr("bias")) : y);
    }

    private static Value embedding(Arguments a) {
        Expr weight = a.expr("weight");
        if (weight.shape().rank() != 2) {
            throw Failures.shape(a.call(), "the table is a matrix, a row for each index", a.operands());
        }
        Embedding embedding = new Embedding("", weight.shape().get(0), weight.shape().get(1), OptionalInt.empty());
        return Value.Tensor.of(embedding.rows(a.expr("x"), weight));
    }

    private static Value prelu(Arguments a) {
        Expr x = a.expr("x");
        Expr weight = a.expr("weight");
        boolean each = weight.shape().rank() == 1 && !weight.shape().get(0).isOne();
        if (each && x.shape().rank() < 2) {
            throw Failures.shape(a.call(), "one slope for each channel is for inputs [B, C, ...]", a.operands());
        }
        return Value.Tensor.of(
                Functions.LEAKY_RELU.apply(x, each ? Channels.column(weight, x.shape().rank() - 2) : weight));
    }

    // ---- normalisations

    private static Expr eps(Arguments a) {
        return a.tensor("eps", EPS).expr();
    }

    /** The channels of {@code [B, C, …]}. */
    private static Size channels(Arguments a, Expr x) {
        if (x.shape().rank() < 2) {
            throw Failures.shape(a.call(), "the input is [B, C, ...]", a.operands());
        }
        return x.shape().get(1);
    }

    private static Value batchNorm(Arguments a) {
        Expr x = a.expr("x");
        Size channels = channels(a, x);
        int rank = Math.max(1, x.shape().rank() - 2);
        Expr y = a.flag("training")
                ? new BatchNorm("", rank, channels, eps(a), Optional.empty(), false, false).apply(x, Mode.TRAINING)
                : running(a, x);
        return scaled(a, y, x.shape().rank() - 2);
    }

    private static Value instanceNorm(Arguments a) {
        Expr x = a.expr("x");
        Size channels = channels(a, x);
        int rank = x.shape().rank() - 2;
        boolean own = !a.has("use_input_stats") || a.flag("use_input_stats");
        Expr y = own ? new InstanceNorm("", rank, channels, eps(a), Constant.ZERO, false, false).apply(x, Mode.TRAINING)
                : running(a, x);
        return scaled(a, y, rank);
    }

    /** {@code (x − μ)/√(σ² + ε)} with the running statistics that are given. */
    private static Expr running(Arguments a, Expr x) {
        int places = x.shape().rank() - 2;
        Expr mean = Channels.column(a.expr("running_mean"), places);
        Expr variance = Channels.column(a.expr("running_var"), places);
        return x.minus(mean).dividedBy(Functions.SQRT.apply(variance.plus(eps(a))));
    }

    private static Value groupNorm(Arguments a) {
        Expr x = a.expr("x");
        GroupNorm norm = new GroupNorm("", a.size("num_groups"), channels(a, x), eps(a), false);
        return scaled(a, norm.apply(x, Mode.TRAINING), x.shape().rank() - 2);
    }

    private static Value layerNorm(Arguments a) {
        Expr x = a.expr("x");
        LayerNorm norm = new LayerNorm("", a.shape("normalized_shape"), eps(a), false, false);
        return scaled(a, norm.apply(x, Mode.TRAINING), 0);
    }

    /** {@code y γ + β}, as far as they are given, for channels which that many axes follow. */
    private static Value scaled(Arguments a, Expr y, int places) {
        Expr scaled = a.has("weight") ? y.times(Channels.column(a.expr("weight"), places)) : y;
        return Value.Tensor.of(a.has("bias") ? scaled.plus(Channels.column(a.expr("bias"), places)) : scaled);
    }

    // ---- pools

    private static Value adaptive(Arguments a, int rank, boolean maximum) {
        List<Optional<Size>> sizes = new ArrayList<>();
        List<Syntax> items = a.items("output_size");
        if (items.size() != 1 && items.size() != rank) {
            throw new SlidingArguments(a, rank).perAxis("output_size");
        }
        for (int k = 0; k < rank; k++) {
            Syntax item = items.get(items.size() == 1 ? 0 : k);
            sizes.add(item instanceof Syntax.NoneLit ? Optional.empty() : Optional.of(a.reader().size(item)));
        }
        return Value.Tensor.of(new AdaptivePool("", maximum, sizes).apply(a.expr("x"), Mode.TRAINING));
    }
}
