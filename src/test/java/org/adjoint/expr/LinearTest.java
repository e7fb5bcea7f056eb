package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.adjoint.graphs.Numerically;
import org.adjoint.graphs.RandomGraph;

/** Linear combinations: the laws of a vector space hold as equalities of objects. */
class LinearTest {
    private static final Shape N = Shape.of("n");
    private static final Variable X = Variable.of("x", N);
    private static final Variable Y = Variable.of("y", N);
    private static final Rational HALF = Rational.HALF;

    @Example
    void vectorSpaceLaws() {
        assertThat(X.plus(Y)).isSameAs(Y.plus(X));
        assertThat(X.plus(Y).plus(Y)).isSameAs(X.plus(Y.times(2)));
        assertThat(X.minus(X)).isSameAs(Linear.zero(N));
        assertThat(X.plus(Linear.zero(N))).isSameAs(X);
        assertThat(X.times(HALF).times(2)).isSameAs(X);
        assertThat(X.times(HALF).plus(X.times(HALF))).isSameAs(X);
        assertThat(X.plus(Y).negate().negate()).isSameAs(X.plus(Y));
        assertThat(X.minus(Y).plus(Y.minus(X))).isSameAs(Linear.zero(N));
        assertThat(X.times(0)).isSameAs(Linear.zero(N));
        assertThat(Constant.of(2).plus(Constant.of(3))).isSameAs(Constant.of(5));
        assertThat(X.plus(Constant.of(2)).minus(Constant.of(2))).isSameAs(X);
        assertThat(Linear.zero(Shape.SCALAR)).isSameAs(Constant.ZERO);
        assertThat(Linear.fill(N, Rational.ZERO)).isSameAs(Linear.zero(N));
        assertThat(Linear.fill(N, Rational.ONE)).isSameAs(Contraction.ones(N));
    }

    @Example
    void constantTensors() {
        Variable c = Variable.of("c", Shape.of(2));
        Constant k = Constant.of(Shape.of(2), List.of(Rational.ONE, Rational.TWO));
        assertThat(k.plus(k)).isSameAs(k.times(2));
        assertThat(c.plus(k).minus(k)).isSameAs(c);
        assertThat(Linear.isZero(k.minus(k))).isTrue();
        // Data stays data, so that nothing about it is ever taken for exact.
        Constant data = Constant.data(Shape.of(2), 1, 2);
        assertThat(Linear.isZero(data.minus(data))).isFalse();
    }

    /** Σ cₖ xₖ has that value, and is one node in any order of its terms. */
    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void sumsHaveTheirValueInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        RandomGraph graphs = new RandomGraph(seed);
        Shape shape = graphs.shape(2);
        List<Expr> terms = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        Expr byHand = Linear.zero(shape);
        for (int k = random.nextInt(1, 6); k > 0; k--) {
            Expr term = graphs.of(shape, random.nextInt(2));
            Rational c = Rational.of(random.nextInt(-2, 3), random.nextInt(1, 3));
            terms.add(term);
            coefficients.add(c);
            byHand = byHand.plus(Tensors.product(List.of(Linear.fill(shape, c), term)));
        }
        Expr sum = Linear.of(shape, terms, coefficients);
        Numerically.Outcome outcome = Numerically.compare(sum, byHand,
                Numerically.points(List.of(sum, byHand, terms.get(0)), seed, 2, 1));
        assertThat(outcome.difference()).as("seed %s", seed).isEmpty();
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            order.add(k);
        }
        Collections.shuffle(order, random);
        assertThat(Linear.of(shape, order.stream().map(terms::get).toList(),
                order.stream().map(coefficients::get).toList())).as("seed %s", seed).isSameAs(sum);
    }

    @Example
    void shapeErrors() {
        assertThatThrownBy(() -> Linear.of(N, List.of(X, Constant.ONE), List.of(HALF, HALF)))
                .isInstanceOf(ShapeError.class).hasMessageContaining("terms of a sum must have one shape")
                .hasMessageContaining("x [n]");
        assertThatThrownBy(() -> Linear.of(N, List.of(Variable.of("A", Shape.of("n", "n"))), List.of(HALF)))
                .isInstanceOf(ShapeError.class);
        assertThatThrownBy(() -> Linear.scale(HALF, X).plus(Variable.of("z", Shape.of("m"))))
                .hasMessageContaining("shapes must match or broadcast");
    }
}
