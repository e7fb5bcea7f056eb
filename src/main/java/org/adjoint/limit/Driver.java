package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.expr.Budget;

/** Tells cases apart by the signs that the algorithm asks for, until each case is solved; then folds them. */
final class Driver {
    private static final int DEPTH_LIMIT = 12;
    private static final int LEAF_LIMIT = 250;

    private final Question question;
    private int leaves;

    Driver(Question question) {
        this.question = question;
    }

    LimitResult solve() {
        Node tree = solve(question.assumptions(), Replacements.NONE, 0);
        return Folding.of(tree);
    }

    private Node solve(Assumptions assumptions, Replacements ties, int depth) {
        Budget.current().checkTime();
        CaseSolver solver = new CaseSolver(question, assumptions, ties);
        try {
            return solver.solve();
        } catch (Stop.NeedSign needed) {
            Term by = solver.simplest(needed.constant());
            if (depth >= DEPTH_LIMIT || leaves > LEAF_LIMIT) {
                return undecided("more cases than are told apart", assumptions);
            }
            return split(by, assumptions, ties, depth);
        } catch (Stop.Oscillation oscillation) {
            return undecided("a sine or a cosine of what grows beyond all bounds", assumptions);
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
