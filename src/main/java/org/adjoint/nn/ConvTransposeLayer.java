package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/**
 * {@code torch.nn.ConvTranspose1d} to {@code ConvTranspose3d}: the adjoint of a convolution in its input, with a kernel
 * {@code [in_channels, out_channels/groups, k…]}, and a bias for each output channel. Padding is by zeros.
 *
 * @param axes  kernel, stride, padding and dilation of the convolution whose adjoint it is
 * @param extra output_padding: how many entries the output has beyond those that a window must reach, along each axis
 */
public record ConvTransposeLayer(String path, Size inChannels, Size outChannels, List<Sliding> axes,
        List<Integer> extra,
        Size groups, boolean bias) implements Model {
    public ConvTransposeLayer {
        axes = List.copyOf(axes);
        extra = List.copyOf(extra);
        Channels.requireGroups(inChannels, outChannels, groups);
        if (extra.size() != axes.size()) {
            throw new ShapeError("output_padding is a number for each of " + axes.size() + " axes, got " + extra);
        }
    }

    @Override
    public String kind() {
        return "ConvTranspose" + axes.size() + "d";
    }

    @Override
    public ConvTransposeLayer named(String other) {
        return new ConvTransposeLayer(other, inChannels, outChannels, axes, extra, groups, bias);
    }

    public Parameter weight() {
        return Parameter.trainable(path, "weight", Shape.of(inChannels, Channels.each(outChannels, groups))
                .concat(Windows.kernel(axes)));
    }

    public Optional<Parameter> offset() {
        return Parameter.offset(bias, path, outChannels);
    }

    @Override
    public List<Parameter> parameters() {
        return Parameter.of(weight(), offset());
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Channels.requireInput(this, input, axes.size(), inChannels);
        Shape output = Channels.with(outChannels, input, axes.size());
        int first = input.rank() - axes.size();
        for (int k = 0; k < axes.size(); k++) {
            try {
                output = output.with(first + k, axes.get(k).covered(input.get(first + k), extra.get(k)));
            } catch (ShapeError misfit) {
                throw Misfit.of(this, misfit.law(), input);
            }
        }
        return output;
    }

    /** That there is an output. */
    @Override
    public List<Size> rooms(Shape input, Mode mode) {
        Shape output = output(input);
        return output.slice(output.rank() - axes.size(), output.rank()).sizes().stream().map(n -> n.minus(1)).toList();
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        Expr y = new Convolution(axes, Padding.ZERO, Channels.number(groups)).transposed(x, weight().variable(), extra);
        return offset().map(b -> y.plus(Channels.column(b.variable(), axes.size()))).orElse(y);
    }

    /** Every entry of the input is multiplied with all of its kernels and added; as if the output began with zeros. */
    @Override
    public Counts counts(Shape input) {
        Size outputs = output(input).count();
        Size products = input.count().times(Channels.each(outChannels, groups)).times(Windows.kernel(axes).count());
        return new Counts(Parameter.count(parameters()), products, bias ? products.plus(outputs) : products, products,
                outputs);
    }

    /** @throws ShapeError when the stride is not 1: then the entries of the output have different fields */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        List<Sliding> flipped = new ArrayList<>();
        for (Sliding axis : axes) {
            if (!axis.stride().isOne()) {
                throw new ShapeError(Misfit.place(this) + "receptive fields are for strides of 1 in transposed"
                        + " convolutions");
            }
            Size whole = axis.length().minus(1);
            flipped.add(new Sliding(axis.kernel(), axis.stride(), whole.minus(axis.before()),
                    whole.minus(axis.after()), axis.dilation()));
        }
        return Optional.of(Windows.fields(flipped, seen));
    }

    @Override
    public String toString() {
        StringBuilder text = Print.convolution(kind(), inChannels, outChannels, axes);
        if (extra.stream().anyMatch(entries -> entries != 0)) {
            text.append(", output_padding=").append(Print.tuple(extra));
        }
        return text.append(groups.isOne() ? "" : ", groups=" + groups).append(bias ? ")" : ", bias=False)").toString();
    }
}
