package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;

/**
 * An elementwise layer without parameters: a row of {@link ActivationKind}.
 *
 * @param arguments scalars, in the order of the row
 */
public record Activation(String path, ActivationKind row, List<Expr> arguments) implements Model {
    public Activation {
        arguments = List.copyOf(arguments);
        if (arguments.size() != row.defaults().size() || arguments.stream().anyMatch(a -> !a.shape().isScalar())) {
            throw new ShapeError(row.kind() + " takes " + row.defaults().size() + " scalars", arguments);
        }
    }

    @Override
    public String kind() {
        return row.kind();
    }

    @Override
    public Activation named(String other) {
        return new Activation(other, row, arguments);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        return row.of(x, arguments);
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
        if (row == ActivationKind.GELU || row == ActivationKind.GELU_TANH) {
            return "GELU(approximate='" + (row == ActivationKind.GELU ? "none" : "tanh") + "')";
        }
        List<String> names = List.copyOf(row.defaults().keySet());
        return kind()
                + IntStream.range(0, names.size()).mapToObj(k -> names.get(k) + "=" + Print.number(arguments.get(k)))
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
