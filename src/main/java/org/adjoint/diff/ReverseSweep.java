package org.adjoint.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Walk;

/**
 * Reverse mode over the nodes of one expression: each node is visited once, after all nodes that use it, and hands its
 * cotangent on to its operands. Variables are inputs here; what they may be bound to is the business of {@link Backward}.
 */
public final class ReverseSweep {
    private final NodeMap<Expr> cotangents = new NodeMap<>();
    private final Shape batch;

    private ReverseSweep(Shape batch) {
        this.batch = batch;
    }

    /**
     * The cotangents of the targets and of all nodes between them and the root.
     *
     * @param seed the cotangent of the root, shaped {@code B + shape(root)}; leading axes {@code B} run through everything
     */
    public static ReverseSweep of(Expr root, Expr seed, Collection<? extends Expr> targets) {
        int batch = seed.shape().rank() - root.shape().rank();
        if (batch < 0 || !seed.shape().slice(batch, seed.shape().rank()).equals(root.shape())) {
            throw new ShapeError("a cotangent ends with the shape of its node", root, seed);
        }
        ReverseSweep sweep = new ReverseSweep(seed.shape().slice(0, batch));
        sweep.run(root, seed, targets);
        return sweep;
    }

    /** {@code ∂f/∂x} of a scalar, shaped like {@code x}; {@code x} is a variable or any node of {@code f}. */
    public static Expr gradient(Expr f, Expr x) {
        if (!f.shape().isScalar()) {
            throw new ShapeError("a gradient is taken of a scalar; use the Jacobian", f);
        }
        return of(f, Constant.ONE, List.of(x)).cotangent(x);
    }

    /** {@code ∂f/∂x} shaped {@code shape(f) + shape(x)}. */
    public static Expr jacobian(Expr f, Expr x) {
        return of(f, identity(f.shape()), List.of(x)).cotangent(x);
    }

    /** The identity map on tensors of the shape, shaped {@code shape + shape}. */
    public static Expr identity(Shape shape) {
        List<Expr> deltas = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        int[] output = new int[2 * shape.rank()];
        for (int axis = 0; axis < output.length; axis++) {
            output[axis] = axis;
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            deltas.add(Delta.of(shape.get(axis)));
            labels.add(new int[] {axis, shape.rank() + axis});
        }
        return Contraction.of(deltas, labels, output, shape.concat(shape));
    }

    /** The cotangent of a node: zero when the root does not depend on it. */
    public Expr cotangent(Expr node) {
        Expr known = cotangents.get(node);
        return known != null ? known : Linear.zero(batch.concat(node.shape()));
    }

    private void run(Expr root, Expr seed, Collection<? extends Expr> targets) {
        List<Expr> order = Walk.postorder(root);
        NodeMap<Boolean> active = active(order, targets);
        NodeMap<Object> pending = new NodeMap<>();
        pending.put(root, seed);
        Budget budget = Budget.current();
        for (int k = order.size() - 1; k >= 0; k--) {
            Expr node = order.get(k);
            Object contributions = active.contains(node) ? pending.get(node) : null;
            if (contributions == null) {
                continue;
            }
            budget.poll();
            Expr cotangent = total(contributions);
            cotangents.put(node, cotangent);
            pending.put(node, cotangent);
            if (Linear.isZero(cotangent)) {
                continue;
            }
            for (int operand = 0; operand < node.operandCount(); operand++) {
                Expr x = node.operand(operand);
                if (active.contains(x)) {
                    contribute(pending, x, Pullback.of(node, operand, cotangent));
                }
            }
        }
    }

    /** The nodes that depend on a target through something that is not cut off. */
    private static NodeMap<Boolean> active(List<Expr> order, Collection<? extends Expr> targets) {
        NodeMap<Boolean> active = new NodeMap<>();
        targets.forEach(target -> active.put(target, true));
        for (Expr node : order) {
            if (node instanceof Detach) {
                continue;
            }
            for (int k = 0; k < node.operandCount(); k++) {
                if (active.contains(node.operand(k))) {
                    active.put(node, true);
                    break;
                }
            }
        }
        return active;
    }

    @SuppressWarnings("unchecked")
    private static void contribute(NodeMap<Object> pending, Expr node, Expr contribution) {
        if (Linear.isZero(contribution)) {
            return;
        }
        Object before = pending.get(node);
        if (before == null) {
            pending.put(node, contribution);
        } else if (before instanceof Expr first) {
            List<Expr> both = new ArrayList<>(2);
            both.add(first);
            both.add(contribution);
            pending.put(node, both);
        } else {
            ((List<Expr>) before).add(contribution);
        }
    }

    @SuppressWarnings("unchecked")
    private static Expr total(Object contributions) {
        if (contributions instanceof Expr only) {
            return only;
        }
        List<Expr> terms = (List<Expr>) Objects.requireNonNull(contributions);
        return Linear.of(terms.get(0).shape(), terms, Collections.nCopies(terms.size(), Rational.ONE));
    }
}
