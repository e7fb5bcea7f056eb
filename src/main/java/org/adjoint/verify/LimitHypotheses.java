package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.lang.Hypothesis;
import org.adjoint.lang.Syntax;
import org.adjoint.limit.Ties;

/** Hypotheses as relations between scalars, which is what limits are found under. */
public final class LimitHypotheses {
    private LimitHypotheses() {
    }

    /** What can be said as relations between scalars; the rest is left out, and only makes an answer more general. */
    public static Assumptions of(List<Hypothesis> hypotheses) {
        List<Relation> relations = new ArrayList<>();
        for (Hypothesis hypothesis : hypotheses) {
            switch (hypothesis) {
                case Hypothesis.Compared compared -> {
                    if (compared.left().shape().isScalar() && compared.right().shape().isScalar()) {
                        op(compared.op()).ifPresent(
                                op -> relations.add(new Relation(compared.left(), op, compared.right())));
                    }
                }
                case Hypothesis.UniqueMaximum unique -> relations.add(Ties.unique(unique.x()));
            }
        }
        return new Assumptions(relations);
    }

    private static Optional<Relation.Op> op(Syntax.Relation.Op op) {
        return switch (op) {
            case LESS -> Optional.of(Relation.Op.LESS);
            case LESS_OR_EQUAL -> Optional.of(Relation.Op.LESS_OR_EQUAL);
            case EQUAL -> Optional.of(Relation.Op.EQUAL);
            case NOT_EQUAL -> Optional.of(Relation.Op.NOT_EQUAL);
            case GREATER_OR_EQUAL -> Optional.of(Relation.Op.GREATER_OR_EQUAL);
            case GREATER -> Optional.of(Relation.Op.GREATER);
            case APPROXIMATELY, IN, NOT_IN -> Optional.empty();
        };
    }
}
