package org.adjoint.algebra;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Window;

/** Proofs that two expressions are equal for all sizes and all points at which both are defined. */
public final class Equality {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);
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
            return limited.call(() -> search(a, b));
        } catch (Budget.Exceeded | ShapeError tooLarge) {
            // What is too large for the prover is not proved; the caller's own time may be over.
            Budget.current().checkTime();
            return Optional.empty();
        }
    }

    private static Optional<Proof> search(Expr a, Expr b) {
        NormalForm normal = new NormalForm();
        Expr difference = difference(normal, a, b);
        if (!normal.angleDenominators().equals(BigInteger.ONE) && !Linear.isZero(difference)) {
            // Halves of angles occur: write everything in terms of the halves.
            normal = new NormalForm(normal.angleDenominators());
            difference = difference(normal, a, b);
        }
        if (Linear.isZero(difference)) {
            return Optional.of(new Proof("both sides have the same normal form, for every size", normal.steps()));
        }
        if (new ZeroTest(normal).isZero(difference)) {
            return Optional.of(new Proof("the difference of both sides vanishes, for every size", normal.steps()));
        }
        return entryByEntry(normal, a, b);
    }

    private static Expr difference(NormalForm normal, Expr a, Expr b) {
        Expr left = normal.of(a);
        Expr right = normal.of(b);
        return left == right ? Linear.zero(a.shape()) : ElementwiseForms.minus(left, right);
    }

    /** Concrete sizes: the entries are compared one by one, whatever tensors they were taken from. */
    private static Optional<Proof> entryByEntry(NormalForm normal, Expr a, Expr b) {
        boolean layout = a.shape().rank() > 0
                && Walk.postorder(List.of(a, b)).stream()
                        .anyMatch(e -> e instanceof Concatenation || e instanceof Window);
        if (!layout) {
            return Optional.empty();
        }
        return Unrolled.entries(List.of(a, b)).filter(sides -> {
            for (int k = 0; k < sides.get(0).size(); k++) {
                Expr difference = sides.get(0).get(k).minus(sides.get(1).get(k));
                if (!Linear.isZero(normal.of(difference))) {
                    return false;
                }
            }
            return true;
        }).map(sides -> new Proof("entry by entry: corresponding entries have the same normal form",
                normal.steps()));
    }

    private static boolean holdsData(Expr expr) {
        return Walk.postorder(List.of(expr)).stream()
                .anyMatch(e -> e instanceof Constant constant && constant.isData());
    }
}
