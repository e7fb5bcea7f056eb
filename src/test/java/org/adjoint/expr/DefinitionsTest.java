package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Definitions: order, dependence, and what is refused. */
class DefinitionsTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable Y = Variable.scalar("y");
    private static final Variable Z = Variable.scalar("z");

    /** Two quantities with one formula stay two. */
    @Test
    void equalValuesStayApart() {
        Definitions definitions = Definitions.NONE.with(Y, X.pow(2)).with(Z, X.pow(2));
        assertThat(Y.times(Z)).isNotSameAs(Y.times(Y));
        assertThat(definitions.inline(Y.times(Z))).isSameAs(X.pow(2).times(X.pow(2)));
        assertThat(definitions.bindings().keySet()).containsExactly(Y, Z);
        assertThat(definitions.parents(Z)).containsExactly(X);
    }

    @Test
    void reachableComesAfterWhatItNeeds() {
        Variable w = Variable.scalar("w");
        Definitions definitions = Definitions.NONE.with(Y, X.plus(Constant.ONE)).with(w, X.times(2))
                .with(Z, Y.times(Y));
        assertThat(definitions.reachable(List.of(Z))).containsExactly(Y, Z);
        assertThat(definitions.reachable(List.of(X))).isEmpty();
        assertThat(definitions.inline(Z)).isSameAs(X.plus(Constant.ONE).times(X.plus(Constant.ONE)));
    }

    @Test
    void duplicatesAreRefused() {
        Definitions definitions = Definitions.NONE.with(Y, X);
        assertThatThrownBy(() -> definitions.with(Y, X.pow(2))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duplicate definition: y is already defined");
        assertThat(definitions.value(Y)).contains(X);
    }

    @Test
    void cyclesAreRefused() {
        assertThatThrownBy(() -> Definitions.NONE.with(X, X.plus(Constant.ONE)))
                .hasMessage("cyclic definition: x occurs in its own value");
        assertThatThrownBy(() -> Definitions.NONE.with(X, Y.times(2)).with(Z, X).with(Y, Z.pow(2)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("cyclic definition through ");
        Map<Variable, Expr> both = new LinkedHashMap<>();
        both.put(X, Y);
        both.put(Y, X);
        assertThatThrownBy(() -> Definitions.NONE.withAll(both)).isInstanceOf(IllegalArgumentException.class);
        // Used before it is defined is no cycle.
        assertThat(Definitions.NONE.with(X, Y.times(2)).with(Y, Z).inline(X)).isSameAs(Z.times(2));
    }

    @Test
    void shapesMustAgree() {
        assertThatThrownBy(() -> Definitions.NONE.with(X, Variable.of("v", Shape.of("n"))))
                .isInstanceOf(ShapeError.class)
                .hasMessage("a definition has the shape of its value; got x [] and v [n]");
    }
}
