package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Walk;

/**
 * The form that is shown: the raw result of differentiation made short by named laws, as a person would write it, and never
 * multiplied out for its own sake. The prover shows that it equals the raw form before anyone sees it.
 *
 * <p>Every node is shortened once, operands first, by a search of bounded size, so the time is linear in the graph.
 */
public final class Presenter {
    private static final int PASSES = 2;
    /** Larger graphs are nothing that a person reads; they are only cancelled and merged. */
    private static final int NODE_LIMIT = 20_000;

    private final Cost cost = new Cost();
    private final Trace trace;
    private final List<Trace.Part> parts = new ArrayList<>();
    private final NodeMap<Integer> uses = new NodeMap<>();
    private final NodeMap<Expr> shown = new NodeMap<>();
    private final boolean structural;
    private final Sums sums;

    public Presenter() {
        this(false, Trace.OFF);
    }

    /**
     * @param structural whether only laws that know no functions are used
     * @param trace      what is told of the way
     */
    private Presenter(boolean structural, Trace trace) {
        this.trace = trace;
        this.structural = structural;
        this.sums = new Sums(cost, structural ? ProductRules.structural(cost, uses) : ProductRules.all(cost, uses),
                trace, uses);
    }

    /** The shortest form of the expression that was found. */
    public Expr present(Expr expr) {
        if (Walk.postorder(expr).size() > NODE_LIMIT) {
            return new Plain().present(expr);
        }
        Expr current = Squeezed.of(expr);
        Expr best = cost.of(current) <= cost.of(expr) ? current : expr;
        parts.add(new Trace.Step(StructureLaws.SQUEEZED, expr, current));
        for (int pass = 0; pass < PASSES; pass++) {
            Expr next = pass(current);
            boolean shorter = cost.of(next) <= cost.of(best);
            if (shorter) {
                parts.add(new Trace.Known(StructureLaws.EXPANDED, current, next));
            }
            best = shorter ? next : best;
            if (next == current || !shorter) {
                break;
            }
            current = next;
        }
        if (best == expr) {
            parts.clear();
        }
        Expr polished = new Polish(cost).polished(best);
        Expr form = cost.of(polished) <= cost.of(expr) ? polished : best;
        parts.add(new Trace.Step(StructureLaws.POLISHED, best, form));
        return form;
    }

    /**
     * Forms equal to the expression, each made when it is asked for, from the most to the least simplified; the last is the
     * expression itself.
     */
    public Stream<Expr> stages(Expr expr) {
        return Stream.<Supplier<Expr>>of(() -> present(expr), () -> new Presenter(true, Trace.OFF).present(expr),
                () -> new Plain().present(expr), () -> expr).map(Supplier::get);
    }

    /** The steps from an expression to a form that {@link #stages} made of it, each by a law. */
    public static List<Proof.Step> told(Expr expr, Expr form) {
        for (boolean structural : new boolean[] {false, true}) {
            Presenter presenter = new Presenter(structural, Trace.on());
            if (presenter.present(expr) == form) {
                return new Telling(presenter.trace, presenter.shown::get)
                        .steps(presenter.parts.toArray(Trace.Part[]::new));
            }
        }
        return expr == form ? List.of() : List.of(new Proof.Step(StructureLaws.COLLECTED, expr, form));
    }

    private Expr pass(Expr root) {
        Budget budget = Budget.current();
        List<Expr> nodes = Walk.postorder(root);
        NodeMap<Integer> users = new NodeMap<>();
        for (Expr node : nodes) {
            for (int k = 0; k < node.operandCount(); k++) {
                users.put(node.operand(k), 1 + Objects.requireNonNullElse(users.get(node.operand(k)), 0));
            }
        }
        for (Expr node : nodes) {
            if (!shown.contains(node)) {
                budget.poll();
                shown.put(node, shortened(rebuilt(node)));
            }
            Expr form = Objects.requireNonNull(shown.get(node));
            if (form != node || !uses.contains(node)) {
                uses.put(form, Objects.requireNonNullElse(uses.get(form), 0)
                        + Objects.requireNonNullElse(users.get(node), 0));
            }
        }
        return Objects.requireNonNull(shown.get(root));
    }

    private Expr rebuilt(Expr node) {
        List<Expr> operands = new ArrayList<>(node.operandCount());
        boolean same = true;
        for (int k = 0; k < node.operandCount(); k++) {
            Expr operand = Objects.requireNonNull(shown.get(node.operand(k)));
            operands.add(operand);
            same &= operand == node.operand(k);
        }
        return same ? node : node.withOperands(operands);
    }

    private Expr shortened(Expr node) {
        Optional<Expr> other = local(node);
        Expr next = other.filter(e -> e != node).orElse(node);
        Expr form = next;
        if (next instanceof Linear || next instanceof Contraction || isPower(next)) {
            Expr shorter = sums.shortened(next);
            form = cost.of(shorter) <= cost.of(next) ? shorter : next;
        }
        if (next != node) {
            trace.add(node, form, new Trace.Step(law(node), node, next),
                    new Trace.Known(StructureLaws.COMMON_FACTOR, next, form));
        }
        return form;
    }

    /** The law of {@link #local}. */
    private static String law(Expr node) {
        return node instanceof Elementwise f ? EntrywiseLaws.law(f.function()) : StructureLaws.of(node);
    }

    private static boolean isPower(Expr node) {
        return node instanceof Elementwise f && (f.function() == Functions.POWER || f.function() == Functions.SQRT);
    }

    private Optional<Expr> local(Expr node) {
        return structural ? Optional.empty() : switch (node) {
            case Elementwise f -> EntrywiseLaws.shorter(f);
            case MatrixFunction f -> Inverses.shorter(f);
            case Reshape reshape -> Deltas.split(reshape);
            default -> Optional.empty();
        };
    }
}
