package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Rational;
import org.jspecify.annotations.Nullable;

/**
 * {@code {k in 1..9 : p}} and {@code {(k, s) in 1..7, 1..3 : p}}: the elements for which the condition holds, found by
 * trying all of them, the last name running fastest. Where shapes in the condition do not fit, it does not hold.
 */
final class SetBuilders {
    private static final long LIMIT = 1_000_000;
    private final Syntax.SetBuilder builder;
    private final List<Value> found = new ArrayList<>();
    private long tried;
    private boolean sensible;
    private @Nullable IllFormed misfit;

    private SetBuilders(Syntax.SetBuilder builder) {
        this.builder = builder;
    }

    /**
     * The set.
     *
     * @throws IllFormed when the condition has a meaning for no element
     * @throws Undecided when it is not settled for some element, or there are too many
     */
    static Value.SetValue read(Elaborator reader, Syntax.SetBuilder builder) {
        SetBuilders all = new SetBuilders(builder);
        all.collect(reader, 0, List.of());
        if (!all.sensible && all.misfit != null) {
            throw all.misfit;
        }
        return new Value.SetValue(all.found);
    }

    private void collect(Elaborator where, int next, List<Value> chosen) {
        if (next == builder.memberships().size()) {
            if (++tried > LIMIT) {
                throw new Undecided("more than a million elements are not gone through one by one", builder.span());
            }
            Budget.current().poll();
            if (holds(where)) {
                found.add(chosen.size() == 1 ? chosen.get(0) : new Value.ListValue(chosen));
            }
            return;
        }
        Syntax.Membership membership = builder.memberships().get(next);
        for (Value value : Comprehensions.elements(where, membership.range())) {
            List<Value> more = new ArrayList<>(chosen);
            more.add(value);
            collect(bind(where, membership.pattern(), value), next + 1, more);
        }
    }

    private static Elaborator bind(Elaborator where, Syntax pattern, Value value) {
        if (pattern instanceof Syntax.Name name) {
            return where.withValue(name, value);
        }
        if (!(pattern instanceof Syntax.TupleLit || pattern instanceof Syntax.ListLit)) {
            throw Failures.type(pattern, "what a set is of is a name or names in parentheses, as in (k, s)");
        }
        List<Value> parts = value instanceof Value.ListValue list ? list.items() : List.of();
        if (parts.size() != pattern.children().size()) {
            throw Failures.type(pattern, Failures.excerpt(pattern) + " takes elements of " + pattern.children().size()
                    + " parts, got " + Values.describe(value));
        }
        Elaborator inside = where;
        for (int k = 0; k < parts.size(); k++) {
            inside = bind(inside, pattern.children().get(k), parts.get(k));
        }
        return inside;
    }

    private boolean holds(Elaborator where) {
        Value value;
        try {
            value = where.value(builder.condition());
        } catch (IllFormed problem) {
            if (problem.kind() != IllFormed.Kind.SHAPE) {
                throw problem;
            }
            misfit = misfit == null ? problem : misfit;
            return false;
        }
        sensible = true;
        if (value instanceof Value.Truth truth) {
            return truth.holds();
        }
        Value.Tensor tensor = Values.tensor(value, builder.condition().span());
        Optional<Rational> known = tensor.shape().isScalar()
                ? Constant.uniform(where.inline(tensor.expr()))
                : Optional.empty();
        return !known.orElseThrow(() -> new Undecided("whether the condition of the set holds is not settled: "
                + Failures.excerpt(builder.condition()), builder.condition().span())).isZero();
    }
}
