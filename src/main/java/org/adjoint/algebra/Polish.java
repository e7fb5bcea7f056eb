package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Walk;

/** Last touches that change no structure: a minus in front moves into a sum that then begins with a plus. */
final class Polish {
    private final Cost cost;
    private final NodeMap<Expr> polished = new NodeMap<>();

    Polish(Cost cost) {
        this.cost = cost;
    }

    Expr polished(Expr root) {
        for (Expr node : Walk.postorder(root)) {
            List<Expr> operands = new ArrayList<>(node.operandCount());
            boolean same = true;
            for (int k = 0; k < node.operandCount(); k++) {
                Expr operand = Objects.requireNonNull(polished.get(node.operand(k)));
                operands.add(operand);
                same &= operand == node.operand(k);
            }
            Expr next = same ? node : node.withOperands(operands);
            polished.put(node, next instanceof Linear sum ? signed(sum) : next);
        }
        return Objects.requireNonNull(polished.get(root));
    }

    /** The sum with the minus of a term moved into one of its factors. */
    private Expr signed(Linear sum) {
        List<Expr> terms = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        boolean alone = sum.termCount() == 1;
        boolean changed = false;
        boolean anyPositive = false;
        for (int k = 0; k < sum.termCount(); k++) {
            anyPositive |= sum.coefficient(k).signum() > 0;
        }
        for (int k = 0; k < sum.termCount(); k++) {
            Expr term = sum.term(k);
            Rational c = sum.coefficient(k);
            boolean worth = c.signum() < 0 && (alone || !anyPositive);
            Expr flipped = worth && term instanceof Contraction product ? flipped(product) : term;
            changed |= flipped != term;
            terms.add(flipped);
            coefficients.add(flipped != term ? c.negate() : c);
            anyPositive |= flipped != term;
        }
        Expr next = changed ? Linear.of(sum.shape(), terms, coefficients) : sum;
        return cost.of(next) < cost.of(sum) ? next : sum;
    }

    /** Minus the product, with the minus in a sum that has one to spare; the product itself where there is none. */
    private Expr flipped(Contraction product) {
        for (int k = 0; k < product.operandCount(); k++) {
            if (product.operand(k) instanceof Linear inner && inner.termCount() > 1) {
                boolean negative = false;
                for (int j = 0; j < inner.termCount(); j++) {
                    negative |= inner.coefficient(j).signum() < 0;
                }
                if (negative) {
                    List<Expr> operands = new ArrayList<>(product.operands());
                    operands.set(k, ProductRules.rescaled(inner, Rational.MINUS_ONE));
                    return product.withOperands(operands);
                }
            }
        }
        return product;
    }
}
