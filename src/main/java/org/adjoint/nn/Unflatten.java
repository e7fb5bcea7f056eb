package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/**
 * One axis as several ({@code torch.nn.Unflatten}).
 *
 * @param sizes the sizes of the new axes, of which one may be −1: what is left for it
 */
public record Unflatten(String path, int dim, Shape sizes) implements Model {
    private static final Size OPEN = Size.of(-1);

    public Unflatten {
        if (sizes.isScalar() || sizes.sizes().stream().filter(OPEN::equals).count() > 1) {
            throw new ShapeError("unflattened_size has at least one size, and at most one of them is -1; got " + sizes);
        }
    }

    @Override
    public String kind() {
        return "Unflatten";
    }

    @Override
    public Unflatten named(String other) {
        return new Unflatten(other, dim, sizes);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        int axis = Axes.counted(this, dim, input);
        int open = sizes.sizes().indexOf(OPEN);
        Size known = (open < 0 ? sizes : sizes.with(open, Size.ONE)).count();
        Optional<Size> rest = input.get(axis).divideExact(known);
        Misfit.require(rest.isPresent() && (open >= 0 || rest.get().isOne()), this,
                "the product of unflattened_size is the size of the axis", input);
        return input.slice(0, axis).concat(open < 0 ? sizes : sizes.with(open, rest.orElseThrow()))
                .concat(input.slice(axis + 1, input.rank()));
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        return Reshape.of(x, output(x.shape(), mode));
    }

    @Override
    public Counts counts(Shape input) {
        return Counts.entries(output(input).count());
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.of(seen);
    }

    @Override
    public String toString() {
        return "Unflatten(dim=" + dim + ", unflattened_size=" + Print.tuple(sizes.sizes()) + ")";
    }
}
