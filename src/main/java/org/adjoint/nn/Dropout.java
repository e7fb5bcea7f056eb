package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/**
 * {@code y = m ⊙ x/(1 − p)} in training, with a mask m of zeros and ones that is an input, named by path ({@code net[3].mask}); the
 * identity in evaluation ({@code torch.nn.Dropout}; Srivastava et al., JMLR 15, 2014).
 *
 * @param rank for {@code Dropout1d} to {@code Dropout3d}, whose mask has an entry for each channel, how many spatial axes; else 0
 * @param p    the probability that an entry of the mask is 0
 */
public record Dropout(String path, int rank, Expr p) implements Model {
    public Dropout {
        Optional<Rational> known = Constant.uniform(p);
        if (!p.shape().isScalar()
                || known.isPresent() && (known.get().signum() < 0 || known.get().compareTo(Rational.ONE) > 0)) {
            throw new ShapeError("p is a probability, between 0 and 1; got " + Print.number(p));
        }
    }

    @Override
    public String kind() {
        return rank == 0 ? "Dropout" : "Dropout" + rank + "d";
    }

    @Override
    public Dropout named(String other) {
        return new Dropout(other, rank, p);
    }

    /** {@code net[3].mask}. */
    public String maskName() {
        return Parameter.below(path, "mask");
    }

    /** The mask for an input of this shape. */
    public Variable mask(Shape input) {
        Shape shape = input;
        for (int axis = input.rank() - rank; axis < input.rank(); axis++) {
            shape = shape.with(axis, Size.ONE);
        }
        return Variable.of(maskName(), shape, Fact.Named.ZERO_ONE);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        if (rank == 0) {
            Misfit.requireEntries(this, input);
        } else {
            Channels.requireImage(this, input, rank);
        }
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        if (!mode.training()) {
            return x;
        }
        if (Constant.uniform(p).filter(Rational::isOne).isPresent()) {
            return Linear.zero(x.shape());
        }
        return x.times(mask(x.shape())).dividedBy(Constant.ONE.minus(p));
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
        return kind() + "(p=" + Print.number(p) + ", inplace=False)";
    }
}
