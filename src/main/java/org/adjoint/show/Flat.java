package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/**
 * A product with the products inside it taken apart: factors with an index for each axis, the first indices those of the
 * result, and relations between indices for the windows among them. Meant for reading only; it has no node.
 */
final class Flat {
    /** More factors than this are not taken apart. */
    private static final int MOST_FACTORS = 24;
    /** Sums of tensors are multiplied out into no more products than this. */
    private static final int MOST_TERMS = 16;

    /** A factor with an index for each axis. */
    record Factor(Expr node, int[] labels) {
    }

    private final Predicate<Expr> whole;
    private final List<Factor> factors = new ArrayList<>();
    private final List<Relation> relations = new ArrayList<>();
    private final Map<Integer, Size> sizes;
    private final int rank;
    private Rational number = Rational.ONE;
    private int fresh;

    private Flat(Predicate<Expr> whole, int rank, Map<Integer, Size> sizes) {
        this.whole = whole;
        this.rank = rank;
        this.sizes = sizes;
    }

    /** @param whole which nodes are not taken apart */
    static Flat of(Expr node, Predicate<Expr> whole) {
        Flat flat = new Flat(whole, node.shape().rank(), new HashMap<>());
        int[] labels = IntStream.range(0, flat.rank).toArray();
        for (int axis : labels) {
            flat.label(node.shape().get(axis));
        }
        flat.factors.add(new Factor(node, labels));
        if (!flat.open(flat.factors.get(0))) {
            throw new NoWords("a window of a tensor");
        }
        flat.splice();
        return flat;
    }

    List<Factor> factors() {
        return factors;
    }

    List<Relation> relations() {
        return relations;
    }

    Map<Integer, Size> sizes() {
        return sizes;
    }

    Rational number() {
        return number;
    }

    Size size(int label) {
        return sizes.getOrDefault(label, Size.ONE);
    }

    private int label(Size size) {
        sizes.put(fresh, size);
        return fresh++;
    }

    // ---- products inside products

    private void splice() {
        boolean again = true;
        while (again && factors.size() < MOST_FACTORS) {
            again = false;
            for (int k = 0; k < factors.size() && !again; k++) {
                Factor factor = factors.get(k);
                again = !whole.test(factor.node) && isSpliced(factor.node) && open(factor);
            }
        }
    }

    private boolean isSpliced(Expr node) {
        return !(node instanceof Contraction inner) || (factors.size() + inner.operandCount() <= MOST_FACTORS
                && factors.stream().filter(factor -> factor.node == inner).count() == 1);
    }

    /** Replaces the factor by its own factors; whether it has any. */
    private boolean open(Factor factor) {
        int place = factors.indexOf(factor);
        boolean opened = switch (factor.node) {
            case Linear linear when linear.termCount() == 1 -> {
                number = number.times(linear.coefficient(0));
                factors.add(new Factor(linear.term(0), factor.labels));
                yield true;
            }
            case Contraction contraction -> {
                open(contraction, factor.labels);
                yield true;
            }
            case Reshape split when split.operand(0) instanceof Delta -> openDelta(split, factor.labels);
            case Window window -> open(window, factor.labels);
            case Expr other -> false;
        };
        if (opened) {
            factors.remove(place);
            equate();
        }
        return opened;
    }

    private void open(Contraction inner, int[] labels) {
        int[] image = new int[inner.indexCount()];
        for (int k = 0; k < image.length; k++) {
            image[k] = k < labels.length ? labels[k] : label(inner.indexSize(k));
        }
        for (int f = 0; f < inner.operandCount(); f++) {
            factors.add(new Factor(inner.operand(f), IntStream.of(inner.indices(f)).map(k -> image[k]).toArray()));
        }
    }

    private boolean open(Window window, int[] labels) {
        Expr operand = window.operand(0);
        int[] inner = operand.shape().sizes().stream().mapToInt(this::label).toArray();
        Optional<List<Relation>> found = Relation.of(window.access(), window.isFold() ? labels : inner,
                window.isFold() ? inner : labels);
        if (found.isEmpty()) {
            IntStream.of(inner).forEach(sizes::remove);
            return false;
        }
        relations.addAll(found.get());
        factors.add(new Factor(operand, inner));
        return true;
    }

    /** An identity matrix whose axes are split alike is a product of smaller ones. */
    private boolean openDelta(Reshape node, int[] labels) {
        int half = labels.length / 2;
        List<Size> axes = node.shape().sizes();
        if (labels.length % 2 != 0 || !axes.subList(0, half).equals(axes.subList(half, labels.length))) {
            return false;
        }
        for (int k = 0; k < half; k++) {
            factors.add(new Factor(Delta.of(axes.get(k)), new int[] {labels[k], labels[half + k]}));
        }
        return true;
    }

    /** A relation that says that two indices are equal is an identity matrix. */
    private void equate() {
        for (int k = relations.size() - 1; k >= 0; k--) {
            if (relations.get(k) instanceof Relation.Equal equal) {
                relations.remove(k);
                factors.add(new Factor(Delta.of(size(equal.a())), new int[] {equal.a(), equal.b()}));
            }
        }
    }

    // ---- identity matrices

    /**
     * Removes identity matrices with a summed index; those between two axes of the result only when {@code all} says so, and
     * then the other factors use the first of the two. Whether there were such.
     */
    boolean resolveDeltas(boolean all) {
        boolean diagonal = false;
        for (int k = 0; k < factors.size(); k++) {
            Factor delta = factors.get(k);
            if (!(delta.node instanceof Delta) || size(delta.labels[0]).isOne()) {
                continue;
            }
            int i = Math.min(delta.labels[0], delta.labels[1]);
            int j = Math.max(delta.labels[0], delta.labels[1]);
            if (j < rank && i != j && !all) {
                continue;
            }
            factors.remove(k);
            factors.forEach(factor -> rename(factor.labels, j, i));
            relations.replaceAll(relation -> relation.renamed(j, i));
            if (i != j && j >= rank) {
                sizes.remove(j);
            }
            diagonal |= i != j && j < rank;
            k = -1;
        }
        return diagonal;
    }

    private static void rename(int[] labels, int from, int to) {
        for (int axis = 0; axis < labels.length; axis++) {
            labels[axis] = labels[axis] == from ? to : labels[axis];
        }
    }

    /** The sizes of summed indices that are in no factor. */
    List<Size> loose() {
        return sizes.keySet().stream().filter(k -> k >= rank)
                .filter(k -> factors.stream().noneMatch(f -> IntStream.of(f.labels).anyMatch(l -> l == k))
                        && relations.stream().noneMatch(relation -> relation.touches(k)))
                .map(this::size).filter(size -> !size.isOne()).toList();
    }

    /**
     * An index of the result that a reshaped identity matrix splits into others, and that occurs nowhere else, gives way to
     * them.
     */
    void unstack(List<Integer> labels) {
        for (int k = 0; k < factors.size(); k++) {
            Factor factor = factors.get(k);
            int at = factor.labels.length == 0 ? -1 : labels.indexOf(factor.labels[0]);
            boolean splits = at >= 0 && factor.node instanceof Reshape reshape
                    && reshape.operand(0) instanceof Delta delta
                    && reshape.shape().get(0).equals(delta.size())
                    && factors.stream().filter(f -> IntStream.of(f.labels).anyMatch(l -> l == factor.labels[0]))
                            .count() == 1;
            if (splits) {
                List<Integer> parts = IntStream.of(factor.labels).skip(1).filter(l -> !size(l).isOne()).boxed()
                        .toList();
                if (parts.stream().anyMatch(part -> part < rank)) {
                    throw new NoWords("an axis that is split");
                }
                factors.remove(k);
                labels.subList(at, at + 1).clear();
                labels.addAll(at, parts);
                k = -1;
            }
        }
    }

    // ---- sums of tensors

    /** Itself; or, where a factor of rank above 2 is a sum, one product for each term. */
    List<Flat> multipliedOut() {
        List<Flat> done = new ArrayList<>();
        List<Flat> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            Flat flat = open.removeLast();
            Optional<Factor> sum = flat.factors.stream().filter(factor -> factor.node instanceof Linear
                    && factor.node.shape().rank() > 2 && !whole.test(factor.node)).findFirst();
            if (sum.isEmpty()) {
                done.add(flat);
                continue;
            }
            Linear terms = (Linear) sum.get().node;
            if (done.size() + open.size() + terms.termCount() > MOST_TERMS) {
                throw new NoWords("a product of long sums of tensors");
            }
            for (int k = terms.termCount() - 1; k >= 0; k--) {
                open.add(flat.with(sum.get(), terms.term(k), terms.coefficient(k)));
            }
        }
        return done;
    }

    private Flat with(Factor sum, Expr term, Rational coefficient) {
        Flat copy = new Flat(whole, rank, new HashMap<>(sizes));
        copy.fresh = fresh;
        copy.number = number.times(coefficient);
        copy.relations.addAll(relations);
        for (Factor factor : factors) {
            copy.factors.add(new Factor(factor == sum ? term : factor.node, Arrays.copyOf(factor.labels,
                    factor.labels.length)));
        }
        copy.splice();
        return copy;
    }
}
