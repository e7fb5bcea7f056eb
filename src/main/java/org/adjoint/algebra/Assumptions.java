package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;

/** What is taken to hold besides the facts declared of the variables: all of some relations between scalars. */
public record Assumptions(List<Relation> relations) {
    /** Nothing but the declared facts. */
    public static final Assumptions NONE = new Assumptions(List.of());

    public Assumptions {
        relations = List.copyOf(relations);
    }

    public static Assumptions of(Relation... relations) {
        return new Assumptions(List.of(relations));
    }

    /** These and one more. */
    public Assumptions and(Relation relation) {
        return and(List.of(relation));
    }

    /** These and more. */
    public Assumptions and(List<Relation> more) {
        List<Relation> all = new ArrayList<>(relations);
        more.stream().filter(relation -> !all.contains(relation)).forEach(all::add);
        return new Assumptions(all);
    }
}
