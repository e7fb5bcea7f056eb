package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** Plans, exact and 60-digit evaluation and the definitions written out agree on random graphs, sizes and points. */
class AgreementTest {

    private static Sizes sizes(int m, int n, int k) {
        return Sizes.of(Map.of("m", m, "n", n, "k", k));
    }

    private static double[] naive(Expr expr, Point point) {
        Map<Variable, Map<List<Integer>, Double>> values = new HashMap<>();
        point.values().forEach((variable, value) -> {
            Map<List<Integer>, Double> entries = new HashMap<>();
            int[] shape = value.shape();
            for (List<Integer> index : NaiveReference.indices(shape)) {
                entries.put(index, value.get(index.stream().mapToInt(i -> i).toArray()).toDouble());
            }
            values.put(variable, entries);
        });
        return new NaiveReference(point.sizes(), values).evaluate(expr);
    }

    private static void assertClose(double[] actual, double[] expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double scale = 1;
        for (double x : expected) {
            scale = Double.isFinite(x) ? Math.max(scale, Math.abs(x)) : scale;
        }
        for (int k = 0; k < actual.length; k++) {
            if (Double.isFinite(expected[k]) || Double.isFinite(actual[k])) {
                assertThat(actual[k]).as("%s, entry %d", what, k).isCloseTo(expected[k],
                        org.assertj.core.api.Assertions.within(1e-7 * scale));
            }
        }
    }

    @Property(tries = 400)
    void planAgreesWithTheDefinitions(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int m,
            @ForAll @IntRange(min = 1, max = 4) int n, @ForAll @IntRange(min = 1, max = 3) int k) {
        List<Expr> roots = new RandomGraphs(seed, false).draw(14);
        Point point = new Sampler(seed).point(RandomGraphs.VARIABLES, sizes(m, n, k));
        Plan plan = Plan.compile(roots, point.sizes());
        for (int repeat = 0; repeat < 2; repeat++) {
            List<Tensor> results = plan.evaluate(point.doubles());
            for (int r = 0; r < roots.size(); r++) {
                double[] expected = naive(roots.get(r), point);
                if (java.util.Arrays.stream(expected).allMatch(x -> Math.abs(x) < 1e8)) {
                    assertClose(results.get(r).toArray(), expected, "seed " + seed + ", root " + r);
                }
            }
        }
    }

    @Property(tries = 200)
    void exactEvaluationAgreesWithTheDefinitions(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int m,
            @ForAll @IntRange(min = 1, max = 3) int n, @ForAll @IntRange(min = 1, max = 2) int k) {
        List<Expr> roots = new RandomGraphs(seed, true).draw(10);
        Point point = new Sampler(seed).point(RandomGraphs.VARIABLES, sizes(m, n, k));
        ExactArithmetic field = new ExactArithmetic();
        List<NumberTensor<Radical>> results = new Evaluator<>(field, point.sizes()).evaluate(roots, point.in(field));
        for (int r = 0; r < roots.size(); r++) {
            double[] expected = naive(roots.get(r), point);
            if (results.get(r).isDefined() && java.util.Arrays.stream(expected).allMatch(x -> Math.abs(x) < 1e8)) {
                assertClose(results.get(r).toDoubles(field), expected, "seed " + seed + ", root " + r);
            }
        }
    }

    /** Sixty digits are equal to the exact value where there is one. */
    @Property(tries = 100)
    void sixtyDigitsAgreeWithExactEvaluation(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int m,
            @ForAll @IntRange(min = 1, max = 3) int n) {
        List<Expr> roots = new RandomGraphs(seed, true).draw(8);
        Point point = new Sampler(seed).point(RandomGraphs.VARIABLES, sizes(m, n, 2));
        ExactArithmetic exact = new ExactArithmetic();
        PreciseArithmetic precise = new PreciseArithmetic(60);
        List<NumberTensor<Radical>> exactly = new Evaluator<>(exact, point.sizes()).evaluate(roots, point.in(exact));
        List<NumberTensor<Precise>> closely = new Evaluator<>(precise, point.sizes()).evaluate(roots,
                point.in(precise));
        for (int r = 0; r < roots.size(); r++) {
            for (int e = 0; e < exactly.get(r).count(); e++) {
                if (exactly.get(r).isDefined(e) && closely.get(r).isDefined(e)) {
                    Rational value = exactly.get(r).get(e).toRational().orElseThrow();
                    Precise difference = precise.subtract(closely.get(r).get(e), precise.of(value));
                    assertThat(difference.mayBeZero()).as("seed %d, root %d, entry %d", seed, r, e).isTrue();
                }
            }
        }
    }
}
