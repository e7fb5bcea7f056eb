package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;

/** What stands before the colon of a set builder: {@code i, j in 1..3, c in {1, 2}}, {@code (a, b) in 1..3, 1..4}. */
final class Memberships {
    private Memberships() {
    }

    /** The patterns with their ranges; a pattern without a range shares the next one. */
    static List<Syntax.Membership> of(List<Syntax> items) {
        List<Syntax.Membership> found = new ArrayList<>();
        List<Syntax> waiting = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Syntax item = items.get(i);
            if (item instanceof Syntax.Relation r && r.ops().equals(List.of(Syntax.Relation.Op.IN))) {
                Syntax pattern = r.operands().get(0);
                Syntax range = r.operands().get(1);
                List<Syntax> parts = components(pattern);
                boolean oneRangeEach = waiting.isEmpty() && parts.size() > 1 && i + parts.size() <= items.size()
                        && items.subList(i + 1, i + parts.size()).stream().noneMatch(Memberships::isPattern);
                if (oneRangeEach) {
                    found.add(new Syntax.Membership(parts.get(0), range));
                    for (int k = 1; k < parts.size(); k++) {
                        found.add(new Syntax.Membership(parts.get(k), items.get(++i)));
                    }
                } else {
                    waiting.forEach(w -> found.add(new Syntax.Membership(w, range)));
                    waiting.clear();
                    found.add(new Syntax.Membership(pattern, range));
                }
            } else {
                waiting.add(item);
            }
        }
        if (!waiting.isEmpty()) {
            throw new SyntaxException(new Problem(waiting.get(0).span(), "`" + Excerpt.of(waiting.get(0).text())
                    + "` has no range", "`pattern in range` before the `:` of a set", ""));
        }
        return List.copyOf(found);
    }

    private static List<Syntax> components(Syntax pattern) {
        return switch (pattern) {
            case Syntax.TupleLit t -> t.items();
            case Syntax.ListLit l -> l.items();
            case Syntax other -> List.of(other);
        };
    }

    private static boolean isPattern(Syntax item) {
        return item instanceof Syntax.Name || item instanceof Syntax.Relation;
    }
}
