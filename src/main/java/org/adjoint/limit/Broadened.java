package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Where;

/** A node of numbers with tensors in the place of some: what worked on numbers works entry by entry, with broadcasting. */
final class Broadened {
    private Broadened() {
    }

    /** The node with the images of its operands. */
    static Expr of(Expr node, NodeMap<Expr> images) {
        List<Expr> operands = new ArrayList<>();
        boolean same = true;
        for (Expr operand : node.operands()) {
            Expr image = Objects.requireNonNull(images.get(operand));
            operands.add(image);
            same &= image == operand;
        }
        if (same) {
            return node;
        }
        return switch (node) {
            case Elementwise f -> f.function().apply(operands.toArray(new Expr[0]));
            case Linear sum -> Tensors.sum(IntStream.range(0, operands.size())
                    .mapToObj(k -> operands.get(k).times(sum.coefficient(k))).toList());
            case Contraction product when product.indexCount() == 0 -> Tensors.product(operands);
            case Where where -> Where.of(operands.get(0), operands.get(1), operands.get(2));
            default -> node.withOperands(operands);
        };
    }
}
