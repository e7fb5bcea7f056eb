package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Expr;

/** The laws that were applied during one proof, the first so many; each step is equal on both sides by itself. */
final class Trace {
    /** Steps beyond these are not kept: a proof may take thousands. */
    static final int LIMIT = 256;

    private final Set<Proof.Step> steps = new LinkedHashSet<>();

    boolean isFull() {
        return steps.size() >= LIMIT;
    }

    /** Keeps the step, unless nothing was changed. */
    void add(String law, Expr before, Expr after) {
        if (before != after && !isFull()) {
            steps.add(new Proof.Step(law, before, after));
        }
    }

    List<Proof.Step> steps() {
        return new ArrayList<>(steps);
    }
}
