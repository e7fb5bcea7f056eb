package org.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Distribution;
import org.adjoint.expr.Distribution.Kind;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Expectations against the sum over all outcomes, where there are finitely many, and against means of many draws. */
class ExpectationTest {
    private static final Rational THIRD = Rational.of(1, 3);
    private static final Variable X = Variable.of("x", Shape.of("n"));

    private static Variable random(String name, Shape shape, Kind kind, Expr... parameters) {
        Distribution distribution = new Distribution(kind, List.of(parameters), kind.name());
        Fact value = kind == Kind.SIGN ? Fact.Named.PLUS_MINUS_ONE : Fact.Named.ZERO_ONE;
        Variable variable = Variable.of(name, shape, new Fact.Random(distribution));
        return kind == Kind.SIGN || kind == Kind.BERNOULLI ? variable.with(value) : variable;
    }

    /** Every outcome of discrete entries, weighed by how likely it is, exactly. */
    private static NumberTensor<Radical> enumerated(Expr f, Variable w, int count, Rational low, Rational ofOne,
            Sizes sizes, Map<Variable, NumberTensor<Radical>> given) {
        List<Radical> sum = new ArrayList<>();
        for (int code = 0; code < 1 << count; code++) {
            List<Radical> entries = new ArrayList<>();
            Rational weight = Rational.ONE;
            for (int k = 0; k < count; k++) {
                boolean one = (code >> k & 1) == 1;
                entries.add(Radical.of(one ? Rational.ONE : low));
                weight = weight.times(one ? ofOne : Rational.ONE.minus(ofOne));
            }
            Map<Variable, NumberTensor<Radical>> point = new LinkedHashMap<>(given);
            point.put(w, NumberTensor.of(sizes.of(w.shape()), entries));
            List<Radical> values = new Evaluator<>(new ExactArithmetic(), sizes).evaluate(f, point).entries();
            for (int k = 0; k < values.size(); k++) {
                Radical term = values.get(k).times(Radical.of(weight));
                if (sum.size() <= k) {
                    sum.add(term);
                } else {
                    sum.set(k, sum.get(k).plus(term));
                }
            }
        }
        return NumberTensor.of(sizes.of(f.shape()), sum);
    }

    /** For symbolic sizes at once, and then at sizes 1, 2 and 3. */
    @Test
    void ofDiscreteEntries() {
        Variable b = random("b", Shape.of("n"), Kind.BERNOULLI, Constant.of(THIRD));
        Variable s = random("s", Shape.of("n"), Kind.SIGN);
        int compared = 0;
        for (Variable w : List.of(b, s)) {
            Expr dot = Tensors.inner(w, X);
            List<Expr> all = List.of(w.times(X), w.sum().pow(4), dot.pow(3), Tensors.outer(w, w.times(X)),
                    w.pow(3).plus(w).times(w.sum()), Tensors.outer(w, w).matmul(w), dot.pow(2).times(w),
                    Functions.RELU.apply(w.plus(Constant.of(THIRD))), Functions.EXP.apply(w));
            for (Expr f : all) {
                Expr expectation = Expectation.of(f).value();
                for (int n = 1; n <= 3; n++) {
                    Sizes sizes = Sizes.of(Map.of("n", n));
                    if (f == all.get(8)) {
                        continue;
                    }
                    Map<Variable, NumberTensor<Radical>> given = Map.of(X, NumberTensor.of(new int[] {n},
                            List.of(2L, -1L, 3L).subList(0, n).stream().map(k -> Radical.of(Rational.of(k)))
                                    .toList()));
                    NumberTensor<Radical> expected = enumerated(f, w, n, w == s ? Rational.MINUS_ONE : Rational.ZERO,
                            w == s ? Rational.HALF : THIRD, sizes, given);
                    assertThat(new Evaluator<>(new ExactArithmetic(), sizes).evaluate(expectation, given))
                            .as("E(%s), n = %s", f, n).isEqualTo(expected);
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(48);
    }

    /** Two layers as they are drawn at the start, within five standard errors of the mean of 8,000 draws. */
    @Test
    void ofDrawnLayers() {
        int n = 3;
        Variable w = random("W", Shape.of("m", "n"), Kind.NORMAL, Constant.ZERO,
                Constant.TWO.dividedBy(Dimension.of(Size.symbol("n"))));
        Variable u = random("u", Shape.of("n"), Kind.UNIFORM, Constant.of(-1), Constant.TWO);
        Variable v = random("v", Shape.of("m"), Kind.NORMAL, Constant.of(THIRD), Constant.ONE);
        Expr hidden = Functions.RELU.apply(w.matmul(u));
        Random generator = new Random(11);
        Map<Variable, ToDoubleFunction<Random>> draws = Map.of(w, r -> Math.sqrt(2.0 / n) * r.nextGaussian(), u,
                r -> 3 * r.nextDouble() - 1, v, r -> 1.0 / 3 + r.nextGaussian());
        Sizes sizes = Sizes.of(Map.of("m", 2, "n", n));
        for (Expr f : List.of(hidden.pow(2).sum(), u.pow(4).sum(), u.sum().pow(3), Tensors.inner(v, hidden).pow(2),
                Functions.ABS.apply(w.matmul(u)).times(hidden).sum())) {
            Expr expectation;
            try {
                expectation = Expectation.of(f).value();
            } catch (Expectation.Unknown unknown) {
                // E of v·relu(z) needs E relu(z₁) relu(z₂), which the laws do not give
                assertThat(f).isSameAs(Tensors.inner(v, hidden).pow(2));
                continue;
            }
            double sum = 0;
            double squares = 0;
            int count = 8_000;
            for (int k = 0; k < count; k++) {
                Map<Variable, NumberTensor<Double>> point = new LinkedHashMap<>();
                draws.forEach((variable, draw) -> {
                    int[] shape = sizes.of(variable.shape());
                    int entries = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
                    point.put(variable, NumberTensor.of(shape, generator.doubles(entries)
                            .mapToObj(ignored -> draw.applyAsDouble(generator)).toList()));
                });
                double value = new Evaluator<>(new DoubleArithmetic(), sizes).evaluate(f, point).value();
                sum += value;
                squares += value * value;
            }
            double mean = sum / count;
            double error = Math.sqrt((squares / count - mean * mean) / count);
            double exact = new Evaluator<>(new DoubleArithmetic(), sizes).evaluate(expectation, Map.of()).value();
            assertThat(mean).as("E(%s)", f).isCloseTo(exact, within(5 * error));
            assertThat(error).isLessThan(0.1 * Math.abs(exact));
        }
    }

    /** Kendall and Stuart: the cumulants of the uniform distribution are (b − a)ᵏ Bₖ/k, those of the sign 1, −2, 16, … */
    @Test
    void cumulants() {
        Distribution uniform = new Distribution(Kind.UNIFORM, List.of(Constant.ZERO, Constant.ONE), "u");
        Distribution sign = new Distribution(Kind.SIGN, List.of(), "s");
        assertThat(List.of(1, 2, 3, 4, 5, 6).stream()
                .map(k -> Constant.uniform(uniform.cumulant(k).orElseThrow()).orElseThrow().toString()))
                .containsExactly("1/2", "1/12", "0", "-1/120", "0", "1/252");
        assertThat(List.of(2, 4, 6).stream()
                .map(k -> Constant.uniform(sign.cumulant(k).orElseThrow()).orElseThrow().toString()))
                .containsExactly("1", "-2", "16");
    }

    @Test
    void whatIsNotKnown() {
        Variable u = random("u", Shape.of("n"), Kind.UNIFORM, Constant.of(-1), Constant.ONE);
        Variable t = random("t", Shape.SCALAR, Kind.MOMENTS, Constant.ZERO, Constant.ONE);
        Variable b = random("b", Shape.SCALAR, Kind.BERNOULLI, Constant.of(THIRD));
        assertThatThrownBy(() -> Expectation.of(t.pow(3))).isInstanceOf(Expectation.Unknown.class)
                .hasMessageContaining("a moment of order 3 of t");
        for (Expr f : List.of(Functions.EXP.apply(u), Functions.RELU.apply(u), Functions.STEP.apply(u),
                Tensors.reciprocal(u), b.dividedBy(b.pow(2)), u.times(Tensors.reciprocal(b)))) {
            assertThatThrownBy(() -> Expectation.of(f)).as("E(%s)", f).isInstanceOf(Expectation.Unknown.class);
        }
        assertThat(Expectation.of(X).value()).isSameAs(X);
    }
}
