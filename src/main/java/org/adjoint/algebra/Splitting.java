package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * Merged axes taken apart: an index over an axis of size {@code m·n} that some factor has as the merge of two axes becomes
 * two indices, in every factor, so that Kronecker products, vec and commutation matrices become flat contractions;
 * {@code δ} over the merged axis becomes {@code δ·δ}. The whole is merged again at the end.
 *
 * @param factors the factors over the parts
 * @param labels  their indices
 * @param shape   the shape over the parts; merged it is the shape of the term
 */
record Splitting(List<Expr> factors, List<int[]> labels, Shape shape) {
    private static final int ROUNDS = 4;

    /** The product over parts; nothing where no axis is merged. */
    static Optional<Splitting> of(Expr term, Map<Integer, List<Size>> forced) {
        List<Expr> factors = term instanceof Contraction product ? product.operands() : List.of(term);
        List<int[]> labels = term instanceof Contraction product ? Product.labels(product)
                : List.of(Tensors.allAxes(term));
        Splitting whole = new Splitting(factors, labels, term.shape());
        Map<Integer, List<Size>> wanted = new LinkedHashMap<>(forced);
        boolean changed = false;
        // What a merged axis was made of may itself be merged.
        for (int round = 0; round < ROUNDS; round++) {
            whole.collect(wanted);
            if (wanted.isEmpty()) {
                break;
            }
            whole = whole.split(wanted);
            changed = true;
            wanted = new LinkedHashMap<>();
        }
        return changed ? Optional.of(whole) : Optional.empty();
    }

    /** The axes of the other shape that each axis of the one is the merge of; nothing where they do not line up. */
    static Optional<List<List<Size>>> parts(Shape merged, Shape fine) {
        List<List<Size>> parts = new ArrayList<>();
        int next = 0;
        for (Size size : merged.sizes()) {
            List<Size> own = new ArrayList<>();
            Size product = Size.ONE;
            while (!product.equals(size)) {
                if (next == fine.rank() || fine.get(next).isOne()) {
                    return Optional.empty();
                }
                product = product.times(fine.get(next));
                own.add(fine.get(next++));
                if (own.size() > 6) {
                    return Optional.empty();
                }
            }
            if (own.isEmpty()) {
                return Optional.empty();
            }
            parts.add(own);
        }
        return next == fine.rank() ? Optional.of(parts) : Optional.empty();
    }

    /** The indices that some factor has as a merge, with what they are merged of. */
    private void collect(Map<Integer, List<Size>> wanted) {
        for (int k = 0; k < factors.size(); k++) {
            if (!(factors.get(k) instanceof Reshape reshape)) {
                continue;
            }
            List<List<Size>> parts = parts(reshape.shape(), reshape.operand(0).shape()).orElse(List.of());
            for (int axis = 0; axis < parts.size(); axis++) {
                if (parts.get(axis).size() > 1) {
                    int label = labels.get(k)[axis];
                    List<Size> own = parts.get(axis);
                    wanted.merge(label, own, (a, b) -> a.size() >= b.size() ? a : b);
                }
            }
        }
        spread(wanted);
    }

    /** Both indices of a delta are taken apart alike. */
    private void spread(Map<Integer, List<Size>> wanted) {
        for (int round = 0; round < factors.size(); round++) {
            for (int k = 0; k < factors.size(); k++) {
                if (factors.get(k) instanceof Delta) {
                    int[] own = labels.get(k);
                    for (int side = 0; side < 2; side++) {
                        List<Size> parts = wanted.get(own[side]);
                        if (parts != null) {
                            wanted.putIfAbsent(own[1 - side], parts);
                        }
                    }
                }
            }
        }
    }

    private Splitting split(Map<Integer, List<Size>> wanted) {
        Map<Integer, int[]> image = new LinkedHashMap<>();
        List<Size> sizes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            List<Size> parts = wanted.getOrDefault(axis, List.of(shape.get(axis)));
            int[] own = new int[parts.size()];
            for (int k = 0; k < own.length; k++) {
                own[k] = sizes.size();
                sizes.add(parts.get(k));
            }
            image.put(axis, own);
        }
        int[] fresh = {sizes.size()};
        List<Expr> newFactors = new ArrayList<>();
        List<int[]> newLabels = new ArrayList<>();
        for (int k = 0; k < factors.size(); k++) {
            add(factors.get(k), labels.get(k), wanted, image, fresh, newFactors, newLabels);
        }
        return new Splitting(newFactors, newLabels, Shape.of(sizes));
    }

    private static int[] image(int label, Map<Integer, List<Size>> wanted, Map<Integer, int[]> image, int[] fresh) {
        return image.computeIfAbsent(label, each -> {
            int[] own = new int[wanted.getOrDefault(each, List.of(Size.ONE)).size()];
            for (int k = 0; k < own.length; k++) {
                own[k] = fresh[0]++;
            }
            return own;
        });
    }

    private static void add(Expr factor, int[] labels, Map<Integer, List<Size>> wanted, Map<Integer, int[]> image,
            int[] fresh, List<Expr> newFactors, List<int[]> newLabels) {
        List<Size> sizes = new ArrayList<>();
        List<Integer> own = new ArrayList<>();
        for (int axis = 0; axis < labels.length; axis++) {
            sizes.addAll(wanted.getOrDefault(labels[axis], List.of(factor.shape().get(axis))));
            for (int label : image(labels[axis], wanted, image, fresh)) {
                own.add(label);
            }
        }
        int[] place = own.stream().mapToInt(label -> label).toArray();
        if (factor instanceof Delta && wanted.containsKey(labels[0])) {
            int half = place.length / 2;
            for (int k = 0; k < half; k++) {
                newFactors.add(Delta.of(sizes.get(k)));
                newLabels.add(new int[] {place[k], place[half + k]});
            }
            return;
        }
        newFactors.add(sizes.size() == labels.length ? factor : Reshape.of(factor, Shape.of(sizes)));
        newLabels.add(place);
    }

    /** {@code δ·δ} over two axes merged alike is δ over the merged axis. */
    static Optional<Expr> identity(Expr inner, Shape merged) {
        if (merged.rank() != 2 || !merged.get(0).equals(merged.get(1)) || !(inner instanceof Contraction product)) {
            return Optional.empty();
        }
        int rank = inner.shape().rank();
        int half = rank / 2;
        if (rank % 2 == 1 || !Shape.of(inner.shape().sizes().subList(0, half)).count().equals(merged.get(0))) {
            return Optional.empty();
        }
        int found = 0;
        List<Expr> rest = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            int[] own = product.indices(k);
            if (product.operand(k) instanceof Delta && own[0] < half && own[1] == own[0] + half) {
                found++;
                continue;
            }
            int[] shifted = own.clone();
            for (int axis = 0; axis < own.length; axis++) {
                if (own[axis] < rank) {
                    return Optional.empty();
                }
                shifted[axis] = own[axis] + 2;
            }
            rest.add(product.operand(k));
            places.add(shifted);
        }
        if (found != half) {
            return Optional.empty();
        }
        rest.add(Delta.of(merged.get(0)));
        places.add(new int[] {0, 1});
        return Optional.of(Contraction.flattened(rest, places, new int[] {0, 1}, merged));
    }
}
