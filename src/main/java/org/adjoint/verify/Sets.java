package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.lang.Source;
import org.adjoint.lang.Span;
import org.adjoint.lang.Value;
import org.adjoint.lang.Values;

/**
 * Equality of sets: every element of one is in the other, and the other way round.
 *
 * @param names whether elements are the same only as variables, as in {@code parents(v) == {a, b}}; else by value
 */
record Sets(RelationReader relations, boolean names) {
    private static final Span NOWHERE = Source.of("", "").whole();

    Proposition equal(List<Value> left, List<Value> right, String text) {
        if (names) {
            boolean same = contains(right, left) && contains(left, right);
            // Written in the order of the claim when they are the same.
            return new Proposition.Settled(same, "the parents are " + ValueText.set(same ? right : left)
                    + (same ? "" : ", not " + ValueText.set(right)));
        }
        if (ValueText.isSettled(left) && ValueText.isSettled(right)) {
            boolean same = contains(right, left) && contains(left, right);
            return new Proposition.Settled(same, same ? "both are " + ValueText.set(right)
                    : "left is " + ValueText.set(left) + ", right is " + ValueText.set(right));
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
            Optional<Value.Tensor> a = tensor(item);
            Optional<Value.Tensor> b = tensor(element);
            if (a.isPresent() && b.isPresent()) {
                any.add(relations.compare(Comparison.Test.EQUAL, a.get(), b.get(), text));
            } else {
                any.add(new Proposition.Settled(item.equals(element), text));
            }
        }
        return any.isEmpty() ? new Proposition.Settled(false, "the set is empty") : new Proposition.Or(any);
    }

    /** Numbers, and lists of them, such as the pairs of a set of pairs. */
    private static Optional<Value.Tensor> tensor(Value value) {
        return switch (value) {
            case Value.Tensor tensor -> Optional.of(tensor);
            case Value.ListValue list when list.items().stream()
                    .allMatch(item -> item instanceof Value.Tensor tensor && tensor.shape().isScalar())
                    && !list.items().isEmpty() ->
                Optional.of(Values.tensor(list, NOWHERE));
            default -> Optional.empty();
        };
    }

    private static boolean contains(List<Value> all, List<Value> some) {
        return all.containsAll(some);
    }
}
