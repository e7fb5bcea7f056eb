package org.adjoint.diff;

import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * Products of a Jacobian with a direction and with a cotangent, without the Jacobian.
 *
 * <p>Both come from the one table of adjoints. {@code g(u) = Jᵀu} is the reverse sweep from the cotangent u. It is linear in
 * u, so {@code Jv = ∂⟨g(u), v⟩/∂u}, in which u no longer occurs: the transpose of the transpose. (J. Townsend, "A new
 * trick for calculating Jacobian vector products", 2017.) Since u and v are as small as F and x, no identity is carried along and no
 * Kronecker delta is left over.
 */
public final class Tangent {
    private Tangent() {
    }

    /** {@code Σ ∂f/∂x_j · v_j}, shaped like {@code f}. */
    public static Expr jvp(Definitions definitions, Expr f, Variable x, Expr direction) {
        if (!direction.shape().equals(x.shape())) {
            throw new ShapeError("a direction has the shape of the variable, which is " + x.shape(), direction);
        }
        Variable cotangent = cotangent(f.shape());
        Expr pulled = vjp(definitions, f, x, cotangent);
        return ReverseSweep.gradient(Tensors.inner(pulled, direction), cotangent);
    }

    /** {@code Σ u_i · ∂f_i/∂x}, shaped like {@code x}. */
    public static Expr vjp(Definitions definitions, Expr f, Variable x, Expr cotangent) {
        if (!cotangent.shape().equals(f.shape())) {
            throw new ShapeError("a cotangent has the shape of the function, which is " + f.shape(), cotangent);
        }
        return Backward.of(definitions, f, cotangent, Set.of(x)).closed(x);
    }

    /** {@code ∂f/∂t} by a scalar, shaped like {@code f}. */
    public static Expr byScalar(Definitions definitions, Expr f, Variable t) {
        return jvp(definitions, f, t, Constant.ONE);
    }

    /** A name that cannot be written, so that it is nobody else's. */
    private static Variable cotangent(Shape shape) {
        return Variable.of("cotangent of f", shape);
    }
}
