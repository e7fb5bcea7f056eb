package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adjoint.eval.DoubleArithmetic;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Signs under assumptions: what must be found, what must not be claimed, and every claim against random points. */
class SignOracleTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable Y = Variable.scalar("y");
    private static final Variable Z = Variable.scalar("z");

    private static Relation relation(Expr a, String op, Expr b) {
        return new Relation(a, Arrays.stream(Relation.Op.values()).filter(o -> o.text().equals(op)).findFirst()
                .orElseThrow(), b);
    }

    private static Relation positive(Expr x) {
        return relation(x, ">", Constant.ZERO);
    }

    private static boolean proves(Relation claim, Relation... assumed) {
        return new SignOracle(Assumptions.of(assumed)).proves(claim);
    }

    @Test
    void productsOfPositivesArePositive() {
        assertThat(proves(positive(X.times(Y).plus(Constant.ONE)), positive(X), positive(Y))).isTrue();
        assertThat(proves(positive(X.times(Y).plus(Constant.ONE)), positive(X))).isFalse();
    }

    @Test
    void ordersAreTransitive() {
        assertThat(proves(relation(X, ">", Z), relation(X, ">", Y), relation(Y, ">", Z))).isTrue();
        assertThat(proves(relation(X, ">", Z), relation(X, ">=", Y), relation(Y, ">=", Z))).isFalse();
        assertThat(proves(relation(X, ">=", Z), relation(X, ">=", Y), relation(Y, ">=", Z))).isTrue();
        assertThat(proves(relation(X, "==", Y), relation(X, ">=", Y), relation(X, "<=", Y))).isTrue();
        assertThat(proves(relation(X, ">", Y), relation(X, ">=", Y), relation(X, "!=", Y))).isTrue();
    }

    @Test
    void increasingFunctionsKeepTheOrder() {
        for (ScalarFunction f : List.of(Functions.EXP, Functions.LOG, Functions.TANH, Functions.ATAN,
                Functions.SIGMOID)) {
            assertThat(proves(positive(f.apply(X).minus(f.apply(Y))), relation(X, ">", Y))).as(f.name()).isTrue();
        }
        assertThat(proves(positive(Functions.LOG.apply(X)), relation(X, ">", Constant.TWO))).isTrue();
        assertThat(proves(relation(Functions.EXP.apply(X), "<", Constant.ONE), relation(X, "<", Constant.ZERO)))
                .isTrue();
        assertThat(proves(positive(X.pow(2).minus(Y.pow(2))), relation(X, ">", Y))).isFalse();
        assertThat(proves(positive(X.pow(2).minus(Y.pow(2))), relation(X, ">", Y), positive(Y))).isTrue();
        assertThat(proves(positive(X.pow(3).minus(Y.pow(3))), relation(X, ">", Y))).isTrue();
    }

    @Test
    void commonFactorsAndDenominators() {
        assertThat(proves(positive(X.times(Y).minus(X.times(Z))), positive(X), relation(Y, ">", Z))).isTrue();
        assertThat(proves(positive(X.dividedBy(Y).minus(Constant.ONE)), positive(Y), relation(X, ">", Y))).isTrue();
        assertThat(proves(positive(X.dividedBy(Y).minus(Constant.ONE)), relation(X, ">", Y))).isFalse();
    }

    @Test
    void maximaAndAbsoluteValues() {
        Expr max = Functions.MAXIMUM.apply(X, Y);
        Expr min = Functions.MINIMUM.apply(X, Y);
        assertThat(proves(relation(max, ">=", X))).isTrue();
        assertThat(proves(relation(max, ">", X))).isFalse();
        assertThat(proves(relation(max.plus(min), "==", X.plus(Y)))).isTrue();
        assertThat(proves(relation(Functions.ABS.apply(X), ">=", X.negate()))).isTrue();
        assertThat(proves(relation(max, "<", Z), relation(X, "<", Z), relation(Y, "<", Z))).isTrue();
    }

    @Test
    void numbersByBalls() {
        SignOracle oracle = new SignOracle(Assumptions.NONE);
        Expr e = Functions.EXP.apply(Constant.ONE);
        assertThat(oracle.of(e.minus(Constant.of(Rational.of(2718, 1000))))).isEqualTo(SignOracle.Sign.POSITIVE);
        assertThat(oracle.of(Functions.PI.apply().minus(Constant.of(Rational.of(355, 113)))))
                .isEqualTo(SignOracle.Sign.NEGATIVE);
        Expr root = Functions.SQRT.apply(Constant.TWO);
        assertThat(oracle.of(root.times(root).minus(Constant.TWO))).isEqualTo(SignOracle.Sign.ZERO);
    }

    @Test
    void factsOfVariables() {
        Variable p = Variable.scalar("p", Fact.Named.POSITIVE);
        Variable q = Variable.scalar("q", new Fact.Interval(Rational.of(-3), Rational.of(-1)));
        assertThat(new SignOracle(Assumptions.NONE).of(p.times(q))).isEqualTo(SignOracle.Sign.NEGATIVE);
        assertThat(proves(relation(q.plus(Constant.of(3)), ">", Constant.ZERO))).isTrue();
        assertThat(proves(relation(q.plus(Constant.TWO), ">", Constant.ZERO))).isFalse();
    }

    @Test
    void contradictionsAreSeen() {
        assertThat(new SignOracle(Assumptions.of(relation(X, ">", Y), relation(Y, ">", Z), relation(Z, ">", X)))
                .isContradictory()).isTrue();
        assertThat(new SignOracle(Assumptions.of(relation(X, ">", Y), relation(Y, ">", Z))).isContradictory())
                .isFalse();
        Variable p = Variable.scalar("p", Fact.Named.POSITIVE);
        assertThat(new SignOracle(Assumptions.of(relation(p, "<", Constant.ZERO))).isContradictory()).isTrue();
    }

    /** Whatever is claimed of a random expression under random assumptions holds at random points that fulfil them. */
    @RepeatedTest(300)
    void claimsHoldAtPoints(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Expr x = expression(random, 3);
        List<Relation> assumed = random.nextInt(3) == 0 ? List.of()
                : List.of(positive(random.nextBoolean() ? X : Y),
                        relation(expression(random, 1), random.nextBoolean() ? ">" : ">=", expression(random, 1)));
        SignOracle oracle = new SignOracle(new Assumptions(assumed));
        SignOracle.Sign sign = oracle.of(x);
        boolean contradictory = oracle.isContradictory();
        for (int k = 0; k < 60; k++) {
            Map<Variable, NumberTensor<Double>> point = new HashMap<>();
            for (Variable variable : List.of(X, Y, Z)) {
                point.put(variable, NumberTensor.scalar(random.nextGaussian() * 2));
            }
            if (!assumed.stream().allMatch(r -> holds(r, point))) {
                continue;
            }
            double value = value(x, point);
            if (Double.isNaN(value) || Math.abs(value) < 1e-9) {
                continue;
            }
            assertThat(contradictory).isFalse();
            assertThat(switch (sign) {
                case POSITIVE, NONNEGATIVE -> value > 0;
                case NEGATIVE, NONPOSITIVE -> value < 0;
                case ZERO -> false;
                case NONZERO, UNKNOWN -> true;
            }).as("seed %d: %s has value %s", repetition.getCurrentRepetition(), sign, value).isTrue();
        }
    }

    private static boolean holds(Relation relation, Map<Variable, NumberTensor<Double>> point) {
        double difference = value(relation.difference(), point);
        return relation.op().admits((int) Math.signum(difference)) && Math.abs(difference) > 1e-9;
    }

    private static double value(Expr x, Map<Variable, NumberTensor<Double>> point) {
        NumberTensor<Double> value = new Evaluator<>(new DoubleArithmetic(), Sizes.NONE).evaluate(x, point);
        return value.isDefined() ? value.value() : Double.NaN;
    }

    private static Expr expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return List.of(X, Y, Z, Constant.of(random.nextInt(7) - 3)).get(random.nextInt(4));
        }
        Expr a = expression(random, depth - 1);
        Expr b = expression(random, depth - 1);
        return switch (random.nextInt(10)) {
            case 0, 1 -> a.plus(b);
            case 2, 3 -> a.minus(b);
            case 4 -> a.times(b);
            case 5 -> Functions.MAXIMUM.apply(a, b);
            case 6 -> Functions.EXP.apply(a.times(Rational.HALF));
            case 7 -> a.pow(2);
            case 8 -> Functions.ABS.apply(a);
            default -> Functions.TANH.apply(a);
        };
    }
}
