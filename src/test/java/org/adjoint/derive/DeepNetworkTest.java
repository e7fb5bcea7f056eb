package org.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Perceptrons of many layers, every size symbolic: the gradient of the first layer is derived part by part. */
class DeepNetworkTest {

    /** {@code aₖ = tanh(Wₖ aₖ₋₁)} with widths n0, n1, …; what defines {@code aₖ} for every k. */
    private static Map<Variable, Expr> layers(int depth) {
        Map<Variable, Expr> layers = new LinkedHashMap<>();
        Variable activation = Variable.of("a0", Shape.of("n0"));
        for (int k = 1; k <= depth; k++) {
            Variable weights = Variable.of("W" + k, Shape.of("n" + k, "n" + (k - 1)));
            Expr value = Functions.TANH.apply(weights.matmul(activation));
            activation = Variable.of("a" + k, Shape.of("n" + k));
            layers.put(activation, value);
        }
        return layers;
    }

    private static Derived derived(int depth) {
        Variable last = Variable.of("a" + depth, Shape.of("n" + depth));
        Variable y = Variable.of("y", Shape.of("n" + depth));
        Definitions definitions = Definitions.NONE.withAll(layers(depth));
        Derivation derivation = new Deriver(definitions, 1).derive(last.minus(y).pow(2).sum(),
                Variable.of("W1", Shape.of("n1", "n0")), Layout.GRADIENT);
        assertThat(derivation).isInstanceOf(Derived.class);
        return (Derived) derivation;
    }

    /** The form shown has the value of the raw sweep at random points, and is no longer than it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void theFormShownEqualsTheRawSweep(int depth) {
        Derived derived = derived(depth);
        List<Expr> both = List.of(derived.value(), derived.raw());
        assertThat(Numerically.compare(derived.value(), derived.raw(), Numerically.points(both, 7, 2, 1)).difference())
                .isEmpty();
        assertThat(Walk.postorder(derived.value())).hasSizeLessThanOrEqualTo(Walk.postorder(derived.raw()).size());
        assertThat(derived.proof().reason()).isNotEmpty();
    }

    /** Whatever the parts are, putting them back together gives the expression again. */
    @Test
    void partsLeftAsTheyAreMakeTheWhole() {
        Expr raw = derived(25).raw();
        List<Expr> parts = new ArrayList<>();
        assertThat(Parts.rewritten(raw, part -> {
            parts.add(part);
            return part;
        })).isSameAs(raw);
        assertThat(parts).hasSizeGreaterThan(3)
                .allSatisfy(part -> assertThat(Walk.postorder(part)).hasSizeLessThan(200));
    }
}
