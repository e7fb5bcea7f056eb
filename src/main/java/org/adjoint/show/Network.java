package org.adjoint.show;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.show.IndexGraph.Edge;
import org.adjoint.show.IndexGraph.Hyper;

/**
 * Finds the matrix notation of a contraction: its {@link IndexGraph} is reduced while it can be, to matrix products, sums and
 * traces ({@link SeriesParallel}) and to {@link Convolutions}. What does not reduce is written with {@code einsum}.
 */
final class Network {
    private final IndexGraph graph;
    private final SeriesParallel matrices;
    private final Convolutions convolutions;
    private boolean indexed;

    /** @param output the indices of the result, without those of size 1 */
    Network(Map<Integer, Size> sizes, int... output) {
        this(sizes, new IdentityHashMap<>(), output);
    }

    /** @param counts is told how many numbers each sum adds up */
    Network(Map<Integer, Size> sizes, IdentityHashMap<Phrase, Size> counts, int... output) {
        this.graph = new IndexGraph(sizes, output);
        this.matrices = new SeriesParallel(graph, counts);
        this.convolutions = new Convolutions(graph);
    }

    /** A factor with one index for each axis of its notation: none for a scalar, one for a row or column. */
    void add(Phrase form, int... labels) {
        switch (form.kind()) {
            case SCALAR -> graph.addScalar(form);
            case COLUMN -> graph.weigh(labels[0], form);
            case ROW -> graph.weigh(labels[0], Phrases.turned(form));
            case MATRIX -> graph.addEdge(form, labels[0], labels[1]);
            case TENSOR -> graph.addHyper(form, labels);
        }
    }

    void add(Relation relation) {
        graph.addRelation(relation);
    }

    /** The notation of the whole. */
    Phrase form() {
        while (reduced() || intoEinsum()) {
            // one reduction after the other
        }
        return assembled();
    }

    /** The notation of the whole as a matrix, several axes stacked to rows and several to columns. */
    Phrase stacked(List<Integer> rows, List<Integer> columns) {
        while (reduced()) {
            // one reduction after the other
        }
        if (!graph.summed().isEmpty() || !graph.hypers().isEmpty() || !graph.relations().isEmpty()) {
            throw new NoWords("stacked axes of a tensor");
        }
        return new Kronecker(graph, matrices, rows, columns).form();
    }

    private boolean reduced() {
        return matrices.reduced() || convolutions.reduced();
    }

    /** Whether some part is written with indices. */
    boolean isIndexed() {
        return indexed;
    }

    // ---- what does not reduce

    /** Everything at the summed indices that are left, and the tensors of higher rank, in one {@code einsum}. */
    private boolean intoEinsum() {
        if (!graph.relations().isEmpty()) {
            throw new NoWords("a window of a tensor");
        }
        List<Integer> output = graph.output();
        List<Integer> summed = graph.summed();
        if (output.size() > 2 || (summed.isEmpty() && hasOutputAxesOnly(graph.hypers()))) {
            return false;
        }
        TreeSet<Integer> labels = new TreeSet<>(summed);
        graph.hypers().forEach(hyper -> labels.addAll(hyper.labels()));
        Einsum einsum = new Einsum();
        graph.hypers().forEach(einsum::add);
        graph.clearHypers();
        List<Edge> taken = graph.edges().stream().filter(e -> labels.contains(e.row()) && labels.contains(e.column())
                || summed.contains(e.row()) || summed.contains(e.column())).toList();
        taken.forEach(einsum::add);
        graph.remove(taken);
        for (int label : summed) {
            graph.takenWeights(label).forEach(vector -> einsum.add(vector, List.of(label)));
        }
        List<Integer> open = output.stream().filter(einsum::has).toList();
        Phrase form = indexed(einsum, open);
        switch (open.size()) {
            case 0 -> graph.addScalar(form);
            case 1 -> graph.weigh(open.get(0), form);
            default -> graph.addEdge(form, open.get(0), open.get(1));
        }
        return true;
    }

    private boolean hasOutputAxesOnly(List<Hyper> hypers) {
        return hypers.stream().allMatch(hyper -> hyper.labels().equals(graph.output()));
    }

    private Phrase indexed(Einsum einsum, List<Integer> open) {
        indexed = true;
        return einsum.form(open);
    }

    // ---- the result

    private Phrase assembled() {
        List<Integer> output = graph.output();
        List<Phrase> factors = new ArrayList<>(graph.scalars());
        switch (output.size()) {
            case 0 -> {
            }
            case 1 -> factors.add(graph.column(output.get(0)));
            case 2 -> factors.add(graph.matrix(output.get(0), output.get(1)));
            default -> factors.add(tensor());
        }
        return Phrases.product(Rational.ONE, factors);
    }

    private Phrase tensor() {
        List<Hyper> hypers = graph.hypers();
        List<Integer> output = graph.output();
        List<Integer> weighted = graph.weighted();
        if (!hypers.isEmpty() && hasOutputAxesOnly(hypers) && graph.edges().isEmpty() && weighted.isEmpty()) {
            return Phrases.entrywise(hypers.stream().map(Hyper::form).toList(), List.of());
        }
        Einsum einsum = new Einsum();
        hypers.forEach(einsum::add);
        graph.edges().forEach(einsum::add);
        weighted.forEach(label -> einsum.add(graph.weight(label), List.of(label)));
        output.stream().filter(label -> !einsum.has(label))
                .forEach(label -> einsum.add(graph.ones(label), List.of(label)));
        return indexed(einsum, output);
    }
}
