package org.adjoint.derive;

import java.util.List;
import java.util.Objects;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Presenter;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Walk;
import org.adjoint.limit.AsymptoticSeries;
import org.adjoint.limit.Extended;
import org.adjoint.limit.LimitResult;
import org.adjoint.limit.LimitResult.Case;

/** Limits in the form that is shown: made short by named laws, and proved equal to what was found. */
final class LimitForms {
    /** Fewer nodes are short already. */
    private static final int SHORT = 6;

    private LimitForms() {
    }

    static LimitResult presented(LimitResult found, Assumptions assumptions) {
        return switch (found) {
            case LimitResult.Value value -> new LimitResult.Value(
                    presented(value.value(), new SignOracle(assumptions.and(value.conditions()))), value.conditions(),
                    value.steps());
            case LimitResult.Cases cases -> new LimitResult.Cases(cases.cases().stream()
                    .map(one -> new Case(one.when(), presented(one.result(), assumptions.and(one.when())))).toList(),
                    cases.steps());
            case LimitResult.None none -> none;
            case LimitResult.Undecided undecided -> undecided;
        };
    }

    /** The coefficients made short. */
    static AsymptoticSeries presented(AsymptoticSeries series) {
        return new AsymptoticSeries(series.scale(),
                series.parts().stream()
                        .map(part -> new AsymptoticSeries.Part(presented(part.coefficient()), part.exponent()))
                        .toList(),
                series.bound());
    }

    private static Extended presented(Extended value, SignOracle signs) {
        return switch (value) {
            case Extended.Finite(Expr number) -> new Extended.Finite(
                    presented(signs.assumptions().relations().isEmpty() ? number : chosen(number, signs)));
            case Extended.Infinite infinite -> infinite;
        };
    }

    private static Expr presented(Expr raw) {
        return Walk.postorder(raw).size() <= SHORT ? raw
                : new Presenter().stages(raw).filter(stage -> Equality.prove(raw, stage).isPresent()).findFirst()
                        .orElse(raw);
    }

    // ---- what the assumptions choose

    /** {@code max(x, y) = x} where {@code x >= y} is known, and the same for minima, absolute values and signs. */
    private static Expr chosen(Expr value, SignOracle signs) {
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : Walk.postorder(value)) {
            List<Expr> operands = node.operands().stream().map(operand -> Objects.requireNonNull(images.get(operand)))
                    .toList();
            Expr image = operands.equals(node.operands()) ? node : node.withOperands(operands);
            images.put(node, image instanceof Elementwise f && f.shape().isScalar() ? chosen(f, signs) : image);
        }
        return Objects.requireNonNull(images.get(value));
    }

    private static Expr chosen(Elementwise f, SignOracle signs) {
        ScalarFunction function = f.function();
        if (function == Functions.MAXIMUM || function == Functions.MINIMUM) {
            Expr greater = function == Functions.MAXIMUM ? f.operand(0) : f.operand(1);
            Expr less = function == Functions.MAXIMUM ? f.operand(1) : f.operand(0);
            return isAtLeast(greater, less, signs) ? f.operand(0) : isAtLeast(less, greater, signs) ? f.operand(1) : f;
        }
        if (function == Functions.ABS || function == Functions.RELU) {
            Expr x = f.operand(0);
            Expr negative = function == Functions.ABS ? x.negate() : Constant.ZERO;
            return isAtLeast(x, Constant.ZERO, signs) ? x : isAtLeast(Constant.ZERO, x, signs) ? negative : f;
        }
        if (function == Functions.SIGN) {
            return signs.proves(Relation.ofSign(f.operand(0), Relation.Op.GREATER)) ? Constant.ONE
                    : signs.proves(Relation.ofSign(f.operand(0), Relation.Op.LESS)) ? Constant.ONE.negate() : f;
        }
        return f;
    }

    private static boolean isAtLeast(Expr a, Expr b, SignOracle signs) {
        return signs.proves(new Relation(a, Relation.Op.GREATER_OR_EQUAL, b));
    }
}
