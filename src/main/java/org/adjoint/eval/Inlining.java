package org.adjoint.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** Replaces defined variables by their definitions, each rebuilt once however often it is used and however long the chain. */
final class Inlining {
    private final NodeMap<Expr> images = new NodeMap<>();

    private Inlining() {
    }

    static List<Expr> of(List<? extends Expr> roots, Definitions definitions) {
        Inlining inlining = new Inlining();
        for (Variable variable : definitions.reachable(roots)) {
            inlining.images.put(variable, inlining.image(definitions.value(variable).orElseThrow()));
        }
        List<Expr> inlined = new ArrayList<>(roots.size());
        roots.forEach(root -> inlined.add(inlining.image(root)));
        return inlined;
    }

    private Expr image(Expr root) {
        for (Expr node : Walk.postorder(root)) {
            if (!images.contains(node)) {
                boolean same = true;
                List<Expr> operands = new ArrayList<>(node.operandCount());
                for (int k = 0; k < node.operandCount(); k++) {
                    operands.add(Objects.requireNonNull(images.get(node.operand(k))));
                    same &= operands.get(k) == node.operand(k);
                }
                images.put(node, same ? node : node.withOperands(operands));
            }
        }
        return Objects.requireNonNull(images.get(root));
    }
}
