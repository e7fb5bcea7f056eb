package org.adjoint.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

class DotTest {
    private final Variable W = Variable.of("W", Shape.of("m", "n"));
    private final Variable x = Variable.of("x", Shape.of("n"));

    @Test
    void sharedNodesAreDrawnOnceAndOperandsHaveNames() {
        Expr z = Functions.TANH.apply(W.matmul(x));
        assertThat(Dot.of(z.times(z.plus(Constant.ONE)).sum())).isEqualTo("""
                digraph adjoint {
                  rankdir=BT;
                  node [fontname="monospace", shape=ellipse];
                  n0 [label="W\\n[m, n]", shape=box];
                  n1 [label="x\\n[n]", shape=box];
                  n2 [label="v1 = W @ x\\n[m]"];
                  n0 -> n2;
                  n1 -> n2;
                  n3 [label="v2 = tanh(v1)\\n[m]"];
                  n2 -> n3;
                  n4 [label="v3 = v2 + 1\\n[m]"];
                  n3 -> n4;
                  n5 [label="v4 = v2 @ v3\\n[]"];
                  n3 -> n5;
                  n4 -> n5;
                }
                """);
    }

    @Test
    void definitionsKeepTheirNames() {
        Variable z1 = Variable.of("z1", Shape.of("m"));
        Variable z2 = Variable.of("z2", Shape.of("m"));
        Definitions definitions = Definitions.NONE.with(z1, W.matmul(x)).with(z2, W.matmul(x));
        assertThat(Dot.of(definitions, List.of(z1.plus(z2))))
                .contains("label=\"z1 = W @ x\\n[m]\", style=bold", "label=\"z2 = W @ x\\n[m]\", style=bold",
                        "label=\"v1 = z1 + z2\\n[m]\"");
    }

    @Test
    void labelsAreEscaped() {
        assertThat(Dot.of(Variable.scalar("a\"b\\c"))).contains("label=\"a\\\"b\\\\c\\n[]\"");
    }

    @Test
    void withoutGraphvizThereIsAReason() {
        assertThat(Svg.draw("digraph {}", "no-such-command-as-this", Duration.ofSeconds(1)))
                .isEqualTo(new Svg.NotDrawn("Graphviz is needed to draw SVG, and its command"
                        + " `no-such-command-as-this` was not found; install Graphviz, or ask for DOT"));
        assertThat(Svg.draw("digraph {}", "false", Duration.ofSeconds(5)))
                .isEqualTo(new Svg.NotDrawn("Graphviz could not draw the graph: `false` ended with code 1"));
    }
}
