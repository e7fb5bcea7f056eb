package org.adjoint.limit;

import java.util.Optional;
import org.adjoint.algebra.Assumptions;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;

/** Where a rate goes: {@code lim φ(v)}, at sight for multiples of powers of v. */
final class Rate {
    private Rate() {
    }

    /** The limit, or nothing where it is not known. */
    static Optional<Extended> limit(Expr rate, Question question) {
        if (rate == question.v()) {
            return Optional.of(question.target().at());
        }
        if (rate instanceof Linear scaled && scaled.termCount() == 1) {
            return limit(scaled.term(0), question).map(inner -> scaled(scaled.coefficient(0), inner));
        }
        if (rate instanceof Elementwise power && power.function() == Functions.POWER
                && power.operand(0) == question.v()) {
            Rational e = Constant.uniform(power.operand(1)).orElse(Rational.ZERO);
            Optional<Extended> known = power(e, question.target());
            if (known.isPresent()) {
                return known;
            }
        }
        Assumptions assumptions = question.assumptions();
        return Limits.of(rate, question.v(), question.target(), assumptions,
                Budget.current()) instanceof LimitResult.Value value && value.conditions().isEmpty()
                        ? Optional.of(value.value())
                        : Optional.empty();
    }

    private static Extended scaled(Rational factor, Extended inner) {
        return switch (inner) {
            case Extended.Infinite(int sign) -> new Extended.Infinite(sign * factor.signum());
            case Extended.Finite(Expr value) -> new Extended.Finite(value.times(factor));
        };
    }

    private static Optional<Extended> power(Rational e, Target target) {
        if (target.at() instanceof Extended.Infinite(int sign)) {
            if (e.signum() < 0 && (sign > 0 || e.isInteger())) {
                return Optional.of(Extended.of(0));
            }
            if (e.signum() <= 0 || (sign < 0 && !e.isInteger())) {
                return Optional.empty();
            }
            return Optional.of(sign < 0 && e.numerator().testBit(0) ? Extended.MINUS_INFINITY : Extended.PLUS_INFINITY);
        }
        if (target.at() instanceof Extended.Finite(Expr at) && Linear.isZero(at) && e.signum() < 0) {
            return switch (target.side()) {
                case ABOVE -> Optional.of(Extended.PLUS_INFINITY);
                case BELOW -> !e.isInteger() ? Optional.empty()
                        : Optional.of(e.numerator().testBit(0) ? Extended.MINUS_INFINITY : Extended.PLUS_INFINITY);
                case BOTH -> Optional.empty();
            };
        }
        return Optional.empty();
    }
}
