package org.adjoint.lang;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * What the engine is asked to compute on expressions; implemented above this package. Derivatives are total, through the
 * definitions, unless said otherwise. Every method may throw {@link Undecided}.
 */
public interface Operators {

    /** ∂f/∂x of a scalar f; shaped like x. */
    Expr gradient(Expr f, Variable x, Definitions definitions);

    /** ∂f/∂x with the shape of f followed by that of x. */
    Expr jacobian(Expr f, Variable x, Definitions definitions);

    /** Σ ∂f/∂xⱼ·vⱼ, shaped like f; v is held. */
    default Expr push(Expr f, Variable x, Expr direction, Definitions definitions) {
        Expr jacobian = jacobian(f, x, definitions);
        int[] axes = Tensors.allAxes(jacobian);
        int left = f.shape().rank();
        return Contraction.of(List.of(jacobian, direction),
                List.of(axes, Arrays.copyOfRange(axes, left, axes.length)), Arrays.copyOf(axes, left), f.shape());
    }

    /** Σ uᵢ·∂fᵢ/∂x, shaped like x; u is held. */
    default Expr pull(Expr f, Variable x, Expr cotangent, Definitions definitions) {
        return Tensors.pull(cotangent, jacobian(f, x, definitions));
    }

    /** The definition of v itself differentiated by u, its other operands held; the shape of v followed by that of u. */
    Expr partial(Variable v, Variable u, Definitions definitions);

    /** The limit of f as the scalar v moves, where all of the hypotheses hold; shaped like f. */
    Approached limit(Expr f, Variable v, Expr target, Direction direction, Definitions definitions,
            List<Hypothesis> hypotheses);

    /** What f is when it is not the matrix times x for every x, with a point that shows it; empty when it is proved to be. */
    default Optional<String> whyNotLinear(Expr f, Variable x, Expr matrix, Definitions definitions) {
        throw new Undecided("whether a map is linear is not computed here");
    }

    /** The expectation of f over its random variables, entry by entry. */
    default Expr expectation(Expr f, Definitions definitions) {
        throw new Undecided("expectations are not computed here");
    }

    /** {@code E(f g) − E(f) E(g)}, entry by entry. */
    default Expr covariance(Expr f, Expr g, Definitions definitions) {
        throw new Undecided("expectations are not computed here");
    }

    /** {@code Σ_{i ∈ ℤ} body}, closed where it can be; the index is a variable of the body. */
    default Expr sum(Variable index, Expr body, Definitions definitions) {
        throw new Undecided("sums over all integers are not computed here");
    }

    /** Operators none of which can be computed. */
    static Operators none() {
        return new Operators() {
            @Override
            public Expr gradient(Expr f, Variable x, Definitions definitions) {
                throw new Undecided("gradients are not computed here");
            }

            @Override
            public Expr jacobian(Expr f, Variable x, Definitions definitions) {
                throw new Undecided("Jacobians are not computed here");
            }

            @Override
            public Expr partial(Variable v, Variable u, Definitions definitions) {
                throw new Undecided("partial derivatives are not computed here");
            }

            @Override
            public Approached limit(Expr f, Variable v, Expr target, Direction direction, Definitions definitions,
                    List<Hypothesis> hypotheses) {
                throw new Undecided("limits are not computed here");
            }
        };
    }
}
