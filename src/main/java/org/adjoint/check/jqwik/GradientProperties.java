package org.adjoint.check.jqwik;

import net.jqwik.api.JqwikException;
import org.adjoint.check.GradientCheck;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Runs gradient checks in jqwik properties. */
public final class GradientProperties {

    private GradientProperties() {}

    /**
     * Runs the check. jqwik reduces the input of what fails; the directions of the check come from the sample, so that
     * jqwik's seed repeats all of it.
     *
     * @throws AssertionFailedError  if anything is wrong, with the report
     * @throws TestAbortedException  if nothing is wrong, and nothing could be found right: jqwik draws another input
     * @throws IllegalStateException if no point was given
     */
    public static void assertGradient(GradientCheck check) {
        var report = seeded(check.shrinking(false)).check();
        switch (report.outcome()) {
            case RIGHT -> {
                // nothing to say
            }
            case WRONG -> throw new AssertionFailedError(report.toString());
            case INCONCLUSIVE -> throw new TestAbortedException(report.toString());
        }
    }

    private static GradientCheck seeded(GradientCheck check) {
        try {
            return check.seed(Binding.ofTheProperty().seed());
        } catch (JqwikException noSizes) {
            return check;
        }
    }
}
