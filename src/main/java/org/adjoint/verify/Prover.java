package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Hints;
import org.adjoint.algebra.Proof;
import org.adjoint.algebra.Signs;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Range;
import org.adjoint.expr.Size;
import org.adjoint.expr.Walk;

/** Proofs of propositions for every size and every point, without hypotheses. */
final class Prover {
    private Prover() {
    }

    /** A proof, or nothing. */
    static Optional<Proof> prove(Proposition proposition) {
        return switch (proposition) {
            case Proposition.Atom atom -> prove(atom.comparison());
            case Proposition.Settled settled -> settled.holds() ? Optional.of(new Proof(settled.reason()))
                    : Optional.empty();
            case Proposition.Not not -> refutation(not.operand());
            case Proposition.And and -> all(and.operands());
            case Proposition.Or or -> {
                for (Proposition p : or.operands()) {
                    Optional<Proof> proof = prove(p);
                    if (proof.isPresent()) {
                        yield proof;
                    }
                }
                yield Optional.empty();
            }
            case Proposition.Implies implies -> prove(implies.conclusion());
            case Proposition.Case one -> prove(one.operand());
            case Proposition.Induction induction -> prove(induction.base()).flatMap(base -> prove(induction.step())
                    .map(step -> new Proof("by induction on " + induction.index() + "; the base: " + base.reason()
                            + "; the step: " + step.reason(), base.then(step)::steps)));
        };
    }

    private static Optional<Proof> refutation(Proposition proposition) {
        return switch (proposition) {
            case Proposition.Settled settled when !settled.holds() -> Optional.of(new Proof(settled.reason()));
            case Proposition.Not not -> prove(not.operand());
            case Proposition.Atom atom when atom.comparison().test() == Comparison.Test.DIVIDES ->
                Divisibility.never(atom.comparison().values().left(), atom.comparison().values().right());
            default -> Optional.empty();
        };
    }

    private static Optional<Proof> all(List<Proposition> operands) {
        List<Proof> proofs = new ArrayList<>();
        for (Proposition p : operands) {
            Optional<Proof> proof = prove(p);
            if (proof.isEmpty()) {
                return Optional.empty();
            }
            proofs.add(proof.get());
        }
        return Optional.of(Proof.all(proofs));
    }

    private static Optional<Proof> prove(Comparison c) {
        if (holdsData(c)) {
            return Optional.empty();
        }
        try {
            return switch (c.test()) {
                case EQUAL -> equal(c);
                case LESS, LESS_OR_EQUAL -> order(c, c.right().minus(c.left()),
                        c.values().right().minus(c.values().left()));
                case GREATER, GREATER_OR_EQUAL -> order(c, c.left().minus(c.right()),
                        c.values().left().minus(c.values().right()));
                case NOT_EQUAL -> c.tolerance().isPresent() ? Optional.empty() : different(c);
                case INTEGER -> Divisibility.integer(c.values().left());
                case DIVIDES -> Divisibility.divides(c.values().left(), c.values().right());
                case UNIQUE_MAX -> Optional.empty();
            };
        } catch (Budget.Exceeded tooLarge) {
            if (tooLarge.limit() == Budget.Limit.TIME) {
                throw tooLarge;
            }
            return Optional.empty();
        } catch (StackOverflowError tooDeep) {
            return Optional.empty();
        }
    }

    /** Whether a side comes from floating-point data. */
    static boolean holdsData(Proposition proposition) {
        return proposition.comparisons().stream().anyMatch(Prover::holdsData);
    }

    private static boolean holdsData(Comparison c) {
        for (Expr node : Walk.postorder(List.of(c.values().left(), c.values().right()))) {
            if (node instanceof Constant constant && constant.isData()) {
                return true;
            }
        }
        return false;
    }

    /** The last resort for an equality of scalars, with sums over a range, that no counterexample is known to. */
    static Optional<Proof> withHints(Proposition proposition) {
        return proposition instanceof Proposition.Atom atom && atom.comparison().test() == Comparison.Test.EQUAL
                && Walk.postorder(List.of(atom.comparison().values().left(), atom.comparison().values().right()))
                        .stream().anyMatch(Range.class::isInstance)
                                ? Hints.prove(atom.comparison().values().left(), atom.comparison().values().right())
                                : Optional.empty();
    }

    /** First with definitions as unknowns, which is stronger and smaller, then with their values. */
    private static Optional<Proof> equal(Comparison c) {
        Optional<Proof> kept = Equality.prove(c.left(), c.right());
        if (kept.isPresent() || (c.left() == c.values().left() && c.right() == c.values().right())) {
            return kept;
        }
        return Equality.prove(c.values().left(), c.values().right())
                .map(proof -> new Proof(proof.reason() + ", definitions inserted", proof::steps));
    }

    private static Optional<Proof> order(Comparison c, Expr kept, Expr inserted) {
        boolean strict = c.test() == Comparison.Test.LESS || c.test() == Comparison.Test.GREATER;
        for (Expr difference : List.of(kept, inserted)) {
            Optional<Size> size = Divisibility.size(difference).filter(strict ? Size::isPositive : Size::isNonNegative);
            if (size.isPresent()) {
                return Optional.of(new Proof("the difference of the sides is " + size.get() + ", which is "
                        + (strict ? "positive" : "not negative") + " for every size"));
            }
            Signs.Sign sign = Signs.of(difference);
            if (sign == Signs.Sign.POSITIVE || (!strict && sign == Signs.Sign.NONNEGATIVE)) {
                return Optional
                        .of(new Proof(strict ? "the difference of the sides is positive by the signs of its parts"
                                : "the difference of the sides is not negative by the signs of its parts"));
            }
        }
        return strict ? Optional.empty() : equal(c);
    }

    private static Optional<Proof> different(Comparison c) {
        Expr difference = c.values().right().minus(c.values().left());
        boolean positive = !Linear.isZero(difference)
                && (Signs.isPositive(difference) || Signs.isPositive(difference.negate()));
        return positive ? Optional.of(new Proof("the difference of the sides has one sign by the signs of its parts"))
                : Optional.empty();
    }
}
