package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.ShapeError;
import org.adjoint.graphs.JavaCode;
import org.adjoint.graphs.Numerically;
import org.adjoint.graphs.RandomGraph;
import org.junit.jupiter.api.Test;

/** What is proved is true: random pairs, equal ones in disguise and near-misses, at random sizes and points. */
class SoundnessTest {
    private static final int PAIRS = 20_000;
    /** A proof takes milliseconds; what takes longer than this is searched in vain, for seconds if it may. */
    private static final Budget PATIENCE = Budget.defaults().withTime(Duration.ofMillis(300));

    private static Expr graph(long seed) {
        int depth = 1 + (int) (seed / 2 % 3);
        if (seed % 3 != 1) {
            WildGraph graphs = new WildGraph(seed, seed % 3 == 0);
            return graphs.of(graphs.shape(), depth);
        }
        RandomGraph graphs = new RandomGraph(seed);
        return graphs.of(graphs.shape(2), depth);
    }

    /** Two sides that are proved equal agree wherever both have a value; sides that differ somewhere are not proved. */
    @Test
    void provedPairsAgree() {
        int proved = 0;
        int unproved = 0;
        for (long seed = 0; seed < PAIRS; seed++) {
            Expr left = graph(seed / 4);
            Mutations mutations = new Mutations(seed);
            Expr right = seed % 2 == 0 ? mutations.disguised(left) : mutations.damaged(left);
            if (!isProved(left, right)) {
                unproved++;
                continue;
            }
            proved++;
            Numerically.Outcome outcome = Numerically.compare(left, right,
                    Numerically.points(List.of(left, right), seed, 3, 1));
            if (!outcome.equal()) {
                throw new AssertionError("proved, but not so (seed " + seed + "): " + outcome.difference() + "\n"
                        + JavaCode.of(left, right));
            }
        }
        // Both kinds occur often enough for the test to mean something.
        assertThat(proved).isGreaterThan(PAIRS / 4);
        assertThat(unproved).isGreaterThan(PAIRS / 4);
    }

    private static boolean isProved(Expr left, Expr right) {
        try {
            return PATIENCE.call(() -> Equality.prove(left, right).isPresent());
        } catch (Budget.Exceeded hopeless) {
            return false;
        }
    }

    /** The normal forms, and the form that is shown, have the value of what they are the form of. */
    @Test
    void formsKeepTheValue() {
        for (long seed = 100_000; seed < 103_000; seed++) {
            Expr expr = graph(seed);
            Expr shown = new Presenter().present(expr);
            for (Expr form : List.of(new NormalForm().of(expr), shown)) {
                Numerically.Outcome outcome = compared(expr, form, seed);
                if (!outcome.equal()) {
                    throw new AssertionError("seed " + seed + ": " + outcome.difference() + "\n"
                            + JavaCode.of(expr, form));
                }
            }
        }
    }

    /** Sizes to a high power are more than can be evaluated. */
    private static Numerically.Outcome compared(Expr a, Expr b, long seed) {
        try {
            return Numerically.compare(a, b, Numerically.points(List.of(a, b), seed, 3, 1));
        } catch (ShapeError tooLarge) {
            assertThat(tooLarge).hasMessageContaining("less than 2^63");
            return new Numerically.Outcome(0, "");
        }
    }

    /** What is called positive or nonnegative is so at every point, and what is called total has a value there. */
    @Test
    void signsAndTotalityHold() {
        int signed = 0;
        int total = 0;
        for (long seed = 200_000; seed < 206_000; seed++) {
            Expr expr = graph(seed);
            Signs.Sign sign = Signs.of(expr);
            boolean isTotal = Totality.isTotal(expr);
            signed += sign == Signs.Sign.UNKNOWN ? 0 : 1;
            total += isTotal ? 1 : 0;
            for (Point point : Numerically.points(List.of(expr), seed, 4, 1)) {
                NumberTensor<Precise> value = Numerically.value(expr, point);
                for (int k = 0; k < value.count(); k++) {
                    boolean outside = value.undefined(k).map(u -> u.isOutsideDomain()).orElse(false);
                    assertThat(isTotal && outside).as(() -> "total\n" + JavaCode.of(expr)).isFalse();
                    if (value.isDefined(k) && !value.get(k).mayBeZero()) {
                        boolean negative = Numerically.FIELD.signum(value.get(k)) < 0;
                        assertThat(negative && sign != Signs.Sign.UNKNOWN)
                                .as(() -> sign + " at " + point + "\n" + JavaCode.of(expr)).isFalse();
                    }
                    assertThat(value.isDefined(k) && value.get(k).isZero() && sign == Signs.Sign.POSITIVE)
                            .as(() -> sign + " at " + point + "\n" + JavaCode.of(expr)).isFalse();
                }
            }
        }
        assertThat(signed).isGreaterThan(500);
        assertThat(total).isGreaterThan(500);
    }
}
