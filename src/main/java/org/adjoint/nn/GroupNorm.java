package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/**
 * {@code torch.nn.GroupNorm}: {@code y = (x − μ)/√(σ² + ε) · γ + β}, μ and σ² (biased) over the channels of a group and all places,
 * for each example {@code [B, C, …]}; γ and β for each channel (Wu, He, arXiv:1803.08494).
 */
public record GroupNorm(String path, Size groups, Size channels, Expr eps, boolean affine) implements Model {
    public GroupNorm {
        Misfit.requirePositive("num_groups", groups);
        Misfit.requirePositive("num_channels", channels);
        if (channels.divideExact(groups).isEmpty()) {
            throw new ShapeError("num_channels is a multiple of num_groups; got " + channels + " and " + groups);
        }
    }

    @Override
    public String kind() {
        return "GroupNorm";
    }

    @Override
    public GroupNorm named(String other) {
        return new GroupNorm(other, groups, channels, eps, affine);
    }

    @Override
    public List<Parameter> parameters() {
        return affine ? Parameter.scaleAndShift(path, Shape.of(channels)) : List.of();
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        Misfit.require(input.rank() >= 2 && input.get(1).equals(channels), this,
                "the input is [B, C, ...], its channels are num_channels", input);
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        Shape shape = x.shape();
        Shape split = shape.slice(0, 1).concat(Shape.of(groups, channels.divideExact(groups).orElseThrow()))
                .concat(shape.slice(2, shape.rank()));
        Expr grouped = Reshape.of(x, split);
        Expr y = Reshape.of(new Normal(grouped, Axes.range(2, split.rank())).normalised(eps), shape);
        return affine ? Channels.scaled(y, parameters(), shape.rank() - 2) : y;
    }

    @Override
    public Counts counts(Shape input) {
        Size entries = output(input).count();
        return Counts.normalised(Parameter.count(parameters()), entries, input.get(0).times(groups), affine, affine);
    }

    /** Each entry depends on all that are normalised with it. */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "GroupNorm(" + groups + ", " + channels + ", eps=" + Print.number(eps) + ", affine="
                + Print.truth(affine)
                + ")";
    }
}
