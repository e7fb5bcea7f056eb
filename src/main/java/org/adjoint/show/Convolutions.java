package org.adjoint.show;

import java.util.Optional;
import org.adjoint.show.Phrase.Kind;

/**
 * Convolutions and flips in an {@link IndexGraph}. A relation {@code w = a + b} between indices, with vectors at two of them
 * that are summed, leaves a vector at the third: {@code conv(x,y)} at w, {@code corr(z,y)} at a or b. With a vector at one, a
 * matrix is left between the others: {@code toep(x,n)}, {@code im2col(z,k)}. Two relations with matrices between them are
 * {@code conv2} and {@code corr2}.
 */
final class Convolutions {
    private final IndexGraph graph;

    Convolutions(IndexGraph graph) {
        this.graph = graph;
    }

    /** Removes one relation, or two; whether it did. */
    boolean reduced() {
        return planes() || lines() || matrices();
    }

    /** A summed index with nothing but vectors at it, and in no other relation. */
    private boolean free(int label) {
        return graph.isSummed(label) && graph.isBare(label) && isInOneRelation(label);
    }

    private boolean isInOneRelation(int label) {
        return graph.relations().stream().filter(relation -> relation.touches(label)).count() == 1;
    }

    // ---- along one axis

    private boolean lines() {
        for (Relation relation : graph.relations()) {
            if (relation instanceof Relation.Reversed r && (free(r.a()) || free(r.b()))) {
                int from = free(r.a()) ? r.a() : r.b();
                graph.remove(relation);
                graph.weigh(r.other(from), Linearly.call("flip", Kind.COLUMN, graph.taken(from)));
                return true;
            }
            if (!(relation instanceof Relation.Added added)) {
                continue;
            }
            int w = added.whole();
            int a = added.a();
            int b = added.b();
            if (free(a) && free(b)) {
                graph.remove(relation);
                graph.weigh(w, Linearly.call("conv", Kind.COLUMN, graph.taken(a), graph.taken(b)));
                return true;
            } else if (free(w) && (free(a) || free(b))) {
                int with = free(b) ? b : a;
                graph.remove(relation);
                graph.weigh(with == b ? a : b, Linearly.call("corr", Kind.COLUMN, graph.taken(w), graph.taken(with)));
                return true;
            }
        }
        return false;
    }

    /** A relation with one free index becomes a matrix between the others. */
    private boolean matrices() {
        for (Relation relation : graph.relations()) {
            if (!(relation instanceof Relation.Added added)) {
                continue;
            }
            int w = added.whole();
            for (int a : new int[] {added.a(), added.b()}) {
                int b = a == added.a() ? added.b() : added.a();
                if (free(a)) {
                    graph.remove(relation);
                    graph.addEdge(Linearly.call("toep", Kind.MATRIX, graph.taken(a), Phrases.size(graph.size(b))), w,
                            b);
                    return true;
                }
            }
            if (free(w)) {
                graph.remove(relation);
                graph.addEdge(Linearly.call("im2col", Kind.MATRIX, graph.taken(w), Phrases.size(graph.size(added.b()))),
                        added.a(), added.b());
                return true;
            }
        }
        return false;
    }

    // ---- along two axes

    private boolean planes() {
        for (Relation first : graph.relations()) {
            for (Relation second : graph.relations()) {
                if (first != second && (flipped(first, second) || plane(first, second))) {
                    graph.remove(first);
                    graph.remove(second);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean flipped(Relation first, Relation second) {
        if (first instanceof Relation.Reversed r && second instanceof Relation.Reversed c) {
            for (int i : new int[] {r.a(), r.b()}) {
                for (int j : new int[] {c.a(), c.b()}) {
                    if (closed(i, j) && graph.between(i, j).isPresent()) {
                        graph.addEdge(Linearly.call("rot180", Kind.MATRIX, graph.taken(i, j)), r.other(i), c.other(j));
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean plane(Relation first, Relation second) {
        if (!(first instanceof Relation.Added r && second instanceof Relation.Added c)) {
            return false;
        }
        for (int[] row : new int[][] {{r.a(), r.b()}, {r.b(), r.a()}}) {
            for (int[] column : new int[][] {{c.a(), c.b()}, {c.b(), c.a()}}) {
                Optional<Phrase> left = graph.between(row[0], column[0]);
                Optional<Phrase> right = graph.between(row[1], column[1]);
                Optional<Phrase> whole = graph.between(r.whole(), c.whole());
                if (closed(row[0], column[0]) && closed(row[1], column[1]) && (left.isPresent() || right.isPresent())) {
                    graph.addEdge(
                            Linearly.call("conv2", Kind.MATRIX, graph.taken(row[0], column[0]),
                                    graph.taken(row[1], column[1])),
                            r.whole(), c.whole());
                    return true;
                }
                if (closed(r.whole(), c.whole()) && closed(row[1], column[1])
                        && (whole.isPresent() || right.isPresent())) {
                    graph.addEdge(
                            Linearly.call("corr2", Kind.MATRIX, graph.taken(r.whole(), c.whole()),
                                    graph.taken(row[1], column[1])),
                            row[0], column[0]);
                    return true;
                }
            }
        }
        return false;
    }

    /** Two summed indices with nothing at them but vectors and a matrix between them. */
    private boolean closed(int i, int j) {
        return graph.isSummed(i) && graph.isSummed(j) && graph.isOnlyWith(i, j) && graph.isOnlyWith(j, i)
                && isInOneRelation(i) && isInOneRelation(j);
    }
}
