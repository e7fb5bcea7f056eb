package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * What is to be judged.
 *
 * @param proposition      the proposition
 * @param hypotheses       only where these hold
 * @param almostEverywhere whether a point on a kink cannot refute
 * @param nonNegative      sizes that must not be negative for the proposition to have a meaning
 * @param seed             where random points and unknown functions come from
 */
record Question(Proposition proposition, List<Proposition> hypotheses, boolean almostEverywhere, Set<Size> nonNegative,
        long seed) {

    List<Expr> roots() {
        return PointTruth.roots(proposition.comparisons());
    }

    /** The roots of the proposition and of its hypotheses. */
    List<Expr> allRoots() {
        List<Comparison> all = new ArrayList<>(proposition.comparisons());
        hypotheses.forEach(h -> all.addAll(h.comparisons()));
        return PointTruth.roots(all);
    }

    /** Everything that a choice of sizes must make possible. */
    Set<Shape> shapes() {
        Set<Shape> shapes = new LinkedHashSet<>();
        for (Expr node : Walk.postorder(allRoots())) {
            shapes.add(node.shape());
        }
        nonNegative.forEach(size -> shapes.add(Shape.of(size)));
        return shapes;
    }

    Set<Variable> variables() {
        return Walk.variables(allRoots());
    }

    Set<String> symbols() {
        Set<String> symbols = Walk.sizeSymbols(allRoots());
        // A size that only decides what is possible matters when the proposition depends on sizes at all.
        if (!symbols.isEmpty()) {
            nonNegative.forEach(size -> symbols.addAll(size.symbols()));
        }
        return symbols;
    }

    /** Whether the proposition is about given numbers: nothing is left to choose. */
    boolean isClosed() {
        return variables().isEmpty() && symbols().isEmpty() && functions().isEmpty();
    }

    /** The names of the unknown functions. */
    Set<String> functions() {
        Set<String> names = new LinkedHashSet<>();
        for (Expr node : Walk.postorder(allRoots())) {
            if (node instanceof Application application) {
                names.add(application.function().name());
            }
        }
        return names;
    }
}
