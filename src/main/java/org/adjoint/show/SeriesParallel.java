package org.adjoint.show;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.show.IndexGraph.Edge;
import org.adjoint.show.Phrase.Kind;

/**
 * Series-parallel reduction of an {@link IndexGraph}. A summed index in two matrices is a matrix product (series); two matrices
 * with the same indices are multiplied entry by entry (parallel); a summed index in one matrix takes the weight to the other
 * end, as {@code A*w}, or {@code rowsum(A)} without one; a cycle is a trace. Of equal forms the shortest is written.
 *
 * <p>Source: R. J. Duffin, "Topology of series-parallel networks", 1965.
 */
final class SeriesParallel {
    private final IndexGraph graph;
    private final IdentityHashMap<Phrase, Size> counts;

    /** @param counts is told how many numbers each sum adds up */
    SeriesParallel(IndexGraph graph, IdentityHashMap<Phrase, Size> counts) {
        this.graph = graph;
        this.counts = counts;
    }

    /** One reduction; whether there was one. */
    boolean reduced() {
        return loop() || pendant() || doubled() || parallel() || series();
    }

    /** Joins the matrices that have met at their indices. */
    void join() {
        while (loop() || parallel()) {
            // one after the other
        }
    }

    /** A matrix with one index twice: its diagonal, or its trace. */
    private boolean loop() {
        for (Edge edge : graph.edges()) {
            if (edge.row() == edge.column()) {
                int k = edge.row();
                graph.remove(List.of(edge));
                if (graph.isFree(k)) {
                    graph.addScalar(Linearly.call("tr", Kind.SCALAR, edge.form()));
                } else {
                    graph.weigh(k, Linearly.call("diagvec", Kind.COLUMN, edge.form()));
                }
                return true;
            }
        }
        return false;
    }

    /** A summed index in no matrix or in one. */
    private boolean pendant() {
        for (int k : graph.summed()) {
            List<Edge> here = graph.at(k);
            if (graph.isInHyperedge(k) || here.size() > 1) {
                continue;
            }
            if (here.isEmpty()) {
                List<Phrase> vectors = graph.takenWeights(k);
                graph.addScalar(vectors.size() == 1 ? sum("sum", Kind.SCALAR, vectors.get(0), graph.size(k))
                        : InnerProducts.of(vectors));
                return true;
            }
            Edge edge = here.get(0);
            int i = edge.other(k);
            graph.remove(here);
            if (graph.isWeighted(k)) {
                graph.weigh(i, Phrases.product(edge.from(i), graph.taken(k)));
            } else if (graph.isFree(i)) {
                graph.addScalar(sum("sum", Kind.SCALAR, edge.form(), graph.size(k).times(graph.size(i))));
            } else {
                graph.weigh(i, sum(edge.row() == i ? "rowsum" : "colsum", Kind.COLUMN, edge.form(), graph.size(k)));
            }
            return true;
        }
        return false;
    }

    private Phrase sum(String function, Kind kind, Phrase operand, Size count) {
        Phrase sum = Linearly.call(function, kind, operand);
        counts.put(sum, count);
        return sum;
    }

    /** A summed index in two matrices with the same other index: a trace, or the diagonal of a product. */
    private boolean doubled() {
        for (int k : graph.summed()) {
            List<Edge> here = graph.at(k);
            if (graph.isInHyperedge(k) || here.size() != 2 || here.get(0).other(k) != here.get(1).other(k)) {
                continue;
            }
            int i = here.get(0).other(k);
            Edge p = here.get(0);
            Edge q = here.get(1);
            graph.remove(here);
            if (graph.isFree(i) && !graph.isWeighted(k)) {
                graph.addScalar(InnerProducts.trace(p.from(i), q.from(k), p.from(k), q.from(i)));
            } else {
                graph.weigh(i, diagonal(p, q, i, k));
            }
            return true;
        }
        return false;
    }

    /** {@code Σₖ P_ik w_k Q_ki} as a vector over i; the weight is taken away. */
    private Phrase diagonal(Edge p, Edge q, int i, int k) {
        Phrase rows = InnerProducts.entrywise(p.from(i), q.from(i));
        if (graph.isWeighted(k)) {
            Phrase w = graph.taken(k);
            Phrase d = Linearly.symmetric("diag", w);
            return Phrases.cheaper(Phrases.product(rows, w), Phrases.cheaper(
                    Linearly.call("diagvec", Kind.COLUMN, Phrases.product(p.from(i), d, q.from(k))),
                    Linearly.call("diagvec", Kind.COLUMN, Phrases.product(q.from(i), d, p.from(k)))));
        }
        Phrase columns = InnerProducts.entrywise(p.from(k), q.from(k));
        return InnerProducts.cheapest(sum("rowsum", Kind.COLUMN, rows, graph.size(k)),
                sum("colsum", Kind.COLUMN, columns, graph.size(k)),
                Linearly.call("diagvec", Kind.COLUMN, Phrases.product(p.from(i), q.from(k))),
                Linearly.call("diagvec", Kind.COLUMN, Phrases.product(q.from(i), p.from(k))));
    }

    /** Two matrices with the same two indices. */
    private boolean parallel() {
        List<Edge> edges = graph.edges();
        for (int a = 0; a < edges.size(); a++) {
            for (int b = a + 1; b < edges.size(); b++) {
                Edge p = edges.get(a);
                Edge q = edges.get(b);
                if (q.joins(p.row(), p.column())) {
                    graph.remove(List.of(p, q));
                    addShorter(InnerProducts.entrywise(p.form(), q.from(p.row())),
                            InnerProducts.entrywise(p.from(p.column()), q.from(p.column())), p.row(), p.column());
                    return true;
                }
            }
        }
        return false;
    }

    /** A summed index in two matrices. */
    private boolean series() {
        for (int k : graph.summed()) {
            List<Edge> here = graph.at(k);
            if (graph.isInHyperedge(k) || here.size() != 2) {
                continue;
            }
            Edge p = here.get(0);
            Edge q = here.get(1);
            int i = p.other(k);
            int j = q.other(k);
            graph.remove(here);
            List<Phrase> middle = graph.isWeighted(k) ? List.of(Linearly.symmetric("diag", graph.taken(k))) : List.of();
            addShorter(Phrases.product(Rational.ONE, chain(p.from(i), middle, q.from(k))),
                    Phrases.product(Rational.ONE, chain(q.from(j), middle, p.from(k))), i, j);
            return true;
        }
        return false;
    }

    private static List<Phrase> chain(Phrase left, List<Phrase> middle, Phrase right) {
        List<Phrase> chain = new ArrayList<>();
        chain.add(left);
        chain.addAll(middle);
        chain.add(right);
        return chain;
    }

    /** Adds a matrix with rows i, or its transpose where that is shorter. */
    private void addShorter(Phrase straight, Phrase across, int i, int j) {
        if (across.cost() < straight.cost()) {
            graph.addEdge(across, j, i);
        } else {
            graph.addEdge(straight, i, j);
        }
    }
}
