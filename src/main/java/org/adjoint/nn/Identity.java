package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;

/** {@code y = x} ({@code torch.nn.Identity}). */
public record Identity(String path) implements Model {
    @Override
    public String kind() {
        return "Identity";
    }

    @Override
    public Identity named(String other) {
        return new Identity(other);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        return x;
    }

    @Override
    public Counts counts(Shape input) {
        return Counts.entries(input.count());
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.of(seen);
    }

    @Override
    public String toString() {
        return "Identity()";
    }
}
