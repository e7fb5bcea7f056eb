package org.adjoint.check.junit;

import static org.adjoint.check.junit.GradientAssertions.assertGradient;
import static org.adjoint.check.junit.GradientAssertions.gradientTest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.adjoint.check.GradientCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What JUnit makes of checks that are right, wrong and inconclusive, and how a failure is repeated. */
class GradientAssertionsTest {

    private static GradientCheck squares(double factor) {
        return sum(v -> v * v, v -> factor * v).points(4, 3);
    }

    private static GradientCheck sum(DoubleUnaryOperator f, DoubleUnaryOperator slope) {
        return GradientCheck.of((double[] x) -> Arrays.stream(x).map(f).sum())
                .gradient(x -> Arrays.stream(x).map(slope).toArray());
    }

    /** Run by the tests below only. */
    static class Outcomes {
        @Test
        void right() { assertGradient(squares(2)); }

        @Test
        void wrong() { assertGradient(squares(1)); }

        @Test
        void atAJump() { assertGradient(sum(v -> v > 0 ? 1 : 0, v -> 0).at(0.0)); }

        @TestFactory
        Stream<DynamicTest> each() {
            return Stream.of(gradientTest("right", squares(2)), gradientTest("half", squares(1)));
        }
    }

    @AfterEach
    void noSeed() { System.clearProperty(GradientAssertions.SEED); }

    @Test
    void inconclusiveIsSkippedAndWrongFails() {
        EngineTestKit.engine("junit-jupiter").selectors(DiscoverySelectors.selectClass(Outcomes.class)).execute()
                .testEvents().assertStatistics(s -> s.succeeded(2).failed(2).aborted(1));
    }

    @Test
    void aFailureHoldsTheReportAndHowToRepeatIt() {
        assertThatThrownBy(() -> assertGradient(squares(1).seed(5))).isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("the gradient is 1/2 times the derivative")
                .hasMessageEndingWith("-Dadjoint.seed=5");
        assertThatThrownBy(() -> assertGradient(sum(Math::log, v -> 1 / v).at(-1, -2)))
                .isInstanceOf(TestAbortedException.class).hasMessageContaining("f(x) is finite");
    }

    @Test
    void thePropertyFixesTheSeed() {
        System.setProperty(GradientAssertions.SEED, "12");
        assertThatThrownBy(() -> assertGradient(squares(1))).hasMessageContaining("seed 12:");
        System.setProperty(GradientAssertions.SEED, "twelve");
        assertThatThrownBy(() -> assertGradient(squares(2))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("whole number").hasMessageContaining("twelve");
        System.setProperty(GradientAssertions.SEED, "");
        assertThat(squares(2).check().confirmed()).isTrue();
        assertGradient(squares(2));
    }
}
