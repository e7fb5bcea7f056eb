package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/** {@code torch.nn.MaxPool1d} to {@code MaxPool3d} and {@code AvgPool1d} to {@code AvgPool3d}: a {@link Pooling}. */
public record Pool(String path, Pooling pooling) implements Model {
    @Override
    public String kind() {
        return (pooling.maximum() ? "MaxPool" : "AvgPool") + pooling.rank() + "d";
    }

    @Override
    public Pool named(String other) {
        return new Pool(other, pooling);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Channels.requireImage(this, input, pooling.rank());
        Shape output = input;
        int first = input.rank() - pooling.rank();
        for (int k = 0; k < pooling.rank(); k++) {
            try {
                Size n = input.get(first + k);
                output = output.with(first + k,
                        mode.strict() ? pooling.axes().get(k).exactly(n) : pooling.places(k, n));
            } catch (ShapeError misfit) {
                throw Misfit.of(this, misfit.law(), input);
            }
        }
        return output;
    }

    @Override
    public List<Size> rooms(Shape input, Mode mode) {
        return pooling.rooms(input, mode);
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        return pooling.of(x);
    }

    /** A mean adds its entries and divides. */
    @Override
    public Counts counts(Shape input) {
        Size outputs = output(input).count();
        return pooling.maximum() ? Counts.entries(outputs)
                : new Counts(Size.ZERO, outputs, outputs.times(pooling.entries().minus(1)), Size.ZERO, outputs);
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.of(Windows.fields(pooling.axes(), seen));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind() + "(kernel_size=" + each(Sliding::kernel) + ", stride="
                + each(Sliding::stride) + ", padding=" + each(Sliding::before));
        if (pooling.maximum()) {
            return text + ", dilation=" + each(Sliding::dilation) + ", ceil_mode=" + Print.truth(pooling.ceil()) + ")";
        }
        text.append(pooling.ceil() ? ", ceil_mode=True" : "")
                .append(pooling.countPadding() ? "" : ", count_include_pad=False");
        pooling.divisor().ifPresent(divisor -> text.append(", divisor_override=").append(divisor));
        return text.append(")").toString();
    }

    private String each(Function<Sliding, Size> setting) {
        List<Size> settings = pooling.axes().stream().map(setting).toList();
        return !pooling.maximum() && pooling.rank() == 1 ? Print.tuple(settings) : Print.each(settings);
    }
}
