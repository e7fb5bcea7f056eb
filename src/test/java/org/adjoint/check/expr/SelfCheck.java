package org.adjoint.check.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.adjoint.check.Finding;
import org.adjoint.check.GradientCheck;
import org.adjoint.check.GradientReport;
import org.adjoint.check.Outcome;
import org.adjoint.eval.Point;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * What the engine derives, held against what it computes: for random w the gradient of {@code <w, F(x)>} by its plan against
 * values of the plan of F, and the gradient of {@code <v, gradient>} against that gradient.
 */
public final class SelfCheck {

    /** Fixed for the build; another with {@code -Dselfcheck.seed=N}, and more points with {@code -Dselfcheck.points=N}. */
    public static final long SEED = Long.getLong("selfcheck.seed", 1);
    private static final int POINTS = Integer.getInteger("selfcheck.points", 1);
    private static final int FEW = 12;

    private SelfCheck() {}

    /** First and second derivatives of an expression of concrete shape by some of its variables; the others are held. */
    public static void assertRight(String what, Expr f, List<Variable> by) {
        var random = new SplittableRandom(SEED);
        for (int k = 0; k < POINTS; k++) {
            var point = new Sampler(SEED + k).point(Walk.variables(f), Sizes.NONE);
            var held = held(f, by, point);
            var weighted = Tensors.inner(held, Constant.data(f.shape(), weights(f.shape(), random)));
            var check = assertRight(what, weighted, by, point, SEED + k);
            // ties, zeros, many scales and large numbers too, where nothing is said of the variables
            if (by.stream().allMatch(x -> x.facts().isEmpty())
                    && by.stream().mapToLong(x -> x.shape().count().value()).sum() <= FEW) {
                var mixed = check.points(4).check();
                assertThat(mixed.wrong()).as("%s: %s", what, mixed).isEmpty();
            }
        }
    }

    /** First and second derivatives of an expression by all its variables, for some sizes. */
    public static void assertRight(String what, Expr f) {
        var weights = Variable.of("weights", f.shape());
        var weighted = Tensors.inner(f, weights);
        var by = new ArrayList<>(Walk.variables(weighted));
        var sampler = new Sampler(SEED);
        for (var sizes : sampler.sizes(List.of(weighted), 2)) {
            assertRight(what, weighted, by, sampler.point(by, sizes), SEED);
        }
    }

    private static GradientCheck assertRight(String what, Expr f, List<Variable> by, Point point, long seed) {
        var check = ExpressionCheck.derived(f, by, point.sizes()).seed(seed);
        var report = check.at(row(point, by)).check();
        assertThat(report.wrong()).as("%s: %s", what, report).isEmpty();
        assertThat(quantitiesConfirmed(report)).as("%s, seed %s: %s", what, seed, report).isEqualTo(2);
        return check;
    }

    /** Of gradient and Hessian, how many were found right at all. */
    private static long quantitiesConfirmed(GradientReport report) {
        return report.findings().stream().filter(f -> f.outcome() == Outcome.RIGHT)
                .map(Finding::quantity).distinct().count();
    }

    private static Expr held(Expr f, List<Variable> by, Point point) {
        Map<Variable, Constant> constants = new LinkedHashMap<>();
        for (var x : Walk.variables(f)) {
            if (!by.contains(x)) {
                constants.put(x, Constant.of(x.shape(), point.value(x).entries()));
            }
        }
        return constants.isEmpty() ? f : Substitution.of(constants).apply(f);
    }

    private static double[] weights(Shape shape, SplittableRandom random) {
        var weights = new double[(int) shape.count().value()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (random.nextBoolean() ? 1 : -1) * random.nextInt(32, 96) / 64.0;
        }
        return weights;
    }

    private static double[] row(Point point, List<Variable> by) {
        var row = new ArrayList<Double>();
        by.forEach(x -> point.value(x).entries().forEach(v -> row.add(v.toDouble())));
        return row.stream().mapToDouble(v -> v).toArray();
    }
}
