package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Where;

/**
 * Rows of a table by their numbers: {@code y[.., d] = W[x[..], d]}, a row for each class index ({@code torch.nn.Embedding}).
 * As a graph it is {@code Σₙ [x = n] W[n, d]}, so that its gradient adds what belongs to the same row.
 *
 * @param padding the row that is not trained
 */
public record Embedding(String path, Size rows, Size dimension, OptionalInt padding) implements Model {
    public Embedding {
        Misfit.requirePositive("num_embeddings", rows);
        Misfit.requirePositive("embedding_dim", dimension);
        if (padding.isPresent() && rows.isInteger()
                && (padding.getAsInt() < -rows.value() || padding.getAsInt() >= rows.value())) {
            throw new ShapeError("padding_idx is one of the " + rows + " rows, got " + padding.getAsInt());
        }
    }

    @Override
    public String kind() {
        return "Embedding";
    }

    @Override
    public Embedding named(String other) {
        return new Embedding(other, rows, dimension, padding);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.trainable(path, "weight", Shape.of(rows, dimension)));
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        return input.concat(Shape.of(dimension));
    }

    /** @throws ShapeError also when a number among the entries is no row */
    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        return rows(x, table());
    }

    /** The rows of a table with these numbers. */
    public Expr rows(Expr x, Expr table) {
        if (x instanceof Constant numbers && !numbers.isData() && rows.isInteger()) {
            requireRows(numbers);
        }
        Expr chosen = Functions.EQUAL.apply(Tensors.insertAxis(x, x.shape().rank()), Range.of(rows));
        return chosen.matmul(table);
    }

    private void requireRows(Constant numbers) {
        for (Rational index : numbers.values()) {
            if (!index.isInteger() || index.signum() < 0 || index.compareTo(Rational.of(rows.value())) >= 0) {
                throw new ShapeError(Misfit.place(this) + "a class index is an integer from 0 to "
                        + rows.minus(1) + ", got " + index);
            }
        }
    }

    private Expr table() {
        Expr weight = parameters().get(0).variable();
        if (padding.isEmpty()) {
            return weight;
        }
        int row = padding.getAsInt();
        Expr number = row < 0 ? Dimension.of(rows.plus(row)) : Constant.of(row);
        Expr isPadding = Tensors.insertAxis(Functions.EQUAL.apply(Range.of(rows), number), 1);
        return Where.of(isPadding, Detach.of(weight), weight);
    }

    /** Nothing but reading. */
    @Override
    public Counts counts(Shape input) {
        return Counts.entries(output(input).count()).with(Parameter.count(parameters()));
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.of(seen);
    }

    @Override
    public String toString() {
        List<String> settings = new ArrayList<>(List.of(rows.toString(), dimension.toString()));
        padding.ifPresent(row -> settings.add("padding_idx=" + row));
        return "Embedding(" + String.join(", ", settings) + ")";
    }
}
