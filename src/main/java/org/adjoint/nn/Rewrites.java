package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * Models that compute the same in another way. Their layers have no names yet, and parameters that are expressions of those of the
 * model that they were made of; layers that stay as they are keep their names, and share their parameters.
 */
public final class Rewrites {
    private Rewrites() {
    }

    /** A layer as {@code x ↦ W x + b} with a convolution or a product; W and b as they stand or are given. */
    private record Affine(Model layer, Expr weight, Optional<Expr> bias) {
        static Optional<Affine> of(Model model) {
            Model layer = model instanceof GivenLayer given ? given.layer() : model;
            return switch (layer) {
                case LinearLayer linear -> Optional.of(new Affine(linear, value(model, linear.weight()),
                        linear.offset().map(bias -> value(model, bias))));
                case ConvLayer convolution -> Optional.of(new Affine(convolution, value(model, convolution.weight()),
                        convolution.offset().map(bias -> value(model, bias))));
                default -> Optional.empty();
            };
        }

        boolean isLinear() {
            return layer instanceof LinearLayer;
        }

        /** The same kind of layer, of other parameters, with a bias if there is one. */
        Model with(Expr newWeight, Optional<Expr> newBias) {
            List<Expr> values = new ArrayList<>(List.of(newWeight));
            newBias.ifPresent(values::add);
            Shape shape = newWeight.shape();
            boolean biased = newBias.isPresent();
            Model changed = layer instanceof ConvLayer c
                    ? new ConvLayer("", c.inChannels(), c.outChannels(), c.axes(), c.padding(), c.groups(), biased)
                    : new LinearLayer("", shape.get(1), shape.get(0), biased);
            return new GivenLayer(changed, values);
        }
    }

    private static Expr value(Model model, Parameter parameter) {
        return model instanceof GivenLayer given ? given.value(parameter.name()).orElseThrow() : parameter.variable();
    }

    /** The layers one after the other, chains inside of chains taken apart. */
    private static List<Model> layers(Model model) {
        List<Model> layers = new ArrayList<>();
        List<Model> todo = new ArrayList<>(List.of(model));
        while (!todo.isEmpty()) {
            Model next = todo.removeLast();
            if (next instanceof Sequential chain) {
                todo.addAll(chain.children().reversed());
            } else {
                layers.add(next);
            }
        }
        return layers;
    }

    // ---- batch normalisation

    /**
     * Every batch normalisation by running statistics right after a convolution or a linear layer becomes part of it:
     * {@code W' = W·s}, {@code b' = (b − μ)·s + β} with {@code s = γ/√(σ² + ε)} for each output channel (Jacob et al.,
     * arXiv:1712.05877, section 3.2). It computes what the model computes in evaluation; a linear layer is taken to have inputs
     * {@code [B, in]}, or {@code [in]}.
     *
     * @throws ShapeError when there is none to be folded
     */
    public static Model foldBatchNorm(Model model) {
        List<Model> folded = new ArrayList<>();
        boolean changed = false;
        for (Model layer : layers(model)) {
            Affine before = folded.isEmpty() ? null : Affine.of(folded.getLast()).orElse(null);
            BatchNorm norm = layer instanceof BatchNorm each ? each
                    : layer instanceof GivenLayer given && given.layer() instanceof BatchNorm each ? each : null;
            if (before != null && norm != null && norm.tracks() && fits(before, norm)) {
                folded.set(folded.size() - 1, folded(before, layer, norm));
                changed = true;
            } else {
                folded.add(layer);
            }
        }
        if (!changed) {
            throw new ShapeError("there is no batch normalisation with running statistics right after a convolution or"
                    + " a linear layer in " + model);
        }
        return new Sequential("", folded);
    }

    private static boolean fits(Affine before, BatchNorm norm) {
        int axes = before.layer instanceof ConvLayer convolution ? convolution.axes().size() : 1;
        return norm.rank() == axes && before.weight.shape().get(0).equals(norm.features());
    }

    private static Model folded(Affine before, Model model, BatchNorm norm) {
        List<Expr> values = norm.parameters().stream().map(parameter -> value(model, parameter)).toList();
        int next = norm.affine() ? 2 : 0;
        Expr root = Functions.SQRT.apply(values.get(next + 1).plus(norm.eps()));
        Expr scale = norm.affine() ? values.get(0).dividedBy(root) : Tensors.reciprocal(root);
        Expr centred = before.bias.orElseGet(() -> Linear.zero(values.get(next).shape())).minus(values.get(next));
        Expr shift = centred.times(scale);
        return before.with(before.weight.times(Channels.column(scale, before.weight.shape().rank() - 1)),
                Optional.of(norm.affine() ? shift.plus(values.get(1)) : shift));
    }

    // ---- linear layers

    /**
     * Linear layers one right after the other become one: {@code W = W₂W₁}, {@code b = W₂b₁ + b₂}.
     *
     * @throws ShapeError when there are no two
     */
    public static Model collapse(Model model) {
        List<Model> collapsed = new ArrayList<>();
        boolean changed = false;
        for (Model layer : layers(model)) {
            if (layer instanceof Identity) {
                continue;
            }
            Affine first = collapsed.isEmpty() ? null
                    : Affine.of(collapsed.getLast()).filter(Affine::isLinear).orElse(null);
            Affine second = Affine.of(layer).filter(Affine::isLinear).orElse(null);
            if (first == null || second == null) {
                collapsed.add(layer);
                continue;
            }
            Optional<Expr> moved = first.bias.map(b -> second.weight.matmul(b));
            Optional<Expr> bias = moved.map(m -> second.bias.map(m::plus).orElse(m)).or(() -> second.bias);
            collapsed.set(collapsed.size() - 1, second.with(second.weight.matmul(first.weight), bias));
            changed = true;
        }
        if (!changed) {
            throw new ShapeError("there are no two linear layers one right after the other in " + model);
        }
        return new Sequential("", collapsed);
    }

    // ---- linear layers as convolutions

    /**
     * The linear layers behind a flattened image as convolutions: the first with kernels as large as the image that it is made
     * for, the others with kernels of one entry (Long, Shelhamer, Darrell, arXiv:1411.4038, section 3.1). On a larger image it
     * computes for every patch of that size what the model computes of the patch, as far as all layers before see places alike.
     *
     * @param input the shape that the model is made for, {@code [B, C, n…]} or {@code [C, n…]}
     * @throws ShapeError when no linear layer follows a flattening of channels and places, or another layer mixes them
     */
    public static Model fullyConvolutional(Model model, Shape input) {
        List<Model> changed = new ArrayList<>();
        Shape shape = input;
        Shape kernel = null;
        int axes = 0;
        boolean first = true;
        for (Model layer : layers(model)) {
            if (kernel == null && layer instanceof Flatten flatten) {
                int start = flatten.startDim() < 0 ? flatten.startDim() + shape.rank() : flatten.startDim();
                int last = flatten.endDim() < 0 ? flatten.endDim() + shape.rank() : flatten.endDim();
                Misfit.require((start == 0 || start == 1) && last == shape.rank() - 1 && last > start, layer,
                        "a flattening of channels and places becomes a convolution", shape);
                kernel = shape.slice(start, shape.rank());
                axes = kernel.rank() - 1;
            } else if (kernel == null) {
                changed.add(layer);
            } else {
                changed.add(convolved(layer, first ? kernel : Shape.of(shape.get(shape.rank() - 1)), axes, shape));
                first &= Affine.of(layer).isEmpty();
            }
            shape = layer.output(shape);
        }
        if (first) {
            throw new ShapeError("no linear layer follows a flattened image in " + model);
        }
        return new Sequential("", changed);
    }

    /** A layer behind the flattening over places instead; the kernel is the shape of what goes in, channels first. */
    private static Model convolved(Model layer, Shape kernel, int axes, Shape input) {
        Affine affine = Affine.of(layer).filter(Affine::isLinear).orElse(null);
        if (affine != null) {
            Size out = affine.weight.shape().get(0);
            List<Sliding> slides = new ArrayList<>();
            Shape weight = Shape.of(out).concat(kernel);
            for (int k = 0; k < axes; k++) {
                Size size = k + 1 < kernel.rank() ? kernel.get(k + 1) : Size.ONE;
                slides.add(Sliding.over(size));
                weight = k + 1 < kernel.rank() ? weight : weight.concat(Shape.of(Size.ONE));
            }
            List<Expr> values = new ArrayList<>(List.of(Reshape.of(affine.weight, weight)));
            affine.bias.ifPresent(values::add);
            return new GivenLayer(new ConvLayer("", kernel.get(0), out, slides, Padding.ZERO, Size.ONE,
                    affine.bias.isPresent()), values);
        }
        Misfit.require(layer instanceof Activation || layer instanceof Identity || layer instanceof Dropout, layer,
                "behind a flattened image only linear layers and functions of entries become convolutions", input);
        return layer;
    }
}
