package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Variable;

/** Tells cases apart by the signs that the algorithm asks for, until each case is solved; then folds them. */
final class Driver {
    private static final int DEPTH_LIMIT = 12;
    private static final int LEAF_LIMIT = 250;

    private final Question question;
    private final Set<Variable> hidden;
    private int leaves;

    /** @param hidden parameters whose values are not known: nothing may depend on them */
    Driver(Question question, Set<Variable> hidden) {
        this.question = question;
        this.hidden = hidden;
    }

    LimitResult solve() {
        Node tree = solve(question.assumptions(), Replacements.NONE, 0);
        return Folding.of(tree);
    }

    private Node solve(Assumptions assumptions, Replacements ties, int depth) {
        Budget.current().checkTime();
        Waves waves = Waves.open();
        CaseSolver solver = new CaseSolver(question, assumptions, ties, hidden, waves);
        try {
            return solver.solve();
        } catch (Stop.NeedSign needed) {
            if (Constants.parameters(needed.constant()).stream().anyMatch(waves.parameters()::contains)) {
                return oscillating(assumptions, ties, waves);
            }
            Term by = solver.simplest(needed.constant());
            if (Constants.parameters(by).stream().anyMatch(hidden::contains)) {
                return undecided("the limit depends on what the expansion of a sum does not tell", assumptions);
            }
            if (depth >= DEPTH_LIMIT || leaves > LEAF_LIMIT) {
                return undecided("more cases than are told apart", assumptions);
            }
            return split(by, assumptions, ties, depth);
        } catch (Stop.Oscillation oscillation) {
            return oscillating(assumptions, ties, waves);
        } catch (Stop stuck) {
            return undecided(String.valueOf(stuck.getMessage()), assumptions);
        } catch (Budget.Exceeded exceeded) {
            if (exceeded.limit() == Budget.Limit.TIME) {
                throw exceeded;
            }
            return undecided(String.valueOf(exceeded.getMessage()), assumptions);
        } catch (ArithmeticException outside) {
            return undecided(String.valueOf(outside.getMessage()), assumptions);
        }
    }

    /** The limits where the sine and the cosine are 0 and ±1: if two differ, there is none. */
    private Node oscillating(Assumptions assumptions, Replacements ties, Waves open) {
        if (!open.isSingle()) {
            return undecided("several oscillations", assumptions);
        }
        List<Optional<Extended>> values = new ArrayList<>();
        for (int corner = 0; corner < Waves.corners(); corner++) {
            values.add(Optional.empty());
            try {
                Node node = new CaseSolver(question, assumptions, ties, hidden, Waves.at(corner)).solve();
                if (node instanceof Node.Leaf leaf && leaf.result() instanceof LimitResult.Value value) {
                    values.set(corner, Optional.of(value.value()));
                }
            } catch (Stop | ArithmeticException unknown) {
                // this one shows nothing
            }
        }
        return Waves.differing(values, "it oscillates").<Node>map(none -> new Node.Leaf(none, false, assumptions))
                .orElseGet(() -> undecided("it holds a sine or a cosine of what grows beyond all bounds", assumptions));
    }

    private Node.Leaf undecided(String reason, Assumptions assumptions) {
        leaves++;
        return new Node.Leaf(new LimitResult.Undecided(reason), false, assumptions);
    }

    private Node split(Term by, Assumptions assumptions, Replacements ties, int depth) {
        List<Node.Branch> branches = new ArrayList<>();
        for (int sign : new int[] {1, 0, -1}) {
            Relation.Op op = sign > 0 ? Relation.Op.GREATER : sign < 0 ? Relation.Op.LESS : Relation.Op.EQUAL;
            Relation condition = Splits.relation(by, op);
            Assumptions more = assumptions.and(condition);
            Replacements tied = ties;
            Optional<Replacements.Tie> tie = sign == 0 ? ties.solve(by) : Optional.empty();
            if (tie.isPresent()) {
                more = tie.get().carry(more);
                tied = tie.get().ties();
            }
            if (!new SignOracle(more).isContradictory()) {
                leaves++;
                branches.add(new Node.Branch(sign, solve(more, tied, depth + 1)));
            }
        }
        if (branches.isEmpty()) {
            return undecided("the assumptions contradict one another", assumptions);
        }
        return new Node.Split(by, branches, assumptions);
    }
}
