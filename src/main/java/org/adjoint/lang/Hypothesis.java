package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Expr;

/** What is assumed where an expression is read, as far as operators can use it. */
public sealed interface Hypothesis {

    /** Two sides compared, entry by entry. */
    record Compared(Expr left, Syntax.Relation.Op op, Expr right) implements Hypothesis {
    }

    /** One entry is greater than every other. */
    record UniqueMaximum(Expr x) implements Hypothesis {
    }

    /**
     * What the assumptions in the environment of the reader say, with definitions inserted. What is of another form, or
     * about single entries, says nothing here.
     */
    static List<Hypothesis> of(Elaborator reader) {
        List<Hypothesis> all = new ArrayList<>();
        for (Environment.Assumption assumption : reader.environment().assumptions()) {
            if (assumption.clauses().isEmpty()) {
                add(reader, assumption.proposition(), all);
            }
        }
        return List.copyOf(all);
    }

    private static void add(Elaborator reader, Syntax proposition, List<Hypothesis> all) {
        if (proposition instanceof Syntax.And and) {
            and.operands().forEach(operand -> add(reader, operand, all));
        } else if (proposition instanceof Syntax.Relation relation) {
            for (int k = 0; k < relation.ops().size(); k++) {
                compare(reader, relation.operands().get(k), relation.ops().get(k), relation.operands().get(k + 1), all);
            }
        } else
            if (proposition instanceof Syntax.Call call && call.callee() instanceof Syntax.Name name
                    && name.id().equals("unique_max") && call.arguments().size() == 1) {
                        value(reader, call.arguments().get(0)).forEach(x -> all.add(new UniqueMaximum(x)));
                    }
    }

    private static void compare(Elaborator reader, Syntax left, Syntax.Relation.Op op, Syntax right,
            List<Hypothesis> all) {
        if (op == Syntax.Relation.Op.IN && right instanceof Syntax.TupleLit interval && interval.items().size() == 2) {
            compare(reader, interval.items().get(0), Syntax.Relation.Op.LESS, left, all);
            compare(reader, left, Syntax.Relation.Op.LESS, interval.items().get(1), all);
            return;
        }
        for (Expr a : value(reader, left)) {
            for (Expr b : value(reader, right)) {
                all.add(new Compared(a, op, b));
            }
        }
    }

    /** The value; nothing for what is no tensor, and for limits, which would ask for the assumptions again. */
    private static List<Expr> value(Elaborator reader, Syntax syntax) {
        if (Trees.postorder(syntax).stream().anyMatch(Syntax.Arrow.class::isInstance)) {
            return List.of();
        }
        try {
            return reader.expression(syntax) instanceof Value.Tensor tensor && tensor.axes().isEmpty()
                    ? List.of(reader.environment().definitions().inline(tensor.expr())) : List.of();
        } catch (IllFormed | Undecided unknown) {
            return List.of();
        }
    }
}
