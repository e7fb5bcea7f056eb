package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Value;

/**
 * Equality of sets: every element of one is in the other, and the other way round.
 *
 * @param names whether elements are the same only as variables, as in {@code parents(v) == {a, b}}; else by value
 */
record Sets(RelationReader relations, boolean names) {

    Proposition equal(List<Value> left, List<Value> right, String text) {
        if (names) {
            boolean same = contains(right, left) && contains(left, right);
            // Written in the order of the claim when they are the same.
            return new Proposition.Settled(same, "the parents are " + show(same ? right : left)
                    + (same ? "" : ", not " + show(right)));
        }
        List<Proposition> all = new ArrayList<>();
        left.forEach(item -> all.add(member(item, right, text)));
        right.forEach(item -> all.add(member(item, left, text)));
        return new Proposition.And(all);
    }

    /** Whether the item equals one of the elements. */
    Proposition member(Value item, List<Value> elements, String text) {
        List<Proposition> any = new ArrayList<>();
        for (Value element : elements) {
            if (item instanceof Value.Tensor a && element instanceof Value.Tensor b) {
                any.add(relations.compare(Comparison.Test.EQUAL, a, b, text));
            } else {
                any.add(new Proposition.Settled(item.equals(element), text));
            }
        }
        return any.isEmpty() ? new Proposition.Settled(false, "the set is empty") : new Proposition.Or(any);
    }

    private static boolean contains(List<Value> all, List<Value> some) {
        return all.containsAll(some);
    }

    private static String show(List<Value> items) {
        StringBuilder text = new StringBuilder("{");
        for (Value item : items) {
            text.append(text.length() > 1 ? ", " : "");
            if (item instanceof Value.Tensor tensor && tensor.expr() instanceof Variable variable) {
                text.append(variable.name());
            } else if (item instanceof Value.Tensor tensor) {
                Expr expr = tensor.expr();
                text.append(expr instanceof org.adjoint.expr.Constant c && c.shape().isScalar() ? c.value().toString()
                        : "an expression of shape " + expr.shape());
            } else {
                text.append(item);
            }
        }
        return text.append('}').toString();
    }
}
