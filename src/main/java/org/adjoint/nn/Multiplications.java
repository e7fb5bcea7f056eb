package org.adjoint.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Walk;

/**
 * How many numbers are multiplied when an expression is computed as it stands, shared parts once: for two factors one
 * multiplication for each value of all indices that either has, so {@code mkn} for a product of matrices and {@code f·m} for a
 * convolution of m entries with f weights. Windows only look at entries and cost nothing.
 *
 * <p>More factors are multiplied two at a time, first those that have the fewest indices together. Kronecker deltas, scalings
 * and functions of entries are not counted.
 */
public final class Multiplications {
    private Multiplications() {
    }

    public static Size of(Expr root) {
        Size count = Size.ZERO;
        for (Expr node : Walk.postorder(root)) {
            if (node instanceof Contraction product) {
                count = count.plus(of(product));
            }
        }
        return count;
    }

    private static Size of(Contraction product) {
        Map<Integer, Size> sizes = new LinkedHashMap<>();
        for (int index = 0; index < product.indexCount(); index++) {
            sizes.put(index, product.indexSize(index));
        }
        List<Set<Integer>> factors = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            if (!(product.operand(k) instanceof Delta)) {
                Set<Integer> indices = new TreeSet<>();
                for (int index : product.indices(k)) {
                    indices.add(index);
                }
                factors.add(indices);
            }
        }
        Size count = Size.ZERO;
        while (factors.size() > 1) {
            int first = 0;
            int second = 1;
            for (int p = 0; p < factors.size(); p++) {
                for (int q = p + 1; q < factors.size(); q++) {
                    if (weight(both(factors, p, q), sizes) < weight(both(factors, first, second), sizes)) {
                        first = p;
                        second = q;
                    }
                }
            }
            Set<Integer> together = both(factors, first, second);
            Size each = Size.ONE;
            for (int index : together) {
                each = each.times(sizes.getOrDefault(index, Size.ONE));
            }
            count = count.plus(each);
            factors.remove(second);
            factors.remove(first);
            together.removeIf(index -> index >= product.shape().rank()
                    && factors.stream().noneMatch(factor -> factor.contains(index)));
            factors.add(together);
        }
        return count;
    }

    private static Set<Integer> both(List<Set<Integer>> factors, int p, int q) {
        Set<Integer> both = new TreeSet<>(factors.get(p));
        both.addAll(factors.get(q));
        return both;
    }

    /** Numbers by their logarithm, symbols as if they were a hundred. */
    private static double weight(Set<Integer> indices, Map<Integer, Size> sizes) {
        double weight = 0;
        for (int index : indices) {
            Size size = sizes.getOrDefault(index, Size.ONE);
            weight += size.isInteger() ? Math.log((double) Math.max(1, size.value())) : Math.log(100);
        }
        return weight;
    }
}
