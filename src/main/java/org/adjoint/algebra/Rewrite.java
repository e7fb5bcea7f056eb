package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;

/**
 * A product with some of its factors replaced: what one law makes of it.
 *
 * @param law     the name of the law
 * @param factors the factors of the new product; sums among them are multiplied out
 * @param labels  their indices
 */
record Rewrite(String law, List<Expr> factors, List<int[]> labels) {
    /** A law that looks at the factors of one term. */
    @FunctionalInterface
    interface Rule {
        Optional<Rewrite> apply(List<Factor> factors, Shape shape);
    }

    /** The factors that are left, times something in the place of the others. */
    static Rewrite of(String law, List<Factor> left, Expr replacement, int[] place) {
        List<Expr> factors = new ArrayList<>(left.size() + 1);
        List<int[]> labels = new ArrayList<>(left.size() + 1);
        for (Factor factor : left) {
            factors.add(factor.node());
            labels.add(factor.labels());
        }
        factors.add(replacement);
        labels.add(place);
        return new Rewrite(law, factors, labels);
    }

    /** The new factors, with ones for every index of what is gone that none of them has: it is still summed over. */
    static Rewrite keeping(String law, List<Expr> factors, List<int[]> labels, List<Factor> gone, int eliminated) {
        List<Expr> nodes = new ArrayList<>(factors);
        List<int[]> places = new ArrayList<>(labels);
        for (Factor factor : gone) {
            for (int axis = 0; axis < factor.labels().length; axis++) {
                int label = factor.labels()[axis];
                boolean used = places.stream().anyMatch(own -> Arrays.stream(own).anyMatch(each -> each == label));
                if (!used && label != eliminated) {
                    nodes.add(Contraction.ones(Shape.of(factor.base().shape().get(axis))));
                    places.add(new int[] {label});
                }
            }
        }
        return new Rewrite(law, nodes, places);
    }

    /** All factors but some. */
    static List<Factor> without(List<Factor> factors, int... gone) {
        List<Factor> left = new ArrayList<>(factors);
        for (int each : gone) {
            left.remove(factors.get(each));
        }
        return left;
    }
}
