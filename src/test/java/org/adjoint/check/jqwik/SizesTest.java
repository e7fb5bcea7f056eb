package org.adjoint.check.jqwik;

import static org.adjoint.check.jqwik.GradientProperties.assertGradient;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import org.adjoint.check.GradientCheck;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Sizes in common: drawn, edge cases first, and reduced together. */
class SizesTest {

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    private static DMatrixRMaj transposed(DMatrixRMaj a) { return CommonOps_DDRM.transpose(a, null); }

    @GradientProperty
    void theGradientOfAProduct(@Sizes("m,k") DMatrixRMaj a, @Sizes("k,n") DMatrixRMaj b) {
        assertGradient(GradientCheck.ofMatrices(in -> product(in[0], in[1]))
                .vjp((in, w) -> new DMatrixRMaj[] {product(w, transposed(in[1])), product(transposed(in[0]), w)})
                .at(a, b));
    }

    @Property(tries = 200)
    void lettersAreTheSameEverywhere(@Sizes("m,n") DMatrixRMaj a, @Sizes("n") double[] x,
            @Sizes("k,m,3,n") float[] tensor, @Sizes("n,k") double[][] rows, @Sizes("m") DMatrixRMaj column,
            @Sizes("") double number) {
        assertThat(x).hasSize(a.numCols);
        assertThat(rows).hasNumberOfRows(a.numCols);
        assertThat(tensor).hasSize(rows[0].length * a.numRows * 3 * a.numCols);
        assertThat(column.numRows).isEqualTo(a.numRows);
        assertThat(column.numCols).isEqualTo(1);
        assertThat(number).isFinite();
    }

    @Property(tries = 200)
    void theFirstParameterSaysHowLarge(@Sizes(value = "n", min = 2, max = 9) double[] x,
            @Sizes("n,m") double[][] rows) {
        assertThat(x.length).isBetween(2, 9);
        assertThat(rows).hasNumberOfRows(x.length);
        assertThat(rows[0].length).isBetween(1, 5);
    }

    // ---- properties that the tests below run

    private static final List<String> SEEN = new ArrayList<>();

    static class Planted {
        @GradientProperty
        void edges(@Sizes("m,n") DMatrixRMaj a, @Sizes("n,k") double[][] b) {
            SEEN.add(a.numRows + "x" + a.numCols + " " + Arrays.toString(a.data) + " " + Arrays.deepToString(b));
        }

        @Property(afterFailure = AfterFailureMode.RANDOM_SEED, shrinking = ShrinkingMode.FULL)
        void wide(@Sizes("m,n") DMatrixRMaj a, @Sizes("k,n,m") double[] t, @Sizes("n") double[] x) {
            if (a.numCols >= 3 && x.length >= 3) {
                throw new AssertionError(a.numRows + "x" + a.numCols + " " + t.length + " " + x.length + " sums "
                        + Arrays.stream(a.data).sum() + " " + Arrays.stream(x).sum());
            }
        }

        /** A failure of one entry of the second parameter, whose size the first decides. */
        @Property(afterFailure = AfterFailureMode.RANDOM_SEED, shrinking = ShrinkingMode.FULL)
        void secondEntry(@Sizes("n") double[] x, @Sizes("n,m") double[][] rows) {
            if (x.length > 1 && rows[1][0] > 0.25) {
                throw new AssertionError(Arrays.toString(x) + " " + Arrays.deepToString(rows));
            }
        }

        @Property(afterFailure = AfterFailureMode.RANDOM_SEED, shrinking = ShrinkingMode.FULL)
        void symmetric(@Sizes("n,n") @Symmetric DMatrixRMaj a) {
            if (a.numRows > 1 && Math.abs(a.get(0, 1)) > 10) {
                throw new AssertionError(a.numRows + " " + Arrays.toString(a.data));
            }
        }

        @Property
        void twoKinds(@Sizes("n") @Ties @OneHot double[] x) {}

        @Property
        void notSquare(@Sizes("m,n") @Symmetric DMatrixRMaj x) {}

        @Property
        void threeAxes(@Sizes("m,n,k") DMatrixRMaj x) {}

        @Property
        void noSize(@Sizes("m,-n") double[] x) {}

        @Property
        void rangeOfProbabilities(@Sizes("n") @Probabilities @DoubleRange(max = 2) double[] x) {}

        @GradientProperty
        void halfOutsideTheDomain(@Sizes(value = "n", max = 2) double[] x) {
            assertGradient(GradientCheck.of((double[] v) -> Arrays.stream(v).map(Math::log).sum())
                    .gradient(v -> Arrays.stream(v).map(t -> 1 / t).toArray()).at(x));
        }

        @Property(afterFailure = AfterFailureMode.RANDOM_SEED, shrinking = ShrinkingMode.FULL)
        void wrong(@Sizes("n") double[] x) {
            assertGradient(GradientCheck.of((double[] v) -> Arrays.stream(v).map(t -> t * t).sum())
                    .gradient(v -> Arrays.stream(v).map(t -> t > 5 ? t : 2 * t).toArray()).at(x));
        }
    }

    private static final Events EVENTS = EngineTestKit.engine("jqwik")
            .selectors(DiscoverySelectors.selectClass(Planted.class)).execute().testEvents();

    private static String failure(String property) {
        return EVENTS.failed().stream().filter(e -> e.getTestDescriptor().getDisplayName().equals(property))
                .findFirst().flatMap(e -> e.getPayload(TestExecutionResult.class))
                .flatMap(TestExecutionResult::getThrowable).map(Throwable::getMessage).orElse("passed");
    }

    @Test
    void aFailureShrinksToTheSmallestShapesAndNumbers() {
        assertThat(failure("wide")).isEqualTo("1x3 3 3 sums 0.0 0.0");
        assertThat(failure("secondEntry")).isEqualTo("[0.0, 0.0] [[0.0], [1.0]]");
        assertThat(failure("symmetric")).isEqualTo("2 [0.0, 11.0, 11.0, 0.0]");
        assertThat(failure("wrong")).contains("the gradient says 6.0, differences say 12.000").contains(".at(6)");
    }

    @Test
    void edgeCasesComeFirst() {
        assertThat(SEEN).hasSize(50).startsWith("1x1 [0.0] [[0.0]]", "1x1 [1.0] [[1.0]]").element(3).isEqualTo(
                "2x3 [0.0, 0.0, 0.0, 0.0, 0.0, 0.0] [[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]");
        assertThat(SEEN.get(4)).startsWith("2x3 [1.0, 1.0, 1.0, 1.0, 1.0, 1.0] [[1.0, 1.0, 1.0, 1.0], ");
        assertThat(SEEN.get(5)).startsWith("2x3 [").doesNotContainPattern("\\d\\.[1-9]");
        assertThat(SEEN.get(6)).as("a single row").startsWith("1x3 ");
        assertThat(SEEN.get(7)).as("a single column").startsWith("3x1 ");
        assertThat(SEEN.get(8)).startsWith("3x3 [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0] ");
        assertThat(SEEN).anyMatch(s -> s.matches("[45]x[45].*")).anyMatch(s -> s.matches(".*E-?\\d{2,3}.*"));
    }

    @Test
    void whatIsInconclusiveIsDrawnAgain() {
        assertThat(failure("halfOutsideTheDomain")).isEqualTo("passed");
    }

    @Test
    void whatCannotBeMeantIsSaid() {
        assertThat(failure("twoKinds")).isEqualTo("entries are of one kind; got @Ties, @OneHot");
        assertThat(failure("notSquare")).isEqualTo("a symmetric matrix has equal sizes, as in @Sizes(\"n,n\");"
                + " got \"m,n\"");
        assertThat(failure("threeAxes")).isEqualTo("DMatrixRMaj has 1 to 2 axes; got @Sizes(\"m,n,k\")");
        assertThat(failure("noSize")).contains("numbers up to 999 or names").contains("-n");
        assertThat(failure("rangeOfProbabilities")).startsWith("@Probabilities says what the entries are");
    }
}
