package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.nn.Activation;
import org.adjoint.nn.ActivationKind;
import org.adjoint.nn.AdaptivePool;
import org.adjoint.nn.Attention;
import org.adjoint.nn.BatchNorm;
import org.adjoint.nn.ConvLayer;
import org.adjoint.nn.ConvTransposeLayer;
import org.adjoint.nn.Dropout;
import org.adjoint.nn.Embedding;
import org.adjoint.nn.Flatten;
import org.adjoint.nn.GroupNorm;
import org.adjoint.nn.Identity;
import org.adjoint.nn.InstanceNorm;
import org.adjoint.nn.LayerNorm;
import org.adjoint.nn.LinearLayer;
import org.adjoint.nn.Model;
import org.adjoint.nn.PReLU;
import org.adjoint.nn.Pool;
import org.adjoint.nn.Residual;
import org.adjoint.nn.Sequential;
import org.adjoint.nn.Softmax;
import org.adjoint.nn.Unflatten;

/**
 * The modules of {@code torch.nn} by PyTorch's signatures; one row each. A call makes a layer with fresh parameters, which
 * have their names from the definition that binds it.
 */
final class LayerConstructors {
    /** Those whose arguments are sizes. */
    static final Set<String> SIZED = Set.of("Linear", "Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d",
            "ConvTranspose2d", "ConvTranspose3d", "BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "LayerNorm", "GroupNorm",
            "InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d", "MaxPool1d", "MaxPool2d", "MaxPool3d", "AvgPool1d",
            "AvgPool2d", "AvgPool3d", "AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveMaxPool1d",
            "AdaptiveMaxPool2d", "AdaptiveAvgPool3d", "AdaptiveMaxPool3d", "Embedding", "MultiheadAttention",
            "Unflatten", "PReLU");

    private LayerConstructors() {
    }

    static void addTo(Vocabulary.Table table) {
        layer(table, "Linear(in_features, out_features, bias=True)",
                a -> new LinearLayer("", a.size("in_features"), a.size("out_features"),
                        a.flag("bias", true)));
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            layer(table, "Conv" + rank + "d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, "
                    + "groups=1, bias=True, padding_mode='zeros')", a -> convolution(a, axes));
            layer(table, "ConvTranspose" + rank + "d(in_channels, out_channels, kernel_size, stride=1, padding=0, "
                    + "output_padding=0, groups=1, bias=True, dilation=1)", a -> transposed(a, axes));
            layer(table, "BatchNorm" + rank + "d(num_features, eps=1e-5, momentum=0.1, affine=True, "
                    + "track_running_stats=True)",
                    a -> new BatchNorm("", axes, a.size("num_features"), number(a, "eps", EPS), momentum(a),
                            a.flag("affine", true), a.flag("track_running_stats", true)));
            layer(table, "InstanceNorm" + rank + "d(num_features, eps=1e-5, momentum=0.1, affine=False, "
                    + "track_running_stats=False)",
                    a -> new InstanceNorm("", axes, a.size("num_features"), number(a, "eps", EPS),
                            number(a, "momentum", TENTH), a.flag("affine"), a.flag("track_running_stats")));
            layer(table, "MaxPool" + rank + "d(kernel_size, stride=None, padding=0, dilation=1, "
                    + "return_indices=False, ceil_mode=False)", a -> pool(a, axes, true));
            layer(table, "AvgPool" + rank + "d(kernel_size, stride=None, padding=0, ceil_mode=False, "
                    + "count_include_pad=True" + (rank == 1 ? ")" : ", divisor_override=None)"),
                    a -> pool(a, axes, false));
            layer(table, "AdaptiveMaxPool" + rank + "d(output_size)", a -> adaptive(a, axes, true));
            layer(table, "AdaptiveAvgPool" + rank + "d(output_size)", a -> adaptive(a, axes, false));
            layer(table, "Dropout" + rank + "d(p=0.5, inplace=False)",
                    a -> new Dropout("", axes, number(a, "p", Rational.of(1, 2))));
        }
        layer(table, "Dropout(p=0.5, inplace=False)", a -> new Dropout("", 0, number(a, "p", Rational.of(1, 2))));
        layer(table, "LayerNorm(normalized_shape, eps=1e-5, elementwise_affine=True, bias=True)",
                a -> new LayerNorm("", a.shape("normalized_shape"), number(a, "eps", EPS),
                        a.flag("elementwise_affine", true), a.flag("bias", true)));
        layer(table, "GroupNorm(num_groups, num_channels, eps=1e-5, affine=True)",
                a -> new GroupNorm("", a.size("num_groups"), a.size("num_channels"), number(a, "eps", EPS),
                        a.flag("affine", true)));
        layer(table, "PReLU(num_parameters=1)",
                a -> new PReLU("", a.has("num_parameters") ? a.size("num_parameters") : Size.ONE));
        layer(table, "Softmax(dim)", a -> new Softmax("", a.integer("dim", 0), false));
        layer(table, "LogSoftmax(dim)", a -> new Softmax("", a.integer("dim", 0), true));
        layer(table, "Flatten(start_dim=1, end_dim=-1)",
                a -> new Flatten("", a.integer("start_dim", 1), a.integer("end_dim", -1)));
        layer(table, "Unflatten(dim, unflattened_size)",
                a -> new Unflatten("", a.integer("dim", 0), a.shape("unflattened_size")));
        layer(table, "Embedding(num_embeddings, embedding_dim, padding_idx=None)",
                a -> new Embedding("", a.size("num_embeddings"), a.size("embedding_dim"), a.has("padding_idx")
                        ? OptionalInt.of(a.integer("padding_idx", 0))
                        : OptionalInt.empty()));
        layer(table, "MultiheadAttention(embed_dim, num_heads, bias=True, kdim=None, vdim=None, batch_first=False)",
                LayerConstructors::attention);
        layer(table, "Identity()", a -> new Identity(""));
        for (ActivationKind kind : ActivationKind.values()) {
            if (kind != ActivationKind.GELU_TANH) {
                activation(table, kind);
            }
        }
        layer(table, "Sequential(*modules=)", a -> new Sequential("", models(a)));
        layer(table, "Residual(body, shortcut=Identity())",
                a -> new Residual("", model(a.value("body"), a.syntax("body")),
                        a.has("shortcut") ? model(a.value("shortcut"), a.syntax("shortcut")) : new Identity("")));
    }

    private static final Rational EPS = Rational.parse("1e-5");
    private static final Rational TENTH = Rational.of(1, 10);

    /** A row whose value is a layer. */
    private interface Maker {
        Model make(Arguments arguments);
    }

    private static void layer(Vocabulary.Table table, String signature, Maker maker) {
        table.row(signature, a -> new Value.Module(maker.make(a), true));
    }

    private static Expr number(Arguments a, String parameter, Rational otherwise) {
        return a.plain(a.tensor(parameter, otherwise));
    }

    /** {@code momentum=None} is the mean over all batches. */
    private static Optional<Expr> momentum(Arguments a) {
        return a.isNone("momentum") ? Optional.empty() : Optional.of(number(a, "momentum", TENTH));
    }

    // ---- windows

    private static ConvLayer convolution(Arguments a, int rank) {
        SlidingArguments sliding = new SlidingArguments(a, rank);
        Shape kernel = sliding.sizes("kernel_size", Size.ONE);
        return new ConvLayer("", a.size("in_channels"), a.size("out_channels"), sliding.slides(kernel),
                SlidingArguments.mode(a, "padding_mode"), a.has("groups") ? a.size("groups") : Size.ONE,
                a.flag("bias", true));
    }

    private static ConvTransposeLayer transposed(Arguments a, int rank) {
        SlidingArguments sliding = new SlidingArguments(a, rank);
        Shape kernel = sliding.sizes("kernel_size", Size.ONE);
        return new ConvTransposeLayer("", a.size("in_channels"), a.size("out_channels"), sliding.slides(kernel),
                sliding.integers("output_padding", 0), a.has("groups") ? a.size("groups") : Size.ONE,
                a.flag("bias", true));
    }

    private static Pool pool(Arguments a, int rank, boolean maximum) {
        if (maximum && a.flag("return_indices")) {
            throw Failures.type(a.syntax("return_indices"), "a pool returns its maxima; their places are not computed");
        }
        return new Pool("", new SlidingArguments(a, rank).pooling(maximum));
    }

    /** A size for each axis, None where the axis stays as it is. */
    private static AdaptivePool adaptive(Arguments a, int rank, boolean maximum) {
        List<Syntax> items = a.items("output_size");
        if (items.size() != 1 && items.size() != rank) {
            throw Failures.type(a.syntax("output_size"), "output_size is one number, or one for each of the "
                    + SlidingArguments.axes(rank));
        }
        return new AdaptivePool("", maximum, IntStream.range(0, rank)
                .mapToObj(k -> items.get(items.size() == 1 ? 0 : k))
                .map(item -> item instanceof Syntax.NoneLit ? Optional.<Size>empty()
                        : Optional.of(a.reader().size(item)))
                .toList());
    }

    // ---- attention

    private static Attention attention(Arguments a) {
        Size embed = a.size("embed_dim");
        return new Attention("", embed, a.size("num_heads"), a.flag("bias", true),
                a.has("kdim") ? a.size("kdim") : embed,
                a.has("vdim") ? a.size("vdim") : embed, a.flag("batch_first"));
    }

    // ---- elementwise layers

    private static void activation(Vocabulary.Table table, ActivationKind kind) {
        String parameters = kind.defaults().entrySet().stream().map(d -> d.getKey() + "=" + d.getValue())
                .map(d -> d.endsWith("=") ? d.substring(0, d.length() - 1) : d).collect(Collectors.joining(", "));
        String options = kind == ActivationKind.GELU ? "approximate='none'" : "inplace=False";
        layer(table, kind.kind() + "(" + (parameters.isEmpty() ? "" : parameters + ", ") + options + ")",
                a -> activation(a, kind));
    }

    private static Activation activation(Arguments a, ActivationKind kind) {
        if (kind == ActivationKind.GELU && a.has("approximate")) {
            String approximate = a.text("approximate").orElse("");
            if (!approximate.equals("none") && !approximate.equals("tanh")) {
                throw Failures.type(a.syntax("approximate"), "approximate is 'none' or 'tanh'");
            }
            return approximate.equals("tanh") ? ActivationKind.GELU_TANH.layer() : kind.layer();
        }
        List<Expr> arguments = new ArrayList<>();
        kind.defaults().forEach((name, otherwise) -> arguments
                .add(a.has(name) ? a.expr(name) : Constant.of(Rational.parse(otherwise))));
        return new Activation("", kind, arguments);
    }

    // ---- containers

    /** The layers of a container: its arguments, or the one list that is its argument. */
    private static List<Model> models(Arguments a) {
        List<Value> values = a.values();
        List<Syntax> syntaxes = a.rest();
        if (values.size() == 1 && values.get(0) instanceof Value.ListValue list) {
            return list.items().stream().map(item -> model(item, syntaxes.get(0))).toList();
        }
        return IntStream.range(0, values.size()).mapToObj(k -> model(values.get(k), syntaxes.get(k))).toList();
    }

    private static Model model(Value value, Syntax at) {
        if (value instanceof Value.Module module) {
            return module.model();
        }
        throw Failures.type(at, "a model is made of layers; " + Failures.excerpt(at) + " is " + Values.describe(value));
    }

}
