package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.Value;

/**
 * {@code e in X}: X is a range {@code a..b} of integers, an open interval {@code (a, b)}, a closed one {@code [a, b]}, a set
 * {@code {a, b, c}}, or one of {@code R}, {@code Z}, {@code N}.
 */
record MembershipReader(RelationReader relations) {

    Proposition read(Syntax element, Syntax set) {
        Value.Tensor e = relations.reader().tensor(element);
        String text = RelationReader.text(element, "in", set);
        return switch (set) {
            case Syntax.Range range -> {
                List<Proposition> all = new ArrayList<>();
                all.add(relations.unary(Comparison.Test.INTEGER, element, element));
                all.add(bound(Comparison.Test.LESS_OR_EQUAL, range.from(), e, text));
                range.to().filter(to -> !isInfinite(to))
                        .ifPresent(to -> all.add(bound(Comparison.Test.GREATER_OR_EQUAL, to, e, text)));
                yield new Proposition.And(all);
            }
            case Syntax.TupleLit pair when pair.items().size() == 2 -> interval(pair.items(), true, e, text, pair);
            case Syntax.ListLit pair when pair.items().size() == 2 -> interval(pair.items(), false, e, text, pair);
            case Syntax.Name name when name.id().equals("R") -> new Proposition.Settled(true, "all numbers are real");
            case Syntax.Name name when name.id().equals("Z") ->
                relations.unary(Comparison.Test.INTEGER, element, element);
            case Syntax.Name name when name.id().equals("N") -> new Proposition.And(
                    List.of(relations.unary(Comparison.Test.INTEGER, element, element),
                            relations.compare(Comparison.Test.LESS_OR_EQUAL, RelationReader.number(0), e, text)));
            default -> new Sets(relations, false).member(e, relations.elements(set), text);
        };
    }

    private Proposition interval(List<Syntax> bounds, boolean open, Value.Tensor e, String text, Syntax whole) {
        List<Proposition> all = new ArrayList<>();
        if (!isInfinite(bounds.get(0))) {
            all.add(bound(open ? Comparison.Test.LESS : Comparison.Test.LESS_OR_EQUAL, bounds.get(0), e, text));
        }
        if (!isInfinite(bounds.get(1))) {
            all.add(bound(open ? Comparison.Test.GREATER : Comparison.Test.GREATER_OR_EQUAL, bounds.get(1), e, text));
        }
        if (all.isEmpty()) {
            throw new IllFormed(IllFormed.Kind.TYPE, Problem.at(whole.span(), "an interval without bounds")
                    .expecting("R for all numbers"));
        }
        return new Proposition.And(all);
    }

    private Proposition bound(Comparison.Test test, Syntax bound, Value.Tensor e, String text) {
        return relations.compare(test, relations.reader().tensor(bound), e, text);
    }

    private static boolean isInfinite(Syntax syntax) {
        return syntax instanceof Syntax.Infinity
                || syntax instanceof Syntax.Unary unary && unary.operand() instanceof Syntax.Infinity;
    }
}
