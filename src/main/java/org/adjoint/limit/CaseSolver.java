package org.adjoint.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.SignOracle;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Undefined;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** One case: the limit under assumptions that tell all signs that are needed, or the sign that is missing. */
final class CaseSolver {
    private final Question question;
    private final Assumptions assumptions;
    private final Replacements ties;
    private final Constants constants;
    private final Gruntz gruntz;
    private final Waves waves;
    private final TermArithmetic arithmetic;

    CaseSolver(Question question, Assumptions assumptions, Replacements ties, Set<Variable> hidden, Waves waves) {
        this.question = question;
        this.assumptions = assumptions;
        this.ties = ties;
        this.constants = new Constants(new SignOracle(assumptions), Variable.scalar("t'"));
        this.gruntz = new Gruntz(constants);
        this.waves = waves;
        this.arithmetic = new TermArithmetic(gruntz, constants, waves, hidden);
    }

    /** What cases are told apart by when the sign of the constant is needed. */
    Term simplest(Term constant) {
        return new Splits(gruntz.algebra(), constants).simplest(constant);
    }

    /** @throws Stop when a sign is missing, or the algorithm does not come to an end */
    Node solve() {
        List<Path> paths = question.target().at() instanceof Extended.Finite && question.target().side() == Side.BOTH
                ? List.of(Path.ABOVE, Path.BELOW)
                : List.of(Path.of(question.target()));
        List<Outcome> outcomes = new ArrayList<>();
        for (Path path : paths) {
            outcomes.add(along(path));
        }
        if (outcomes.stream().allMatch(Outcome::isUndefined)) {
            String reason = outcomes.get(0).undefined().orElse("not defined");
            LimitResult none = new LimitResult.None("the function is not defined near the point: " + reason,
                    new LimitResult.Approach(paths.get(0).words(), List.of()),
                    new LimitResult.Approach(paths.getLast().words(), List.of()));
            return new Node.Leaf(none, true, assumptions);
        }
        if (outcomes.size() == 2 && !agree(outcomes.get(0), outcomes.get(1))) {
            boolean undefined = outcomes.stream().anyMatch(Outcome::isUndefined);
            LimitResult none = new LimitResult.None(
                    undefined ? "the function is not defined on both sides of the point"
                            : "the limits from above and from below differ",
                    new LimitResult.Approach(Path.ABOVE.words(), outcomes.get(0).value().stream().toList()),
                    new LimitResult.Approach(Path.BELOW.words(), outcomes.get(1).value().stream().toList()));
            return new Node.Leaf(none, false, assumptions);
        }
        Outcome outcome = outcomes.get(0);
        Extended value = outcome.value().orElseThrow();
        for (Gruntz.Bound bound : outcome.bounds()) {
            if (bound.isFinite()
                    && Constants.parameters(bound.value()).stream().anyMatch(waves.parameters()::contains)) {
                throw new Stop.Oscillation();
            }
        }
        List<Step> steps = new Explanation(question, gruntz).steps(paths.get(0), outcome.terms(), at());
        return new Node.Leaf(new LimitResult.Value(value, List.of(), steps), false, assumptions);
    }

    /** What the function does on one way: the limits of its entries, or that it is not defined there. */
    private record Outcome(List<Term> terms, List<Gruntz.Bound> bounds, Optional<Extended> value,
            Optional<String> undefined) {
        boolean isUndefined() {
            return undefined.isPresent();
        }
    }

    private Term at() {
        if (!(question.target().at() instanceof Extended.Finite(Expr point))) {
            return Term.Num.ZERO;
        }
        NumberTensor<Term> read = new Reading(constants, ties, arithmetic).entries(point, Map.of());
        if (!read.isDefined()) {
            throw new Stop.Stuck("the point of the limit has no value");
        }
        return read.value();
    }

    private Outcome along(Path path) {
        Map<Variable, Term> moving = new LinkedHashMap<>();
        moving.put(question.v(), path.variable(gruntz.algebra(), at()));
        NumberTensor<Term> entries = new Reading(constants, ties, arithmetic).entries(question.f(), moving);
        Optional<Undefined> undefined = entries.firstUndefined();
        if (undefined.isPresent()) {
            if (!undefined.get().isOutsideDomain()) {
                throw new Stop.Stuck(undefined.get().reason());
            }
            return new Outcome(List.of(), List.of(), Optional.empty(), Optional.of(undefined.get().reason()));
        }
        List<Gruntz.Bound> bounds = new ArrayList<>();
        for (Term entry : entries.entries()) {
            bounds.add(gruntz.limit(entry));
        }
        return new Outcome(entries.entries(), bounds, Optional.of(value(bounds)), Optional.empty());
    }

    private Extended value(List<Gruntz.Bound> bounds) {
        long infinite = bounds.stream().filter(b -> !b.isFinite()).count();
        if (infinite > 0) {
            int sign = bounds.stream().filter(b -> !b.isFinite()).findFirst().orElseThrow().infinity();
            if (bounds.stream().anyMatch(b -> b.infinity() != sign)) {
                throw new Stop.Stuck("the entries do not all go to the same infinity");
            }
            return new Extended.Infinite(sign);
        }
        List<Expr> values = bounds.stream().map(b -> constants.expr(MultipliedOut.of(b.value(), 12, gruntz.algebra())))
                .toList();
        Shape shape = question.f().shape();
        if (shape.isScalar()) {
            return new Extended.Finite(values.get(0));
        }
        Expr stacked = Tensors.stack(values);
        return new Extended.Finite(stacked.shape().equals(shape) ? stacked : Reshape.of(stacked, shape));
    }

    private boolean agree(Outcome above, Outcome below) {
        if (above.isUndefined() || below.isUndefined()) {
            return false;
        }
        for (int k = 0; k < above.bounds().size(); k++) {
            Gruntz.Bound a = above.bounds().get(k);
            Gruntz.Bound b = below.bounds().get(k);
            if (a.infinity() != b.infinity()) {
                return false;
            }
            if (a.isFinite()) {
                Term difference = gruntz.algebra().subtract(a.value(), b.value());
                if (!constants.isZero(difference) && gruntz.sign(difference) != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
