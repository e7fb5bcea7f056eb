package org.adjoint.lang;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/** {@code limit(e, v -> a)}; a v that means nothing yet is a scalar inside. */
final class Limits {
    private Limits() {
    }

    static Value read(Arguments a) {
        if (!(a.syntax("to") instanceof Syntax.Arrow arrow) || !(arrow.variable() instanceof Syntax.Name name)) {
            throw Failures.type(a.call(), "a limit is written limit(e, v -> a)");
        }
        Elaborator reader = a.reader();
        Optional<Variable> known = reader.environment.variable(name.id());
        Elaborator inside = reader;
        if (known.isEmpty()) {
            if (reader.environment.knows(name.id())) {
                throw Failures.type(arrow, name.id() + " is no variable that can move");
            }
            inside = reader.withValue(name, Value.Tensor.of(Variable.scalar(name.id())));
        }
        Variable variable = known.orElse(Variable.scalar(name.id()));
        if (!variable.shape().isScalar()) {
            throw Failures.shape(arrow, "the variable of a limit is a scalar",
                    List.of(new Failures.Operand(name.id(), variable.shape())));
        }
        boolean infinite = IndexBinding.isInfinite(arrow.target());
        boolean negative = arrow.target() instanceof Syntax.Unary unary && unary.op() == Syntax.Unary.Op.NEGATE;
        Direction direction = infinite ? (negative ? Direction.MINUS_INFINITY : Direction.INFINITY)
                : switch (arrow.side()) {
                    case BOTH -> Direction.BOTH;
                    case ABOVE -> Direction.ABOVE;
                    case BELOW -> Direction.BELOW;
                };
        Value.Tensor e = inside.tensorOf(a.syntax("e"));
        Expr target = infinite ? Constant.ZERO : a.plain(reader.tensorOf(arrow.target()));
        return switch (reader.operators.limit(e.expr(), variable, target, direction, reader.environment.definitions(),
                Hypothesis.of(reader))) {
            case Approached.Finite(Expr value) -> new Value.Tensor(value, e.axes());
            case Approached.Infinity(int sign) -> throw new IllFormed(
                    sign > 0 ? IllFormed.Kind.PLUS_INFINITY : IllFormed.Kind.MINUS_INFINITY, a.call().span(),
                    Failures.excerpt(a.call()) + " is " + (sign > 0 ? "inf" : "-inf") + ", which is no number");
            case Approached.Nothing(String reason) -> throw Failures.type(a.call(),
                    Failures.excerpt(a.call()) + ": there is no limit: " + reason);
        };
    }
}
