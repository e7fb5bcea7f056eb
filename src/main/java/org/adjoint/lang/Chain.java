package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A chain of operators of one level, {@code a * b @ c / d}, which is a left-deep tree, made flat.
 *
 * @param operands at least two
 * @param nodes    the node that applies operator {@code i} to everything before it and operand {@code i + 1}
 */
record Chain(List<Syntax> operands, List<Syntax.Binary> nodes) {

    static Chain of(Syntax.Binary last) {
        List<Syntax> operands = new ArrayList<>();
        List<Syntax.Binary> nodes = new ArrayList<>();
        Syntax.Binary node = last;
        while (true) {
            nodes.add(node);
            operands.add(node.right());
            if (isFactorLevel(node.op()) && !isBracketed(node) && node.left() instanceof Syntax.Binary left
                    && isFactorLevel(left.op())) {
                node = left;
            } else {
                operands.add(node.left());
                break;
            }
        }
        Collections.reverse(operands);
        Collections.reverse(nodes);
        return new Chain(operands, nodes);
    }

    /** Whether the left operand stands in brackets, which start a chain of their own; the tree does not keep them. */
    private static boolean isBracketed(Syntax.Binary node) {
        return node.left().span().start() > node.span().start();
    }

    private static boolean isFactorLevel(Syntax.Binary.Op op) {
        return switch (op) {
            case MULTIPLY, MATMUL, DIVIDE, FLOOR_DIVIDE, MODULO, ELEMENTWISE_MULTIPLY, ELEMENTWISE_DIVIDE, KRONECKER ->
                true;
            case POWER, ELEMENTWISE_POWER, SUPERSCRIPT -> false;
        };
    }
}
