package org.adjoint.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** What is refused for its form alone, with the reason and the smallest expression that stands in the way. */
final class Refusals {
    /** A matrix of derivatives with more nodes than this nobody reads. */
    private static final int READABLE = 1000;

    private Refusals() {
    }

    /** Before anything is derived. */
    static Optional<Refused> of(Expr f, Variable x, Layout layout) {
        if (layout == Layout.SYMGRADIENT && !isSymmetric(x)) {
            return Optional.of(new Refused(x, Refused.Cause.LAYOUT,
                    "the layout symgradient is by a matrix declared symmetric or spd; " + x.name() + " " + x.shape()
                            + " is not: declare it so, or ask for the layout gradient",
                    x));
        }
        NodeMap<Boolean> moving = moving(f, x);
        if (!moving.contains(f)) {
            return Optional.of(new Refused(x, Refused.Cause.CONSTANT, x.name()
                    + " does not occur in the expression, or cancels: it is constant in " + x.name()
                    + ", and its derivative is zero", f));
        }
        return jumps(f, x, moving);
    }

    private static boolean isSymmetric(Variable x) {
        return x.is(Fact.Named.SYMMETRIC) || x.is(Fact.Named.POSITIVE_DEFINITE);
    }

    /** The nodes of which x is a part. */
    private static NodeMap<Boolean> moving(Expr f, Variable x) {
        NodeMap<Boolean> moving = new NodeMap<>();
        for (Expr node : Walk.postorder(f)) {
            boolean moves = node == x;
            for (int k = 0; k < node.operandCount() && !moves; k++) {
                moves = moving.contains(node.operand(k));
            }
            if (moves) {
                moving.put(node, true);
            }
        }
        return moving;
    }

    /** Nothing sensible can be derived of what jumps with x and is constant in between. */
    private static Optional<Refused> jumps(Expr f, Variable x, NodeMap<Boolean> moving) {
        List<Expr> jumps = new ArrayList<>();
        for (Expr node : Walk.postorder(f)) {
            boolean jump = (node instanceof Elementwise e && e.function().isLocallyConstant())
                    || (node instanceof Reduction r && r.operation() == Reduction.Operation.FIRST_MAX);
            if (jump && moving.contains(node)) {
                jumps.add(node);
            }
        }
        boolean zero = !jumps.isEmpty() && Linear.isZero(
                ReverseSweep.of(f, ReverseSweep.identity(f.shape()), List.of(x)).cotangent(x));
        return zero ? Optional.of(new Refused(x, Refused.Cause.JUMPS, "it is not differentiable where it jumps, and its"
                + " derivative is zero everywhere else, that is almost everywhere; state that as a claim:"
                + " == 0 almost everywhere", jumps.get(0))) : Optional.empty();
    }

    /** A matrix of derivatives that nobody can read. */
    static Optional<Refused> tooLarge(Expr derivative, Expr f, Variable x, Layout layout) {
        boolean matrix = layout != Layout.GRADIENT && layout != Layout.SYMGRADIENT && layout != Layout.DSCALAR;
        if (!matrix || Walk.postorder(derivative).size() <= READABLE) {
            return Optional.empty();
        }
        String products = f.shape().isScalar()
                ? "its product with a direction V is the gradient of sum(V * grad(f, " + x.name() + "))"
                : "its product with a cotangent U is the gradient of sum(U * f) by " + x.name();
        return Optional.of(new Refused(x, Refused.Cause.TOO_LARGE, "the derivative in the layout " + layout.text()
                + ", shaped " + derivative.shape() + ", has more than " + READABLE + " different parts; " + products
                + ", where U and V are variables of your own; in a claim, write vjp(f, x, U) or jvp(f, x, V)", f));
    }
}
