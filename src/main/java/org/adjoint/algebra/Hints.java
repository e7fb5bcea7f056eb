package org.adjoint.algebra;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Walk;

/**
 * The last resort where two scalars are not proved equal: an oracle is asked for other forms of them. What it says is a
 * hint; every step from one side to the other is proved by {@link Equality}.
 */
public final class Hints {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(4);
    /** Guesses about larger expressions take too long. */
    private static final int NODE_LIMIT = 300;

    private Hints() {
    }

    /** A proof of {@code a == b} for two scalars with the help of the oracle on the class path, if there is one. */
    public static Optional<Proof> prove(Expr a, Expr b) {
        if (!a.shape().isScalar() || !b.shape().isScalar()) {
            return Optional.empty();
        }
        List<Expr> nodes = Walk.postorder(List.of(a, b));
        if (nodes.size() > NODE_LIMIT || nodes.stream().anyMatch(n -> n instanceof Constant c && c.isData())) {
            return Optional.empty();
        }
        return ScalarOracle.installed().flatMap(oracle -> limited(a, b, oracle));
    }

    private static Optional<Proof> limited(Expr a, Expr b, ScalarOracle oracle) {
        try {
            return Budget.defaults().withTime(TIME_LIMIT).call(() -> prove(a, b, oracle));
        } catch (Budget.Exceeded | ShapeError | ArithmeticException tooLarge) {
            Budget.current().checkTime();
            return Optional.empty();
        }
    }

    static Optional<Proof> prove(Expr a, Expr b, ScalarOracle oracle) {
        Rewriting rewriting = new Rewriting(oracle);
        Expr left = rewriting.of(a);
        Expr right = rewriting.of(b);
        List<Expr> sides = List.of(a, b);
        if ((left != a || right != b) && Gaps.none(left, sides) && Gaps.none(right, sides)) {
            Optional<Proof> proof = Equality.prove(left, right);
            if (proof.isPresent()) {
                return proof.map(p -> new Proof(rewriting.reason() + p.reason(), p::steps));
            }
        }
        return between(a, b, oracle);
    }

    /** By a form s of one side that is proved equal to both. */
    private static Optional<Proof> between(Expr a, Expr b, ScalarOracle oracle) {
        List<Expr> sides = List.of(a, b);
        for (Expr side : sides) {
            Predicate<Expr> helps = s -> s != a && s != b && Gaps.none(s, sides)
                    && Equality.prove(a, s).isPresent() && Equality.prove(s, b).isPresent();
            Optional<Expr> form = side instanceof Constant || side instanceof Dimension ? Optional.empty()
                    : oracle.simplified(side).filter(helps);
            if (form.isPresent()) {
                return Optional.of(new Proof("both sides equal one simpler form, for every size"));
            }
        }
        return Optional.empty();
    }

    /** Sums and closed values replaced by proved forms, from the leaves up. */
    private static final class Rewriting {
        private final ScalarOracle oracle;
        private boolean sums;
        private boolean values;

        Rewriting(ScalarOracle oracle) {
            this.oracle = oracle;
        }

        Expr of(Expr root) {
            NodeMap<Expr> images = new NodeMap<>();
            Expr last = root;
            for (Expr node : Walk.postorder(root)) {
                List<Expr> operands = new ArrayList<>();
                boolean same = true;
                for (Expr operand : node.operands()) {
                    Expr image = Objects.requireNonNull(images.get(operand));
                    operands.add(image);
                    same &= image == operand;
                }
                last = replaced(same ? node : node.withOperands(operands));
                images.put(node, last);
            }
            return last;
        }

        private Expr replaced(Expr node) {
            Optional<Expr> sum = ClosedSums.of(node, oracle);
            sums |= sum.isPresent();
            Optional<Expr> value = sum.isPresent() ? sum : ExactValues.of(node, oracle);
            values |= sum.isEmpty() && value.isPresent();
            return value.orElse(node);
        }

        String reason() {
            return (sums ? "with sums in closed form, proved by telescoping: " : "")
                    + (values ? "with exact values by radicals: " : "");
        }
    }
}
