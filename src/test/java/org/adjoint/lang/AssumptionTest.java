package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.expr.Shape;
import org.junit.jupiter.api.Test;

/** An assumption that two sizes are equal settles shapes in its scope and below. */
class AssumptionTest {
    private static final String SIZES = "x : R[m]; y : R[n]; f(t) = t + y; s = sum(x)\n";

    @Test
    void sizesBecomeEqual() {
        assertThat(Desk.of(SIZES).problem("x + y").hint()).isEqualTo("if they are meant to be equal: assume m == n");
        Desk desk = Desk.of(SIZES + "assume m == n; z = x + y");
        assertThat(desk.problems()).isEmpty();
        assertThat(desk.shape("z")).isEqualTo(Shape.of("m"));
        assertThat(desk.shape("f(x)")).isEqualTo(Shape.of("m"));
        assertThat(desk.expr("n - m").shape()).isEqualTo(Shape.SCALAR);
        assertThat(desk.reader().environment().assumptions()).hasSize(1);
        assertThat(desk.reader().environment().declared()).hasSize(2);
        assertThat(desk.reader().environment().definitions().bindings()).hasSize(2);
    }

    @Test
    void sizesBecomeExpressionsAndNumbers() {
        Desk desk = Desk.of("x : R[m]; y : R[2*k]; W : R[n, n]; assume m == 2*k, n == 3");
        assertThat(desk.shape("x + y")).isEqualTo(desk.variable("y").shape());
        assertThat(desk.shape("W @ [1, 2, 3]")).isEqualTo(Shape.of(3));
        assertThat(desk.problems()).isEmpty();
    }

    @Test
    void onlyInItsScope() {
        Desk desk = Desk.of(SIZES);
        Elaborator inner = desk.reader().inner();
        Syntax equation = Desk.syntax("m == n", Dialect.NUMPY);
        Elaborator given = desk.reader().under(List.of(equation), equation.span());
        assertThat(given.tensor(Desk.syntax("x + y", Dialect.NUMPY)).shape()).isEqualTo(Shape.of("m"));
        assertThat(desk.wrong("x + y")).startsWith("x + y: shapes must match or broadcast");
        assertThat(inner.environment().assumptions()).isEmpty();
    }

    @Test
    void otherAssumptionsAreRemembered() {
        Desk desk = Desk.of("x : R[n]; assume n >= 2, sum(x) > 0, zz == 1");
        assertThat(desk.problems()).containsExactly("unknown name zz");
        assertThat(desk.reader().environment().assumptions()).hasSize(3);
    }
}
