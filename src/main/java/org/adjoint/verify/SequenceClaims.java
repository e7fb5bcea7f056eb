package org.adjoint.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.adjoint.algebra.Proof;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Fact;
import org.adjoint.expr.IntegerSum;
import org.adjoint.sequence.Entailment;
import org.adjoint.sequence.Identity;
import org.adjoint.sequence.NotClosed;

/**
 * Equations about integers and sequences, under hypotheses about integers: proved by cases. An equation with sums over all
 * integers that are open is proved here or contradicted, and never sampled: no sum is seen in finitely many terms.
 */
final class SequenceClaims {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    /** One equation with its hypotheses; whether all of them could be used. */
    private record Goal(Comparison equation, Identity identity, boolean complete) {
    }

    private final List<Goal> goals = new ArrayList<>();

    private SequenceClaims() {
    }

    /** Whether there is a sum over all integers that is not closed. */
    static boolean isAboutOpenSums(Question question) {
        return question.allRoots().stream().anyMatch(IntegerSum::isIn);
    }

    /** A proof, where there are integer variables. */
    static Optional<Proof> prove(Question question) {
        boolean integers = question.variables().stream()
                .anyMatch(v -> v.is(Fact.Named.INTEGER) || v.is(Fact.Named.NATURAL));
        if (!integers || Prover.holdsData(question.proposition())) {
            return Optional.empty();
        }
        try {
            return Budget.defaults().withTime(TIME_LIMIT).call(() -> proof(question));
        } catch (NotClosed | ArithmeticException none) {
            return Optional.empty();
        } catch (Budget.Exceeded tooLarge) {
            // What is too large is not proved; the caller's own time may be over.
            Budget.current().checkTime();
            return Optional.empty();
        }
    }

    private static Optional<Proof> proof(Question question) {
        if (follows(question)) {
            return Optional.of(new Proof("by linear inequalities of integers (Fourier and Motzkin)"));
        }
        SequenceClaims claims = new SequenceClaims();
        return claims.add(question.proposition(), question.hypotheses()) ? claims.all() : Optional.empty();
    }

    private Optional<Proof> all() {
        List<Proof> proofs = new ArrayList<>();
        for (Goal goal : goals) {
            Optional<String> proof = goal.identity().proof();
            if (proof.isEmpty()) {
                return Optional.empty();
            }
            proofs.add(new Proof(proof.get()));
        }
        return Optional.of(Proof.all(proofs));
    }

    /** The evidence on a question about open sums. */
    static Evidence judge(Question question) {
        try {
            SequenceClaims claims = new SequenceClaims();
            if (Prover.holdsData(question.proposition())
                    || !claims.add(question.proposition(), question.hypotheses())) {
                return Evidence.of(Verdict.UNDECIDED,
                        "of sums over all integers without a closed form, equations of numbers are judged");
            }
            List<Proof> proofs = new ArrayList<>();
            for (Goal goal : claims.goals) {
                Optional<String> proof = goal.identity().proof();
                if (proof.isEmpty()) {
                    return contradicted(goal, question.seed());
                }
                proofs.add(new Proof(proof.get()));
            }
            return Evidence.of(Proof.all(proofs));
        } catch (NotClosed open) {
            return Evidence.of(Verdict.UNDECIDED, open.reason());
        } catch (ArithmeticException tooLarge) {
            return Evidence.of(Verdict.UNDECIDED, "a number is too large");
        }
    }

    private static Evidence contradicted(Goal goal, long seed) {
        Optional<Identity.Contradiction> found = goal.complete() ? goal.identity().contradiction(seed)
                : Optional.empty();
        return found.map(c -> new Evidence(Verdict.REFUTED, "false, exactly, for sequences with few entries",
                Optional.of(new Counterexample(Map.of(), c.values(), c.left(), c.right(), seed))))
                .orElseGet(() -> Evidence.of(Verdict.UNDECIDED,
                        "no proof by cases was found, and no sequences with few entries contradict it"));
    }

    // ---- propositions

    private boolean add(Proposition proposition, List<Proposition> hypotheses) {
        return switch (proposition) {
            case Proposition.Atom atom -> add(atom.comparison(), hypotheses);
            case Proposition.And and -> and.operands().stream().allMatch(p -> add(p, hypotheses));
            case Proposition.Case one -> add(one.operand(), hypotheses);
            case Proposition.Induction induction -> add(induction.both(), hypotheses);
            case Proposition.Implies implies -> {
                List<Proposition> more = new ArrayList<>(hypotheses);
                more.add(implies.premise());
                yield add(implies.conclusion(), more);
            }
            case Proposition.Settled settled -> settled.holds();
            case Proposition.Not not -> false;
            case Proposition.Or or -> false;
        };
    }

    private boolean add(Comparison comparison, List<Proposition> hypotheses) {
        if (comparison.test() != Comparison.Test.EQUAL || comparison.tolerance().isPresent()
                || !comparison.values().left().shape().isScalar()) {
            return false;
        }
        Identity identity = Identity.of(comparison.values().left(), comparison.values().right());
        boolean complete = true;
        for (Proposition hypothesis : hypotheses) {
            complete &= given(identity, hypothesis);
        }
        return goals.add(new Goal(comparison, identity, complete));
    }

    private static boolean given(Identity identity, Proposition hypothesis) {
        return switch (hypothesis) {
            case Proposition.And and -> and.operands().stream().map(p -> given(identity, p))
                    .reduce(true, Boolean::logicalAnd);
            case Proposition.Atom atom -> given(identity, atom.comparison());
            case Proposition.Settled settled -> settled.holds();
            case Proposition.Case one -> given(identity, one.operand());
            case Proposition.Induction induction -> given(identity, induction.both());
            case Proposition.Not not -> false;
            case Proposition.Or or -> false;
            case Proposition.Implies implies -> false;
        };
    }

    private static boolean given(Identity identity, Comparison c) {
        return order(c).map(order -> identity.given(c.values().left(), order, c.values().right())).orElse(false);
    }

    /** The order that is tested exactly. */
    private static Optional<Identity.Order> order(Comparison c) {
        if (c.tolerance().isPresent()) {
            return Optional.empty();
        }
        return switch (c.test()) {
            case LESS -> Optional.of(Identity.Order.LESS);
            case LESS_OR_EQUAL -> Optional.of(Identity.Order.LESS_OR_EQUAL);
            case EQUAL -> Optional.of(Identity.Order.EQUAL);
            case GREATER_OR_EQUAL -> Optional.of(Identity.Order.GREATER_OR_EQUAL);
            case GREATER -> Optional.of(Identity.Order.GREATER);
            case INTEGER, NOT_EQUAL, DIVIDES, UNIQUE_MAX -> Optional.empty();
        };
    }

    // ---- inequalities

    /** Whether the proposition follows from the hypotheses as a statement about linear inequalities of integers. */
    private static boolean follows(Question question) {
        Optional<Entailment> stated = region(question.proposition());
        if (stated.isEmpty()) {
            return false;
        }
        Entailment given = Entailment.of(true);
        for (Proposition hypothesis : question.hypotheses()) {
            // A hypothesis that is not understood is not used.
            given = given.and(region(hypothesis).orElse(Entailment.of(true)));
        }
        return !given.isNowhere() && given.and(stated.get().not()).isNowhere();
    }

    private static Optional<Entailment> region(Proposition proposition) {
        return switch (proposition) {
            case Proposition.Atom atom -> order(atom.comparison()).flatMap(order -> Entailment.of(
                    atom.comparison().values().left(), order, atom.comparison().values().right()));
            case Proposition.Settled settled -> Optional.of(Entailment.of(settled.holds()));
            case Proposition.Not not -> region(not.operand()).map(Entailment::not);
            case Proposition.And and -> all(and.operands(), Entailment.of(true), Entailment::and);
            case Proposition.Or or -> all(or.operands(), Entailment.of(false), Entailment::or);
            case Proposition.Implies implies -> region(implies.premise())
                    .flatMap(p -> region(implies.conclusion()).map(q -> p.not().or(q)));
            case Proposition.Case one -> region(one.operand());
            case Proposition.Induction induction -> region(induction.both());
        };
    }

    private static Optional<Entailment> all(List<Proposition> operands, Entailment start,
            BinaryOperator<Entailment> join) {
        Optional<Entailment> joined = Optional.of(start);
        for (Proposition operand : operands) {
            joined = joined.flatMap(before -> region(operand).map(next -> join.apply(before, next)));
        }
        return joined;
    }
}
