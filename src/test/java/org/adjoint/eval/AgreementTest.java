package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;

/**
 * Plans, exact and 60-digit evaluation and the definitions written out agree on random graphs, sizes and points. Seeds are
 * fixed, since a jump at a rounded argument, which one graph in ten thousand has, is no disagreement.
 */
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

    @Property(tries = 400, seed = "1")
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

    @Property(tries = 200, seed = "2")
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
    @Property(tries = 100, seed = "3")
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

    @Property(tries = 60, seed = "4")
    void planAgreesWithSixtyDigits(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int m,
            @ForAll @IntRange(min = 1, max = 3) int n) {
        List<Expr> roots = new RandomGraphs(seed, false).draw(8);
        Point point = new Sampler(seed).point(RandomGraphs.VARIABLES, sizes(m, n, 2));
        PreciseArithmetic field = new PreciseArithmetic(60);
        List<NumberTensor<Precise>> expected = new Evaluator<>(field, point.sizes()).evaluate(roots, point.in(field));
        List<Tensor> results = Plan.compile(roots, point.sizes()).evaluate(point.doubles());
        for (int r = 0; r < roots.size(); r++) {
            if (expected.get(r).isDefined()) {
                assertClose(results.get(r).toArray(), expected.get(r).toDoubles(field), "seed " + seed + ", root " + r);
            }
        }
    }

    /** The tape reuses slots and folds squares; the steps of tensors do neither. */
    @Property(tries = 300, seed = "5")
    void tapeAgreesWithTensorSteps(@ForAll long seed) {
        Random random = new Random(seed);
        List<Expr> pool = new ArrayList<>(List.of(Variable.scalar("x"), Variable.scalar("y"), Variable.scalar("z")));
        for (int k = 0; k < 40; k++) {
            List<Expr> some = new ArrayList<>();
            for (int j = 0; j < 6; j++) {
                some.add(pool.get(random.nextInt(Math.max(0, pool.size() - 8), pool.size())));
            }
            Expr bounded = Functions.TANH.apply(some.get(0));
            pool.add(switch (random.nextInt(8)) {
                case 0 -> Constant.ONE.minus(bounded.times(bounded).times(random.nextInt(1, 3)));
                case 1 -> Tensors.product(some.subList(0, random.nextInt(2, 7)));
                case 2 -> Tensors.sum(some.subList(0, random.nextInt(2, 7))).plus(Constant.HALF);
                case 3 -> some.get(0).times(3).minus(some.get(1));
                case 4 -> Where.of(Functions.LESS.apply(some.get(0), some.get(1)), some.get(2), some.get(3));
                case 5 -> Functions.COS.apply(bounded);
                case 6 -> bounded.pow(random.nextInt(2, 6));
                default -> bounded;
            });
        }
        List<Expr> roots = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            roots.add(Functions.ATAN.apply(pool.get(pool.size() - 1 - 3 * k)));
        }
        List<Expr> order = Walk.postorder(roots);
        Program tape = ScalarCompiler.compile(roots, order, Sizes.NONE).orElseThrow();
        Program steps = TensorCompiler.compile(roots, order, Sizes.NONE, UnknownFunctionModel.seeded(0));
        for (int repeat = 0; repeat < 2; repeat++) {
            Values values = Values.NONE;
            for (Variable variable : tape.variables()) {
                values = values.with(variable, random.nextDouble(-1, 1));
            }
            List<Tensor> fromTape = tape.evaluate(values);
            List<Tensor> fromSteps = steps.evaluate(values);
            for (int r = 0; r < roots.size(); r++) {
                assertClose(fromTape.get(r).toArray(), fromSteps.get(r).toArray(), "seed " + seed + ", root " + r);
            }
        }
    }
}
