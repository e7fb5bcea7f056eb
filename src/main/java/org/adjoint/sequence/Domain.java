package org.adjoint.sequence;

import java.util.Collection;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** What is declared of integer variables, as inequalities. */
final class Domain {
    private Domain() {
    }

    static Guard of(Collection<Variable> variables) {
        Guard guard = Guard.ALWAYS;
        for (Variable variable : variables) {
            Form form = Form.of(variable);
            for (Fact fact : variable.facts()) {
                guard = guard.and(switch (fact) {
                    case Fact.Named named -> switch (named) {
                        case NATURAL -> Guard.atLeastZero(form);
                        case POSITIVE -> Guard.atLeastZero(form.plus(-1));
                        case SYMMETRIC, POSITIVE_DEFINITE, ORTHOGONAL, INVERTIBLE, NONZERO, INTEGER, PLUS_MINUS_ONE,
                                ZERO_ONE, ONE_HOT, PROBABILITY, UNIT, LINEAR, FINITE_SUPPORT ->
                            Guard.ALWAYS;
                    };
                    case Fact.Interval interval -> above(form, interval.from(), true)
                            .and(above(form.times(-1), interval.to().negate(), true));
                    case Fact.Bound bound -> switch (bound.side()) {
                        case ABOVE -> above(form, bound.number(), true);
                        case AT_LEAST -> above(form, bound.number(), false);
                        case BELOW -> above(form.times(-1), bound.number().negate(), true);
                        case AT_MOST -> above(form.times(-1), bound.number().negate(), false);
                    };
                    case Fact.Random random -> Guard.ALWAYS;
                });
            }
        }
        return guard;
    }

    private static Guard above(Form form, Rational number, boolean strict) {
        long ceiling = number.negate().floor().negate().longValueExact();
        return Guard.atLeastZero(form.plus(-(strict && number.isInteger() ? ceiling + 1 : ceiling)));
    }
}
