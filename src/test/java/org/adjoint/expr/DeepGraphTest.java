package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A chain of 1,000,000 nodes is built, walked, numbered and substituted without recursion. */
class DeepGraphTest {
    private static final int DEPTH = 1_000_000;

    private static Expr chain(Expr from) {
        Expr chain = from;
        for (int k = 0; k < DEPTH; k++) {
            chain = k % 2 == 0 ? Functions.SIN.apply(chain) : chain.times(2);
        }
        return chain;
    }

    @Test
    void buildWalkSubstitute() {
        Variable x = Variable.scalar("x");
        Variable y = Variable.scalar("y");
        Expr chain = chain(x);
        assertThat(Walk.postorder(chain)).hasSize(DEPTH + 1).first().isSameAs(x);
        assertThat(Walk.variables(chain)).containsExactly(x);
        Order order = Order.of(List.of(chain));
        assertThat(order.number(chain)).isEqualTo(DEPTH);
        assertThat(order.node(0)).isSameAs(x);
        assertThat(Substitution.of(Map.of(x, y)).apply(chain)).isSameAs(chain(y));
        assertThat(chain.toString()).hasSizeLessThan(40);
    }

    /** Shared nodes are visited once: 2¹⁰⁰ paths, 101 nodes. */
    @Test
    void sharedNodesAreVisitedOnce() {
        Expr power = Variable.scalar("x");
        for (int k = 0; k < 100; k++) {
            power = Functions.SIN.apply(power).times(power.plus(Constant.ONE));
        }
        assertThat(Walk.postorder(power)).hasSizeLessThan(500);
    }
}
