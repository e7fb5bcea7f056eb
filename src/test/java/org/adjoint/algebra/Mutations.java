package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;

/** The same value in another form, and nearly the same expression with one thing wrong. */
final class Mutations {
    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    private Expr replaced(Expr root, Expr node, Expr image) {
        return Substitution.of(Map.of(node, image)).apply(root);
    }

    private Expr pick(Expr root) {
        List<Expr> nodes = Walk.postorder(root);
        return nodes.get(random.nextInt(nodes.size()));
    }

    /** One node replaced by something that has its value. */
    Expr disguised(Expr root) {
        Expr node = pick(root);
        Variable v = Variable.of("u" + node.shape().toString().replaceAll("\\W+", ""), node.shape());
        return replaced(root, node, switch (random.nextInt(6)) {
            case 0 -> node.plus(v).minus(v);
            case 1 -> node.times(Constant.ONE.plus(v)).minus(node.times(v));
            case 2 -> Functions.LOG.apply(Functions.EXP.apply(node));
            case 3 -> node.times(Rational.of(1, 3)).plus(node.times(Rational.of(2, 3)));
            case 4 -> node.times(Functions.EXP.apply(v)).times(Functions.EXP.apply(v.negate()));
            default -> Where.of(Functions.STEP.apply(v.pow(2).plus(Constant.ONE)), node, node.times(2));
        });
    }

    /** One coefficient, index, factor, exponent, function or variable changed. */
    Expr damaged(Expr root) {
        Expr node = pick(root);
        return replaced(root, node, switch (node) {
            case Linear sum when sum.termCount() > 0 -> {
                List<Rational> coefficients = new ArrayList<>();
                int wrong = random.nextInt(sum.termCount());
                for (int k = 0; k < sum.termCount(); k++) {
                    coefficients.add(k == wrong && random.nextBoolean() ? sum.coefficient(k).negate()
                            : k == wrong ? sum.coefficient(k).plus(Rational.ONE) : sum.coefficient(k));
                }
                yield Linear.of(sum.shape(), sum.operands(), coefficients);
            }
            case Contraction product when product.operandCount() > 0 -> contraction(product);
            case Elementwise f when f.function() == Functions.POWER -> Functions.POWER.apply(f.operand(0),
                    f.operand(1).plus(Constant.of(Rational.of(random.nextInt(1, 3), 2))));
            case Elementwise f when f.operandCount() == 1 ->
                (f.function() == Functions.SIN ? Functions.COS : Functions.SIN).apply(f.operand(0));
            case Elementwise f when f.operandCount() == 2 -> f.function().apply(f.operand(1), f.operand(0));
            case Reduction r when r.operation() == Reduction.Operation.MAX ->
                Reduction.of(Reduction.Operation.LOG_SUM_EXP, r.operand(0), r.axes());
            case Where where -> where.withOperands(List.of(where.condition(), where.ifFalse(), where.ifTrue()));
            case Variable v -> Variable.of("other" + v.name(), v.shape(), v.facts().toArray(Fact[]::new));
            default -> node.times(2);
        });
    }

    private Expr contraction(Contraction product) {
        List<Expr> factors = new ArrayList<>(product.operands());
        List<int[]> labels = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            labels.add(product.indices(k));
        }
        int wrong = random.nextInt(factors.size());
        int[] label = labels.get(wrong);
        Shape shape = factors.get(wrong).shape();
        boolean square = shape.rank() == 2 && shape.get(0).equals(shape.get(1)) && label[0] != label[1];
        if (square && random.nextInt(3) > 0) {
            labels.set(wrong, new int[] {label[1], label[0]});
        } else {
            factors.remove(wrong);
            labels.remove(wrong);
        }
        int[] output = new int[product.shape().rank()];
        Arrays.setAll(output, axis -> axis);
        return Contraction.of(factors, labels, output, product.shape());
    }
}
