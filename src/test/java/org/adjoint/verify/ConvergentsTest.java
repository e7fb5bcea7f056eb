package org.adjoint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.adjoint.expr.Rational;
import org.junit.jupiter.api.Test;

class ConvergentsTest {
    /** 415/93 = [4; 2, 6, 7]. */
    @Test
    void ofAFraction() {
        assertThat(Convergents.of(Rational.of(415, 93))).containsExactly(Rational.of(4), Rational.of(9, 2),
                Rational.of(58, 13));
        assertThat(Convergents.of(Rational.of(-5, 13))).startsWith(Rational.MINUS_ONE);
        assertThat(Convergents.of(Rational.of(7))).isEmpty();
    }

    /** |x − p/q| ≤ 1/q², Hardy and Wright, theorem 171. */
    @Property(tries = 200)
    void theyAreNear(@ForAll @IntRange(min = -100_000, max = 100_000) int above,
            @ForAll @IntRange(min = 1, max = 100_000) int below) {
        Rational x = Rational.of(above, below);
        List<Rational> convergents = Convergents.of(x);
        for (Rational c : convergents) {
            Rational square = Rational.of(c.denominator().pow(2));
            assertThat(x.minus(c).abs().times(square).compareTo(Rational.ONE)).isLessThanOrEqualTo(0);
        }
    }
}
