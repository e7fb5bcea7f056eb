package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/**
 * {@code torch.nn.PReLU}: {@code x} above 0, {@code w x} below, with one w, or one for each channel of {@code [B, C, …]} (He et al.,
 * arXiv:1502.01852).
 */
public record PReLU(String path, Size slopes) implements Model {
    public PReLU {
        Misfit.requirePositive("num_parameters", slopes);
    }

    @Override
    public String kind() {
        return "PReLU";
    }

    @Override
    public PReLU named(String other) {
        return new PReLU(other, slopes);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.trainable(path, "weight", Shape.of(slopes)));
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        Misfit.require(slopes.isOne() || input.rank() >= 2 && input.get(1).equals(slopes), this,
                "num_parameters is 1 or the channels of the input [B, C, ...]", input);
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        Expr weight = parameters().get(0).variable();
        return Functions.LEAKY_RELU.apply(x,
                slopes.isOne() ? Reshape.of(weight, Shape.SCALAR) : Channels.column(weight, x.shape().rank() - 2));
    }

    @Override
    public Counts counts(Shape input) {
        Size entries = output(input).count();
        return new Counts(slopes, entries, Size.ZERO, Size.ZERO, entries);
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.of(seen);
    }

    @Override
    public String toString() {
        return "PReLU(num_parameters=" + slopes + ")";
    }
}
