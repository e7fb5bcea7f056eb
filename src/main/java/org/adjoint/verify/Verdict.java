package org.adjoint.verify;

import java.util.Collection;
import org.adjoint.lang.Clause;

/** What became of a claim. */
public enum Verdict {
    /** By a proof for every size and every point, or by exact arithmetic over finitely many cases. */
    PROVED("proved"),
    /** True at every sampled point, to 60 digits confirmed at 120; no proof. */
    SUPPORTED("supported"),
    /** False: there is a counterexample, or the two sides have different shapes. */
    REFUTED("refuted"),
    /** Could not be judged; the evidence says why. */
    UNDECIDED("undecided"),
    /** Has no meaning, or is defined nowhere; the evidence names the expression that breaks. */
    ILL_FORMED("ill-formed");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** As reports write it. */
    public String word() {
        return word;
    }

    /** Whether the claim may be taken as true. */
    public boolean holds() {
        return this == PROVED || this == SUPPORTED;
    }

    /** The verdict on a conjunction: ill-formed before refuted before undecided before supported before proved. */
    static Verdict of(Collection<Verdict> parts) {
        Verdict worst = PROVED;
        for (Verdict part : parts) {
            worst = part.compareTo(worst) > 0 && !(part == UNDECIDED && worst == REFUTED)
                    || part == REFUTED && worst == UNDECIDED ? part : worst;
        }
        return worst;
    }

    /** Whether this is what the author of the claim expects. */
    boolean meets(Clause.Expected expected) {
        return switch (expected) {
            case HOLDS -> holds();
            case PROVED -> this == PROVED;
            case SUPPORTED -> this == SUPPORTED;
            case REFUTED -> this == REFUTED;
            case UNDECIDED -> this == UNDECIDED;
            case ILL_FORMED -> this == ILL_FORMED;
        };
    }
}
