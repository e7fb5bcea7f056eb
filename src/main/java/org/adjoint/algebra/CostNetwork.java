package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Leaf;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.jspecify.annotations.Nullable;

/**
 * The length of a contraction in matrix notation. An index is a vertex, a matrix an edge, a vector a weight of its vertex;
 * a summed vertex of two edges is a matrix product, parallel edges are a product entry by entry, a weight moves along an edge
 * as {@code A*w}, a cycle is a trace (series-parallel reduction). What does not reduce is priced as an index expression.
 */
final class CostNetwork {
    /** A matrix with its length as it stands and transposed. */
    private static final class Edge {
        private final int row;
        private final int column;
        private final double straight;
        private final double turned;

        Edge(int row, int column, double straight, double turned) {
            this.row = row;
            this.column = column;
            this.straight = straight;
            this.turned = turned;
        }

        boolean touches(int label) {
            return row == label || column == label;
        }

        int other(int label) {
            return row == label ? column : row;
        }

        double from(int label) {
            return row == label ? straight : turned;
        }
    }

    private final Cost costs;
    private final Contraction product;
    private final int rank;
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Integer, Double> weights = new HashMap<>();
    /** The length of what multiplies as a scalar, operators included. */
    private double scalars;
    private int scalarCount;
    private double divisors;
    private double rest;
    private boolean identity;
    private final List<Size> means = new ArrayList<>();

    CostNetwork(Cost costs, Contraction product) {
        this.costs = costs;
        this.product = product;
        this.rank = product.shape().rank();
    }

    double total() {
        if (product.operandCount() == 0) {
            return rank == 0 ? 1 : 1 + rank;
        }
        means.addAll(product.indexSizes().subList(rank, product.indexCount()));
        // What divides comes last, so that a./b costs no 1./b.
        for (boolean divides : new boolean[] {false, true}) {
            for (int f = 0; f < product.operandCount(); f++) {
                if ((divisor(product.operand(f)) != null) == divides) {
                    add(product.operand(f), product.indices(f));
                }
            }
        }
        boolean changed = true;
        while (changed) {
            changed = loop() || pendant() || doubled() || parallel() || series();
        }
        return assembled();
    }

    private void add(Expr factor, int[] indices) {
        List<Integer> labels = new ArrayList<>();
        for (int axis = 0; axis < indices.length; axis++) {
            if (!factor.shape().get(axis).isOne()) {
                labels.add(indices[axis]);
            }
        }
        Expr base = divisor(factor);
        double cost = costs.of(factor);
        if (labels.isEmpty()) {
            if (base instanceof Dimension size && means.remove(size.size())) {
                // A sum over its number of terms is a mean.
                divisors += 0;
            } else if (base != null) {
                divisors += costs.of(base) + 1;
            } else {
                scalar(cost);
            }
        } else if (labels.size() == 1) {
            weigh(labels.get(0), cost, base);
        } else if (labels.size() == 2) {
            double shown = base == null ? cost : costs.of(base) + 1;
            identity |= factor instanceof Delta;
            boolean symmetric = factor instanceof Delta || ((factor instanceof Leaf || factor instanceof MatrixFunction)
                    && costs.isSymmetric(factor));
            edges.add(new Edge(labels.get(0), labels.get(1), shown, shown + (symmetric ? 0 : 1)));
        } else {
            rest += cost + 3;
        }
    }

    /** The x of a factor 1/xᵏ. */
    private static @Nullable Expr divisor(Expr factor) {
        if (factor instanceof Elementwise power && power.function() == Functions.POWER) {
            Rational exponent = Constant.uniform(power.operand(1)).orElse(Rational.ONE);
            if (exponent.equals(Rational.MINUS_ONE)) {
                return power.operand(0);
            }
            return exponent.signum() < 0 ? Functions.POWER.apply(power.operand(0), Constant.of(exponent.negate()))
                    : null;
        }
        return null;
    }

    /** The exponent of a power, without the ones that spread a scalar. */
    static Expr narrow(Expr exponent, Cost costs) {
        if (exponent instanceof Contraction view && view.operandCount() == 1) {
            costs.of(view.operand(0));
            return view.operand(0);
        }
        return exponent;
    }

    private void scalar(double cost) {
        scalars += cost;
        scalarCount++;
    }

    private void weigh(int label, double cost, @Nullable Expr base) {
        Double before = weights.get(label);
        // a./b costs b and an operator; 1./b as well, once there is something to divide.
        double own = base == null ? cost : before == null ? cost : costs.of(base);
        weights.put(label, before == null ? own : before + own + 1);
    }

    private void weigh(int label, double cost) {
        weigh(label, cost, null);
    }

    private List<Edge> at(int label) {
        return edges.stream().filter(edge -> edge.touches(label)).toList();
    }

    private List<Integer> summed() {
        TreeSet<Integer> labels = new TreeSet<>(weights.keySet());
        edges.forEach(edge -> {
            labels.add(edge.row);
            labels.add(edge.column);
        });
        return labels.stream().filter(k -> k >= rank).toList();
    }

    private boolean loop() {
        for (Edge edge : edges) {
            if (edge.row == edge.column) {
                edges.remove(edge);
                double cost = 1 + Math.min(edge.straight, edge.turned);
                if (edge.row >= rank && !weights.containsKey(edge.row) && at(edge.row).isEmpty()) {
                    scalar(cost);
                } else {
                    weigh(edge.row, cost);
                }
                return true;
            }
        }
        return false;
    }

    private boolean pendant() {
        for (int k : summed()) {
            List<Edge> here = at(k);
            if (here.size() > 1) {
                continue;
            }
            Double weight = weights.get(k);
            if (here.isEmpty()) {
                weights.remove(k);
                // a'*b, or sum(a)
                scalar((weight == null ? 0 : weight) + 1);
                return true;
            }
            Edge edge = here.get(0);
            int i = edge.other(k);
            edges.remove(edge);
            weights.remove(k);
            if (weight == null && i >= rank && !weights.containsKey(i) && at(i).isEmpty()) {
                scalar(1 + Math.min(edge.straight, edge.turned));
            } else if (weight == null) {
                weigh(i, 1 + Math.min(edge.straight, edge.turned));
            } else {
                weigh(i, edge.from(i) + weight + 1);
            }
            return true;
        }
        return false;
    }

    private boolean doubled() {
        for (int k : summed()) {
            List<Edge> here = at(k);
            if (here.size() != 2 || here.get(0).other(k) != here.get(1).other(k)) {
                continue;
            }
            int i = here.get(0).other(k);
            Edge p = here.get(0);
            Edge q = here.get(1);
            edges.remove(p);
            edges.remove(q);
            Double weight = weights.remove(k);
            double entrywise = Math.min(p.from(i) + q.from(i), p.from(k) + q.from(k)) + 2;
            double product = Math.min(p.from(i) + q.from(k), q.from(i) + p.from(k)) + 2;
            double best = Math.min(entrywise, product) + (weight == null ? 0 : weight + 1);
            if (i >= rank && !weights.containsKey(i) && at(i).isEmpty()) {
                scalar(best);
            } else {
                weigh(i, best);
            }
            return true;
        }
        return false;
    }

    private boolean parallel() {
        for (int a = 0; a < edges.size(); a++) {
            for (int b = a + 1; b < edges.size(); b++) {
                Edge p = edges.get(a);
                Edge q = edges.get(b);
                if (q.touches(p.row) && q.touches(p.column)) {
                    edges.remove(b);
                    edges.remove(a);
                    edges.add(joined(p.row, p.column, p.straight + q.from(p.row) + 1, p.turned + q.from(p.column) + 1));
                    return true;
                }
            }
        }
        return false;
    }

    /** A product entry by entry may be transposed as a whole. */
    private static Edge joined(int row, int column, double straight, double turned) {
        return new Edge(row, column, Math.min(straight, turned + 1), Math.min(turned, straight + 1));
    }

    private boolean series() {
        for (int k : summed()) {
            List<Edge> here = at(k);
            if (here.size() != 2) {
                continue;
            }
            Edge p = here.get(0);
            Edge q = here.get(1);
            int i = p.other(k);
            int j = q.other(k);
            edges.remove(p);
            edges.remove(q);
            Double weight = weights.remove(k);
            double middle = weight == null ? 0 : weight + 2;
            edges.add(joined(i, j, p.from(i) + q.from(k) + middle + 1, q.from(j) + p.from(k) + middle + 1));
            return true;
        }
        return false;
    }

    private double assembled() {
        double tensor = switch (rank) {
            case 0 -> 0;
            case 1 -> weights.getOrDefault(0, product.shape().get(0).isOne() ? 0.0 : 2.0);
            case 2 -> matrix();
            default -> {
                // kron(A, B), or einsum("..", A, B)
                double sum = rest + 1;
                for (Edge edge : edges) {
                    sum += edge.straight;
                }
                for (double weight : weights.values()) {
                    sum += weight + 1;
                }
                yield sum;
            }
        };
        if (rank <= 2) {
            tensor += rest;
            for (Edge edge : edges) {
                tensor += edge.row >= rank || edge.column >= rank ? edge.straight + 3 : 0;
            }
        }
        double factors = scalars + Math.max(0, scalarCount - 1);
        double above = tensor + factors + (tensor > 0 && scalarCount > 0 ? 1 : 0);
        return divisors + (above == 0 ? 1 : above);
    }

    private double matrix() {
        double own = 0;
        for (Edge edge : edges) {
            if (edge.touches(0) && edge.touches(1)) {
                own += edge.from(0) + (own > 0 ? 1 : 0);
            }
        }
        Double left = weights.get(0);
        Double right = weights.get(1);
        if (edges.size() == 1 && identity && (left != null || right != null)) {
            // diag(v)
            return 1 + (left == null ? 0 : left) + (right == null ? 0 : right)
                    + (left != null && right != null ? 1 : 0);
        }
        if (own == 0) {
            boolean unitLeft = product.shape().get(0).isOne();
            boolean unitRight = product.shape().get(1).isOne();
            double a = left == null ? unitLeft ? 0 : 2 : left;
            double b = right == null ? unitRight ? 0 : left == null ? 2 : 3 : right + 1;
            return a + b + (a > 0 && b > 0 ? 1 : 0);
        }
        double diagonals = (left == null ? 0 : left + 2) + (right == null ? 0 : right + 2);
        double entrywise = left != null && right != null ? left + right + 3 : diagonals + 4;
        return own + (left == null && right == null ? 0 : Math.min(diagonals, entrywise));
    }
}
