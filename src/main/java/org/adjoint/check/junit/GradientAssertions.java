package org.adjoint.check.junit;

import org.adjoint.check.GradientCheck;
import org.adjoint.check.GradientReport;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Runs gradient checks in JUnit tests.
 *
 * <pre>{@code
 * @Test
 * void theGradientIsRight() {
 *     assertGradient(GradientCheck.of(Loss::value).gradient(Loss::gradient).points(9, 4));
 * }
 * }</pre>
 *
 * <p>What is wrong fails the test with the whole report. If nothing is wrong and nothing could be found right, as at a
 * jump or outside the domain, the test is aborted, which JUnit shows as skipped, with the report as the reason.
 *
 * <p>Each run draws afresh. A failure prints its seed; the system property {@value #SEED} or, where build tools do not
 * pass properties on, the environment variable {@value #SEED_VARIABLE} repeats it without a change of code.
 */
public final class GradientAssertions {

    /** System property with the seed of all checks. */
    public static final String SEED = "adjoint.seed";

    /** Environment variable with the seed of all checks, if the system property is not set. */
    public static final String SEED_VARIABLE = "ADJOINT_SEED";

    private GradientAssertions() {}

    /**
     * Runs the check.
     *
     * @throws AssertionFailedError  if anything is wrong
     * @throws TestAbortedException  if nothing is wrong, and nothing could be found right
     * @throws IllegalStateException if no point was given, or the seed that is set is no whole number
     */
    public static void assertGradient(GradientCheck check) {
        assertGradient(seeded(check).check());
    }

    /** Judges a check that has run, as {@link #assertGradient(GradientCheck)} does. */
    public static void assertGradient(GradientReport report) {
        switch (report.outcome()) {
            case RIGHT -> {
                // nothing to say
            }
            case WRONG -> throw new AssertionFailedError(
                    report + "\n  the same without a change of code: -D" + SEED + "=" + report.seed());
            case INCONCLUSIVE -> throw new TestAbortedException(report.toString());
        }
    }

    /** The check as a test of this name, for methods annotated with {@code @TestFactory}. */
    public static DynamicTest gradientTest(String name, GradientCheck check) {
        return DynamicTest.dynamicTest(name, () -> assertGradient(check));
    }

    private static GradientCheck seeded(GradientCheck check) {
        var seed = System.getProperty(SEED, System.getenv().getOrDefault(SEED_VARIABLE, "")).strip();
        if (seed.isEmpty()) {
            return check;
        }
        try {
            return check.seed(Long.parseLong(seed));
        } catch (NumberFormatException notANumber) {
            throw new IllegalStateException("a seed is a whole number; " + SEED + " is " + seed, notANumber);
        }
    }
}
