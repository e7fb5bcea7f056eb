package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.eval.Sizes;
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
        required().forEach(size -> shapes.add(Shape.of(size)));
        return shapes;
    }

    Set<Variable> variables() {
        return Walk.variables(allRoots());
    }

    Set<String> symbols() {
        Set<String> symbols = Walk.sizeSymbols(allRoots());
        required().forEach(size -> symbols.addAll(size.symbols()));
        return symbols;
    }

    /** The required sizes that have to do with the proposition: they share a symbol with it. */
    private Set<Size> required() {
        Set<String> own = Walk.sizeSymbols(allRoots());
        Set<Size> required = new LinkedHashSet<>();
        for (Size size : nonNegative) {
            if (size.symbols().stream().anyMatch(own::contains)) {
                required.add(size);
            }
        }
        return required;
    }

    /** Whether these sizes make everything possible that the proposition needs. */
    boolean isPossible(Sizes sizes) {
        for (Size size : required()) {
            if (sizes.binds(size.symbols()) && sizes.integer(size) < 0) {
                return false;
            }
        }
        return true;
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
