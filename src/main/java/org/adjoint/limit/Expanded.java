package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;

/** Limits of what has symbolic sizes: the expansion near the target is taken to its limit, entry by entry. */
final class Expanded {
    private Expanded() {
    }

    /** The limit, or nothing where no expansion fits. */
    static Optional<LimitResult> solve(Question q) {
        boolean both = q.target().at() instanceof Extended.Finite && q.target().side() == Side.BOTH;
        if (!both) {
            return oneSided(q);
        }
        return oneSided(towards(q, Side.ABOVE)).flatMap(above -> oneSided(towards(q, Side.BELOW))
                .map(below -> TwoSides.meet(above, below, q.assumptions())));
    }

    private static Question towards(Question q, Side side) {
        return new Question(q.f(), q.v(), new Target(q.target().at(), side), q.assumptions());
    }

    private static Optional<LimitResult> oneSided(Question q) {
        for (SumExpansion each : Theorems.expansions()) {
            Optional<SumExpansion.Expansion> expansion = each.expand(q);
            if (expansion.isPresent()) {
                return Optional.of(solve(q, expansion.get()));
            }
        }
        return Optional.empty();
    }

    private static LimitResult solve(Question q, SumExpansion.Expansion expansion) {
        Assumptions assumptions = q.assumptions().and(expansion.assumptions().relations());
        Question scalar = new Question(expansion.form(), q.v(), q.target(), assumptions);
        LimitResult result = new Driver(scalar, expansion.hidden().keySet()).solve();
        return lifted(result, q.f().shape(), new Lifting(expansion), expansion);
    }

    private static LimitResult lifted(LimitResult result, Shape shape, Lifting lifting,
            SumExpansion.Expansion expansion) {
        return switch (result) {
            case LimitResult.Value value -> {
                if (value.value() instanceof Extended.Finite(Expr x)
                        && Walk.variables(x).stream().anyMatch(expansion.hidden()::containsKey)) {
                    yield new LimitResult.Undecided("the limit depends on what the expansion does not tell");
                }
                List<Relation> conditions = new ArrayList<>(expansion.conditions());
                value.conditions().forEach(c -> conditions.add(lifting.of(c)));
                List<Step> steps = new ArrayList<>(expansion.steps());
                value.steps().forEach(step -> steps.add(lifting.of(step)));
                yield new LimitResult.Value(lifted(value.value(), shape, lifting), conditions, steps);
            }
            case LimitResult.Cases cases -> cases(cases, shape, lifting, expansion);
            case LimitResult.None none -> new LimitResult.None(none.reason(),
                    lifted(none.first(), shape, lifting), lifted(none.second(), shape, lifting));
            case LimitResult.Undecided undecided -> undecided;
        };
    }

    private static Extended lifted(Extended value, Shape shape, Lifting lifting) {
        return value instanceof Extended.Finite(Expr x) ? new Extended.Finite(lifting.of(x, shape)) : value;
    }

    private static LimitResult.Approach lifted(LimitResult.Approach approach, Shape shape, Lifting lifting) {
        return new LimitResult.Approach(approach.way(),
                approach.value().stream().map(value -> lifted(value, shape, lifting)).toList());
    }

    /** Cases of a tensor are cases of every entry: one value that selects among them, where all are finite. */
    private static LimitResult cases(LimitResult.Cases cases, Shape shape, Lifting lifting,
            SumExpansion.Expansion expansion) {
        List<LimitResult.Case> all = new ArrayList<>();
        for (LimitResult.Case each : cases.cases()) {
            all.add(new LimitResult.Case(each.when().stream().map(lifting::of).toList(),
                    lifted(each.result(), shape, lifting, expansion)));
        }
        if (shape.isScalar()) {
            return new LimitResult.Cases(all, cases.steps().stream().map(lifting::of).toList());
        }
        Expr value = null;
        List<Step> steps = List.of();
        List<Relation> conditions = List.of();
        for (LimitResult.Case each : all.reversed()) {
            if (!(each.result() instanceof LimitResult.Value one)
                    || !(one.value() instanceof Extended.Finite(Expr x))) {
                return new LimitResult.Undecided("the entries have limits of different kinds");
            }
            value = value == null ? x : select(each.when(), x, value);
            steps = one.steps();
            conditions = one.conditions();
        }
        return value == null ? new LimitResult.Undecided("there is no case")
                : new LimitResult.Value(new Extended.Finite(value), conditions, steps);
    }

    private static Expr select(List<Relation> when, Expr value, Expr otherwise) {
        Expr result = value;
        for (Relation relation : when.reversed()) {
            result = switch (relation.op()) {
                case LESS -> Where.of(Functions.LESS.apply(relation.left(), relation.right()), result, otherwise);
                case LESS_OR_EQUAL ->
                    Where.of(Functions.LESS_EQUAL.apply(relation.left(), relation.right()), result, otherwise);
                case EQUAL -> Where.of(Functions.EQUAL.apply(relation.left(), relation.right()), result, otherwise);
                case NOT_EQUAL -> Where.of(Functions.EQUAL.apply(relation.left(), relation.right()), otherwise, result);
                case GREATER_OR_EQUAL ->
                    Where.of(Functions.LESS_EQUAL.apply(relation.right(), relation.left()), result, otherwise);
                case GREATER -> Where.of(Functions.LESS.apply(relation.right(), relation.left()), result, otherwise);
            };
        }
        return result;
    }
}
