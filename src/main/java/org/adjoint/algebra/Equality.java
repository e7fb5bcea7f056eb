package org.adjoint.algebra;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Walk;

/** Proofs that two expressions are equal for all sizes and all points at which both are defined. */
public final class Equality {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);
    private static final Duration TELLING_LIMIT = Duration.ofSeconds(3);
    private static final int TERM_LIMIT = 20_000;

    private Equality() {
    }

    /**
     * A proof of {@code a == b}, or nothing when none is found; never a proof of something false. Expressions that hold
     * floating-point data are never proved equal.
     */
    public static Optional<Proof> prove(Expr a, Expr b) {
        if (!a.shape().equals(b.shape()) || holdsData(a) || holdsData(b)) {
            return Optional.empty();
        }
        if (a == b) {
            return Optional.of(new Proof("both sides are the same expression"));
        }
        Budget limited = Budget.defaults().withTime(TIME_LIMIT).withTerms(TERM_LIMIT);
        try {
            return limited.call(() -> new Search(a, b, Trace.OFF).argument())
                    .map(argument -> new Proof(argument.reason(), () -> steps(a, b)));
        } catch (Budget.Exceeded | ShapeError tooLarge) {
            // What is too large for the prover is not proved; the caller's own time may be over.
            Budget.current().checkTime();
            return Optional.empty();
        }
    }

    /** The proof once more, told; nothing where that takes too long. */
    private static List<Proof.Step> steps(Expr a, Expr b) {
        try {
            return Budget.defaults().withTime(TELLING_LIMIT).withTerms(TERM_LIMIT)
                    .call(() -> new Search(a, b, Trace.on()).argument())
                    .map(argument -> argument.steps().get()).orElse(List.of());
        } catch (Budget.Exceeded | ShapeError tooLarge) {
            return List.of();
        }
    }

    private static boolean holdsData(Expr expr) {
        return Walk.postorder(List.of(expr)).stream()
                .anyMatch(e -> e instanceof Constant constant && constant.isData());
    }
}
