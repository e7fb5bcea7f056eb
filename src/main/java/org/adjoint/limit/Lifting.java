package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;

/** Puts tensors in the place of scalar symbols: what is said of one entry is said of all. */
final class Lifting {
    private final Map<Variable, Expr> meaning;

    Lifting(Map<Variable, Expr> meaning) {
        this.meaning = meaning;
    }

    Expr of(Expr x) {
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : Walk.postorder(x)) {
            images.put(node, image(node, images));
        }
        return Objects.requireNonNull(images.get(x));
    }

    /** Of the given shape, repeated where it is a scalar. */
    Expr of(Expr x, Shape shape) {
        return Tensors.broadcast(of(x), shape);
    }

    Relation of(Relation relation) {
        return new Relation(of(relation.left()), relation.op(), of(relation.right()));
    }

    Step of(Step step) {
        return new Step(step.law(), step.text(), step.exprs().stream().map(this::of).toList());
    }

    private Expr image(Expr node, NodeMap<Expr> images) {
        if (node instanceof Variable variable) {
            return meaning.getOrDefault(variable, variable);
        }
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
