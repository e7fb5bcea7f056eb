package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;

/** The axes {@code start_dim} to {@code end_dim} as one; negative numbers count from the end ({@code torch.nn.Flatten}). */
public record Flatten(String path, int startDim, int endDim) implements Model {
    @Override
    public String kind() {
        return "Flatten";
    }

    @Override
    public Flatten named(String other) {
        return new Flatten(other, startDim, endDim);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        int rank = input.rank();
        int start = startDim < 0 ? startDim + rank : startDim;
        int end = endDim < 0 ? endDim + rank : endDim;
        Misfit.require(start >= 0 && end < rank && start <= end, this,
                "start_dim and end_dim are axes of the input, in this order", input);
        return input.slice(0, start).concat(Shape.of(input.slice(start, end + 1).count()))
                .concat(input.slice(end + 1, rank));
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        return Reshape.of(x, output(x.shape(), mode));
    }

    @Override
    public Counts counts(Shape input) {
        return Counts.entries(output(input).count());
    }

    /** What stands side by side is only placed otherwise; a layer that mixes it ends the fields. */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.of(seen);
    }

    @Override
    public String toString() {
        return "Flatten(start_dim=" + startDim + ", end_dim=" + endDim + ")";
    }
}
