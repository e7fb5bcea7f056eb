package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.adjoint.eval.Point;
import org.adjoint.graphs.Numerically;
import org.adjoint.graphs.RandomGraph;

/** Substitution is evaluation at the images. */
class SubstitutionTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable Y = Variable.scalar("y");

    @Example
    void isSimultaneous() {
        Expr swapped = Substitution.of(Map.of(X, Y, Y, X)).apply(X.minus(Y));
        assertThat(swapped).isSameAs(Y.minus(X));
    }

    @Example
    void appliesCanonicalForms() {
        assertThat(Substitution.of(Map.of(X, Constant.ZERO)).apply(X.times(Y).plus(Constant.ONE)))
                .isSameAs(Constant.ONE);
        assertThat(Substitution.ofOccurring(Map.of(X, Y), Y).apply(Y)).isSameAs(Y);
    }

    @Example
    void keepsShapes() {
        assertThatThrownBy(() -> Substitution.of(Map.of(X, Variable.of("v", Shape.of("n")))))
                .isInstanceOf(ShapeError.class).hasMessage("a substitution keeps the shape; got x [] and v [n]");
    }

    /** f with x := g(x) at a point is f at the point with x moved to g's value there. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void isEvaluationAtTheImage(@ForAll long seed) {
        RandomGraph graphs = new RandomGraph(seed, false);
        Expr f = graphs.of(graphs.shape(2), 2);
        for (Variable x : Walk.variables(f)) {
            Expr image = x.times(Rational.of(2, 3)).plus(Constant.HALF);
            Expr substituted = Substitution.of(Map.of(x, image)).apply(f);
            for (Point point : Numerically.points(List.of(f, substituted), seed, 2, 1)) {
                Point moved = point.with(x,
                        point.value(x).map(v -> v.times(Rational.of(2, 3)).plus(Rational.HALF)));
                var left = Numerically.value(substituted, point);
                var right = Numerically.value(f, moved);
                for (int k = 0; k < left.count(); k++) {
                    if (left.isDefined(k) && right.isDefined(k)) {
                        assertThat(Numerically.same(left.get(k), right.get(k))).as("seed %s by %s", seed, x).isTrue();
                    }
                }
            }
        }
    }
}
