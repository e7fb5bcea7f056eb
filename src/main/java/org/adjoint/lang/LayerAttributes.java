package org.adjoint.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Size;
import org.adjoint.nn.Activation;
import org.adjoint.nn.AdaptivePool;
import org.adjoint.nn.Attention;
import org.adjoint.nn.BatchNorm;
import org.adjoint.nn.ConvLayer;
import org.adjoint.nn.ConvTransposeLayer;
import org.adjoint.nn.Dropout;
import org.adjoint.nn.Embedding;
import org.adjoint.nn.Flatten;
import org.adjoint.nn.GivenLayer;
import org.adjoint.nn.GroupNorm;
import org.adjoint.nn.Identity;
import org.adjoint.nn.InstanceNorm;
import org.adjoint.nn.LayerNorm;
import org.adjoint.nn.LinearLayer;
import org.adjoint.nn.Model;
import org.adjoint.nn.PReLU;
import org.adjoint.nn.Parameter;
import org.adjoint.nn.Pool;
import org.adjoint.nn.Residual;
import org.adjoint.nn.Sequential;
import org.adjoint.nn.Sliding;
import org.adjoint.nn.Softmax;
import org.adjoint.nn.Unflatten;

/**
 * What stands behind the dot of a layer: its parameters and buffers, which are variables, its parts, and its hyperparameters by
 * PyTorch's names. What is the same along every axis is one number, else a list.
 */
final class LayerAttributes {
    private LayerAttributes() {
    }

    static Optional<Value> of(Value.Module module, String name) {
        return Optional.ofNullable(all(module).get(name));
    }

    static List<String> names(Model model) {
        return List.copyOf(all(new Value.Module(model, true)).keySet());
    }

    private static Map<String, Value> all(Value.Module module) {
        Model model = module.model();
        Map<String, Value> all = new LinkedHashMap<>();
        for (Parameter parameter : model.parameters()) {
            if (parameter.variable().name().equals(model.path() + "." + parameter.name())
                    || model.path().isEmpty() && model.children().isEmpty()) {
                all.put(parameter.name(), Value.Tensor.of(model instanceof GivenLayer given
                        ? given.value(parameter.name()).orElseThrow()
                        : parameter.variable()));
            }
        }
        all.putAll(parts(all));
        for (Model child : model.children()) {
            if (child.path().startsWith(model.path() + ".")) {
                all.put(child.path().substring(model.path().length() + 1), new Value.Module(child, module.training()));
            }
        }
        all.putAll(hyperparameters(model));
        all.put("training", new Value.Truth(module.training()));
        return all;
    }

    /** Parameters of parts that are no models of their own: {@code attend.out_proj} with its {@code weight}. */
    private static Map<String, Value> parts(Map<String, Value> parameters) {
        Map<String, Map<String, Value.Tensor>> parts = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            int dot = name.indexOf('.');
            if (dot > 0 && value instanceof Value.Tensor tensor) {
                parts.computeIfAbsent(name.substring(0, dot), part -> new LinkedHashMap<>())
                        .put(name.substring(dot + 1), tensor);
            }
        });
        Map<String, Value> all = new LinkedHashMap<>();
        parts.forEach((name, fields) -> all.put(name, new Value.Fields(fields)));
        return all;
    }

    private static Map<String, Value> hyperparameters(Model model) {
        Map<String, Value> all = new LinkedHashMap<>();
        switch (model) {
            case LinearLayer linear -> {
                all.put("in_features", number(linear.inFeatures()));
                all.put("out_features", number(linear.outFeatures()));
            }
            case ConvLayer convolution -> {
                all.put("in_channels", number(convolution.inChannels()));
                all.put("out_channels", number(convolution.outChannels()));
                windows(convolution.axes(), all);
                all.put("groups", number(convolution.groups()));
                all.put("padding_mode", new Value.Text(convolution.padding().mode()));
            }
            case Activation activation -> {
                List<String> names = List.copyOf(activation.row().defaults().keySet());
                for (int k = 0; k < names.size(); k++) {
                    all.put(names.get(k), Value.Tensor.of(activation.arguments().get(k)));
                }
            }
            case ConvTransposeLayer convolution -> {
                all.put("in_channels", number(convolution.inChannels()));
                all.put("out_channels", number(convolution.outChannels()));
                windows(convolution.axes(), all);
                all.put("output_padding", perAxis(convolution.extra().stream().map(Size::of).toList()));
                all.put("groups", number(convolution.groups()));
            }
            case BatchNorm norm -> {
                all.put("num_features", number(norm.features()));
                all.put("eps", Value.Tensor.of(norm.eps()));
                norm.momentum().ifPresent(momentum -> all.put("momentum", Value.Tensor.of(momentum)));
                all.put("affine", new Value.Truth(norm.affine()));
                all.put("track_running_stats", new Value.Truth(norm.tracks()));
            }
            case InstanceNorm norm -> {
                all.put("num_features", number(norm.features()));
                all.put("eps", Value.Tensor.of(norm.eps()));
                all.put("momentum", Value.Tensor.of(norm.momentum()));
                all.put("affine", new Value.Truth(norm.affine()));
                all.put("track_running_stats", new Value.Truth(norm.tracks()));
            }
            case GroupNorm norm -> {
                all.put("num_groups", number(norm.groups()));
                all.put("num_channels", number(norm.channels()));
                all.put("eps", Value.Tensor.of(norm.eps()));
                all.put("affine", new Value.Truth(norm.affine()));
            }
            case LayerNorm norm -> {
                all.put("normalized_shape", perAxis(norm.shape().sizes()));
                all.put("eps", Value.Tensor.of(norm.eps()));
                all.put("elementwise_affine", new Value.Truth(norm.affine()));
            }
            case PReLU slopes -> all.put("num_parameters", number(slopes.slopes()));
            case Softmax softmax -> all.put("dim", number(Size.of(softmax.dim())));
            case Dropout dropout -> all.put("p", Value.Tensor.of(dropout.p()));
            case Pool pool -> windows(pool.pooling().axes(), all);
            case AdaptivePool pool -> {
                if (pool.sizes().stream().allMatch(Optional::isPresent)) {
                    all.put("output_size", perAxis(pool.sizes().stream().map(Optional::orElseThrow).toList()));
                }
            }
            case Flatten flatten -> {
                all.put("start_dim", number(Size.of(flatten.startDim())));
                all.put("end_dim", number(Size.of(flatten.endDim())));
            }
            case Unflatten unflatten -> {
                all.put("dim", number(Size.of(unflatten.dim())));
                all.put("unflattened_size", perAxis(unflatten.sizes().sizes()));
            }
            case Embedding embedding -> {
                all.put("num_embeddings", number(embedding.rows()));
                all.put("embedding_dim", number(embedding.dimension()));
            }
            case Attention attention -> {
                all.put("embed_dim", number(attention.embed()));
                all.put("num_heads", number(attention.heads()));
                all.put("kdim", number(attention.keys()));
                all.put("vdim", number(attention.values()));
                all.put("batch_first", new Value.Truth(attention.batchFirst()));
            }
            case GivenLayer given -> all.putAll(hyperparameters(given.layer()));
            case Identity identity -> {
            }
            case Residual residual -> {
            }
            case Sequential sequential -> {
            }
        }
        return all;
    }

    private static void windows(List<Sliding> axes, Map<String, Value> into) {
        into.put("kernel_size", each(axes, Sliding::kernel));
        into.put("stride", each(axes, Sliding::stride));
        into.put("padding", each(axes, Sliding::before));
        into.put("dilation", each(axes, Sliding::dilation));
    }

    private static Value each(List<Sliding> axes, Function<Sliding, Size> of) {
        return perAxis(axes.stream().map(of).toList());
    }

    /** One number where all axes agree, else one for each. */
    static Value perAxis(List<Size> sizes) {
        if (sizes.stream().distinct().count() == 1) {
            return number(sizes.get(0));
        }
        List<Value> items = new ArrayList<>();
        sizes.forEach(size -> items.add(number(size)));
        return new Value.ListValue(items);
    }

    static Value.Tensor number(Size size) {
        return Value.Tensor.of(Dimension.of(size));
    }
}
