package org.adjoint.check.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Positive;
import org.adjoint.check.Domain;
import org.assertj.core.data.Percentage;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries and matrices are of the kinds that their annotations say, drawn and reduced. */
class FillingTest {

    private static final int DRAWN = 2000;

    private static Stream<double[]> drawn(Filling filling, String... axes) {
        var arbitrary = new SizedArbitrary(Container.DOUBLES, List.of(axes), 1, 5, filling, new Binding());
        return arbitrary.generator(DRAWN).stream(new Random(1)).limit(DRAWN).map(s -> (double[]) s.value());
    }

    private static double share(Stream<double[]> values, java.util.function.Predicate<double[]> of) {
        return values.mapToInt(v -> of.test(v) ? 1 : 0).average().orElseThrow();
    }

    private static double share(DoubleStream entries, java.util.function.DoublePredicate of) {
        return entries.map(v -> of.test(v) ? 1 : 0).average().orElseThrow();
    }

    private static boolean hasTie(double[] row) { return Arrays.stream(row).distinct().count() < row.length; }

    /** One- and two-norm condition from the singular values. */
    private static double condition(DMatrixRMaj a) {
        return NormOps_DDRM.conditionP2(a);
    }

    @Test
    void entriesHaveZerosTiesAndAllScales() {
        var plain = new Entrywise(Entrywise.SPREAD, Domain.REAL, false);
        assertThat(share(drawn(plain, "4"), FillingTest::hasTie)).isBetween(0.1, 0.4);
        assertThat(share(entries(plain), v -> v == 0)).isBetween(0.02, 0.3);
        assertThat(share(entries(plain), v -> Math.abs(v) > 20)).isBetween(0.05, 0.3);
        assertThat(share(entries(plain), v -> v != 0 && Math.abs(v) < 1e-6)).isBetween(0.02, 0.3);
        assertThat(share(entries(plain), v -> Math.abs(v) > 1e20)).isBetween(0.01, 0.1);
        assertThat(share(entries(plain), v -> v < -200)).isBetween(0.005, 0.1);
        assertThat(share(entries(plain), v -> Math.abs(v) > 0.1 && Math.abs(v) < 2)).isGreaterThan(0.4);
    }

    private static DoubleStream entries(Filling filling) { return drawn(filling, "7").flatMapToDouble(Arrays::stream); }

    @Test
    void logarithmsAreUniform() {
        var wide = new Entrywise(Entrywise.logUniform(1e-300, 1e300), Domain.REAL, false);
        for (int decade = -300; decade < 300; decade += 60) {
            var from = Math.pow(10, decade);
            var to = Math.pow(10, decade + 60);
            assertThat(share(entries(wide), v -> Math.abs(v) >= from && Math.abs(v) < to)).isCloseTo(0.1, within(0.02));
        }
        assertThat(share(entries(wide), v -> v < 0)).isCloseTo(0.5, within(0.03));
        assertThatThrownBy(() -> Entrywise.logUniform(0, 1)).hasMessageContaining("0 < min");
    }

    @Test
    void nearKinks() {
        var kinks = new Entrywise(Entrywise.nearKinks(0, 6), Domain.REAL, false);
        assertThat(share(entries(kinks), v -> v == 0)).isCloseTo(0.125, within(0.02));
        assertThat(share(entries(kinks), v -> v == 6)).isCloseTo(0.125, within(0.02));
        assertThat(share(entries(kinks), v -> v > 6 && v < 6 + 1e-2)).isCloseTo(0.125, within(0.02));
        assertThat(share(entries(kinks), v -> v < 0 && v > -1e-3)).isCloseTo(0.125, within(0.02));
        assertThat(share(entries(kinks), v -> v > 0 && v < 1e-9)).isGreaterThan(0.02);
    }

    @Property(tries = 200)
    void ties(@Sizes(value = "m,n", min = 2) @Ties double[][] rows) {
        for (var row : rows) {
            assertThat(hasTie(row)).isTrue();
            assertThat(Arrays.stream(row).distinct().count()).isLessThanOrEqualTo(2);
        }
    }

    @Property(tries = 200)
    void oneHot(@Sizes("m,n") @OneHot double[][] rows) {
        assertThat(List.of(rows)).allSatisfy(row -> {
            assertThat(Arrays.stream(row).sum()).isEqualTo(1);
            assertThat(Arrays.stream(row).max().orElseThrow()).isEqualTo(1);
        });
    }

    @Property(tries = 200)
    void probabilities(@Sizes("m,n") @Probabilities double[][] rows) {
        assertThat(List.of(rows)).allSatisfy(row -> {
            assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-15));
            assertThat(Arrays.stream(row).min().orElseThrow()).isNotNegative();
        });
    }

    @Property(tries = 200)
    void ranges(@Sizes("n") @Positive double[] x, @Sizes("n") @DoubleRange(min = -1, max = 3) double[] y,
            @Sizes("n,n") @Symmetric @LogUniform(min = 1, max = 10) DMatrixRMaj a) {
        assertThat(Arrays.stream(x).min().orElseThrow()).isPositive();
        assertThat(Arrays.stream(y)).allMatch(v -> v >= -1 && v <= 3);
        assertThat(MatrixFeatures_DDRM.isSymmetric(a, 0)).isTrue();
        assertThat(Arrays.stream(a.data).map(Math::abs)).allMatch(v -> v >= 1 && v <= 10);
    }

    @Property(tries = 200)
    void conditioned(@Sizes(value = "m,n", max = 7) @Conditioned(1e6) DMatrixRMaj a) {
        var singular = DecompositionFactory_DDRM.svd(a.numRows, a.numCols, false, false, true);
        assertThat(singular.decompose(a.copy())).isTrue();
        assertThat(Arrays.stream(singular.getSingularValues()).max().orElseThrow()).isCloseTo(1, within(1e-14));
        assertThat(condition(a)).isCloseTo(Math.min(a.numRows, a.numCols) == 1 ? 1 : 1e6,
                Percentage.withPercentage(1e-6));
    }

    @Property(tries = 200)
    void positiveDefinite(@Sizes(value = "n,n", min = 2) @PositiveDefinite(1e4) DMatrixRMaj a) {
        assertThat(MatrixFeatures_DDRM.isSymmetric(a, 0)).isTrue();
        assertThat(MatrixFeatures_DDRM.isPositiveDefinite(a.copy())).isTrue();
        // among the edge cases is the identity
        assertThat(condition(a)).satisfiesAnyOf(c -> assertThat(c).isEqualTo(1),
                c -> assertThat(c).isCloseTo(1e4, Percentage.withPercentage(1e-6)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1e8, 1e13})
    void illConditioned(double kappa) {
        drawn(Structured.conditioned(kappa), "4", "4").limit(50).forEach(a ->
        // singular values are found up to rounding of the largest
        assertThat(condition(new DMatrixRMaj(4, 4, true, a))).isCloseTo(kappa,
                Percentage.withPercentage(1e-13 * kappa + 1e-9)));
        assertThatThrownBy(() -> Structured.conditioned(0.5)).hasMessageContaining("at least 1; got 0.5");
    }

    /** What matrices and probabilities reduce to are such themselves, and plain. */
    @Test
    void kindsAreKeptWhileShrinking() {
        assertThat(smallest(Structured.positiveDefinite(100), 2)).containsExactly(1, 0, 0, 1);
        assertThat(smallest(Structured.conditioned(100), 2)).containsExactly(1, 0, 0, 0.01);
        assertThat(smallest(Structured.ONE_HOT.filling(), 2)).containsExactly(1, 0, 1, 0);
        assertThat(smallest(Structured.PROBABILITIES.filling(), 2)).containsExactly(0.5, 0.5, 0.5, 0.5);
        assertThat(smallest(new Entrywise(Entrywise.TIES, Domain.REAL, false), 2)).containsOnly(0);
        assertThat(smallest(new Entrywise(Entrywise.nearKinks(2), Domain.REAL, true), 2)).containsOnly(0);
        assertThat(smallest(new Entrywise(Entrywise.logUniform(1e-3, 1e9), Domain.REAL, false), 2)).containsOnly(1);
        assertThat(smallest(new Entrywise(Entrywise.SPREAD, Domain.between(3, 4.5), false), 2)).containsOnly(3);
    }

    /** Where every step is taken. */
    private static double[] smallest(Filling filling, int min) {
        var arbitrary = new SizedArbitrary(Container.DOUBLES, List.of("n", "n"), min, 5, filling, new Binding());
        var now = arbitrary.generator(1).next(new Random(3));
        while (true) {
            var smaller = now.shrink().findFirst();
            if (smaller.isEmpty()) {
                return (double[]) now.value();
            }
            assertThat(smaller.get().distance()).isLessThan(now.distance());
            now = smaller.get();
        }
    }

    /** Rows and columns stay what they are when others are left out. */
    @Test
    void smallerSizesKeepTheEntries() {
        var plain = new Entrywise(Entrywise.SPREAD, Domain.REAL, false);
        var arbitrary = new SizedArbitrary(Container.ROWS, List.of("m", "n"), 3, 5, plain, new Binding());
        var large = (SizedShrinkable) arbitrary.generator(1).next(new Random(8));
        var small = (double[][]) new SizedShrinkable(arbitrary, large.drawn().places("m", List.of(0, 2))
                .places("n", List.of(0, 1, 2))).value();
        var rows = (double[][]) large.value();
        assertThat(small).isDeepEqualTo(new double[][] {Arrays.copyOf(rows[0], 3), Arrays.copyOf(rows[2], 3)});
    }
}
