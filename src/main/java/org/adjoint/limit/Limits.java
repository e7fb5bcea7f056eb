package org.adjoint.limit;

import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/** Limits of expressions, as far as they can be found by proof: theorems first, then the Gruntz algorithm. */
public final class Limits {
    private Limits() {
    }

    /**
     * {@code lim f as v → target}, entry by entry. What exceeds the budget is undecided, with the reason.
     *
     * @throws IllegalArgumentException when v or a finite target is no scalar
     */
    public static LimitResult of(Expr f, Variable v, Target target, Assumptions assumptions, Budget budget) {
        if (!v.shape().isScalar()) {
            throw new IllegalArgumentException("the variable of a limit is a scalar; " + v + " is " + v.shape());
        }
        if (target.at() instanceof Extended.Finite(Expr at) && !at.shape().isScalar()) {
            throw new IllegalArgumentException("the point of a limit is a scalar; got " + at.shape());
        }
        try {
            return budget.call(() -> solve(new Question(f, v, target, assumptions)));
        } catch (Budget.Exceeded exceeded) {
            return new LimitResult.Undecided(String.valueOf(exceeded.getMessage()));
        } catch (StackOverflowError tooDeep) {
            return new LimitResult.Undecided("the expression is nested too deeply");
        }
    }

    /**
     * The asymptotic series of a scalar near the target, up to the given power of what goes to zero: {@code v − a} at a point,
     * {@code 1/v} at an infinity, or a faster scale that the function has.
     */
    public static SeriesResult series(Expr f, Variable v, Target target, int order, Assumptions assumptions,
            Budget budget) {
        if (!v.shape().isScalar() || !f.shape().isScalar()) {
            throw new IllegalArgumentException(
                    "a series is of a scalar in a scalar; got " + f.shape() + " in " + v.shape());
        }
        try {
            return budget.call(() -> SeriesDriver.solve(new Question(f, v, target, assumptions), order));
        } catch (Budget.Exceeded exceeded) {
            return new SeriesResult.Undecided(String.valueOf(exceeded.getMessage()));
        } catch (StackOverflowError tooDeep) {
            return new SeriesResult.Undecided("the expression is nested too deeply");
        }
    }

    private static LimitResult solve(Question question) {
        for (LimitTheorem theorem : Theorems.theorems()) {
            Optional<LimitResult> result = theorem.apply(question);
            if (result.isPresent()) {
                return result.get();
            }
        }
        LimitResult result = new Driver(question, Set.of()).solve();
        return result instanceof LimitResult.Undecided ? Expanded.solve(question).orElse(result) : result;
    }
}
