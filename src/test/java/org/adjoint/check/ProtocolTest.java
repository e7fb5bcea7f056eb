package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that need no differences, and functions that misbehave: each ends in a verdict that names it. */
class ProtocolTest {

    private static final int SEEDS = 20;

    private static double[] squares(double[] x) { return Planted.map(x, t -> t * t); }

    private static double[] right(double[] x, double[] w) { return Planted.zip(x, w, (t, c) -> 2 * t * c); }

    private static Arguments bug(String name, String verdict, Function<double[], double @Nullable []> f,
            BiFunction<double[], double[], double @Nullable []> vjp) {
        return Arguments.of(name, verdict, f, vjp);
    }

    static Stream<Arguments> bugs() {
        var shared = new double[3];
        var cache = new HashMap<Integer, double[]>();
        var calls = new int[1];
        return Stream.of(
                bug("cotangent clipped", "linear in w", ProtocolTest::squares,
                        (x, w) -> right(x, Planted.map(w, c -> Math.clamp(c, -1, 1)))),
                bug("cotangent ignored", "linear in w", ProtocolTest::squares, (x, w) -> Planted.map(x, t -> 2 * t)),
                bug("size of the cotangent only", "linear in w", ProtocolTest::squares,
                        (x, w) -> right(x, Planted.map(w, Math::abs))),
                bug("cotangent normalised", "linear in w", ProtocolTest::squares,
                        (x, w) -> right(x, Planted.map(w, c -> c == 0 ? 0 : c / Math.sqrt(Planted.dot(w, w))))),
                bug("sign of the cotangent only", "linear in w", ProtocolTest::squares,
                        (x, w) -> right(x, Planted.map(w, Math::signum))),
                bug("small cotangents dropped", "linear in w", ProtocolTest::squares,
                        (x, w) -> right(x, Planted.map(w, c -> Math.abs(c) < 1e-4 ? 0 : c))),
                bug("a constant added", "zero", ProtocolTest::squares,
                        (x, w) -> Planted.map(right(x, w), g -> g + 1e-3)),
                bug("weight decay in the backward", "zero", ProtocolTest::squares,
                        (x, w) -> Planted.zip(right(x, w), x, (g, t) -> g + 1e-2 * t)),
                bug("only the largest cotangent", "linear in w", ProtocolTest::squares, (x, w) -> {
                    var most = Planted.max(Planted.map(w, Math::abs));
                    return right(x, Planted.map(w, c -> Math.abs(c) == most ? c : 0));
                }),
                bug("input overwritten by the function", "f leaves its input unchanged", x -> {
                    Arrays.setAll(x, i -> x[i] * x[i]);
                    return x;
                }, ProtocolTest::right),
                bug("input overwritten by the pullback", "the vjp leaves its input unchanged", ProtocolTest::squares,
                        (x, w) -> {
                            var g = right(x, w);
                            x[0] = 0;
                            return g;
                        }),
                bug("cotangent overwritten", "the vjp leaves its cotangent unchanged", ProtocolTest::squares,
                        (x, w) -> {
                            Arrays.setAll(w, i -> 2 * x[i] * w[i]);
                            return w;
                        }),
                bug("one result array for all calls", "a result of its own", ProtocolTest::squares, (x, w) -> {
                    System.arraycopy(right(x, w), 0, shared, 0, 3);
                    return shared;
                }),
                bug("one result array of the function", "f returns a result of its own", x -> {
                    System.arraycopy(squares(x), 0, shared, 0, 3);
                    return shared;
                }, ProtocolTest::right),
                bug("cache with too short a key", "", ProtocolTest::squares,
                        (x, w) -> right(cache.computeIfAbsent(x.length, k -> x.clone()), w)),
                bug("noise of 1e-9 in the pullback", "deterministic", ProtocolTest::squares, (x, w) -> {
                    calls[0]++;
                    return Planted.map(right(x, w), g -> g * (1 + 1e-9 * Math.sin(calls[0])));
                }),
                bug("noise in the function", "f is deterministic", x -> {
                    calls[0]++;
                    return Planted.map(squares(x), y -> y * (1 + 1e-12 * calls[0]));
                }, ProtocolTest::right),
                bug("accumulates over calls", "", ProtocolTest::squares, (x, w) -> {
                    calls[0]++;
                    return Planted.map(right(x, w), g -> g * calls[0]);
                }),
                bug("summed to one number", "shaped as the input", ProtocolTest::squares,
                        (x, w) -> new double[] {Planted.sum(right(x, w))}),
                bug("nothing returned", "it returned null", ProtocolTest::squares, (x, w) -> null),
                bug("pullback throws", "it threw java.lang.ArrayIndexOutOfBounds", ProtocolTest::squares,
                        (x, w) -> new double[] {w[7]}),
                bug("function throws", "it threw java.lang.NullPointerException: no weights", x -> {
                    throw new NullPointerException("no weights");
                }, ProtocolTest::right),
                bug("stack overflow", "StackOverflowError", ProtocolTest::endless, ProtocolTest::right),
                bug("result of changing length", "the same shape", x -> {
                    calls[0]++;
                    return new double[3 + calls[0] % 2];
                }, ProtocolTest::right),
                bug("NaN in the gradient", "", ProtocolTest::squares,
                        (x, w) -> Planted.map(right(x, w), g -> Double.NaN)),
                bug("infinite gradient", "", ProtocolTest::squares,
                        (x, w) -> Planted.map(right(x, w), g -> g / 0.0)));
    }

    @SuppressWarnings("InfiniteRecursion") // a stack overflow is what is planted
    private static double[] endless(double[] x) { return endless(x.clone()); }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void brokenLawsAreNamed(String name, String verdict, Function<double[], double[]> f,
            BiFunction<double[], double[], double[]> vjp) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = GradientCheck.of(f).vjp(vjp).points(1, Planted.normal(3)).seed(seed).shrinking(seed == 0)
                    .check();
            assertThat(report.passed()).as("%s: %s", name, report).isFalse();
            assertThat(report.toString()).contains(verdict);
        }
    }

    @Test
    void whatDoesNotReturnIsGivenUp() {
        var report = GradientCheck.of((double[] x) -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return x[0];
        }).gradient(x -> x).at(1, 2).timeLimit(Duration.ofMillis(200)).check();
        assertThat(report.wrong()).singleElement().asString().contains("f returns").contains("after 0.2 s");
    }

    @Test
    void valuesThatAreNoNumbersAreNamed() {
        Function<double[], GradientReport> of = x -> GradientCheck.of((double[] v) -> Math.log(v[0]))
                .gradient(v -> new double[] {1 / v[0]}).at(x).check();
        assertThat(of.apply(new double[] {-1}).toString()).contains("f(x) is finite").contains("it is NaN");
        assertThat(of.apply(new double[] {0}).toString()).contains("it is -Infinity");
        assertThat(of.apply(new double[] {Double.NaN}).toString()).contains("x is finite").contains("x[0] is NaN");
        assertThat(of.apply(new double[] {Double.POSITIVE_INFINITY}).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        var empty = GradientCheck.of((double[] v) -> 3.0).gradient(v -> v).at(new double[0]).check();
        assertThat(empty.toString()).contains("the input has no entries");
        var wordy = GradientCheck.of((double[] v) -> "three").gradient(v -> v).at(1).check();
        assertThat(wordy.toString()).contains("it returned a String");
        var vector = GradientCheck.of((double[] v) -> v).gradient(v -> v).at(1, 2).check();
        assertThat(vector.toString()).contains("use vjp or jvp");
    }

    @Test
    void partOfTheResultMayBeUndefined() {
        var report = GradientCheck.of((double[] v) -> Planted.map(v, Math::log))
                .vjp((v, w) -> Planted.zip(v, w, (t, c) -> c / t)).at(-1, 2).check();
        assertThat(report.outcome()).isEqualTo(Outcome.RIGHT);
        assertThat(report.inconclusive()).singleElement().asString().contains("y[0] is finite").contains("NaN");
    }

    @Test
    void matricesOfAnySize() {
        var check = GradientCheck.ofMatrices(in -> product(in[0], false, in[1], false))
                .vjp((in, w) -> new DMatrixRMaj[] {product(w, false, in[1], true), product(in[0], true, w, false)})
                .input("A", "m,k").input("B", "k,n").points(18);
        assertThat(check.check().confirmed()).as("%s", check.check()).isTrue();
        var wrong = GradientCheck.ofMatrices(in -> product(in[0], false, in[1], false))
                .vjp((in, w) -> new DMatrixRMaj[] {product(w, false, in[1], true),
                        new DMatrixRMaj(in[1].numRows, in[1].numCols)})
                .input("A", "m,k").input("B", "k,n").points(9).seed(5).named("Mul::of", "Mul::back").check();
        assertThat(wrong.smallest()).hasValueSatisfying(s -> {
            assertThat(s.place().inputs()).as("%s", wrong).allSatisfy(slot -> assertThat(slot.count()).isEqualTo(1));
            assertThat(s.test()).contains("ofMatrices(Mul::of).vjp(Mul::back)")
                    .contains("new DMatrixRMaj(1, 1, true, ");
        });
        assertThat(wrong.hints()).as("%s", wrong).anyMatch(h -> h.contains("is 0 there"));
    }

    @Test
    void aMatrixGradientOfAnotherShapeIsNamed() {
        var report = GradientCheck.ofMatrix(a -> CommonOps_DDRM.elementSum(a))
                .gradient(a -> new DMatrixRMaj(a.numCols, a.numRows)).input("A", 2, 3).at(1, 2, 3, 4, 5, 6).check();
        assertThat(report.toString()).contains("the input is 2×3, the gradient is 3×2");
    }

    @Test
    void bothProductsMustBeAdjointToEachOther() {
        var report = GradientCheck.of(ProtocolTest::squares).products(ProtocolTest::right,
                (x, v) -> Planted.zip(x, v, (t, c) -> 2.0001 * t * c)).at(1, 2, -3).check();
        assertThat(report.toString()).contains("<J v, w> = <v, J^T w>").contains("the jvp says");
        assertThat(GradientCheck.of(ProtocolTest::squares).products(ProtocolTest::right, ProtocolTest::right)
                .at(1, 2, -3).check().confirmed()).isTrue();
    }

    @Test
    void theGradientOfTheGradient() {
        Function<double[], Double> cubes = x -> IntStream.range(0, x.length).mapToDouble(i -> x[i] * x[i] * x[i]).sum();
        Function<double[], double[]> g = x -> Planted.map(x, t -> 3 * t * t);
        BiFunction<double[], double[], double[]> h = (x, v) -> Planted.zip(x, v, (t, c) -> 6 * t * c);
        var right = GradientCheck.of(cubes).gradient(g, h).at(1, -2, 0.5).check();
        assertThat(right.confirmed()).as("%s", right).isTrue();
        BiFunction<double[], double[], double[]> none = (x, v) -> new double[x.length];
        var cut = GradientCheck.of(cubes).gradient(g, none).at(1, -2, 0.5).check();
        assertThat(cut.toString()).contains("the Hessian product says 0.0");
        BiFunction<double[], double[], double[]> skew = (x, v) -> new double[] {6 * x[0] * v[0] + v[1],
                6 * x[1] * v[1], 6 * x[2] * v[2]};
        assertThat(GradientCheck.of(cubes).gradient(g, skew).at(1, -2, 0.5).check().toString())
                .contains("<H v, w> = <v, H w>");
    }

    @Test
    void singlePrecision() {
        Function<float[], Float> f = x -> {
            float sum = 0;
            for (float t : x) {
                sum += (float) Math.sin(t) * t;
            }
            return sum;
        };
        Function<float[], float[]> g = x -> {
            var d = new float[x.length];
            for (int i = 0; i < d.length; i++) {
                d[i] = (float) (Math.sin(x[i]) + x[i] * Math.cos(x[i]));
            }
            return d;
        };
        var right = GradientCheck.ofFloats(f).gradient(g).at(0.3, -1.2, 2.5).points(9, 4).check();
        assertThat(right.passed()).as("%s", right).isTrue();
        assertThat(right.count(Outcome.RIGHT)).isGreaterThan(20);
        var wrong = GradientCheck.ofFloats(f).gradient(x -> {
            var d = g.apply(x);
            d[0] *= 1.01f;
            return d;
        }).at(0.3, -1.2, 2.5).check();
        assertThat(wrong.passed()).isFalse();
    }

    private static DMatrixRMaj product(DMatrixRMaj a, boolean ta, DMatrixRMaj b, boolean tb) {
        var c = new DMatrixRMaj(ta ? a.numCols : a.numRows, tb ? b.numRows : b.numCols);
        if (ta) {
            CommonOps_DDRM.multTransA(a, b, c);
        } else if (tb) {
            CommonOps_DDRM.multTransB(a, b, c);
        } else {
            CommonOps_DDRM.mult(a, b, c);
        }
        return c;
    }
}
