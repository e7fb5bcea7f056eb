package org.adjoint.show;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.show.Phrase.Kind;

/**
 * A product of tensors as a graph: an index is a vertex, a vector the weight of a vertex, a matrix an edge, a tensor of higher
 * rank and a relation between indices hyperedges. Scalars stand apart. An index that is not one of the result is summed.
 */
final class IndexGraph {
    /** A matrix between two indices. */
    record Edge(Phrase form, int row, int column) {
        boolean touches(int label) {
            return row == label || column == label;
        }

        boolean joins(int i, int j) {
            return touches(i) && touches(j);
        }

        int other(int label) {
            return row == label ? column : row;
        }

        /** The same matrix at another index in place of one of its own. */
        Edge moved(int from, int to) {
            return new Edge(form, row == from ? to : row, column == from ? to : column);
        }

        /** The matrix with that index along its rows. */
        Phrase from(int label) {
            return row == label ? form : Phrases.turned(form);
        }
    }

    /** A tensor of higher rank. */
    record Hyper(Phrase form, List<Integer> labels) {
    }

    private final Map<Integer, Size> sizes;
    private final List<Integer> output;
    private final List<Edge> edges = new ArrayList<>();
    private final List<Hyper> hypers = new ArrayList<>();
    private final List<Relation> relations = new ArrayList<>();
    private final Map<Integer, List<Phrase>> weights = new HashMap<>();
    private final List<Phrase> scalars = new ArrayList<>();

    /** @param output the indices of the result, without those of size 1 */
    IndexGraph(Map<Integer, Size> sizes, int... output) {
        this.sizes = sizes;
        this.output = IntStream.of(output).boxed().toList();
    }

    // ---- factors

    void addScalar(Phrase form) {
        scalars.add(form);
    }

    void addEdge(Phrase form, int row, int column) {
        scalars.addAll(0, scalarsOf(form));
        edges.add(new Edge(tensorOf(form), row, column));
    }

    void addHyper(Phrase form, int... labels) {
        hypers.add(new Hyper(form, IntStream.of(labels).boxed().toList()));
    }

    void addRelation(Relation relation) {
        relations.add(relation);
    }

    /** Multiplies the vertex by a vector. */
    void weigh(int label, Phrase form) {
        scalars.addAll(0, scalarsOf(form));
        weights.computeIfAbsent(label, k -> new ArrayList<>()).add(tensorOf(form));
    }

    /** What stands in front of a product of matrices. */
    private static List<Phrase> scalarsOf(Phrase form) {
        return form instanceof Phrase.Product p && !p.bare()
                ? List.of(Phrases.product(p.number(), p.above(), p.below()))
                : List.of();
    }

    private static Phrase tensorOf(Phrase form) {
        return form instanceof Phrase.Product p && !p.bare() ? Phrases.product(Rational.ONE, p.chain()) : form;
    }

    void remove(List<Edge> gone) {
        gone.forEach(edge -> edges.removeIf(e -> e == edge));
    }

    void remove(Relation relation) {
        relations.remove(relation);
    }

    void replaceEdges(UnaryOperator<Edge> replacement) {
        edges.replaceAll(replacement);
    }

    void clearHypers() {
        hypers.clear();
    }

    // ---- what is there

    /** The indices of the result. */
    List<Integer> output() {
        return output;
    }

    List<Phrase> scalars() {
        return Collections.unmodifiableList(scalars);
    }

    List<Edge> edges() {
        return Collections.unmodifiableList(edges);
    }

    List<Hyper> hypers() {
        return Collections.unmodifiableList(hypers);
    }

    List<Relation> relations() {
        return Collections.unmodifiableList(relations);
    }

    /** The indices with a vector. */
    List<Integer> weighted() {
        return List.copyOf(weights.keySet());
    }

    Size size(int label) {
        Size size = sizes.get(label);
        if (size == null) {
            throw new IllegalStateException("index without a size");
        }
        return size;
    }

    boolean isSummed(int label) {
        return !output.contains(label);
    }

    /** The summed indices that are left, those with a weight first. */
    List<Integer> summed() {
        TreeSet<Integer> labels = new TreeSet<>(weights.keySet());
        edges.forEach(edge -> {
            labels.add(edge.row());
            labels.add(edge.column());
        });
        hypers.forEach(hyper -> labels.addAll(hyper.labels()));
        return labels.stream().filter(this::isSummed).sorted((a, b) -> Boolean.compare(isWeighted(b), isWeighted(a)))
                .toList();
    }

    /** The matrices at an index. */
    List<Edge> at(int label) {
        return edges.stream().filter(edge -> edge.touches(label)).toList();
    }

    private boolean isInTensor(int label) {
        return hypers.stream().anyMatch(hyper -> hyper.labels().contains(label));
    }

    /** Whether more than vectors and matrices are at the index. */
    boolean isInHyperedge(int label) {
        return isInTensor(label) || relations.stream().anyMatch(relation -> relation.touches(label));
    }

    boolean isWeighted(int label) {
        return weights.containsKey(label);
    }

    /** Whether the index is summed and nothing is at it. */
    boolean isFree(int label) {
        return isSummed(label) && !isWeighted(label) && at(label).isEmpty() && !isInHyperedge(label);
    }

    /** Whether there are at most vectors and relations at the index. */
    boolean isBare(int label) {
        return at(label).isEmpty() && !isInTensor(label);
    }

    /** Whether there are at most vectors and relations at the first index, and matrices to the second. */
    boolean isOnlyWith(int label, int other) {
        return at(label).stream().allMatch(edge -> edge.touches(other)) && !isInTensor(label);
    }

    // ---- the notation of what is at one index or two

    /** The vectors at an index. */
    List<Phrase> weights(int label) {
        return weights.getOrDefault(label, List.of());
    }

    /** The product of the vectors at an index. */
    Phrase weight(int label) {
        return Phrases.entrywise(weights(label), List.of());
    }

    /** The vectors at an index, which are taken away. */
    List<Phrase> takenWeights(int label) {
        List<Phrase> vectors = weights.remove(label);
        return vectors == null ? List.of() : vectors;
    }

    /** The product of the vectors at an index, which are taken away. */
    Phrase taken(int label) {
        Phrase vector = column(label);
        weights.remove(label);
        return vector;
    }

    /** The matrix between two indices with the vectors at them, which are taken away. */
    Phrase taken(int i, int j) {
        Phrase matrix = matrix(i, j);
        weights.remove(i);
        weights.remove(j);
        edges.removeIf(edge -> edge.joins(i, j));
        return matrix;
    }

    /** The matrix between two indices, the first along its rows. */
    Optional<Phrase> between(int i, int j) {
        return edges.stream().filter(edge -> edge.joins(i, j)).map(edge -> edge.from(i)).findFirst();
    }

    Phrase column(int label) {
        return isWeighted(label) ? weight(label) : ones(label);
    }

    Phrase row(int label) {
        return isWeighted(label) ? Phrases.turned(weight(label)) : onesRow(label);
    }

    /** The matrix between two indices with the vectors at them. */
    Phrase matrix(int i, int j) {
        Optional<Phrase> between = between(i, j);
        if (between.isEmpty()) {
            return isWeighted(i) || isWeighted(j) ? Phrases.product(column(i), row(j)) : ones(i, j);
        }
        Phrase m = between.get();
        if (!isWeighted(i) && !isWeighted(j)) {
            return m;
        }
        List<Phrase> chain = new ArrayList<>();
        if (isWeighted(i)) {
            chain.add(Linearly.symmetric("diag", weight(i)));
        }
        chain.add(m);
        if (isWeighted(j)) {
            chain.add(Linearly.symmetric("diag", weight(j)));
        }
        Phrase outer = Phrases.product(column(i), row(j));
        return Phrases.cheaper(Phrases.product(Rational.ONE, chain), Phrases.entrywise(List.of(m, outer), List.of()));
    }

    Phrase ones(int... labels) {
        return Phrases.call("ones", labels.length == 1 ? Kind.COLUMN : Kind.MATRIX,
                IntStream.of(labels).mapToObj(k -> Phrases.size(size(k))).toArray(Phrase[]::new));
    }

    Phrase onesRow(int label) {
        return Phrases.call("ones", Kind.ROW, Phrases.literal("1"), Phrases.size(size(label)));
    }
}
