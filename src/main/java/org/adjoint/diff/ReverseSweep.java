package org.adjoint.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Order;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.jspecify.annotations.Nullable;

/**
 * Reverse mode over the nodes of one expression: each node is visited once, after all nodes that use it, and hands its
 * cotangent on to its operands. Variables are inputs here; what they may be bound to is the business of {@link Backward}.
 */
public final class ReverseSweep {
    private final Order order;
    /** By number of the node: its cotangent once known; before that its contributions, one or a list. */
    private final @Nullable Object[] cotangents;
    private final Shape batch;

    private ReverseSweep(Expr root, Shape batch) {
        this.order = Order.of(List.of(root));
        this.cotangents = new Object[order.size()];
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
        ReverseSweep sweep = new ReverseSweep(root, seed.shape().slice(0, batch));
        sweep.run(seed, targets);
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
        int number = order.number(node);
        Object known = number < 0 ? null : cotangents[number];
        return known instanceof Expr cotangent ? cotangent : Linear.zero(batch.concat(node.shape()));
    }

    private void run(Expr seed, Collection<? extends Expr> targets) {
        boolean[] active = active(targets);
        cotangents[order.size() - 1] = seed;
        Budget budget = Budget.current();
        for (int k = order.size() - 1; k >= 0; k--) {
            Object contributions = active[k] ? cotangents[k] : null;
            if (contributions == null) {
                cotangents[k] = null;
                continue;
            }
            budget.poll();
            Expr node = order.node(k);
            Expr cotangent = total(contributions);
            cotangents[k] = cotangent;
            if (Linear.isZero(cotangent)) {
                continue;
            }
            for (int operand = 0; operand < node.operandCount(); operand++) {
                int x = order.number(node.operand(operand));
                if (active[x]) {
                    contribute(x, Pullback.of(node, operand, cotangent));
                }
            }
        }
    }

    /** The nodes that depend on a target through something that is not cut off. */
    private boolean[] active(Collection<? extends Expr> targets) {
        boolean[] active = new boolean[order.size()];
        for (Expr target : targets) {
            int number = order.number(target);
            if (number >= 0) {
                active[number] = true;
            }
        }
        for (int k = 0; k < active.length; k++) {
            Expr node = order.node(k);
            for (int operand = 0; !active[k] && operand < node.operandCount(); operand++) {
                active[k] = active[order.number(node.operand(operand))] && !(node instanceof Detach);
            }
        }
        return active;
    }

    @SuppressWarnings("unchecked")
    private void contribute(int number, Expr contribution) {
        if (Linear.isZero(contribution)) {
            return;
        }
        Object before = cotangents[number];
        if (before == null) {
            cotangents[number] = contribution;
        } else if (before instanceof Expr first) {
            List<Expr> both = new ArrayList<>(2);
            both.add(first);
            both.add(contribution);
            cotangents[number] = both;
        } else {
            ((List<Expr>) before).add(contribution);
        }
    }

    @SuppressWarnings("unchecked")
    private static Expr total(Object contributions) {
        if (contributions instanceof Expr only) {
            return only;
        }
        List<Expr> terms = (List<Expr>) contributions;
        return Linear.of(terms.get(0).shape(), terms, Collections.nCopies(terms.size(), Rational.ONE));
    }
}
