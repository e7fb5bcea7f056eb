package org.adjoint.verify;

import org.adjoint.expr.Budget;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Span;
import org.adjoint.lang.Undecided;

/** What a claim ends as when reading or judging it is cut short. */
final class Failure {
    private Failure() {
    }

    /** How an error of the engine itself is reported. */
    static String defect(Span where, Throwable defect) {
        StackTraceElement[] trace = defect.getStackTrace();
        return where + ": internal error, please report it: " + defect
                + (trace.length > 0 ? " at " + trace[0] : "");
    }

    /** The evidence for the exceptions that are answers; others are defects and are thrown on. */
    static Evidence evidence(Throwable failure) {
        return switch (failure) {
            case IllFormed problem -> Evidence.of(Verdict.ILL_FORMED, problem.problem().headline())
                    .with(problem.problem().hint());
            case Undecided undecided -> Evidence.of(Verdict.UNDECIDED, undecided.reason());
            case Budget.Exceeded exceeded -> Evidence.of(Verdict.UNDECIDED, String.valueOf(exceeded.getMessage()));
            case StackOverflowError deep -> Evidence.of(Verdict.UNDECIDED, "it nests too deeply to be judged");
            case RuntimeException defect -> throw defect;
            default -> throw new IllegalStateException(failure);
        };
    }
}
