package org.adjoint.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.adjoint.algebra.Equality;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Undecided;
import org.adjoint.show.TextPrinter;

/**
 * Whether {@code f(x) = A·x} for every x: proved, or contradicted at a point. That it holds at points only is no answer.
 *
 * @param x      the variable
 * @param matrix A, with the shape of f followed by that of x
 */
record Linearity(Variable x, Expr matrix) {
    private static final long SEED = 5;
    private static final int SHOWN = 60;

    /** What f is instead, with a point that shows it. Both are given with the definitions of all but x inserted. */
    Optional<String> obstacle(Expr f, Expr a) {
        if (Walk.variables(a).contains(x)) {
            throw new Undecided("the Jacobian uses definitions that depend on " + x.name()
                    + "; write them out to ask for the matrix");
        }
        int[] axes = Tensors.allAxes(a);
        int left = f.shape().rank();
        Expr product = Contraction.of(List.of(a, x), List.of(axes, Arrays.copyOfRange(axes, left, axes.length)),
                Arrays.copyOf(axes, left), f.shape());
        if (Equality.prove(f, product).isPresent()) {
            return Optional.empty();
        }
        Evidence evidence = Judge.judge(new Question(
                new Proposition.Atom(new Comparison(Comparison.Test.EQUAL, f, product,
                        new Comparison.Sides(f, product), Optional.empty(), List.of(), "f(x) == A x")),
                List.of(), false, Set.of(), SEED));
        return switch (evidence.kind()) {
            case PROVED -> Optional.empty();
            case REFUTED -> Optional.of(kind(f, product) + evidence.counterexample().map(Linearity::at).orElse(""));
            case ILL_FORMED -> Optional.of("not defined everywhere: " + evidence.detail());
            case SUPPORTED, UNDECIDED ->
                throw new Undecided("that the map is linear in " + x.name() + " is not proved: " + evidence.detail());
        };
    }

    /** Affine where what is left over does not depend on x. */
    private String kind(Expr f, Expr product) {
        Expr constant = Substitution.of(Map.of(x, Linear.zero(x.shape()))).apply(f);
        if (Equality.prove(f, product.plus(constant)).isEmpty()) {
            return "not linear in " + x.name();
        }
        String text = TextPrinter.text(constant);
        return "affine in " + x.name() + ": at " + x.name() + " = 0 it is "
                + (text.length() > SHOWN ? "not 0" : text);
    }

    private static String at(Counterexample point) {
        String values = point.values().entrySet().stream().map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", "));
        return "; at " + values + " f is " + point.left() + " and A x is " + point.right();
    }
}
