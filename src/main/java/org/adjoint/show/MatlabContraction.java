package org.adjoint.show;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.show.Phrase.Kind;

/** Contractions in the dialect {@code matlab}: products inside products are spliced in, then read as a {@link Network}. */
final class MatlabContraction {
    /** More factors than this are not taken apart. */
    private static final int MOST_FACTORS = 24;

    /** A factor with an index for each axis. */
    private record Factor(Expr node, int[] labels) {
    }

    private final MatlabFold fold;
    private final List<Factor> factors = new ArrayList<>();
    private final Map<Integer, Size> sizes = new HashMap<>();
    private Rational number = Rational.ONE;
    private int fresh;

    MatlabContraction(MatlabFold fold) {
        this.fold = fold;
    }

    Phrase fold(Contraction node) {
        if (node.operandCount() == 0) {
            return MatlabFold.filled("ones", node.shape());
        }
        int rank = node.shape().rank();
        boolean diagonal = prepare(node, rank == 2);
        int[] output = axes(rank);
        int[] shown = diagonal && output.length == 2 ? new int[] {output[0]} : output;
        Phrase form = network(rank, shown).form();
        if (shown.length < output.length) {
            boolean bare = factors.stream().noneMatch(factor -> factor.labels.length > 0);
            Phrase eye = MatlabFold.eye(size(output[0]));
            form = bare ? Phrases.product(Rational.ONE, scalarOf(form, eye))
                    : Linearly.symmetric("diag", form);
        } else if (rank == 2 && output.length == 1 && output[0] == 1) {
            form = Phrases.turned(form);
        } else if (rank > 2 && output.length < rank) {
            throw new NoWords("a tensor with axes of size 1");
        }
        return Phrases.product(number, List.of(form));
    }

    /** The contraction as a matrix: its first axes stacked to rows, the others to columns, the last running fastest. */
    Phrase stacked(Contraction node, int split) {
        int rank = node.shape().rank();
        prepare(node, false);
        Network network = network(rank, axes(rank));
        Phrase form = network.stacked(axes(0, split), axes(split, rank));
        return Phrases.product(number, List.of(form));
    }

    private int[] axes(int rank) {
        return IntStream.range(0, rank).filter(k -> !size(k).isOne()).toArray();
    }

    private List<Integer> axes(int from, int to) {
        return IntStream.range(from, to).filter(k -> !size(k).isOne()).boxed().toList();
    }

    /** Collects the factors; whether an identity matrix between the two axes of the result was taken away. */
    private boolean prepare(Contraction node, boolean diagonal) {
        for (int k = 0; k < node.indexCount(); k++) {
            sizes.put(fresh++, node.indexSizes().get(k));
        }
        for (int f = 0; f < node.operandCount(); f++) {
            factors.add(new Factor(node.operand(f), node.indices(f)));
        }
        splice();
        return resolveDeltas(node.shape().rank(), diagonal);
    }

    private Network network(int rank, int... shown) {
        Network network = new Network(sizes, shown);
        loose(rank).forEach(size -> network.add(Phrases.size(size)));
        factors.sort((a, b) -> fold.order().compare(a.node, b.node));
        for (Factor factor : factors) {
            Phrase phrase = fold.phrase(factor.node);
            int[] labels = phrase.kind() == Kind.TENSOR ? factor.labels
                    : IntStream.of(factor.labels).filter(k -> !size(k).isOne()).toArray();
            network.add(phrase, labels);
        }
        return network;
    }

    /** The scalars before {@code ones(n)}, before another matrix. */
    private static List<Phrase> scalarOf(Phrase ones, Phrase matrix) {
        if (ones instanceof Phrase.Product product) {
            return List.of(Phrases.product(product.number(), product.above(), product.below()), matrix);
        }
        return List.of(matrix);
    }

    private Size size(int label) {
        return sizes.getOrDefault(label, Size.ONE);
    }

    // ---- products inside products

    private void splice() {
        boolean again = true;
        while (again && factors.size() < MOST_FACTORS) {
            again = false;
            for (int k = 0; k < factors.size(); k++) {
                Factor factor = factors.get(k);
                if (factor.node instanceof Linear linear && linear.termCount() == 1 && !fold.isNamed(linear)) {
                    number = number.times(linear.coefficient(0));
                    factors.set(k, new Factor(linear.term(0), factor.labels));
                    again = true;
                } else
                    if (factor.node instanceof Contraction inner && inner.operandCount() > 0
                            && !fold.isNamed(inner) && factors.size() + inner.operandCount() <= MOST_FACTORS
                            && factors.stream().filter(f -> f.node == inner).count() == 1) {
                                factors.remove(k);
                                splice(inner, factor.labels);
                                again = true;
                                break;
                            } else
                        if (factor.node instanceof Contraction ones && ones.operandCount() == 0) {
                            factors.remove(k);
                            again = true;
                            break;
                        }
            }
        }
    }

    private void splice(Contraction inner, int[] labels) {
        int[] image = new int[inner.indexCount()];
        for (int k = 0; k < image.length; k++) {
            image[k] = k < labels.length ? labels[k] : fresh;
            if (k >= labels.length) {
                sizes.put(fresh++, inner.indexSizes().get(k));
            }
        }
        for (int f = 0; f < inner.operandCount(); f++) {
            factors.add(new Factor(inner.operand(f), IntStream.of(inner.indices(f)).map(k -> image[k]).toArray()));
        }
    }

    /** An identity matrix whose axes are split alike is a product of smaller ones. */
    private boolean splitDelta(Reshape node, int[] labels) {
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

    // ---- identity matrices

    /** Removes deltas; whether one between the two axes of a matrix is left, whose other factors then use the first. */
    private boolean resolveDeltas(int rank, boolean toDiagonal) {
        boolean diagonal = false;
        for (int k = 0; k < factors.size(); k++) {
            Factor delta = factors.get(k);
            if (!(delta.node instanceof Delta) || size(delta.labels[0]).isOne()) {
                continue;
            }
            int i = Math.min(delta.labels[0], delta.labels[1]);
            int j = Math.max(delta.labels[0], delta.labels[1]);
            if (j < rank && i != j && !toDiagonal) {
                continue;
            }
            factors.remove(k);
            for (Factor factor : factors) {
                for (int axis = 0; axis < factor.labels.length; axis++) {
                    factor.labels[axis] = factor.labels[axis] == j ? i : factor.labels[axis];
                }
            }
            if (i != j && j >= rank) {
                sizes.remove(j);
            }
            diagonal |= i != j && j < rank;
            k = -1;
        }
        return diagonal;
    }

    /** The sizes of summed indices that are in no factor. */
    private List<Size> loose(int rank) {
        return sizes.keySet().stream().filter(k -> k >= rank)
                .filter(k -> factors.stream().noneMatch(f -> IntStream.of(f.labels).anyMatch(l -> l == k)))
                .map(this::size).filter(size -> !size.isOne()).toList();
    }
}
