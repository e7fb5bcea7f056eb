package org.adjoint.show;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * The parts of a long formula that get a name: those that are written more than once, and are not small. Named as textbooks
 * do where that is plain, as {@code p} for a softmax and {@code X_hat} for X centred and scaled, else by a free letter.
 */
final class Parts {
    /** A part must have this many nodes. */
    private static final int WORTH_A_NAME = 5;
    private static final String LETTERS = "c a b d u v q g M P Q R T";

    private Parts() {
    }

    /** The nodes worth a name, operands first. */
    static List<Expr> of(Expr root, Order order) {
        NodeMap<Integer> uses = new NodeMap<>();
        List<Expr> nodes = Walk.postorder(root);
        uses.put(root, 1);
        for (Expr node : nodes.reversed()) {
            if (!uses.contains(node)) {
                continue;
            }
            List<Expr> distinct = written(node).stream().distinct().toList();
            for (Expr operand : distinct) {
                Integer before = uses.get(operand);
                uses.put(operand, before == null ? 1 : before + 1);
            }
        }
        List<Expr> parts = new ArrayList<>();
        for (Expr node : nodes) {
            Integer count = uses.get(node);
            if (node != root && count != null && count > 1 && order.weight(node) >= WORTH_A_NAME && !isView(node)) {
                parts.add(node);
            }
        }
        return parts;
    }

    /** A sum, a transpose or a multiple of one thing is better written than named. */
    private static boolean isView(Expr node) {
        return (node instanceof Contraction contraction && contraction.operandCount() <= 1)
                || (node instanceof Linear linear && linear.termCount() == 1);
    }

    /** The operands as they are written: of {@code softmax(x)} there is x only. */
    private static List<Expr> written(Expr node) {
        Optional<Reduction> softmax = node instanceof Elementwise e && e.function() == Functions.EXP
                ? Fold.logSoftmax(e.operand(0))
                : Fold.logSoftmax(node);
        return softmax.map(lse -> List.of(lse.operand(0))).orElseGet(node::operands);
    }

    /** Gives each part a name that is not taken yet. */
    static final class Namer {
        private final Set<String> taken;
        private final Map<String, Integer> last = new HashMap<>();

        Namer(Set<String> taken) {
            this.taken = taken;
        }

        String name(Expr part) {
            String wish = wish(part);
            String name = wish.isEmpty() ? letter(part) : free(wish);
            taken.add(name);
            return name;
        }

        private String letter(Expr part) {
            for (String letter : LETTERS.split(" ")) {
                boolean capital = Character.isUpperCase(letter.charAt(0));
                boolean scalar = "cabd".contains(letter);
                int rank = capital ? 2 : scalar ? 0 : 1;
                if (Math.min(2, part.shape().rank()) == rank && !taken.contains(letter)) {
                    return letter;
                }
            }
            return free("t");
        }

        /** {@code s}, {@code s2}, {@code s3}; {@code t1}, {@code t2}. */
        private String free(String wish) {
            if (!wish.equals("t") && !taken.contains(wish)) {
                return wish;
            }
            int number = last.getOrDefault(wish, wish.equals("t") ? 0 : 1) + 1;
            while (taken.contains(numbered(wish, number))) {
                number++;
            }
            last.put(wish, number);
            return numbered(wish, number);
        }
    }

    private static String numbered(String wish, int number) {
        return wish.endsWith("_hat") ? wish.substring(0, wish.length() - 4) + number + "_hat" : wish + number;
    }

    private static String wish(Expr part) {
        return switch (part) {
            case Elementwise e when e.function() == Functions.EXP && Fold.logSoftmax(e.operand(0)).isPresent() ->
                part.shape().rank() > 1 ? "P" : "p";
            case Elementwise e when e.function() == Functions.SIGMOID -> "s";
            case Elementwise e when e.function() == Functions.TANH -> "h";
            case Elementwise e when e.function() == Functions.SQRT -> "sigma";
            case MatrixFunction f when f.operation() == MatrixFunction.Operation.INVERSE -> "N";
            case Contraction product -> standardised(product).map(x -> x + "_hat").orElse("");
            case Linear sum when sum.termCount() == 2
                    && sum.coefficient(0).signum() * sum.coefficient(1).signum() < 0
                    && !isConstant(sum.term(0)) && !isConstant(sum.term(1)) && centred(sum).isEmpty() ->
                part.shape().rank() > 1 ? "R" : "r";
            case Expr other -> "";
        };
    }

    private static boolean isConstant(Expr node) {
        return Constant.uniform(node).isPresent();
    }

    /** The variable of which the product is the deviation from a mean over a root. */
    private static Optional<String> standardised(Contraction product) {
        Optional<String> name = Optional.empty();
        boolean scaled = false;
        for (Expr factor : product.operands()) {
            if (factor instanceof Linear sum && centred(sum).isPresent()) {
                name = centred(sum);
            } else {
                scaled |= isInverseRoot(factor);
            }
        }
        return scaled && product.shape().rank() > 0 ? name : Optional.empty();
    }

    /** The variable from which its own mean is taken. */
    private static Optional<String> centred(Linear sum) {
        for (int k = 0; sum.termCount() == 2 && k < 2; k++) {
            Expr mean = sum.term(1 - k);
            if (sum.term(k) instanceof Variable x && sum.coefficient(k).signum() * sum.coefficient(1 - k).signum() < 0
                    && mean instanceof Contraction contraction && contraction.summedCount() > 0
                    && contraction.operands().contains(x)) {
                return Optional.of(x.name());
            }
        }
        return Optional.empty();
    }

    private static boolean isInverseRoot(Expr node) {
        if (!(node instanceof Elementwise power) || power.function() != Functions.POWER) {
            return false;
        }
        Rational exponent = Constant.uniform(power.operand(1)).orElse(Rational.ZERO);
        boolean root = power.operand(0) instanceof Elementwise base && base.function() == Functions.SQRT;
        return exponent.signum() < 0 && (root || !exponent.isInteger());
    }
}
