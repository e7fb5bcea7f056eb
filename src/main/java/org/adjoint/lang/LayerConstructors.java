package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
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
import org.adjoint.nn.ConvLayer;
import org.adjoint.nn.LinearLayer;
import org.adjoint.nn.Model;
import org.adjoint.nn.Sequential;

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
            "AdaptiveMaxPool2d", "Embedding", "MultiheadAttention", "Unflatten");

    private LayerConstructors() {
    }

    static void addTo(Vocabulary.Table table) {
        layer(table, "Linear(in_features, out_features, bias=True)",
                a -> new LinearLayer("", a.size("in_features"), a.size("out_features"), isOn(a, "bias")));
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            layer(table, "Conv" + rank + "d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, "
                    + "groups=1, bias=True, padding_mode='zeros')", a -> convolution(a, axes));
        }
        for (ActivationKind kind : ActivationKind.values()) {
            if (kind != ActivationKind.GELU_TANH) {
                activation(table, kind);
            }
        }
        layer(table, "Sequential(*modules=)", a -> new Sequential("", models(a)));
    }

    /** A row whose value is a layer. */
    private interface Maker {
        Model make(Arguments arguments);
    }

    private static void layer(Vocabulary.Table table, String signature, Maker maker) {
        table.row(signature, a -> new Value.Module(maker.make(a), true));
    }

    private static boolean isOn(Arguments a, String parameter) {
        return !a.has(parameter) || a.flag(parameter);
    }

    private static ConvLayer convolution(Arguments a, int rank) {
        SlidingArguments sliding = new SlidingArguments(a, rank);
        Shape kernel = sliding.sizes("kernel_size", Size.ONE);
        return new ConvLayer("", a.size("in_channels"), a.size("out_channels"), sliding.slides(kernel),
                SlidingArguments.mode(a, "padding_mode"), a.has("groups") ? a.size("groups") : Size.ONE,
                isOn(a, "bias"));
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
