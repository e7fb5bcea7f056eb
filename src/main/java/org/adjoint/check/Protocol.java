package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The rules that need no differences: a function and its derivative return the same result twice and in any order.
 *
 * <p>Calls at another point in between, and before, expose caches and shared buffers.
 */
final class Protocol {

    private final Calls calls;
    private final double[] x;
    private final double[] elsewhere;
    private final Effort effort;
    private final RandomGenerator random;
    private final List<Refusal> refusals = new ArrayList<>();

    Protocol(Calls calls, double[] x, Effort effort, RandomGenerator random) {
        this.calls = calls;
        this.x = x;
        this.effort = effort;
        this.random = random;
        this.elsewhere = Site.moved(x, Sizes.own(x, calls.inputs), 0.01, random);
    }

    /** Calls that gave nothing to compare. */
    List<Refusal> refusals() { return refusals; }

    /** F(x); nothing if it cannot be compared with anything. */
    double @Nullable [] run() {
        try {
            if (effort == Effort.THOROUGH) {
                var unused = calls.valueNear(elsewhere);
            }
            var y = calls.value(x);
            if (y.length > 0 && x.length > 0) {
                var with = with(y.length);
                var other = near(with);
                var first = derivative(x, with);
                if (effort == Effort.THOROUGH) {
                    var unused = calls.valueNear(elsewhere);
                    same(who(), other, near(with));
                }
                same(calls.subject.functionName(), y, calls.value(x));
                same(who(), first, derivative(x, with));
            }
            return y;
        } catch (Refusal refusal) {
            refusals.add(refusal);
            return null;
        }
    }

    private String who() {
        return !calls.isScalar() && calls.pulls() ? "the vjp"
                : calls.subject.quantity().equals(Subject.PRODUCTS) ? "the jvp" : calls.subject.quantity();
    }

    /** A cotangent for the pullback, or a tangent. */
    private double[] with(int outputs) {
        var with = new double[calls.pulls() ? outputs : x.length];
        for (int i = 0; i < with.length; i++) {
            with[i] = calls.isScalar() ? 1 : random.nextDouble(-1, 1);
        }
        return with;
    }

    private double[] derivative(double[] at, double[] with) throws Refusal {
        return calls.pulls() ? calls.pull(at, with) : calls.push(at, with);
    }

    private double @Nullable [] near(double[] with) {
        try {
            return derivative(elsewhere, with);
        } catch (Refusal outsideTheDomain) {
            return null;
        }
    }

    private void same(String who, double @Nullable [] before, double @Nullable [] now) {
        if (before != null && now != null && !Arrays.equals(before, now)) {
            int i = Arrays.mismatch(before, now);
            calls.breaks(who + " is deterministic: the same input gives the same result", i < before.length
                    && i < now.length ? "entry %d is %s, and %s when called again".formatted(i, before[i], now[i])
                            : "its length changes");
        }
    }
}
