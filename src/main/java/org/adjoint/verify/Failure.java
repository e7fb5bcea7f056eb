package org.adjoint.verify;

import org.adjoint.expr.Budget;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Undecided;

/** What a claim ends as when reading or judging it is cut short. */
final class Failure {
    /** How the evidence begins where the engine itself is at fault. */
    static final String DEFECT = "a defect of the engine, please report it: ";

    private Failure() {
    }

    /** The evidence for a failure. A defect leaves this one claim undecided, and says so; the others are judged. */
    static Evidence evidence(Throwable failure) {
        return switch (failure) {
            case IllFormed problem -> Evidence.of(Verdict.ILL_FORMED, problem.problem().headline())
                    .with(problem.problem().hint());
            case Undecided undecided -> Evidence.of(Verdict.UNDECIDED, undecided.reason());
            case Budget.Exceeded exceeded -> Evidence.of(Verdict.UNDECIDED, String.valueOf(exceeded.getMessage()));
            case StackOverflowError deep -> Evidence.of(Verdict.UNDECIDED, "it nests too deeply to be judged");
            default -> Evidence.of(Verdict.UNDECIDED, DEFECT + failure);
        };
    }
}
