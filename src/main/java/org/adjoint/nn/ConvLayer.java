package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/**
 * {@code torch.nn.Conv1d}, {@code Conv2d}, {@code Conv3d}: the {@link Convolution} of {@code [B, C, n…]} with a kernel
 * {@code [out_channels, in_channels/groups, k…]}, and a bias for each output channel.
 *
 * @param axes    kernel, stride, padding and dilation along each spatial axis
 * @param padding what stands outside of the input
 */
public record ConvLayer(String path, Size inChannels, Size outChannels, List<Sliding> axes, Padding padding,
        Size groups, boolean bias) implements Model {
    public ConvLayer {
        axes = List.copyOf(axes);
        Channels.requireGroups(inChannels, outChannels, groups);
    }

    @Override
    public String kind() {
        return "Conv" + axes.size() + "d";
    }

    @Override
    public ConvLayer named(String other) {
        return new ConvLayer(other, inChannels, outChannels, axes, padding, groups, bias);
    }

    public Parameter weight() {
        return Parameter.trainable(path, "weight", Shape.of(outChannels, Channels.each(inChannels, groups))
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
        return Channels.with(outChannels, Windows.output(this, axes, input, mode), axes.size());
    }

    @Override
    public List<Size> rooms(Shape input, Mode mode) {
        return Windows.rooms(axes, input, mode);
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        Expr y = convolution().of(x, weight().variable());
        return offset().map(b -> y.plus(Channels.column(b.variable(), axes.size()))).orElse(y);
    }

    /** What it does, without the bias. */
    public Convolution convolution() {
        return new Convolution(axes, padding, Channels.number(groups));
    }

    @Override
    public Counts counts(Shape input) {
        Size products = Channels.each(inChannels, groups).times(Windows.kernel(axes).count());
        return Counts.products(Parameter.count(parameters()), output(input).count(), products, bias);
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.of(Windows.fields(axes, seen));
    }

    @Override
    public String toString() {
        StringBuilder text = Print.convolution(kind(), inChannels, outChannels, axes);
        text.append(groups.isOne() ? "" : ", groups=" + groups).append(bias ? "" : ", bias=False");
        return text.append(padding == Padding.ZERO ? "" : ", padding_mode=" + padding.mode()).append(")").toString();
    }
}
