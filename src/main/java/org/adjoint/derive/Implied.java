package org.adjoint.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.algebra.NormalForm;
import org.adjoint.derive.Condition.Kind;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Walk;

/**
 * Conditions without those that follow from others: {@code s > 0} says {@code s ≥ 0} and {@code s ≠ 0}; {@code s ≥ 0} and
 * {@code √s ≠ 0} together are {@code s > 0}; {@code det M > 0} says that M is invertible. Subjects are compared in normal form.
 */
final class Implied {
    /** Larger subjects are compared as they stand. */
    private static final int READABLE = 100;

    private final Map<Expr, Expr> keys = new LinkedHashMap<>();
    private final NormalForm normal = new NormalForm();

    private Implied() {
    }

    static List<Condition> without(Set<Condition> conditions) {
        return conditions.size() < 2 ? conditions.stream().map(Implied::ofRadicand).toList()
                : new Implied().reduced(conditions);
    }

    private Expr key(Expr subject) {
        return keys.computeIfAbsent(subject, s -> Walk.postorder(s).size() > READABLE ? s : normal.of(s));
    }

    private List<Condition> reduced(Set<Condition> conditions) {
        Map<List<Object>, Condition> kept = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            Condition plain = ofRadicand(condition);
            kept.putIfAbsent(List.of(plain.kind(), key(plain.subject())), plain);
        }
        List<Condition> result = new ArrayList<>();
        for (Condition condition : kept.values()) {
            Expr key = key(condition.subject());
            boolean nonnegative = kept.containsKey(List.of(Kind.NONNEGATIVE, key));
            boolean nonzero = kept.containsKey(List.of(Kind.NONZERO, key));
            boolean positive = kept.containsKey(List.of(Kind.POSITIVE, key));
            switch (condition.kind()) {
                case NONNEGATIVE -> {
                    if (!positive) {
                        result.add(nonzero ? new Condition(Kind.POSITIVE, condition.subject()) : condition);
                    }
                }
                case NONZERO -> {
                    if (!positive && !nonnegative) {
                        result.add(condition);
                    }
                }
                case INVERTIBLE -> {
                    if (kept.values().stream().noneMatch(other -> saysInvertible(other, key))) {
                        result.add(condition);
                    }
                }
                case POSITIVE, ABOVE_MINUS_ONE, WITHIN_UNIT, COSINE_NONZERO, FULL_COLUMN_RANK, FULL_ROW_RANK, KINK,
                        UNIQUE_MAXIMUM, UNIQUE_MINIMUM ->
                    result.add(condition);
            }
        }
        return result;
    }

    /** A root is nonzero where its radicand is. */
    private static Condition ofRadicand(Condition condition) {
        return condition.kind() == Kind.NONZERO && condition.subject() instanceof Elementwise f
                && f.function() == Functions.SQRT ? new Condition(Kind.NONZERO, f.operand(0)) : condition;
    }

    private boolean saysInvertible(Condition other, Expr matrix) {
        return (other.kind() == Kind.POSITIVE || other.kind() == Kind.NONZERO)
                && other.subject() instanceof MatrixFunction f
                && f.operation() == MatrixFunction.Operation.DETERMINANT && key(f.operand(0)) == matrix;
    }
}
