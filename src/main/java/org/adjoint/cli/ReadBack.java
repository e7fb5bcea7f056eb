package org.adjoint.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Equality;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Point;
import org.adjoint.eval.Regularity;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.SyntaxException;
import org.adjoint.lang.Undecided;
import org.adjoint.verify.DerivedOperators;

/**
 * Whether a text in dialect matlab means what it was printed for: it is read again, as whoever pastes it will read it, and
 * held against the expression at random points and sizes. A text that does not pass is not shown.
 */
final class ReadBack {
    private static final int SIZES = 3;
    private static final int POINTS = 4;
    private static final double TOLERANCE = 1e-7;

    private final Environment environment;

    ReadBack(Environment environment) {
        this.environment = environment;
    }

    /** Whether the text, read again, is the expression. */
    boolean means(String text, Expr meant) {
        Optional<Expr> read = read(text).flatMap(again -> shaped(again, meant));
        return read.isPresent() && (read.get() == meant || agree(read.get(), meant));
    }

    private Optional<Expr> read(String text) {
        try {
            return Optional.of(new Elaborator(environment, new DerivedOperators(), Dialect.MATLAB, Set.of())
                    .tensor(Parser.expression(Source.of("<printed>", text), Dialect.MATLAB)).expr());
        } catch (SyntaxException | IllFormed | Undecided | ShapeError unreadable) {
            return Optional.empty();
        }
    }

    /** A number in the dialect is a matrix of one entry too, and a column a matrix. */
    private static Optional<Expr> shaped(Expr read, Expr meant) {
        if (read.shape().equals(meant.shape())) {
            return Optional.of(read);
        }
        try {
            return read.shape().count().equals(meant.shape().count()) ? Optional.of(Reshape.of(read, meant.shape()))
                    : Optional.empty();
        } catch (ShapeError different) {
            return Optional.empty();
        }
    }

    private static boolean agree(Expr read, Expr meant) {
        List<Expr> sides = List.of(read, meant);
        Sampler sampler = new Sampler(1);
        int told = 0;
        for (Sizes sizes : sampler.sizes(sides, SIZES)) {
            UnknownFunctionModel model = UnknownFunctionModel.seeded(1);
            Plan plan = Plan.compile(sides, sizes, model);
            Regularity regularity = Regularity.of(sides, sizes, model);
            for (int k = 0, used = 0; k < POINTS && used == 0; k++) {
                Point point = sampler.point(Walk.variables(sides), sizes);
                if (!regularity.holds(point.doubles())) {
                    continue;
                }
                Difference difference = difference(plan, point);
                if (difference == Difference.YES) {
                    return false;
                }
                used += difference == Difference.NO ? 1 : 0;
                told += used;
            }
        }
        return told > 0 || Equality.prove(read, meant).isPresent();
    }

    private enum Difference {
        YES, NO, UNKNOWN
    }

    private static Difference difference(Plan plan, Point point) {
        var values = plan.evaluate(point.doubles());
        double[] a = values.get(0).data();
        double[] b = values.get(1).data();
        double scale = 0;
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            if (!Double.isFinite(a[i]) || !Double.isFinite(b[i])) {
                return Difference.UNKNOWN;
            }
            scale = Math.max(scale, Math.max(Math.abs(a[i]), Math.abs(b[i])));
            worst = Math.max(worst, Math.abs(a[i] - b[i]));
        }
        return worst > TOLERANCE * Math.max(scale, 1e-12) ? Difference.YES : Difference.NO;
    }
}
