package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/**
 * {@code y = x Wᵀ + b} along the last axis: {@code [.., in_features]} to {@code [.., out_features]}, W
 * {@code [out_features, in_features]} ({@code torch.nn.Linear}).
 */
public record LinearLayer(String path, Size inFeatures, Size outFeatures, boolean bias) implements Model {
    public LinearLayer {
        Misfit.requirePositive("in_features", inFeatures);
        Misfit.requirePositive("out_features", outFeatures);
    }

    @Override
    public String kind() {
        return "Linear";
    }

    @Override
    public LinearLayer named(String other) {
        return new LinearLayer(other, inFeatures, outFeatures, bias);
    }

    public Parameter weight() {
        return Parameter.trainable(path, "weight", Shape.of(outFeatures, inFeatures));
    }

    public Optional<Parameter> offset() {
        return Parameter.offset(bias, path, outFeatures);
    }

    @Override
    public List<Parameter> parameters() {
        return Parameter.of(weight(), offset());
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        int last = input.rank() - 1;
        Misfit.require(last >= 0 && input.get(last).equals(inFeatures), this,
                "the last axis of the input has in_features entries", input);
        return input.with(last, outFeatures);
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        Expr y = x.matmul(weight().variable().transpose());
        return offset().map(b -> y.plus(b.variable())).orElse(y);
    }

    @Override
    public Counts counts(Shape input) {
        return Counts.products(Parameter.count(parameters()), output(input).count(), inFeatures, bias);
    }

    /** Along the last axis all entries; an axis before it is none that anything slid along. */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "Linear(in_features=" + inFeatures + ", out_features=" + outFeatures + ", bias=" + Print.truth(bias)
                + ")";
    }
}
