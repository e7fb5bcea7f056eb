package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Walk;

/**
 * Contractions of many factors as contractions of two: a factor is summed alone over what it has alone, and the pair that
 * leaves the smallest result is contracted first. So a chain of products is never a sum over all indices at once, and sums
 * that several contractions share become one node.
 */
final class Pairs {
    private record Item(Expr node, int[] labels) {
        boolean has(int label) {
            return IntStream.of(labels).anyMatch(k -> k == label);
        }
    }

    private Pairs() {
    }

    /** The roots with every contraction taken apart. */
    static List<Expr> of(List<Expr> roots) {
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : Walk.postorder(roots)) {
            boolean same = true;
            List<Expr> operands = new ArrayList<>(node.operandCount());
            for (int k = 0; k < node.operandCount(); k++) {
                operands.add(Objects.requireNonNull(images.get(node.operand(k))));
                same &= operands.get(k) == node.operand(k);
            }
            Expr image = same ? node : node.withOperands(operands);
            images.put(node, image instanceof Contraction product ? apart(product) : image);
        }
        return roots.stream().map(root -> Objects.requireNonNull(images.get(root))).toList();
    }

    private static Expr apart(Contraction product) {
        int rank = product.shape().rank();
        if (product.operandCount() < 2 || product.summedCount() == 0) {
            return product;
        }
        List<Item> items = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            items.add(new Item(product.operand(k), product.indices(k)));
        }
        boolean changed = false;
        for (int k = 0; k < items.size(); k++) {
            int[] left = left(items, k, k, rank);
            if (left.length < IntStream.of(items.get(k).labels).distinct().count()) {
                items.set(k, contracted(List.of(items.get(k)), left, product.indexSizes()));
                changed = true;
            }
        }
        while (items.size() > 2 && merge(items, rank, product.indexSizes())) {
            changed = true;
        }
        return changed ? Contraction.of(items.stream().map(Item::node).toList(),
                items.stream().map(Item::labels).toList(), IntStream.range(0, rank).toArray(), product.shape())
                : product;
    }

    private static boolean merge(List<Item> items, int rank, List<Size> sizes) {
        int first = -1;
        int second = -1;
        int best = Integer.MAX_VALUE;
        for (int a = 0; a < items.size(); a++) {
            for (int b = a + 1; b < items.size(); b++) {
                int most = Math.max(rank, Math.max(items.get(a).labels.length, items.get(b).labels.length));
                int cost = left(items, a, b, rank).length;
                if (cost < best && cost <= most && eliminates(items, a, b, rank)) {
                    best = cost;
                    first = a;
                    second = b;
                }
            }
        }
        if (first < 0) {
            return false;
        }
        items.set(first, contracted(List.of(items.get(first), items.get(second)), left(items, first, second, rank),
                sizes));
        items.remove(second);
        return true;
    }

    /** Whether the pair shares a summed index that no other factor has. */
    private static boolean eliminates(List<Item> items, int a, int b, int rank) {
        int[] left = left(items, a, b, rank);
        return !(items.get(a).node instanceof Delta) && !(items.get(b).node instanceof Delta)
                && IntStream.of(items.get(a).labels).anyMatch(label -> items.get(b).has(label)
                        && IntStream.of(left).noneMatch(kept -> kept == label));
    }

    /** The indices of the pair that the result or another factor needs, in ascending order. */
    private static int[] left(List<Item> items, int a, int b, int rank) {
        return IntStream.concat(IntStream.of(items.get(a).labels), IntStream.of(items.get(b).labels)).distinct()
                .filter(label -> label < rank || IntStream.range(0, items.size())
                        .anyMatch(k -> k != a && k != b && items.get(k).has(label)))
                .sorted().toArray();
    }

    private static Item contracted(List<Item> pair, int[] left, List<Size> sizes) {
        Shape shape = Shape.of(IntStream.of(left).mapToObj(sizes::get).toList());
        return new Item(Contraction.of(pair.stream().map(Item::node).toList(),
                pair.stream().map(Item::labels).toList(), left, shape), left);
    }
}
