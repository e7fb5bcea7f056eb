package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Application;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Window;

/** Expressions of integer sizes taken apart into scalar entries, so that layouts do not matter any more. */
public final class Unrolled {
    private static final int ENTRY_LIMIT = 144;

    private Unrolled() {
    }

    /** The entries of the expressions in row-major order, or nothing where sizes are symbolic or entries too many. */
    static Optional<List<List<Expr>>> entries(List<Expr> exprs) {
        return entries(exprs, ENTRY_LIMIT);
    }

    /** The same, with a limit of entries of any part. */
    public static Optional<List<List<Expr>>> entries(List<Expr> exprs, int limit) {
        if (!Walk.sizeSymbols(exprs).isEmpty()) {
            return Optional.empty();
        }
        Map<Variable, NumberTensor<Expr>> values = new LinkedHashMap<>();
        for (Expr node : Walk.postorder(exprs)) {
            // An unknown function has no entries: evaluation would put a particular function in its place.
            if (node.shape().count().value() > limit || node instanceof Application) {
                return Optional.empty();
            }
            if (node instanceof Variable variable) {
                values.put(variable, entriesOf(variable));
            }
        }
        try {
            List<List<Expr>> all = new ArrayList<>();
            for (NumberTensor<Expr> tensor : new Evaluator<>(new SymbolicArithmetic(), Sizes.NONE).evaluate(exprs,
                    values)) {
                if (!tensor.isDefined()) {
                    return Optional.empty();
                }
                all.add(tensor.entries());
            }
            return Optional.of(all);
        } catch (ArithmeticException undecided) {
            return Optional.empty();
        }
    }

    private static NumberTensor<Expr> entriesOf(Variable variable) {
        int[] shape = Sizes.NONE.of(variable.shape());
        List<Expr> entries = new ArrayList<>();
        entries.add(variable);
        for (int length : shape) {
            List<Expr> parts = new ArrayList<>();
            for (Expr rest : entries) {
                for (int k = 0; k < length; k++) {
                    parts.add(Window.entry(rest, 0, Size.of(k)));
                }
            }
            entries = parts;
        }
        return NumberTensor.of(shape, entries);
    }
}
