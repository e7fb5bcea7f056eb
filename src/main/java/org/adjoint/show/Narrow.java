package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** Undoes broadcasting: the smallest expression that broadcasts to a given one. */
final class Narrow {
    private Narrow() {
    }

    /** A number for a tensor of equal entries; a tensor without the axes along which it only repeats; else itself. */
    static Expr of(Expr node) {
        if (node.shape().isScalar()) {
            return node;
        }
        Optional<Expr> number = Constant.uniform(node).map(Constant::of);
        if (number.isPresent()) {
            return number.get();
        }
        if (node instanceof Linear linear && linear.termCount() == 1) {
            Expr term = of(linear.term(0));
            return checked(node, Linear.scale(linear.coefficient(0), term));
        }
        return node instanceof Contraction contraction ? checked(node, uncovered(contraction)) : node;
    }

    private static Expr checked(Expr wide, Expr narrow) {
        return Tensors.broadcast(narrow, wide.shape()) == wide ? narrow : wide;
    }

    /** Without the leading axes that occur in no factor; other such axes get size 1. */
    private static Expr uncovered(Contraction node) {
        int rank = node.shape().rank();
        boolean[] covered = new boolean[rank];
        for (int f = 0; f < node.operandCount(); f++) {
            for (int index : node.indices(f)) {
                if (index < rank) {
                    covered[index] = true;
                }
            }
        }
        int first = IntStream.range(0, rank).filter(k -> covered[k]).findFirst().orElse(rank);
        if (first == 0 && IntStream.range(0, rank).allMatch(k -> covered[k] || node.shape().get(k).isOne())) {
            return node;
        }
        List<Size> sizes = new ArrayList<>();
        for (int k = first; k < rank; k++) {
            sizes.add(covered[k] ? node.shape().get(k) : Size.ONE);
        }
        List<int[]> labels = IntStream.range(0, node.operandCount()).mapToObj(node::indices).toList();
        return Contraction.of(node.operands(), labels, IntStream.range(first, rank).toArray(), Shape.of(sizes));
    }

    /** The tensor of which this one is a copy with a new first axis of size 1. */
    static Optional<Expr> firstAxisRemoved(Expr node) {
        if (node.shape().rank() == 0 || !node.shape().get(0).isOne()) {
            return Optional.empty();
        }
        if (node instanceof Constant constant) {
            return constant.isData() ? Optional.empty()
                    : Optional.of(Constant.of(constant.shape().without(0), constant.values()));
        }
        int[] axis = {0};
        Expr row = Tensors.sum(node, axis, false);
        return Tensors.insertAxis(row, 0) == node ? Optional.of(row) : Optional.empty();
    }
}
