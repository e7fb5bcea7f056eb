package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.show.Phrase.Kind;

/**
 * Convolutions and flips in a {@link Network}. A relation {@code w = a + b} between indices, with vectors at two of them that
 * are summed, leaves a vector at the third: {@code conv(x,y)} at w, {@code corr(z,y)} at a or b. With a vector at one, a matrix
 * is left between the others: {@code toep(x,n)}, {@code im2col(z,k)}. Two relations with matrices between them are
 * {@code conv2} and {@code corr2}.
 */
final class Convolutions {
    private final Network network;
    private final List<Relation> relations = new ArrayList<>();

    Convolutions(Network network) {
        this.network = network;
    }

    void add(Relation relation) {
        relations.add(relation);
    }

    boolean touches(int label) {
        return relations.stream().anyMatch(relation -> relation.touches(label));
    }

    /** Removes one relation, or two; whether it did. */
    boolean reduced() {
        return planes() || lines() || matrices();
    }

    boolean isEmpty() {
        return relations.isEmpty();
    }

    /** A summed index with nothing but vectors at it, and in no other relation. */
    private boolean free(int label) {
        return network.isSummed(label) && network.isBare(label)
                && relations.stream().filter(relation -> relation.touches(label)).count() == 1;
    }

    // ---- along one axis

    private boolean lines() {
        for (Relation relation : relations) {
            if (relation instanceof Relation.Reversed r && (free(r.a()) || free(r.b()))) {
                int from = free(r.a()) ? r.a() : r.b();
                relations.remove(relation);
                network.weigh(r.other(from), Linearly.call("flip", Kind.COLUMN, network.taken(from)));
                return true;
            }
            if (!(relation instanceof Relation.Added added)) {
                continue;
            }
            int w = added.whole();
            int a = added.a();
            int b = added.b();
            if (free(a) && free(b)) {
                relations.remove(relation);
                network.weigh(w, call("conv", Kind.COLUMN, network.taken(a), network.taken(b)));
                return true;
            } else if (free(w) && (free(a) || free(b))) {
                int with = free(b) ? b : a;
                relations.remove(relation);
                network.weigh(with == b ? a : b, call("corr", Kind.COLUMN, network.taken(w), network.taken(with)));
                return true;
            }
        }
        return false;
    }

    /** A relation with one free index becomes a matrix between the others. */
    private boolean matrices() {
        for (Relation relation : relations) {
            if (!(relation instanceof Relation.Added added)) {
                continue;
            }
            int w = added.whole();
            for (int a : new int[] {added.a(), added.b()}) {
                int b = a == added.a() ? added.b() : added.a();
                if (free(a)) {
                    relations.remove(relation);
                    network.addEdge(call("toep", Kind.MATRIX, network.taken(a), Phrases.size(network.size(b))), w, b);
                    return true;
                }
            }
            if (free(w)) {
                relations.remove(relation);
                network.addEdge(call("im2col", Kind.MATRIX, network.taken(w), Phrases.size(network.size(added.b()))),
                        added.a(), added.b());
                return true;
            }
        }
        return false;
    }

    // ---- along two axes

    private boolean planes() {
        for (Relation first : relations) {
            for (Relation second : relations) {
                if (first != second && (flipped(first, second) || plane(first, second))) {
                    relations.remove(first);
                    relations.remove(second);
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
                    if (closed(i, j) && network.between(i, j).isPresent()) {
                        network.addEdge(Linearly.call("rot180", Kind.MATRIX, taken(i, j)), r.other(i), c.other(j));
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
                Optional<Phrase> left = network.between(row[0], column[0]);
                Optional<Phrase> right = network.between(row[1], column[1]);
                Optional<Phrase> whole = network.between(r.whole(), c.whole());
                if (closed(row[0], column[0]) && closed(row[1], column[1]) && (left.isPresent() || right.isPresent())) {
                    network.addEdge(call("conv2", Kind.MATRIX, taken(row[0], column[0]), taken(row[1], column[1])),
                            r.whole(), c.whole());
                    return true;
                }
                if (closed(r.whole(), c.whole()) && closed(row[1], column[1])
                        && (whole.isPresent() || right.isPresent())) {
                    network.addEdge(call("corr2", Kind.MATRIX, taken(r.whole(), c.whole()), taken(row[1], column[1])),
                            row[0], column[0]);
                    return true;
                }
            }
        }
        return false;
    }

    /** Two summed indices with nothing at them but vectors and a matrix between them. */
    private boolean closed(int i, int j) {
        return network.isSummed(i) && network.isSummed(j) && network.isOnlyWith(i, j) && network.isOnlyWith(j, i)
                && relations.stream().filter(relation -> relation.touches(i)).count() == 1
                && relations.stream().filter(relation -> relation.touches(j)).count() == 1;
    }

    private Phrase taken(int i, int j) {
        return network.taken(i, j);
    }

    /** A call that is linear in both arguments. */
    private static Phrase call(String function, Kind kind, Phrase a, Phrase b) {
        return Linearly.call(function, kind, a, b);
    }
}
