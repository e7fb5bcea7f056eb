package org.adjoint.verify;

import java.util.List;
import java.util.Optional;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.expr.Expr;

/** A point at which one side of an equation has a value and the other has none: it does not refute, but is worth saying. */
final class DomainNote {
    private static final int MOST = 64;

    private DomainNote() {
    }

    /** The note; empty where no such point is found. */
    static Optional<String> of(Question question) {
        if (!(question.proposition() instanceof Proposition.Atom atom)
                || !Domains.mayBeUndefined(question.roots()) || question.isClosed() || !question.symbols().isEmpty()) {
            return Optional.empty();
        }
        Comparison c = atom.comparison();
        List<Expr> sides = List.of(c.values().left(), c.values().right());
        Magnitudes magnitudes = Magnitudes.of(sides);
        UnknownFunctionModel functions = UnknownFunctionModel.seeded(question.seed());
        List<Point> grid = new Sampler(question.seed()).points(question.variables(), Sizes.NONE, 8);
        int step = Math.max(1, grid.size() / MOST);
        for (int k = 0; k < grid.size(); k += step) {
            PointTruth truth = new PointTruth(grid.get(k), functions, sides, magnitudes, false);
            boolean left = isOutside(truth.precise(sides.get(0)));
            boolean right = isOutside(truth.precise(sides.get(1)));
            boolean given = question.hypotheses().isEmpty();
            if (left != right && given) {
                return Optional.of("equal where both sides have a value; at " + place(grid.get(k)) + " only the "
                        + (left ? "right" : "left") + " side has one");
            }
        }
        return Optional.empty();
    }

    private static boolean isOutside(NumberTensor<Precise> side) {
        return side.firstUndefined().filter(org.adjoint.eval.Undefined::isOutsideDomain).isPresent();
    }

    private static String place(Point point) {
        StringBuilder text = new StringBuilder();
        point.values().forEach((variable, value) -> text.append(text.isEmpty() ? "" : ", ").append(variable.name())
                .append(" = ").append(Numerals.rationals(value)));
        return text.toString();
    }
}
