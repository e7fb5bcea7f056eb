package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.show.IndexGraph.Edge;
import org.adjoint.show.Phrase.Kind;

/**
 * The matrix notation of a product of matrices over four indices of which two and two are stacked to one, the first of each
 * pair running slower: {@code A_ac B_bd} with rows (a, b) and columns (c, d) is {@code kron(A,B)}; with columns (d, c) it
 * is {@code kron(A,B)*comm}, where {@code comm(m,n)*vec(X) = vec(X')}; a matrix within a pair is a {@code vec}, or a
 * {@code diag(vec(..))} beside a Kronecker product. Either pair may have one index or none.
 *
 * <p>Source: Magnus and Neudecker, "Matrix Differential Calculus", chapters 2 and 3.
 */
final class Kronecker {
    private static final int NONE = -1;
    private static final int SLOW = 0;
    private static final int FAST = 1;

    private final IndexGraph graph;
    private final int[] rows;
    private final int[] columns;

    /** @param rows the stacked row indices, at most two, the slower first; likewise the columns */
    Kronecker(IndexGraph graph, SeriesParallel reduction, List<Integer> rows, List<Integer> columns) {
        this.graph = graph;
        if (rows.size() > 2 || columns.size() > 2) {
            throw new NoWords("more than two axes stacked to one");
        }
        reattach(graph, rows, columns);
        reduction.join();
        this.rows = pair(rows, columns, graph);
        this.columns = pair(columns, rows, graph);
    }

    /**
     * Where an identity matrix joins a row to a column, other matrices may use either; they go to the one that is in the
     * same pair as their other index.
     */
    private static void reattach(IndexGraph graph, List<Integer> rows, List<Integer> columns) {
        for (Edge eye : List.copyOf(graph.edges())) {
            int r = rows.contains(eye.row()) ? eye.row() : eye.column();
            int c = eye.other(r);
            if (isIdentity(eye.form()) && rows.contains(r) && columns.contains(c)) {
                graph.replaceEdges(edge -> edge == eye ? edge
                        : edge.touches(r) && columns.contains(edge.other(r)) ? edge.moved(r, c)
                                : edge.touches(c) && rows.contains(edge.other(c)) ? edge.moved(c, r) : edge);
            }
        }
    }

    private static boolean isIdentity(Phrase form) {
        return form instanceof Phrase.Call call && call.function().equals("eye");
    }

    /** One index alone is the fast one, unless it belongs to the slow one of the other pair. */
    private static int[] pair(List<Integer> own, List<Integer> other, IndexGraph graph) {
        if (own.size() == 2) {
            return new int[] {own.get(0), own.get(1)};
        }
        if (own.isEmpty()) {
            return new int[] {NONE, NONE};
        }
        int only = own.get(0);
        boolean slow = other.size() == 2 && graph.between(only, other.get(0)).isPresent()
                && graph.between(only, other.get(1)).isEmpty();
        return slow ? new int[] {only, NONE} : new int[] {NONE, only};
    }

    Phrase form() {
        boolean straight = joined(rows[SLOW], columns[SLOW]) || joined(rows[FAST], columns[FAST]);
        boolean crossed = joined(rows[SLOW], columns[FAST]) || joined(rows[FAST], columns[SLOW]);
        List<Phrase> factors = new ArrayList<>(graph.scalars());
        if (!straight && !crossed) {
            factors.add(stacked(rows));
            if (columns[SLOW] != NONE || columns[FAST] != NONE) {
                Phrase row = Phrases.turned(stacked(columns));
                if (rows[SLOW] == NONE && rows[FAST] == NONE) {
                    factors.removeLast();
                }
                factors.add(row);
            }
            return Phrases.product(Rational.ONE, factors);
        }
        Phrase core = crossed && !straight ? crossed(true) : kron(block(SLOW, SLOW, true), block(FAST, FAST, true));
        if (straight && crossed) {
            core = InnerProducts.entrywise(core, crossed(false));
        }
        factors.addAll(surrounded(core));
        return Phrases.product(Rational.ONE, factors);
    }

    private boolean joined(int row, int column) {
        return row != NONE && column != NONE && graph.between(row, column).isPresent();
    }

    /** The matrices within the pairs as diagonal matrices on both sides. */
    private List<Phrase> surrounded(Phrase core) {
        Optional<Phrase> left = within(rows);
        Optional<Phrase> right = within(columns);
        if (isIdentity(core) && (left.isPresent() || right.isPresent())) {
            List<Phrase> both = new ArrayList<>();
            left.ifPresent(both::add);
            right.ifPresent(both::add);
            return List.of(Linearly.symmetric("diag", Phrases.entrywise(both, List.of())));
        }
        List<Phrase> factors = new ArrayList<>();
        left.ifPresent(v -> factors.add(Linearly.symmetric("diag", v)));
        factors.add(core);
        right.ifPresent(v -> factors.add(Linearly.symmetric("diag", v)));
        return factors;
    }

    private Optional<Phrase> within(int[] pair) {
        return pair[SLOW] == NONE || pair[FAST] == NONE ? Optional.empty()
                : graph.between(pair[FAST], pair[SLOW]).map(m -> Linearly.call("vec", Kind.COLUMN, m));
    }

    /** What depends on one pair only, as a column. */
    private Phrase stacked(int[] pair) {
        if (pair[SLOW] == NONE || pair[FAST] == NONE) {
            int only = Math.max(pair[SLOW], pair[FAST]);
            return only == NONE ? Phrases.product() : graph.column(only);
        }
        Phrase whole = Linearly.call("vec", Kind.COLUMN, graph.matrix(pair[FAST], pair[SLOW]));
        return graph.between(pair[FAST], pair[SLOW]).isPresent() ? whole
                : Phrases.cheaper(kron(graph.column(pair[SLOW]), graph.column(pair[FAST])), whole);
    }

    /** {@code M_ad N_bc} with rows (a, b) and columns (c, d). */
    private Phrase crossed(boolean weighted) {
        Phrase swap = Phrases.call("comm", Kind.MATRIX, size(columns[FAST]), size(columns[SLOW]));
        Phrase kron = kron(block(SLOW, FAST, weighted), block(FAST, SLOW, weighted));
        return isIdentity(kron) ? swap : Phrases.product(kron, swap);
    }

    private Phrase size(int label) {
        return Phrases.size(label == NONE ? Size.ONE : graph.size(label));
    }

    /** The part of the product with these two indices, with or without the vectors at them. */
    private Phrase block(int row, int column, boolean weighted) {
        int i = rows[row];
        int j = columns[column];
        if (i == NONE) {
            return j == NONE ? Phrases.product() : weighted ? graph.row(j) : graph.onesRow(j);
        }
        if (j == NONE) {
            return weighted ? graph.column(i) : graph.ones(i);
        }
        return weighted ? graph.matrix(i, j) : graph.between(i, j).orElseGet(() -> graph.ones(i, j));
    }

    /** {@code kron(A,B)}; of identity matrices, a larger one. */
    private static Phrase kron(Phrase a, Phrase b) {
        if (a.kind() == Kind.SCALAR || b.kind() == Kind.SCALAR) {
            return Phrases.product(a, b);
        }
        if (a instanceof Phrase.Call m && m.function().equals("eye") && b instanceof Phrase.Call n
                && n.function().equals("eye")) {
            return Phrases.call("eye", Kind.MATRIX, true, times(m.arguments().get(0), n.arguments().get(0)));
        }
        List<Phrase> scalars = new ArrayList<>();
        Phrase left = Linearly.bare(a, scalars);
        Phrase right = Linearly.bare(b, scalars);
        Kind kind = a.kind() == b.kind() ? a.kind() : Kind.MATRIX;
        scalars.add(Phrases.call("kron", kind, a.symmetric() && b.symmetric(), left, right));
        return Phrases.product(Rational.ONE, scalars);
    }

    /** The product of two sizes. */
    private static Phrase times(Phrase a, Phrase b) {
        return a instanceof Phrase.Word m && b instanceof Phrase.Word n && m.level() >= Phrases.PRODUCT
                && n.level() >= Phrases.PRODUCT
                        ? new Phrase.Word(m.text() + "*" + n.text(), Phrases.PRODUCT, Kind.SCALAR,
                                1 + m.cost() + n.cost(), true)
                        : Phrases.product(a, b);
    }
}
