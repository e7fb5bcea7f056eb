package org.adjoint.verify;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Functions that are constant in pieces, and not constant: the 0/1 loss, step, the position of a maximum. Their derivative is
 * 0 wherever there is one; a function on a connected domain with two values and no slope jumps.
 */
final class Jumps {
    private static final int POINTS = 24;
    private static final Set<Fact.Named> CONNECTED = Set.of(Fact.Named.POSITIVE, Fact.Named.PROBABILITY,
            Fact.Named.SYMMETRIC, Fact.Named.POSITIVE_DEFINITE);

    private Jumps() {
    }

    /** Why f is not differentiable everywhere in x, when that is seen in two of its values. */
    static Optional<String> seen(Expr f, Variable x, DerivedOperators operators) {
        boolean connected = x.facts().stream().allMatch(
                fact -> CONNECTED.contains(fact) || fact instanceof Fact.Interval || fact instanceof Fact.Bound);
        boolean cut = Walk.postorder(f).stream().anyMatch(Detach.class::isInstance);
        if (!connected || cut || !Linear.isZero(operators.jacobian(f, x, Definitions.NONE))) {
            return Optional.empty();
        }
        Sampler sampler = new Sampler(1);
        Set<Variable> variables = Walk.variables(f);
        for (Sizes sizes : sampler.sizes(List.of(f), 4)) {
            Point start = sampler.point(variables, sizes);
            NumberTensor<Radical> before = value(f, start);
            for (int k = 0; k < POINTS; k++) {
                NumberTensor<Radical> after = value(f, start.with(x, sampler.point(List.of(x), sizes).value(x)));
                if (isDefined(before) && isDefined(after) && !before.equals(after)) {
                    return Optional
                            .of("its derivative by " + x.name() + " is 0 wherever there is one, and it takes the "
                                    + "values " + text(before) + " and " + text(after) + ": it jumps");
                }
            }
        }
        return Optional.empty();
    }

    private static NumberTensor<Radical> value(Expr f, Point point) {
        ExactArithmetic field = new ExactArithmetic();
        return new Evaluator<>(field, point.sizes()).evaluate(f, point.in(field));
    }

    private static boolean isDefined(NumberTensor<Radical> value) {
        return IntStream.range(0, value.count()).allMatch(value::isDefined);
    }

    private static String text(NumberTensor<Radical> value) {
        return value.count() == 1 ? value.value().toString() : value.entries().toString();
    }
}
