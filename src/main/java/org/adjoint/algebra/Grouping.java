package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/**
 * A flat product of many factors as nested products of two: matrices times vectors first, then matrices from left to right,
 * products entry by entry in between. The reading order in which people write and notations fold. An index is a vertex, a
 * matrix an edge, a vector a weight; what is not series-parallel stays flat.
 */
final class Grouping {
    /** A tensor with the label of each axis. */
    private record Part(Expr node, int[] labels) {
    }

    /** A joint of a chain: the vectors at an index between two matrices. */
    private record Joint(int label, List<Part> weights) {
    }

    /** Links from {@code from} to {@code to}; each link is several parts multiplied entry by entry. */
    private record Edge(int from, int to, List<Link> links, List<Joint> joints) {
        boolean touches(int label) {
            return from == label || to == label;
        }

        int other(int label) {
            return from == label ? to : from;
        }

        Edge towards(int label) {
            return to == label ? this
                    : new Edge(to, from, links.reversed().stream().map(Link::turned).toList(), joints.reversed());
        }

        Edge fromLabel(int label) {
            return towards(other(label));
        }
    }

    /** One matrix between two indices, or several entry by entry. */
    private record Link(int from, int to, List<Edge> parallel, Part leaf) {
        Link turned() {
            return new Link(to, from, parallel, leaf);
        }
    }

    private final Contraction product;
    private final int rank;
    private final Map<Integer, Size> sizes = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Integer, List<Part>> weights = new HashMap<>();
    private final List<Part> scalars = new ArrayList<>();

    private Grouping(Contraction product) {
        this.product = product;
        this.rank = product.shape().rank();
    }

    /** The nested form; the product itself where it has none, or is short. */
    static Expr grouped(Contraction product) {
        boolean plain = product.operandCount() < 2 || axes(product) > 2;
        boolean tensors = product.operands().stream().anyMatch(f -> axes(f) > 2 || f instanceof Contraction);
        if (plain || tensors) {
            return product;
        }
        Grouping grouping = new Grouping(product);
        Expr nested = grouping.nested();
        return flat(nested) == flat(product) ? nested : product;
    }

    /** The number of axes that are longer than 1. */
    private static long axes(Expr node) {
        return node.shape().sizes().stream().filter(size -> !size.isOne()).count();
    }

    /** The labels of the axes that are longer than 1; one of size 1 has a label of its own and ties nothing. */
    private static int[] ties(Expr factor, int[] labels) {
        return IntStream.range(0, labels.length).filter(axis -> !factor.shape().get(axis).isOne())
                .map(axis -> labels[axis]).toArray();
    }

    private static Expr flat(Expr node) {
        return node instanceof Contraction c
                ? Contraction.flattened(c.operands(), Product.labels(c), Product.output(c.shape()), c.shape())
                : node;
    }

    private Expr nested() {
        for (int k = 0; k < product.indexCount(); k++) {
            sizes.put(k, product.indexSize(k));
        }
        for (int f = 0; f < product.operandCount(); f++) {
            Part part = new Part(product.operand(f), product.indices(f));
            int[] ties = ties(part.node, part.labels);
            switch (ties.length) {
                case 0 -> scalars.add(part);
                case 1 -> weigh(ties[0], part);
                default -> {
                    int k = ties[0];
                    if (k != ties[1]) {
                        edges.add(edge(new Link(k, ties[1], List.of(), part)));
                    } else if (k < rank || product.operands().size() == 1 || occurrences(k) > 1) {
                        weigh(k, contracted(List.of(part), k));
                    } else {
                        scalars.add(contracted(List.of(part)));
                    }
                }
            }
        }
        boolean changed = true;
        while (changed) {
            changed = pendant() || parallel() || series();
        }
        return assembled();
    }

    private int occurrences(int label) {
        int count = 0;
        for (int f = 0; f < product.operandCount(); f++) {
            count += IntStream.of(product.indices(f)).anyMatch(each -> each == label) ? 1 : 0;
        }
        return count;
    }

    private static Edge edge(Link link) {
        return new Edge(link.from, link.to, List.of(link), List.of());
    }

    private void weigh(int label, Part part) {
        weights.computeIfAbsent(label, k -> new ArrayList<>()).add(part);
    }

    private List<Edge> at(int label) {
        return edges.stream().filter(edge -> edge.touches(label)).toList();
    }

    private List<Integer> summed() {
        TreeSet<Integer> labels = new TreeSet<>(weights.keySet());
        edges.forEach(edge -> {
            labels.add(edge.from);
            labels.add(edge.to);
        });
        return labels.stream().filter(k -> k >= rank).toList();
    }

    // ---- reductions

    private boolean pendant() {
        for (int k : summed()) {
            List<Edge> here = at(k);
            List<Part> own = weights.getOrDefault(k, List.of());
            if (here.isEmpty()) {
                weights.remove(k);
                scalars.add(contracted(own));
                return true;
            }
            if (here.size() == 1) {
                int i = here.get(0).other(k);
                edges.remove(here.get(0));
                weights.remove(k);
                List<Part> parts = new ArrayList<>();
                parts.add(emitted(here.get(0).towards(k)));
                parts.addAll(own);
                weigh(i, contracted(parts, i));
                return true;
            }
        }
        return false;
    }

    private boolean parallel() {
        for (int a = 0; a < edges.size(); a++) {
            for (int b = a + 1; b < edges.size(); b++) {
                Edge p = edges.get(a);
                Edge q = edges.get(b);
                boolean inner = p.from >= rank && p.to >= rank && at(p.from).size() == 2 && at(p.to).size() == 2
                        && !weights.containsKey(p.from) && !weights.containsKey(p.to);
                if (!inner && q.touches(p.from) && q.touches(p.to)) {
                    edges.remove(b);
                    edges.remove(a);
                    edges.add(edge(new Link(p.from, p.to, List.of(p, q), NONE)));
                    return true;
                }
            }
        }
        return false;
    }

    private boolean series() {
        for (int k : summed()) {
            List<Edge> here = at(k);
            if (here.size() != 2 || here.get(0).other(k) == here.get(1).other(k)) {
                continue;
            }
            Edge p = here.get(0).towards(k);
            Edge q = here.get(1).fromLabel(k);
            edges.remove(here.get(0));
            edges.remove(here.get(1));
            List<Link> links = new ArrayList<>(p.links);
            links.addAll(q.links);
            List<Joint> joints = new ArrayList<>(p.joints);
            List<Part> own = weights.remove(k);
            joints.add(new Joint(k, own == null ? List.of() : own));
            joints.addAll(q.joints);
            edges.add(new Edge(p.from, q.to, links, joints));
            return true;
        }
        return false;
    }

    // ---- nodes

    private static final Part NONE = new Part(Contraction.ones(Shape.SCALAR), new int[0]);

    /** The matrix from the first index of the edge to its last; a single leaf as it stands. */
    private Part emitted(Edge edge) {
        Part done = link(edge.links.get(0));
        for (int k = 1; k < edge.links.size(); k++) {
            Link next = edge.links.get(k);
            List<Part> parts = new ArrayList<>();
            parts.add(done);
            parts.addAll(edge.joints.get(k - 1).weights);
            parts.add(link(next));
            done = contracted(parts, edge.from, next.to);
        }
        return done;
    }

    private Part link(Link link) {
        if (link.parallel.isEmpty()) {
            return link.leaf;
        }
        List<Part> parts = new ArrayList<>();
        for (Edge edge : link.parallel) {
            parts.add(emitted(edge.fromLabel(link.from)));
        }
        return contracted(parts, link.from, link.to);
    }

    private Part contracted(List<Part> parts, int... output) {
        Shape shape = Shape.of(IntStream.of(output).mapToObj(sizes::get).toList());
        return new Part(Contraction.of(parts.stream().map(Part::node).toList(),
                parts.stream().map(Part::labels).toList(), output, shape), output);
    }

    private Expr assembled() {
        List<Part> parts = new ArrayList<>(scalars);
        for (Edge edge : edges) {
            boolean turned = edge.from > edge.to && edge.to < rank;
            parts.add(emitted(turned ? edge.fromLabel(edge.to) : edge));
        }
        weights.values().forEach(parts::addAll);
        return Contraction.of(parts.stream().map(Part::node).toList(), parts.stream().map(Part::labels).toList(),
                Product.output(product.shape()), product.shape());
    }
}
