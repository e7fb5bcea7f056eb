package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/**
 * {@code torch.nn.LayerNorm}: {@code y = (x − μ)/√(σ² + ε) · γ + β}, μ and σ² (biased) over the last axes of each example; γ and β
 * for each entry of these (Ba, Kiros, Hinton, arXiv:1607.06450).
 *
 * @param shape  the sizes of the last axes
 * @param affine whether there is γ (weight)
 * @param bias   whether, beside γ, there is β
 */
public record LayerNorm(String path, Shape shape, Expr eps, boolean affine, boolean bias) implements Model {
    public LayerNorm {
        if (shape.isScalar()) {
            throw new ShapeError("normalized_shape has at least one axis");
        }
        bias = affine && bias;
    }

    @Override
    public String kind() {
        return "LayerNorm";
    }

    @Override
    public LayerNorm named(String other) {
        return new LayerNorm(other, shape, eps, affine, bias);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        if (affine) {
            parameters.add(Parameter.trainable(path, "weight", shape));
        }
        if (bias) {
            parameters.add(Parameter.trainable(path, "bias", shape));
        }
        return parameters;
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        int first = input.rank() - shape.rank();
        Misfit.require(first >= 0 && input.slice(first, input.rank()).equals(shape), this,
                "the last axes of the input are normalized_shape", input);
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        int rank = x.shape().rank();
        Expr y = new Normal(x, Axes.range(rank - shape.rank(), rank)).normalised(eps);
        y = affine ? y.times(parameters().get(0).variable()) : y;
        return bias ? y.plus(parameters().get(1).variable()) : y;
    }

    @Override
    public Counts counts(Shape input) {
        Size entries = output(input).count();
        Size each = shape.count();
        return Counts.normalised(Parameter.count(parameters()), entries, entries.divideExact(each).orElseThrow(),
                affine,
                bias);
    }

    /** Each entry depends on all that are normalised with it. */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "LayerNorm(" + Print.tuple(shape.sizes()) + ", eps=" + Print.number(eps) + ", elementwise_affine="
                + Print.truth(affine) + (affine && !bias ? ", bias=False" : "") + ")";
    }
}
