package org.adjoint.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.derive.Limit;
import org.adjoint.derive.LimitDeriver;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.lang.Approached;
import org.adjoint.lang.Direction;
import org.adjoint.lang.Undecided;
import org.adjoint.limit.Extended;
import org.adjoint.limit.LimitResult;
import org.adjoint.limit.LimitResult.Case;
import org.adjoint.limit.Side;
import org.adjoint.limit.Target;
import org.adjoint.show.TextPrinter;

/**
 * Limits in claims. A limit is used only where it is one: conditions that no hypothesis grants leave the claim undecided, and
 * cases become one expression that selects among them.
 */
final class LimitOperator {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private record Question(Expr f, Variable v, Target target, Assumptions assumptions) {
    }

    private final Map<Question, Limit> known = new ConcurrentHashMap<>();
    /** How the values that were handed out were found, in words. */
    private final Map<Expr, String> reasons = new ConcurrentHashMap<>();
    private final long seed;

    LimitOperator(long seed) {
        this.seed = seed;
    }

    Approached limit(Expr f, Variable v, Expr at, Direction direction, Definitions definitions,
            Assumptions assumptions) {
        Target target = switch (direction) {
            case INFINITY -> Target.INFINITY;
            case MINUS_INFINITY -> Target.MINUS_INFINITY;
            case BOTH -> new Target(new Extended.Finite(definitions.inline(at)), Side.BOTH);
            case ABOVE -> new Target(new Extended.Finite(definitions.inline(at)), Side.ABOVE);
            case BELOW -> new Target(new Extended.Finite(definitions.inline(at)), Side.BELOW);
        };
        Expr inserted = Insertion.ofAllBut(v, f, definitions);
        Question question = new Question(inserted, v, target, assumptions);
        Limit limit = known.get(question);
        if (limit == null) {
            Budget budget = Budget.defaults().withTime(TIME_LIMIT);
            limit = new LimitDeriver(seed).limit(inserted, v, target, assumptions, budget);
            known.put(question, limit);
        }
        Approached value = approached(limit.result(), new SignOracle(assumptions));
        if (value instanceof Approached.Finite(Expr number)) {
            reasons.put(number, "the limit is proved by " + String.join(", ", limit.laws()) + ", and "
                    + limit.sighting().text());
        }
        return value;
    }

    /** How the limit that has this value was found, in words; empty for anything else. */
    String reason(Expr value) {
        return reasons.getOrDefault(value, "");
    }

    private static Approached approached(LimitResult result, SignOracle oracle) {
        return switch (result) {
            case LimitResult.Value value -> {
                List<Relation> open = value.conditions().stream().filter(relation -> !oracle.proves(relation)
                        && !oracle.assumptions().relations().contains(relation)).toList();
                if (!open.isEmpty()) {
                    throw new Undecided("the limit " + text(value.value()) + " needs " + text(open)
                            + "; state it as a hypothesis: given " + text(open));
                }
                yield approached(value.value());
            }
            case LimitResult.Cases cases -> selected(cases);
            case LimitResult.None none -> new Approached.Nothing(none.reason());
            case LimitResult.Undecided undecided ->
                throw new Undecided("the limit is undecided: " + undecided.reason());
        };
    }

    private static Approached approached(Extended value) {
        return switch (value) {
            case Extended.Finite(Expr number) -> new Approached.Finite(number);
            case Extended.Infinite(int sign) -> new Approached.Infinity(sign);
        };
    }

    /** {@code e1 where c1, e2 where c2, …}; the last one needs no condition, as the cases cover all that is assumed. */
    private static Approached selected(LimitResult.Cases cases) {
        Optional<Expr> selected = Optional.empty();
        for (Case one : cases.cases().reversed()) {
            if (!(one
                    .result() instanceof LimitResult.Value(Extended.Finite(Expr value), List<Relation> conditions, var steps))
                    || !conditions.isEmpty()) {
                throw new Undecided("the limit depends on cases: " + text(cases)
                        + "; state one of them as a hypothesis: given " + text(one.when()));
            }
            selected = Optional.of(selected.map(rest -> Where.of(indicator(one.when()), value, rest)).orElse(value));
        }
        return new Approached.Finite(selected.orElseThrow());
    }

    /** 1 where all of the relations hold, else 0. */
    private static Expr indicator(List<Relation> relations) {
        List<Expr> factors = new ArrayList<>();
        for (Relation relation : relations) {
            Expr a = relation.left();
            Expr b = relation.right();
            factors.add(switch (relation.op()) {
                case LESS -> Functions.LESS.apply(a, b);
                case LESS_OR_EQUAL -> Functions.LESS_EQUAL.apply(a, b);
                case EQUAL -> Functions.EQUAL.apply(a, b);
                case NOT_EQUAL -> Constant.ONE.minus(Functions.EQUAL.apply(a, b));
                case GREATER_OR_EQUAL -> Functions.LESS_EQUAL.apply(b, a);
                case GREATER -> Functions.LESS.apply(b, a);
            });
        }
        return Tensors.product(factors);
    }

    // ---- words

    private static String text(LimitResult.Cases cases) {
        return cases.cases().stream().map(one -> switch (one.result()) {
            case LimitResult.Value value -> text(value.value());
            case LimitResult.Cases more -> text(more);
            case LimitResult.None none -> "none";
            case LimitResult.Undecided undecided -> "undecided";
        } + " where " + text(one.when())).collect(Collectors.joining(", "));
    }

    private static String text(Extended value) {
        return switch (value) {
            case Extended.Finite(Expr number) -> TextPrinter.text(number);
            case Extended.Infinite(int sign) -> sign > 0 ? "inf" : "-inf";
        };
    }

    private static String text(List<Relation> relations) {
        return relations.stream().map(relation -> TextPrinter.text(relation.left()) + " " + relation.op().text() + " "
                + TextPrinter.text(relation.right())).collect(Collectors.joining(", "));
    }
}
