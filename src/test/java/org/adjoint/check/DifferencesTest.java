package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Differences of functions of one variable, against derivatives known in closed form. */
class DifferencesTest {

    private static Estimate at(double x, DoubleUnaryOperator f) {
        return Differences.directional(v -> f.applyAsDouble(v[0]), new double[] {x}, new double[] {1});
    }

    private static Arguments of(String name, double x, DoubleUnaryOperator f, double derivative, double relative) {
        return Arguments.of(name, x, f, derivative, relative);
    }

    static Arguments[] smooth() {
        return new Arguments[] {
                of("exp", 1, Math::exp, Math.E, 1e-10),
                of("sin", 0.7, Math::sin, Math.cos(0.7), 1e-10),
                of("sin at 0", 0, Math::sin, 1, 1e-10),
                of("cos at 0", 0, Math::cos, 0, 1e-10),
                of("square", 3, x -> x * x, 6, 1e-10),
                of("square at 0", 0, x -> x * x, 0, 1e-10),
                of("log near 0", 1e-12, Math::log, 1e12, 1e-9),
                of("sqrt near 0", 1e-10, Math::sqrt, 5e4, 1e-9),
                of("expm1 of a tiny number", 1e-12, Math::expm1, Math.exp(1e-12), 1e-9),
                of("sin of a tiny number plus one", 1e-20, x -> 1 + Math.sin(x), 1, 1e-9),
                of("huge value", 700, Math::exp, Math.exp(700), 1e-8),
                of("a fast component", 0.3, x -> x + 1e-3 * Math.sin(1e5 * x), 1 + 100 * Math.cos(3e4), 1e-6),
                of("x|x| at 0", 0, x -> x * Math.abs(x), 0, 1e-3),
                of("softplus far left", -40, x -> Math.log1p(Math.exp(x)), Math.exp(-40), 1e-6),
                of("logarithm against its pole", 1 + 1e-9, x -> Math.log(x - 1), 1 / ((1 + 1e-9) - 1), 1e-5),
                of("a constant", 5, x -> 3, 0, 1e-10),
                of("round down", 2.5, Math::floor, 0, 1e-10),
                of("dead relu", -1, x -> Math.max(x, 0), 0, 1e-10),
                of("exponential with a tiny natural scale", 0, x -> Math.exp(1e10 * x), 1e10, 1e-6),
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smooth")
    void derivativeOfASmoothFunction(String name, double x, DoubleUnaryOperator f, double derivative,
            double relative) {
        var e = at(x, f);
        assertThat(e.kind()).as("%s: %s", name, e).isEqualTo(Kind.SMOOTH);
        assertThat(Math.abs(e.value() - derivative)).as("%s: %s, true %s", name, e, derivative)
                .isLessThanOrEqualTo(3 * e.error())
                .isLessThanOrEqualTo(relative * Math.max(Math.abs(derivative), 1e-7));
    }

    /** d/dx (c x² / s²) = 2c x / s² at every scale at which the numbers themselves are representable. */
    @Test
    void scalesFromTinyToHuge() {
        for (int s = -300; s <= 300; s += 25) {
            for (int c = -300; c <= 300; c += 25) {
                if (Math.abs(c - s) > 300) {
                    continue;
                }
                var x = 1.7 * Math.pow(10, s);
                var scale = Math.pow(10, c);
                var e = at(x, t -> scale * (t / x) * (t / x));
                assertThat(e.value()).as("x = %s, f = %s: %s", x, scale, e)
                        .isCloseTo(2 * scale / x, org.assertj.core.data.Percentage.withPercentage(1e-8));
            }
        }
    }

    @Test
    void smoothFunctionsCostNineValues() {
        for (double x : new double[] {-7, -1, 0.01, 0.5, 2, 30}) {
            assertThat(at(x, Math::atan).evaluations()).isLessThanOrEqualTo(9);
            assertThat(at(x, t -> Math.exp(-t) + t * t).evaluations()).isLessThanOrEqualTo(9);
        }
    }

    static Arguments[] kinks() {
        return new Arguments[] {
                Arguments.of("abs", 0.0, (DoubleUnaryOperator) Math::abs, -1.0, 1.0),
                Arguments.of("relu", 0.0, (DoubleUnaryOperator) x -> Math.max(x, 0), 0.0, 1.0),
                Arguments.of("a kink with curvature", 0.0,
                        (DoubleUnaryOperator) x -> Math.exp(x) + 0.01 * Math.abs(x), 0.99, 1.01),
                Arguments.of("|x - 3|", 3.0, (DoubleUnaryOperator) x -> Math.abs(x - 3), -1.0, 1.0),
                Arguments.of("max(sin, cos)", Math.PI / 4,
                        (DoubleUnaryOperator) x -> Math.max(Math.sin(x), Math.cos(x)), -Math.sqrt(0.5),
                        Math.sqrt(0.5)),
                Arguments.of("a huge kink", 1e200, (DoubleUnaryOperator) x -> 1e50 * Math.abs(x - 1e200), -1e50,
                        1e50),
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinks")
    void oneSidedDerivativesAtAKink(String name, double x, DoubleUnaryOperator f, double left, double right) {
        var e = at(x, f);
        assertThat(e.kind()).as("%s: %s", name, e).isEqualTo(Kind.KINK);
        assertThat(e.left()).isCloseTo(left, org.assertj.core.data.Percentage.withPercentage(1e-5));
        assertThat(e.right()).isCloseTo(right, org.assertj.core.data.Percentage.withPercentage(1e-5));
        assertThat(e.distance((left + right) / 2)).isZero();
    }

    @Test
    void aKinkNextToThePointIsNotAtThePoint() {
        for (double distance : new double[] {0.3, 1e-2, 1e-3, 1e-5, 1e-7, 1e-9}) {
            var e = at(1, x -> Math.abs(x - 1 - distance) + Math.sin(x));
            assertThat(e.kind()).as("%s: %s", distance, e).isEqualTo(Kind.SMOOTH);
            assertThat(Math.abs(e.value() - (Math.cos(1) - 1))).as("%s: %s", distance, e)
                    .isLessThanOrEqualTo(5 * e.error()).isLessThan(1e-3);
        }
    }

    @Test
    void whatHasNoDerivativeSaysSo() {
        assertThat(at(0, x -> x > 0 ? 1 : 0).kind()).isEqualTo(Kind.JUMP);
        assertThat(at(2, Math::floor).kind()).isEqualTo(Kind.JUMP);
        assertThat(at(0, x -> Math.sqrt(Math.abs(x))).kind()).isEqualTo(Kind.STEEP);
        assertThat(at(0, Math::cbrt).kind()).isEqualTo(Kind.STEEP);
        assertThat(at(0, Math::sqrt).kind()).isEqualTo(Kind.STEEP);
        assertThat(at(0, x -> 1 / x).kind()).isEqualTo(Kind.UNDEFINED);
        assertThat(at(-1, Math::log).kind()).isEqualTo(Kind.UNDEFINED);
        assertThat(at(1e-200, x -> x * 1e200 * 1e200).kind()).isEqualTo(Kind.UNDEFINED);
    }

    @Test
    void atAnEdgeTheOtherSideIsMeasured() {
        var e = at(0, x -> Math.pow(x, 1.875) + 3 * x);
        assertThat(e.kind()).isEqualTo(Kind.EDGE);
        assertThat(Math.abs(e.value() - 3)).as("%s", e).isLessThanOrEqualTo(5 * e.error()).isLessThan(1e-5);
        assertThat(e.left()).isNaN();
    }

    @Test
    void aFunctionThatThrowsOutsideItsDomainHasAnEdge() {
        var e = at(2, x -> {
            if (x > 2) {
                throw new IllegalArgumentException("beyond 2");
            }
            return 5 * x;
        });
        assertThat(e.kind()).isEqualTo(Kind.EDGE);
        assertThat(e.right()).isNaN();
        assertThat(e.left()).isCloseTo(5, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void noiseIsMeasuredAndInTheErrorBar() {
        for (double amplitude : new double[] {1e-12, 1e-9, 1e-6}) {
            DoubleUnaryOperator f = x -> Math.sin(x) + amplitude * hash(x);
            var e = at(0.8, f);
            assertThat(e.kind()).as("%s: %s", amplitude, e).isEqualTo(Kind.SMOOTH);
            assertThat(Math.abs(e.value() - Math.cos(0.8))).as("%s: %s", amplitude, e)
                    .isLessThanOrEqualTo(5 * e.error()).isLessThan(1e4 * amplitude);
        }
    }

    @Test
    void singlePrecisionIsNoiseAndNotAConstant() {
        var e = at(0.8, x -> (float) Math.sin((float) x));
        assertThat(Math.abs(e.value() - Math.cos(0.8))).as("%s", e).isLessThanOrEqualTo(5 * e.error())
                .isLessThan(1e-4);
    }

    @Test
    void directionsOfManyVariables() {
        int n = 30;
        var x = IntStream.range(0, n).mapToDouble(i -> Math.sin(i + 1) * Math.pow(10, i % 5)).toArray();
        var d = IntStream.range(0, n).mapToDouble(i -> Math.cos(3 * i) * Math.pow(10, i % 5)).toArray();
        double expected = 0;
        for (int i = 0; i < n; i++) {
            expected += 2 * x[i] * d[i];
        }
        var e = Differences.directional(v -> IntStream.range(0, n).mapToDouble(i -> v[i] * v[i]).sum(), x, d);
        assertThat(Math.abs(e.value() - expected)).as("%s", e).isLessThanOrEqualTo(5 * e.error())
                .isLessThan(1e-7 * Math.abs(expected));
    }

    @Test
    void theZeroDirectionGivesZero() {
        assertThat(Differences.directional(v -> v[0], new double[] {1, 2}, new double[2]).value()).isZero();
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> Differences.directional(v -> v[0], new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("x has 2, the direction 3");
        assertThatThrownBy(() -> Differences.directional(v -> v[0], new double[1], new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NaN");
    }

    @Test
    void theInputIsNotChangedByAFunctionThatOverwritesIt() {
        var x = new double[] {2};
        var e = Differences.directional(v -> {
            v[0] *= v[0];
            return v[0];
        }, x, new double[] {1});
        assertThat(e.value()).isCloseTo(4, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(x).containsExactly(2);
    }

    /** A deterministic number in [−1, 1] that looks random in x. */
    private static double hash(double x) {
        long z = Double.doubleToLongBits(x) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
        return (z >> 11) * 0x1p-52;
    }
}
