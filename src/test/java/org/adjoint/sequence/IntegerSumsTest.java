package org.adjoint.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.IntegerSum;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.junit.jupiter.api.Test;

/** Closed sums and proofs by cases, against loops over integers with exact rationals. */
class IntegerSumsTest {
    private static final Variable I = IntegerSum.index(1);
    private static final Variable N = Variable.scalar("n", Fact.Named.INTEGER);
    private static final Variable L = Variable.scalar("L", Fact.Named.NATURAL);
    private static final Variable A = Variable.scalar("a");
    private static final int FAR = 10;

    private static Expr c(long number) {
        return Constant.of(number);
    }

    private static Expr power(Expr base, Expr exponent) {
        return Functions.POWER.apply(base, exponent);
    }

    private static Expr at(Expr expr, Map<Variable, Expr> point) {
        return Substitution.of(point).apply(expr);
    }

    private static Rational value(Expr closed) {
        return new Evaluator<>(new ExactArithmetic(), Sizes.NONE).evaluate(closed, Map.of()).get(0).toRational()
                .orElseThrow();
    }

    private static Rational loop(Expr body, Map<Variable, Expr> point, int from, int to) {
        Rational sum = Rational.ZERO;
        for (int i = from; i <= to; i++) {
            Map<Variable, Expr> all = new LinkedHashMap<>(point);
            all.put(I, c(i));
            sum = sum.plus(value(at(body, all)));
        }
        return sum;
    }

    /** A summand between two bounds at least, of polynomials times powers, with other inequalities. */
    private static Expr summand(Random random) {
        List<Expr> bounds = List.of(c(-2), c(0), N.minus(L), N.plus(c(1)), L.negate());
        List<Expr> ends = List.of(c(3), N, L.minus(c(1)), N.plus(L), c(5).minus(N));
        List<Expr> guards = new ArrayList<>();
        for (int k = random.nextInt(2); k < 2; k++) {
            guards.add(Functions.LESS_EQUAL.apply(bounds.get(random.nextInt(bounds.size())), I));
            guards.add(Functions.LESS.apply(I, ends.get(random.nextInt(ends.size()))));
        }
        List<Expr> factors = List.of(I, N.minus(I), power(Constant.HALF, I), power(c(3), N.minus(I)), power(c(-1), I),
                power(c(-2), I.times(Rational.of(2))), I.plus(L), power(I, c(2)),
                Where.of(Functions.LESS.apply(I, L), c(1), I.minus(c(2))),
                Constant.ONE.minus(Functions.EQUAL.apply(I, N)));
        List<Expr> product = new ArrayList<>(List.of(c(1)));
        for (int k = random.nextInt(4); k > 0; k--) {
            product.add(factors.get(random.nextInt(factors.size())));
        }
        return Where.of(Tensors.product(guards), Tensors.product(product), Constant.ZERO);
    }

    @Property(tries = 12)
    void closedSumsAreTheSumsOfLoops(@ForAll Random random) {
        Expr body = summand(random).plus(summand(random).times(Rational.of(-2)));
        Expr closed = IntegerSums.sum(I, body);
        for (int n = -3; n <= 4; n += 1 + random.nextInt(3)) {
            for (int l = 0; l <= 4; l += 1 + random.nextInt(3)) {
                Map<Variable, Expr> point = Map.of(N, c(n), L, c(l));
                assertThat(value(at(closed, point))).as("n = %d, L = %d in %s", n, l, body)
                        .isEqualTo(loop(body, point, -FAR, FAR));
            }
        }
    }

    /** Σ_{i ≥ 0} iᵏ rⁱ: Graham, Knuth, Patashnik, Concrete Mathematics, section 2.6: 2, 2, 6 for r = 1/2 and k = 0, 1, 2. */
    @Test
    void infiniteSums() {
        Expr from = Functions.LESS_EQUAL.apply(c(0), I);
        Expr half = power(Constant.HALF, I);
        assertThat(value(IntegerSums.sum(I, from.times(half)))).isEqualTo(Rational.of(2));
        assertThat(value(IntegerSums.sum(I, from.times(half).times(I)))).isEqualTo(Rational.of(2));
        assertThat(value(IntegerSums.sum(I, from.times(half).times(I).times(I)))).isEqualTo(Rational.of(6));
        Expr below = Functions.LESS_EQUAL.apply(I, c(0));
        assertThat(value(IntegerSums.sum(I, below.times(power(c(-3), I))))).isEqualTo(Rational.of(3, 4));
        for (Expr divergent : List.of(c(1), from, from.times(power(c(-1), I)), from.times(power(c(2), I)), half)) {
            assertThatThrownBy(() -> IntegerSums.sum(I, divergent)).isInstanceOfSatisfying(NotClosed.class,
                    open -> assertThat(open.reason()).contains("does not converge"));
        }
        assertThatThrownBy(() -> IntegerSums.sum(I, from.times(power(A, I)))).isInstanceOfSatisfying(NotClosed.class,
                open -> assertThat(open.reason()).contains("depends on a parameter"));
    }

    @Test
    void geometricSumsWithASymbol() {
        Expr body = Where.of(Functions.LESS_EQUAL.apply(c(0), I).times(Functions.LESS.apply(I, L)),
                power(A, I).times(I), Constant.ZERO);
        Expr closed = IntegerSums.sum(I, body);
        for (int l = 0; l < 5; l++) {
            for (int a : new int[] {-2, 3, 5}) {
                Map<Variable, Expr> point = Map.of(L, c(l), A, c(a));
                assertThat(value(at(closed, point))).isEqualTo(loop(body, point, -2, 8));
            }
        }
    }

    /** What is proved is true on a grid; a shifted bound or another factor is not proved. */
    @Property(tries = 20)
    void proofsAreSound(@ForAll Random random) {
        Expr body = summand(random);
        Expr left = IntegerSums.sum(I, body);
        Expr mirrored = at(body, Map.of(I, N.minus(I)));
        Expr right = IntegerSums.sum(I, mirrored);
        assertThat(Identity.of(left, right).proof()).as("%s", body).isPresent();

        Expr other = IntegerSums.sum(I, summand(random));
        if (Identity.of(left, other).proof().isPresent()) {
            for (int n = -4; n <= 4; n++) {
                for (int l = 0; l <= 4; l++) {
                    Map<Variable, Expr> point = Map.of(N, c(n), L, c(l));
                    assertThat(value(at(left, point))).isEqualTo(value(at(other, point)));
                }
            }
        }
        Identity.of(left, other).contradiction(random.nextLong()).ifPresent(found -> {
            Map<Variable, Expr> point = new LinkedHashMap<>();
            for (Variable v : List.of(N, L)) {
                point.put(v, c(Long.parseLong(found.values().getOrDefault(v.name(), "0"))));
            }
            assertThat(value(at(left, point))).hasToString(found.left()).isNotEqualTo(value(at(other, point)));
        });
    }

    /** A sum over an unknown sequence is equal to another where both weigh its entries equally, and only there. */
    @Test
    void sumsOverUnknownSequences() {
        UnknownFunction x = new UnknownFunction("x", List.of(Shape.SCALAR), Shape.SCALAR,
                Set.of(Fact.Named.INTEGER, Fact.Named.FINITE_SUPPORT));
        UnknownFunction any = new UnknownFunction("z", List.of(Shape.SCALAR), Shape.SCALAR,
                Set.of(Fact.Named.INTEGER));
        Expr square = IntegerSums.sum(I, x.apply(List.of(N.minus(I))).times(x.apply(List.of(I))));
        Expr shifted = IntegerSums.sum(I,
                x.apply(List.of(N.minus(I).plus(c(3)))).times(x.apply(List.of(I.minus(c(3))))));
        assertThat(Identity.of(square, shifted).proof()).isPresent();
        Expr wrong = IntegerSums.sum(I, x.apply(List.of(N.minus(I))).times(x.apply(List.of(I.plus(c(1))))));
        assertThat(Identity.of(square, wrong).proof()).isEmpty();
        assertThat(Identity.of(square, wrong).contradiction(7)).isPresent();
        assertThatThrownBy(() -> IntegerSums.sum(I, any.apply(List.of(I)))).isInstanceOf(NotClosed.class);
        Expr windowed = IntegerSums.sum(I, any.apply(List.of(I)).times(Functions.LESS_EQUAL.apply(c(0), I))
                .times(Functions.LESS.apply(I, L)));
        assertThat(Identity.of(windowed, windowed.plus(any.apply(List.of(L)))).proof()).isEmpty();
        Identity next = Identity.of(at(windowed, Map.of(L, L.plus(c(1)))), windowed.plus(any.apply(List.of(L))));
        assertThat(next.proof()).isPresent();
    }

    @Test
    void hypotheses() {
        Expr minimum = Where.of(Functions.LESS.apply(N, L), N, L);
        assertThat(Identity.of(minimum, N).proof()).isEmpty();
        Identity given = Identity.of(minimum, N);
        assertThat(given.given(N, Identity.Order.LESS_OR_EQUAL, L)).isTrue();
        assertThat(given.proof()).isPresent();
        Identity real = Identity.of(minimum, N);
        assertThat(real.given(A, Identity.Order.LESS, N)).isFalse();
        Identity none = Identity.of(minimum, N);
        none.given(N, Identity.Order.LESS, c(0));
        none.given(N, Identity.Order.GREATER, c(0));
        assertThatThrownBy(none::proof).isInstanceOf(NotClosed.class);
    }
}
