package org.adjoint.derive;

import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Presenter;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Walk;
import org.adjoint.limit.Extended;
import org.adjoint.limit.LimitResult;
import org.adjoint.limit.LimitResult.Case;

/** Limits in the form that is shown: made short by named laws, and proved equal to what was found. */
final class LimitForms {
    /** Fewer nodes are short already. */
    private static final int SHORT = 6;

    private LimitForms() {
    }

    static LimitResult presented(LimitResult found) {
        return switch (found) {
            case LimitResult.Value value ->
                new LimitResult.Value(presented(value.value()), value.conditions(), value.steps());
            case LimitResult.Cases cases -> new LimitResult.Cases(cases.cases().stream()
                    .map(one -> new Case(one.when(), presented(one.result()))).toList(), cases.steps());
            case LimitResult.None none -> none;
            case LimitResult.Undecided undecided -> undecided;
        };
    }

    private static Extended presented(Extended value) {
        return switch (value) {
            case Extended.Finite(Expr number) -> new Extended.Finite(presented(number));
            case Extended.Infinite infinite -> infinite;
        };
    }

    private static Expr presented(Expr raw) {
        return Walk.postorder(raw).size() <= SHORT ? raw
                : new Presenter().stages(raw).filter(stage -> Equality.prove(raw, stage).isPresent()).findFirst()
                        .orElse(raw);
    }
}
