package org.adjoint.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Regularity;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.eval.Values;
import org.adjoint.expr.Expr;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Walk;

/**
 * The smallest part of a function that has no value at any point that was tried, though all of its own parts have:
 * {@code inv(x xᵀ)}, {@code log(−exp(x))}.
 *
 * @param part     what has no value
 * @param singular whether it is so because a matrix is singular
 */
record Fault(Expr part, boolean singular) {
    private static final int NODES = 500;
    private static final int SIZES = 3;
    private static final int POINTS = 4;

    /** Looks for it at random points and sizes. */
    static Optional<Fault> of(Expr f, long seed) {
        List<Expr> nodes = Walk.postorder(f);
        if (nodes.size() > NODES) {
            return Optional.empty();
        }
        boolean[] valued = new boolean[nodes.size()];
        boolean[] regular = new boolean[nodes.size()];
        Sampler sampler = new Sampler(seed);
        for (Sizes sizes : sampler.sizes(List.of(f), SIZES)) {
            if (!sizes.values().isEmpty() && sizes.values().values().stream().allMatch(size -> size == 1)) {
                // Every matrix is a number there, and seldom singular.
                continue;
            }
            UnknownFunctionModel model = UnknownFunctionModel.seeded(seed);
            Plan plan = Plan.compile(nodes, sizes, model);
            List<Regularity> matrices = regularities(nodes, sizes, model);
            for (int point = 0; point < POINTS; point++) {
                Values values = sampler.point(Walk.variables(List.of(f)), sizes).doubles();
                List<Tensor> results = plan.evaluate(values);
                for (int k = 0; k < valued.length; k++) {
                    boolean finite = isFinite(results.get(k));
                    valued[k] |= finite;
                    regular[k] |= finite && matrices.get(k).holds(values);
                }
            }
        }
        for (int k = 0; k < valued.length; k++) {
            if (!valued[k] || !regular[k]) {
                boolean inverted = nodes.get(k) instanceof MatrixFunction m && m.needsInvertible();
                return Optional.of(new Fault(nodes.get(k), inverted));
            }
        }
        return Optional.empty();
    }

    /** For each node that needs an invertible matrix, whether it has one. */
    private static List<Regularity> regularities(List<Expr> nodes, Sizes sizes, UnknownFunctionModel model) {
        List<Regularity> regularities = new ArrayList<>();
        Regularity any = Regularity.of(List.of(), sizes, model);
        for (Expr node : nodes) {
            boolean inverted = node instanceof MatrixFunction m && m.needsInvertible();
            regularities.add(inverted ? Regularity.of(List.of(node), sizes, model) : any);
        }
        return regularities;
    }

    private static boolean isFinite(Tensor tensor) {
        for (double entry : tensor.data()) {
            if (!Double.isFinite(entry)) {
                return false;
            }
        }
        return true;
    }
}
