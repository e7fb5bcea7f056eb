package org.adjoint.cli;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.limit.Extended;
import org.adjoint.limit.Side;
import org.adjoint.limit.Target;

/**
 * What is assumed of the variable of a limit itself: it must hold on the way. Where it holds on one side only, as
 * {@code x > 0} does near 0, the limit is from that side.
 */
record LimitWay(Variable v, Assumptions assumed) {
    private static final PreciseArithmetic FIELD = new PreciseArithmetic(60);
    private static final BigInteger FAR = BigInteger.ONE.shiftLeft(100);

    Target of(Target target) {
        return switch (target.at()) {
            case Extended.Infinite(int sign) -> {
                broken(FIELD.of(Rational.of(sign < 0 ? FAR.negate() : FAR))).ifPresent(LimitWay::refuse);
                yield target;
            }
            case Extended.Finite(Expr at) -> Walk.variables(at).isEmpty() && Walk.sizeSymbols(List.of(at)).isEmpty()
                    ? near(target, new Evaluator<>(FIELD, Sizes.NONE).evaluate(at, Map.of()).value()) : target;
        };
    }

    private Target near(Target target, Precise at) {
        Precise step = FIELD.of(Rational.of(BigInteger.ONE, FAR));
        Optional<Relation> above = broken(FIELD.add(at, step));
        Optional<Relation> below = broken(FIELD.subtract(at, step));
        if (above.isPresent() && target.side() != Side.BELOW && (below.isPresent() || target.side() == Side.ABOVE)) {
            refuse(above.get());
        }
        if (below.isPresent() && target.side() == Side.BELOW) {
            refuse(below.get());
        }
        return target.side() != Side.BOTH || above.isPresent() == below.isPresent() ? target
                : new Target(target.at(), above.isPresent() ? Side.BELOW : Side.ABOVE);
    }

    /** An assumption about v alone that certainly does not hold at the value. */
    private Optional<Relation> broken(Precise value) {
        return assumed.relations().stream().filter(relation -> {
            Expr difference = relation.difference();
            if (!Walk.variables(List.of(relation.left(), relation.right())).equals(Set.of(v))
                    || !Walk.sizeSymbols(List.of(difference)).isEmpty()) {
                return false;
            }
            NumberTensor<Precise> x = new Evaluator<>(FIELD, Sizes.NONE).evaluate(difference,
                    Map.of(v, NumberTensor.scalar(value)));
            return x.isDefined() && !x.value().mayBeZero() && !relation.op().admits(FIELD.signum(x.value()));
        }).findFirst();
    }

    private static void refuse(Relation relation) {
        throw new BadInput("--assume: " + OutputFormat.TEXT.print(relation.left()) + " " + relation.op().text() + " "
                + OutputFormat.TEXT.print(relation.right()) + " does not hold on the way to the limit");
    }
}
