package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * {@code exp(xᵢ)/Σ exp(xⱼ)} along an axis, or its logarithm ({@code torch.nn.Softmax}, {@code LogSoftmax}).
 *
 * @param dim the axis; negative numbers count from the end
 */
public record Softmax(String path, int dim, boolean log) implements Model {
    @Override
    public String kind() {
        return log ? "LogSoftmax" : "Softmax";
    }

    @Override
    public Softmax named(String other) {
        return new Softmax(other, dim, log);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        Axes.counted(this, dim, input);
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        int axis = Axes.counted(this, dim, x.shape());
        return log ? Tensors.logSoftmax(x, axis) : Tensors.softmax(x, axis);
    }

    /** The sum of exponentials, and a division or a difference for each entry. */
    @Override
    public Counts counts(Shape input) {
        Size entries = output(input).count();
        Size sums = input.without(Axes.counted(this, dim, input)).count();
        Size additions = entries.minus(sums);
        return log ? new Counts(Size.ZERO, Size.ZERO, additions.plus(entries), Size.ZERO, entries)
                : new Counts(Size.ZERO, entries, additions, Size.ZERO, entries);
    }

    /** Along the channels an entry depends on its own place only; that the axis is one of places is not seen here. */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return kind() + "(dim=" + dim + ")";
    }
}
