package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.show.Phrase.Kind;

/**
 * Finds the matrix notation of a contraction. Seen as a graph, an index is a vertex, a matrix an edge, a vector the weight of
 * a vertex. A summed index in two matrices is a matrix product (series reduction); two matrices with the same indices are
 * multiplied entry by entry (parallel reduction); a summed index in one matrix takes the weight to the other end, as
 * {@code A*w}, or {@code rowsum(A)} without one; a cycle is a trace. What does not reduce is written with {@code einsum}.
 */
final class Network {
    private static final String LETTERS = "ijklpqrsuvwabcdefghmnotxyz";

    /** A matrix between two indices. */
    private record Edge(Phrase form, int row, int column) {
        boolean touches(int label) {
            return row == label || column == label;
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
    private record Hyper(Phrase form, List<Integer> labels) {
    }

    private final Map<Integer, Size> sizes;
    private final int[] output;
    private List<Edge> edges = new ArrayList<>();
    private final List<Hyper> hypers = new ArrayList<>();
    private final Map<Integer, List<Phrase>> weights = new HashMap<>();
    private final List<Phrase> scalars = new ArrayList<>();
    private final IdentityHashMap<Phrase, Size> counts;
    private boolean indexed;
    private final Convolutions convolutions = new Convolutions(this);

    /** @param output the indices of the result, without those of size 1 */
    Network(Map<Integer, Size> sizes, int... output) {
        this(sizes, new IdentityHashMap<>(), output);
    }

    /** @param counts is told how many numbers each sum adds up */
    Network(Map<Integer, Size> sizes, IdentityHashMap<Phrase, Size> counts, int... output) {
        this.sizes = sizes;
        this.counts = counts;
        this.output = output.clone();
    }

    /** A factor with one index for each axis of its notation: none for a scalar, one for a row or column. */
    void add(Phrase form, int... labels) {
        switch (form.kind()) {
            case SCALAR -> scalars.add(form);
            case COLUMN -> weigh(labels[0], form);
            case ROW -> weigh(labels[0], Phrases.turned(form));
            case MATRIX -> addEdge(form, labels[0], labels[1]);
            case TENSOR -> hypers.add(new Hyper(form, IntStream.of(labels).boxed().toList()));
        }
    }

    void add(Relation relation) {
        convolutions.add(relation);
    }

    void addEdge(Phrase form, int row, int column) {
        scalars.addAll(0, scalarsOf(form));
        edges.add(new Edge(tensorOf(form), row, column));
    }

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

    private boolean isOutput(int label) {
        return IntStream.of(output).anyMatch(k -> k == label);
    }

    Size size(int label) {
        Size size = sizes.get(label);
        if (size == null) {
            throw new IllegalStateException("index without a size");
        }
        return size;
    }

    /** The notation of the whole. */
    Phrase form() {
        while (reduced() || stuck()) {
            // one reduction after the other
        }
        return assembled();
    }

    /** The notation of the whole as a matrix, several axes stacked to rows and several to columns. */
    Phrase stacked(List<Integer> rows, List<Integer> columns) {
        while (reduced()) {
            // one reduction after the other
        }
        if (!summed().isEmpty() || !hypers.isEmpty() || !convolutions.isEmpty()) {
            throw new NoWords("stacked axes of a tensor");
        }
        return new Kronecker(this, rows, columns).form();
    }

    private boolean reduced() {
        return loop() || pendant() || doubled() || parallel() || series() || convolutions.reduced();
    }

    // ---- what touches an index

    private List<Edge> at(int label) {
        return edges.stream().filter(edge -> edge.touches(label)).toList();
    }

    private boolean inHyper(int label) {
        return convolutions.touches(label) || hypers.stream().anyMatch(hyper -> hyper.labels().contains(label));
    }

    private boolean isWeighted(int label) {
        return weights.containsKey(label);
    }

    private Phrase weight(int label) {
        return Phrases.entrywise(weights.getOrDefault(label, List.of()), List.of());
    }

    boolean isSummed(int label) {
        return !isOutput(label);
    }

    /** Whether there are at most vectors at the index. */
    boolean isBare(int label) {
        return at(label).isEmpty() && hypers.stream().noneMatch(hyper -> hyper.labels().contains(label));
    }

    /** Whether there are at most vectors at the first index, and matrices to the second. */
    boolean isOnlyWith(int label, int other) {
        return at(label).stream().allMatch(edge -> edge.touches(other))
                && hypers.stream().noneMatch(hyper -> hyper.labels().contains(label));
    }

    /** The vector at an index, which is taken away. */
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
        edges = new ArrayList<>(edges.stream().filter(edge -> !edge.touches(i) || !edge.touches(j)).toList());
        return matrix;
    }

    /** The summed indices that are left, those with a weight first. */
    private List<Integer> summed() {
        TreeSet<Integer> labels = new TreeSet<>(weights.keySet());
        edges.forEach(edge -> {
            labels.add(edge.row());
            labels.add(edge.column());
        });
        hypers.forEach(hyper -> labels.addAll(hyper.labels()));
        return labels.stream().filter(k -> !isOutput(k)).sorted((a, b) -> Boolean.compare(isWeighted(b), isWeighted(a)))
                .toList();
    }

    private void remove(List<Edge> gone) {
        edges = new ArrayList<>(edges);
        gone.forEach(edge -> edges.removeIf(e -> e == edge));
    }

    // ---- reductions; each says whether it did something

    /** A matrix with one index twice: its diagonal, or its trace. */
    private boolean loop() {
        for (Edge edge : edges) {
            if (edge.row() == edge.column()) {
                int k = edge.row();
                remove(List.of(edge));
                if (!isOutput(k) && !isWeighted(k) && at(k).isEmpty() && !inHyper(k)) {
                    scalars.add(Linearly.call("tr", Kind.SCALAR, edge.form()));
                } else {
                    weigh(k, Linearly.call("diagvec", Kind.COLUMN, edge.form()));
                }
                return true;
            }
        }
        return false;
    }

    /** A summed index in no matrix or in one. */
    private boolean pendant() {
        for (int k : summed()) {
            List<Edge> here = at(k);
            if (inHyper(k) || here.size() > 1) {
                continue;
            }
            if (here.isEmpty()) {
                List<Phrase> vectors = weights.getOrDefault(k, List.of());
                scalars.add(vectors.size() == 1 ? sum("sum", Kind.SCALAR, vectors.get(0), size(k)) : dot(vectors));
                weights.remove(k);
                return true;
            }
            Edge edge = here.get(0);
            int i = edge.other(k);
            remove(here);
            if (isWeighted(k)) {
                Phrase w = weight(k);
                weights.remove(k);
                weigh(i, Phrases.product(edge.from(i), w));
            } else if (!isOutput(i) && !isWeighted(i) && at(i).isEmpty() && !inHyper(i)) {
                scalars.add(sum("sum", Kind.SCALAR, edge.form(), size(k).times(size(i))));
            } else {
                weigh(i, sum(edge.row() == i ? "rowsum" : "colsum", Kind.COLUMN, edge.form(), size(k)));
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

    /** The sum of the products of entries of vectors. */
    private static Phrase dot(List<Phrase> vectors) {
        if (vectors.size() == 2 && vectors.get(0) == vectors.get(1) && vectors.get(0).cost() > 1) {
            return Phrases.power(Phrases.call("norm2", Kind.SCALAR, vectors.get(0)), Phrases.literal("2"));
        }
        Phrase best = Linearly.call("sum", Kind.SCALAR, Phrases.entrywise(vectors, List.of()));
        boolean dotted = false;
        for (int k = 0; vectors.size() > 1 && k < vectors.size(); k++) {
            List<Phrase> rest = new ArrayList<>(vectors);
            rest.remove(k);
            Phrase other = Phrases.entrywise(rest, List.of());
            for (Phrase form : List.of(Phrases.product(Phrases.turned(vectors.get(k)), other),
                    Phrases.product(Phrases.turned(other), vectors.get(k)))) {
                if (form.cost() < best.cost() || (form.cost() == best.cost() && !dotted)) {
                    best = form;
                    dotted = true;
                }
            }
        }
        return best;
    }

    /** A summed index in two matrices with the same other index: a trace, or the diagonal of a product. */
    private boolean doubled() {
        for (int k : summed()) {
            List<Edge> here = at(k);
            if (inHyper(k) || here.size() != 2 || here.get(0).other(k) != here.get(1).other(k)) {
                continue;
            }
            int i = here.get(0).other(k);
            Edge p = here.get(0);
            Edge q = here.get(1);
            remove(here);
            boolean closed = !isOutput(i) && !isWeighted(i) && !isWeighted(k) && at(i).isEmpty() && !inHyper(i);
            if (closed) {
                scalars.add(trace(p.from(i), q.from(k), p.from(k), q.from(i)));
                return true;
            }
            Phrase rows = both(p.from(i), q.from(i));
            Phrase columns = both(p.from(k), q.from(k));
            Phrase best;
            if (isWeighted(k)) {
                Phrase w = weight(k);
                Phrase d = diag(w);
                best = Phrases.cheaper(Phrases.product(rows, w), Phrases.cheaper(
                        Linearly.call("diagvec", Kind.COLUMN, Phrases.product(p.from(i), d, q.from(k))),
                        Linearly.call("diagvec", Kind.COLUMN, Phrases.product(q.from(i), d, p.from(k)))));
            } else {
                best = sum("rowsum", Kind.COLUMN, rows, size(k));
                for (Phrase other : List.of(sum("colsum", Kind.COLUMN, columns, size(k)),
                        Linearly.call("diagvec", Kind.COLUMN, Phrases.product(p.from(i), q.from(k))),
                        Linearly.call("diagvec", Kind.COLUMN, Phrases.product(q.from(i), p.from(k))))) {
                    best = Phrases.cheaper(best, other);
                }
            }
            weights.remove(k);
            weigh(i, best);
            return true;
        }
        return false;
    }

    /** {@code Σ P_ik Q_ki}, the matrices given in both orientations. */
    private static Phrase trace(Phrase p, Phrase q, Phrase pTurned, Phrase qTurned) {
        if (p == qTurned || q == pTurned) {
            Phrase matrix = p.cost() <= pTurned.cost() ? p : pTurned;
            return Phrases.power(Phrases.call("norm2", Kind.SCALAR, matrix), Phrases.literal("2"));
        }
        Phrase best = Linearly.call("tr", Kind.SCALAR, Phrases.product(p, q));
        for (Phrase other : List.of(Linearly.call("tr", Kind.SCALAR, Phrases.product(qTurned, pTurned)),
                Linearly.call("sum", Kind.SCALAR, both(p, qTurned)),
                Linearly.call("sum", Kind.SCALAR, both(pTurned, q)))) {
            best = Phrases.cheaper(best, other);
        }
        return best;
    }

    private static Phrase both(Phrase a, Phrase b) {
        return Phrases.entrywise(List.of(a, b), List.of());
    }

    /** Two matrices with the same two indices. */
    private boolean parallel() {
        for (int a = 0; a < edges.size(); a++) {
            for (int b = a + 1; b < edges.size(); b++) {
                Edge p = edges.get(a);
                Edge q = edges.get(b);
                if (q.touches(p.row()) && q.touches(p.column())) {
                    remove(List.of(p, q));
                    Phrase straight = both(p.form(), q.from(p.row()));
                    Phrase across = both(p.from(p.column()), q.from(p.column()));
                    if (across.cost() < straight.cost()) {
                        addEdge(across, p.column(), p.row());
                    } else {
                        addEdge(straight, p.row(), p.column());
                    }
                    return true;
                }
            }
        }
        return false;
    }

    /** A summed index in two matrices. */
    private boolean series() {
        for (int k : summed()) {
            List<Edge> here = at(k);
            if (inHyper(k) || here.size() != 2) {
                continue;
            }
            int i = here.get(0).other(k);
            int j = here.get(1).other(k);
            Phrase left = here.get(0).from(i);
            Phrase right = here.get(1).from(k);
            Phrase turnedLeft = here.get(0).from(k);
            Phrase turnedRight = here.get(1).from(j);
            remove(here);
            List<Phrase> middle = isWeighted(k) ? List.of(diag(weight(k))) : List.of();
            weights.remove(k);
            Phrase straight = Phrases.product(Rational.ONE, chain(left, middle, right));
            Phrase across = Phrases.product(Rational.ONE, chain(turnedRight, middle, turnedLeft));
            if (across.cost() < straight.cost()) {
                addEdge(across, j, i);
            } else {
                addEdge(straight, i, j);
            }
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

    private static Phrase diag(Phrase vector) {
        return Linearly.symmetric("diag", vector);
    }

    // ---- einsum

    /** Everything at the summed indices that are left, and the tensors of higher rank, in one {@code einsum}. */
    private boolean stuck() {
        if (!convolutions.isEmpty()) {
            throw new NoWords("a window of a tensor");
        }
        List<Integer> left = summed();
        boolean plain = hypers.stream()
                .allMatch(hyper -> hyper.labels().equals(Arrays.stream(output).boxed().toList()));
        if (left.isEmpty() && (plain || output.length > 2)) {
            return false;
        }
        if (output.length > 2) {
            return false;
        }
        TreeSet<Integer> labels = new TreeSet<>(left);
        hypers.forEach(hyper -> labels.addAll(hyper.labels()));
        List<Phrase> arguments = new ArrayList<>();
        List<List<Integer>> indices = new ArrayList<>();
        for (Hyper hyper : hypers) {
            arguments.add(hyper.form());
            indices.add(hyper.labels());
        }
        hypers.clear();
        List<Edge> gone = edges.stream().filter(e -> labels.contains(e.row()) && labels.contains(e.column())
                || left.contains(e.row()) || left.contains(e.column())).toList();
        for (Edge edge : gone) {
            arguments.add(edge.form());
            indices.add(List.of(edge.row(), edge.column()));
        }
        remove(gone);
        for (int label : left) {
            for (Phrase weight : weights.getOrDefault(label, List.of())) {
                arguments.add(weight);
                indices.add(List.of(label));
            }
            weights.remove(label);
        }
        List<Integer> open = Arrays.stream(output).filter(k -> indices.stream().anyMatch(i -> i.contains(k))).boxed()
                .toList();
        Phrase form = einsum(arguments, indices, open);
        switch (open.size()) {
            case 0 -> scalars.add(form);
            case 1 -> weigh(open.get(0), form);
            default -> addEdge(form, open.get(0), open.get(1));
        }
        return true;
    }

    /** Whether some part is written with indices. */
    boolean isIndexed() {
        return indexed;
    }

    private Phrase einsum(List<Phrase> arguments, List<List<Integer>> indices, List<Integer> open) {
        indexed = true;
        List<Integer> names = new ArrayList<>(open);
        indices.forEach(index -> index.stream().filter(k -> !names.contains(k)).forEach(names::add));
        if (names.size() > LETTERS.length()) {
            throw new NoWords("a contraction over " + names.size() + " indices");
        }
        List<String> specs = indices.stream().map(index -> letters(index, names)).toList();
        List<Phrase> all = new ArrayList<>();
        all.add(Phrases.literal('"' + String.join(",", specs) + "->" + letters(open, names) + '"'));
        all.addAll(arguments);
        Kind kind = switch (open.size()) {
            case 0 -> Kind.SCALAR;
            case 1 -> Kind.COLUMN;
            case 2 -> Kind.MATRIX;
            default -> Kind.TENSOR;
        };
        return Phrases.call("einsum", kind, all.toArray(new Phrase[0]));
    }

    private static String letters(List<Integer> index, List<Integer> names) {
        StringBuilder text = new StringBuilder();
        index.forEach(k -> text.append(LETTERS.charAt(names.indexOf(k))));
        return text.toString();
    }

    // ---- parts of a result with stacked axes

    List<Phrase> scalars() {
        return scalars;
    }

    /** The matrix between two indices, the first along its rows. */
    Optional<Phrase> between(int i, int j) {
        return edges.stream().filter(edge -> edge.touches(i) && edge.touches(j)).map(edge -> edge.from(i)).findFirst();
    }

    /**
     * Where an identity matrix joins a row to a column, other matrices may use either; they go to the one that is in the
     * same pair as their other index.
     */
    void reattach(List<Integer> rows, List<Integer> columns) {
        for (Edge eye : edges) {
            if (!(eye.form() instanceof Phrase.Call call && call.function().equals("eye"))) {
                continue;
            }
            int r = rows.contains(eye.row()) ? eye.row() : eye.column();
            int c = eye.other(r);
            if (!rows.contains(r) || !columns.contains(c)) {
                continue;
            }
            edges = new ArrayList<>(edges.stream().map(edge -> edge == eye ? edge
                    : edge.touches(r) && columns.contains(edge.other(r)) ? edge.moved(r, c)
                            : edge.touches(c) && rows.contains(edge.other(c)) ? edge.moved(c, r) : edge)
                    .toList());
        }
        while (loop() || parallel()) {
            // what has met is joined
        }
    }

    /** The product over at most two indices, where a negative one is none; with or without the vectors at them. */
    Phrase block(int i, int j, boolean weighted) {
        if (!weighted) {
            return i < 0 || j < 0 ? i < 0 ? onesRow(j) : ones(i) : between(i, j).orElseGet(() -> ones(i, j));
        }
        return i < 0 ? row(j) : j < 0 ? column(i) : matrix(i, j);
    }

    // ---- the result

    private Phrase assembled() {
        Phrase tensor = switch (output.length) {
            case 0 -> Phrases.product();
            case 1 -> column(output[0]);
            case 2 -> matrix(output[0], output[1]);
            default -> tensor();
        };
        List<Phrase> factors = new ArrayList<>(scalars);
        if (output.length > 0) {
            factors.add(tensor);
        }
        return Phrases.product(Rational.ONE, factors);
    }

    Phrase column(int label) {
        return isWeighted(label) ? weight(label) : ones(label);
    }

    private Phrase ones(int... labels) {
        return Phrases.call("ones", labels.length == 1 ? Kind.COLUMN : labels.length == 2 ? Kind.MATRIX : Kind.TENSOR,
                IntStream.of(labels).mapToObj(k -> Phrases.size(size(k))).toArray(Phrase[]::new));
    }

    private Phrase row(int label) {
        return isWeighted(label) ? Phrases.turned(weight(label)) : onesRow(label);
    }

    private Phrase onesRow(int label) {
        return Phrases.call("ones", Kind.ROW, Phrases.literal("1"), Phrases.size(size(label)));
    }

    Phrase matrix(int i, int j) {
        List<Edge> here = edges.stream().filter(edge -> edge.touches(i) && edge.touches(j)).toList();
        if (here.isEmpty()) {
            return isWeighted(i) || isWeighted(j) ? Phrases.product(column(i), row(j)) : ones(i, j);
        }
        Phrase m = here.get(0).from(i);
        if (!isWeighted(i) && !isWeighted(j)) {
            return m;
        }
        List<Phrase> chain = new ArrayList<>();
        if (isWeighted(i)) {
            chain.add(diag(weight(i)));
        }
        chain.add(m);
        if (isWeighted(j)) {
            chain.add(diag(weight(j)));
        }
        Phrase diagonal = Phrases.product(Rational.ONE, chain);
        return Phrases.cheaper(diagonal, both(m, Phrases.product(column(i), row(j))));
    }

    private Phrase tensor() {
        List<Integer> open = Arrays.stream(output).boxed().toList();
        boolean plain = edges.isEmpty() && weights.isEmpty()
                && hypers.stream().allMatch(hyper -> hyper.labels().equals(open));
        if (plain && !hypers.isEmpty()) {
            return Phrases.entrywise(hypers.stream().map(Hyper::form).toList(), List.of());
        }
        List<Phrase> arguments = new ArrayList<>();
        List<List<Integer>> indices = new ArrayList<>();
        for (Hyper hyper : hypers) {
            arguments.add(hyper.form());
            indices.add(hyper.labels());
        }
        for (Edge edge : edges) {
            arguments.add(edge.form());
            indices.add(List.of(edge.row(), edge.column()));
        }
        weights.forEach((label, vectors) -> {
            arguments.add(weight(label));
            indices.add(List.of(label));
        });
        for (int label : output) {
            if (indices.stream().noneMatch(index -> index.contains(label))) {
                arguments.add(ones(label));
                indices.add(List.of(label));
            }
        }
        return einsum(arguments, indices, open);
    }
}
