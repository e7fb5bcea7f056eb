package org.adjoint.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.adjoint.algebra.Relation;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every named theorem by instances: the bounds of its squeeze hold at 60 digits at sizes all distinct, 1 and equal, they close
 * on the way to the target, and the limit is the one that is stated in the literature that the table cites.
 */
class NamedLimitTest {
    private static final double ROUNDING = 1e-40;

    /** A function, where its variable goes, the theorem that says so and the limit. */
    record Instance(String declared, String f, String approach, NamedLimit theorem, String limit) {
        @Override
        public String toString() {
            return declared + ": " + f + ", " + approach;
        }
    }

    static Stream<Instance> instances() {
        String x = "x : R[n]; b : R; t : R; w : R[n] positive; c : R[n]";
        String positive = "x : R[n] positive; p : R; w : R[n] positive";
        String matrix = "x : R[m,n]; b : R";
        String list = "x : R; y : R; z : R; b : R; t : R";
        String positives = "x : R positive; y : R positive; p : R";
        return Stream.of(
                new Instance(list, "log(exp(b*x) + exp(b*y) + exp(b*z))/b", "b -> inf", LimitTable.LOG_SUM_EXP,
                        "maximum(x, maximum(y, z))"),
                new Instance(list, "-log(exp(-b*x) + exp(-b*y))/b", "b -> inf", LimitTable.LOG_SUM_EXP,
                        "minimum(x, y)"),
                new Instance(list, "t*log(exp(x/t) + 1)", "t -> 0+", LimitTable.LOG_SUM_EXP, "maximum(x, 0)"),
                new Instance(list, "log1p(exp(b*x))/b", "b -> inf", LimitTable.LOG_SUM_EXP, "relu(x)"),
                new Instance(list, "log(2*exp(b*x + y) + exp(b*z)/3)/b", "b -> inf", LimitTable.WEIGHTED_LOG_SUM_EXP,
                        "maximum(x, z)"),
                new Instance(list, "log((exp(b*x) + exp(b*y))/2)/b", "b -> 0", LimitTable.LOG_MEAN_EXP, "(x + y)/2"),
                new Instance(positives, "(x**p + y**p)**(1/p)", "p -> inf", LimitTable.POWER_MEAN, "maximum(x, y)"),
                new Instance(positives, "((x**p + y**p)/2)**(1/p)", "p -> -inf", LimitTable.POWER_MEAN,
                        "minimum(x, y)"),
                new Instance(positives, "((x**p + y**p)/2)**(1/p)", "p -> 0", LimitTable.GEOMETRIC_MEAN, "sqrt(x*y)"),
                new Instance(x, "log(exp(b*x) + exp(b*c))/b", "b -> inf", LimitTable.LOG_SUM_EXP, "maximum(x, c)"),
                new Instance(x, "log(sum(exp(b*x)))/b", "b -> inf", LimitTable.LOG_SUM_EXP, "max(x)"),
                new Instance(x, "logsumexp(b*x)/b", "b -> -inf", LimitTable.LOG_SUM_EXP, "min(x)"),
                new Instance(x, "-logsumexp(-b*x)/b", "b -> inf", LimitTable.LOG_SUM_EXP, "min(x)"),
                new Instance(x, "t*logsumexp(x/t)", "t -> 0+", LimitTable.LOG_SUM_EXP, "max(x)"),
                new Instance(x, "t*logsumexp(x/t)", "t -> 0-", LimitTable.LOG_SUM_EXP, "min(x)"),
                new Instance(x, "logsumexp(b**2*x)/b**2", "b -> -inf", LimitTable.LOG_SUM_EXP, "max(x)"),
                new Instance(x, "log(sum(exp(2*b*(x-c))))/b", "b -> inf", LimitTable.LOG_SUM_EXP, "2*max(x-c)"),
                new Instance(matrix, "logsumexp(b*x, axis=1)/b", "b -> inf", LimitTable.LOG_SUM_EXP, "max(x, axis=1)"),
                new Instance(matrix, "logsumexp(b*x)/b", "b -> inf", LimitTable.LOG_SUM_EXP, "max(x)"),
                new Instance(x, "log(mean(exp(b*x)))/b", "b -> inf", LimitTable.WEIGHTED_LOG_SUM_EXP, "max(x)"),
                new Instance(x, "log(sum(w*exp(b*x+c)))/b", "b -> inf", LimitTable.WEIGHTED_LOG_SUM_EXP, "max(x)"),
                new Instance(x, "log(sum(w*exp(b*x+c)))/b", "b -> -inf", LimitTable.WEIGHTED_LOG_SUM_EXP, "min(x)"),
                new Instance(x, "log(mean(exp(b*x)))/b", "b -> 0", LimitTable.LOG_MEAN_EXP, "mean(x)"),
                new Instance(x, "(logsumexp(b*x) - log(n))/b", "b -> 0", LimitTable.LOG_MEAN_EXP, "mean(x)"),
                new Instance(x, "log(sum(w*exp(b*x))/sum(w))/b", "b -> 0", LimitTable.LOG_MEAN_EXP,
                        "sum(w*x)/sum(w)"),
                new Instance(x, "t*log(mean(exp(x/t)))", "t -> inf", LimitTable.LOG_MEAN_EXP, "mean(x)"),
                new Instance(matrix, "log(mean(exp(b*x), axis=1))/b", "b -> 0", LimitTable.LOG_MEAN_EXP,
                        "mean(x, axis=1)"),
                new Instance("x : R[n]; w : R[n] probability; b : R", "log(sum(w*exp(b*x)))/b", "b -> 0",
                        LimitTable.LOG_MEAN_EXP, "sum(w*x)"),
                new Instance("x : R[n] positive; w : R[n] probability; p : R", "sum(w*x**p)**(1/p)", "p -> 0",
                        LimitTable.GEOMETRIC_MEAN, "exp(sum(w*log(x)))"),
                new Instance("x : R positive; y : R positive; w : R in (0, 1); p : R",
                        "(w*x**p + (1 - w)*y**p)**(1/p)", "p -> inf", LimitTable.POWER_MEAN, "maximum(x, y)"),
                new Instance(x, "softmax(b*x)", "b -> inf", LimitTable.SOFTMAX, "(x == max(x))/sum(x == max(x))"),
                new Instance(x, "softmax(b*x)", "b -> -inf", LimitTable.SOFTMAX, "(x == min(x))/sum(x == min(x))"),
                new Instance(x, "w*exp(b*x)/sum(w*exp(b*x))", "b -> inf", LimitTable.SOFTMAX,
                        "w*(x == max(x))/sum(w*(x == max(x)))"),
                new Instance(x, "grad(log(sum(exp(b*x)))/b, x)", "b -> inf", LimitTable.SOFTMAX,
                        "(x == max(x))/sum(x == max(x))"),
                new Instance(x, "softmax(b*x)", "b -> 0", LimitTable.SOFTMAX_UNIFORM, "ones(n)/n"),
                new Instance(x, "softmax(x/t)", "t -> inf", LimitTable.SOFTMAX_UNIFORM, "ones(n)/n"),
                new Instance(positive, "sum(x**p)**(1/p)", "p -> inf", LimitTable.POWER_MEAN, "max(x)"),
                new Instance(positive, "mean(x**p)**(1/p)", "p -> inf", LimitTable.POWER_MEAN, "max(x)"),
                new Instance(positive, "mean(x**p)**(1/p)", "p -> -inf", LimitTable.POWER_MEAN, "min(x)"),
                new Instance(positive, "sum(w*x**p)**(1/p)", "p -> inf", LimitTable.POWER_MEAN, "max(x)"),
                new Instance(positive, "mean(x**p)**(1/p)", "p -> 0", LimitTable.GEOMETRIC_MEAN, "exp(mean(log(x)))"),
                new Instance(positive, "(sum(w*x**p)/sum(w))**(1/p)", "p -> 0", LimitTable.GEOMETRIC_MEAN,
                        "exp(sum(w*log(x))/sum(w))"),
                new Instance(x, "softplus(b*x)/b", "b -> inf", LimitTable.SOFTPLUS, "relu(x)"),
                new Instance(x, "sum(w*softplus(b*x))/b", "b -> inf", LimitTable.SOFTPLUS, "sum(w*relu(x))"),
                new Instance(x, "t*softplus(x/t)", "t -> 0+", LimitTable.SOFTPLUS, "relu(x)"),
                new Instance(x, "mean(log(cosh(b*x)))/b", "b -> inf", LimitTable.LOG_COSH, "mean(abs(x))"),
                new Instance(x, "sum(c*tanh(b*x))", "b -> inf", LimitTable.TANH, "sum(c*sign(x))"),
                new Instance(x, "sigmoid(b*x)", "b -> inf", LimitTable.SIGMOID, "(1 + sign(x))/2"),
                new Instance(x, "sum(sqrt(x**2 + t))", "t -> 0+", LimitTable.SMOOTH_ABSOLUTE, "sum(abs(x))"),
                new Instance(x, "x*tanh(b*x)", "b -> inf", LimitTable.TANH_ABSOLUTE, "abs(x)"));
    }

    @ParameterizedTest
    @MethodSource("instances")
    void isSqueezed(Instance instance) {
        Asked asked = new Asked(instance.declared);
        Question question = asked.question(instance.f, instance.approach);
        EntryForm entries = EntryForm.of(question).orElseThrow();
        NamedLimit.Claim claim = IndexTheorems.claim(entries, question).orElseThrow();
        assertThat(claim.theorem()).isEqualTo(instance.theorem);
        Expr value = entries.tensor(claim.value());
        Numerically.assertSame(instance.toString(), value, asked.expr(instance.limit), instance.hashCode());
        List<Expr> exprs = List.of(question.f(), entries.tensor(claim.lower()), entries.tensor(claim.upper()), value);
        int compared = 0;
        for (Point point : Numerically.points(exprs, instance.f.hashCode(), 6, 4)) {
            double first = 0;
            double last = 0;
            for (Rational v : approach(question.target())) {
                List<NumberTensor<Precise>> values = Numerically.values(exprs,
                        point.with(question.v(), NumberTensor.scalar(v)));
                if (values.stream().allMatch(NumberTensor::isDefined)) {
                    last = distance(values, instance.f + ", " + instance.approach + " at " + point + ", " + v);
                    first = Math.max(first, last);
                    compared++;
                }
            }
            assertThat(last).as("%s at %s: the bounds close around the limit", instance.f, point)
                    .isLessThanOrEqualTo(Math.max(0.3 * first, ROUNDING));
        }
        assertThat(compared).isGreaterThan(2);
    }

    /** After a look at the order, lower bound, function, upper bound: how far the bounds are from the limit. */
    private static double distance(List<NumberTensor<Precise>> values, String where) {
        double distance = 0;
        for (int k = 0; k < values.get(0).count(); k++) {
            Precise f = values.get(0).get(k);
            Precise lower = values.get(1).get(k);
            Precise upper = values.get(2).get(k);
            Precise limit = values.get(3).get(k);
            assertThat(difference(f, lower)).as(where + ": lower bound").isGreaterThan(-ROUNDING);
            assertThat(difference(upper, f)).as(where + ": upper bound").isGreaterThan(-ROUNDING);
            distance = Math.max(distance,
                    Math.max(Math.abs(difference(limit, lower)), Math.abs(difference(upper, limit))));
        }
        return distance;
    }

    private static double difference(Precise a, Precise b) {
        return Numerically.FIELD.subtract(a, b).toDouble();
    }

    private static List<Rational> approach(Target target) {
        List<Rational> way = new ArrayList<>();
        for (int step : new int[] {1, 5, 25}) {
            switch (target.at()) {
                case Extended.Infinite(int sign) -> way.add(Rational.of((long) sign * step));
                case Extended.Finite ignored -> {
                    if (target.side() != Side.BELOW) {
                        way.add(Rational.of(1, (long) step * step));
                    }
                    if (target.side() != Side.ABOVE) {
                        way.add(Rational.of(-1, (long) step * step));
                    }
                }
            }
        }
        return way;
    }

    @Test
    void everyTheoremHasAnInstance() {
        Set<String> tested = new TreeSet<>();
        instances().forEach(instance -> tested.add(instance.theorem.name()));
        assertThat(LimitTable.all()).extracting(NamedLimit::name).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void stepsTellStatementAndProof() {
        Question question = new Asked("x : R[n]; b : R").question("log(sum(exp(b*x)))/b", "b -> inf");
        LimitResult.Value value = (LimitResult.Value) Limits.of(question.f(), question.v(), question.target(),
                question.assumptions(), org.adjoint.expr.Budget.defaults());
        assertThat(value.conditions()).isEmpty();
        assertThat(value.steps()).extracting(Step::law).containsExactly("log-sum-exp at low temperature",
                "largest term",
                "monotone", "squeeze");
        Step bounds = value.steps().get(2);
        Asked asked = new Asked("x : R[n]; b : R");
        Numerically.assertSame("lower", bounds.exprs().get(3), asked.expr("max(x)"), 1);
        Numerically.assertSame("upper", bounds.exprs().get(4), asked.expr("max(x) + log(n)/b"), 2);
    }

    /** Without a sign of the base there is no power mean, with a weight of any sign no log-sum-exp. */
    @Test
    void nothingIsSaidWithoutTheFactsThatItNeeds() {
        for (String f : List.of("sum(x**p)**(1/p)", "mean(x**p)**(1/p)", "log(sum(x*exp(p*x)))/p")) {
            for (String approach : List.of("p -> inf", "p -> -inf", "p -> 0")) {
                Question question = new Asked("x : R[n]; p : R").question(f, approach);
                assertThat(EntryForm.of(question)
                        .flatMap(entries -> IndexTheorems.claim(entries, question))).as(f + ", " + approach).isEmpty();
            }
        }
    }

    /** Where weights may vanish, some maximal entry needs a positive one. */
    @Test
    void weightsThatMayVanishAreACondition() {
        Asked asked = new Asked("x : R[n]; w : R[n] probability; b : R");
        LimitResult.Value value = (LimitResult.Value) new IndexTheorems()
                .apply(asked.question("log(sum(w*exp(b*x)))/b", "b -> inf")).orElseThrow();
        assertThat(value.conditions()).hasSize(1);
        Relation condition = value.conditions().get(0);
        assertThat(condition.op()).isEqualTo(Relation.Op.GREATER);
        Numerically.assertSame("weight of the maxima", condition.left(), asked.expr("sum(w*(x == max(x)))"), 3);
    }

    @Test
    void theMissingSignIsNamed() {
        Question question = new Asked("x : R[n]; p : R").question("sum(x**p)**(1/p)", "p -> inf");
        assertThat(new IndexTheorems().apply(question)).contains(new LimitResult.Undecided(
                "what is raised to a power with p in the exponent must be known to be positive: declare x positive, "
                        + "or assume it (x > 0)"));
    }

    @Test
    void aUniqueMaximumGivesItsIndicator() {
        Asked asked = new Asked("x : R[n]; b : R");
        Relation unique = Ties.unique(asked.expr("x"));
        assertThat(unique.right()).isEqualTo(Constant.ONE);
        Question question = asked.question("grad(log(sum(exp(b*x)))/b, x)", "b -> inf", unique);
        LimitResult.Value value = (LimitResult.Value) new IndexTheorems().apply(question).orElseThrow();
        assertThat(value.value()).isEqualTo(new Extended.Finite(asked.expr("argmax_onehot(x)")));
    }
}
