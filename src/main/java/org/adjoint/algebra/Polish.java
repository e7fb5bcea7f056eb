package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Walk;

/**
 * Last touches that change no structure: a minus in front moves into a sum that then begins with a plus, symmetric matrices are
 * read straight, roots in denominators are written as roots, long products are grouped as they are read.
 */
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
            polished.put(node, touched(next));
        }
        return Objects.requireNonNull(polished.get(root));
    }

    private Expr touched(Expr node) {
        return switch (node) {
            case Linear sum -> Pairs.logisticSlope(sum).orElseGet(() -> signed(sum));
            case Contraction product -> grouped(oriented(complement(product)));
            case Elementwise f -> rooted(f);
            default -> node;
        };
    }

    private Expr complement(Contraction product) {
        Expr next = Pairs.complement(product);
        return cost.of(next) < cost.of(product) ? next : product;
    }

    private static Expr grouped(Expr node) {
        return node instanceof Contraction product ? Grouping.grouped(product) : node;
    }

    /** {@code x^(−1/2) = 1/√x}, and any odd power of a root of a sum of squares, so that a norm is seen. */
    private static Expr rooted(Elementwise f) {
        Power power = Power.of(f);
        Rational doubled = power.exponent().times(Rational.TWO);
        boolean root = f.function() == Functions.POWER && doubled.isInteger() && !power.exponent().isInteger()
                && (doubled.equals(Rational.MINUS_ONE) || Cost.isSquaredNorm(power.base()));
        return root
                ? Functions.POWER.apply(Functions.SQRT.apply(power.base()), Linear.fill(f.shape(), doubled))
                : f;
    }

    /** Symmetric matrices the way round in which the product is read from its first axis on. */
    private Expr oriented(Expr node) {
        if (!(node instanceof Contraction product)) {
            return node;
        }
        List<int[]> labels = new ArrayList<>(Product.labels(product));
        List<Integer> reached = new ArrayList<>();
        for (int axis = 0; axis < Math.max(1, product.shape().rank() - 1); axis++) {
            reached.add(axis);
        }
        boolean[] done = new boolean[labels.size()];
        boolean turned = false;
        for (int step = 0; step < labels.size(); step++) {
            int next = next(labels, done, reached);
            if (Arrays.stream(labels.get(next)).noneMatch(reached::contains)) {
                // the other half of an outer product is read from its own axis on
                reached.add(product.shape().rank() - 1);
                next = next(labels, done, reached);
            }
            int[] label = labels.get(next);
            boolean swap = label.length == 2 && label[0] != label[1] && !reached.contains(label[0])
                    && (reached.contains(label[1]) || reached.isEmpty())
                    && cost.isSymmetric(product.operand(next));
            if (swap) {
                labels.set(next, new int[] {label[1], label[0]});
                turned = true;
            }
            done[next] = true;
            Arrays.stream(label).forEach(reached::add);
        }
        return turned
                ? Contraction.of(product.operands(), labels, Product.output(product.shape()), product.shape())
                : product;
    }

    /** A factor with an index that was reached, or else any. */
    private static int next(List<int[]> labels, boolean[] done, List<Integer> reached) {
        int any = -1;
        for (int k = 0; k < done.length; k++) {
            if (!done[k]) {
                any = any < 0 ? k : any;
                if (Arrays.stream(labels.get(k)).anyMatch(reached::contains)) {
                    return k;
                }
            }
        }
        return any;
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
