package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Sums over integers asked for on the command line: values, closed forms by cases, and what has none. */
class CasesReportTest {
    private static final String BOX = "x(n) = 1 if 0 <= n and n < L else 0";
    private static final String DECAY = "h(n) = (1/2)**n if n >= 0 else 0";

    private static Run eval(String expression, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "eval";
        args[1] = expression;
        System.arraycopy(options, 0, args, 2, options.length);
        return adjoint(args);
    }

    @Test
    void closedForms() {
        assertThat(eval("sum(i for i in 0..n)", "--shape", "n=[] natural").ends(0).out())
                .isEqualTo("1/2 * n**2 + 1/2 * n\n");
        assertThat(eval("conv(x, x)(n)", "--shape", "n=[] integer", "--shape", "L=[] natural", "--define", BOX).ends(0)
                .out()).contains("2 * L - n - 1   where L <= n, n + 1 < 2 * L\n", "n + 1   where n + 1 < L, 0 <= n\n")
                .endsWith("0   elsewhere\n");
        eval("conv(x, h)(n)", "--shape", "n=[] integer", "--shape", "L=[] natural", "--define", BOX, "--define", DECAY)
                .ends(0).shows("2 - (1/2)**n   where n + 1 < L, 0 <= n\n", "2**(L - n) - (1/2)**n   where L <= n + 1");
        JsonNode json = new ObjectMapper().readTree(
                eval("sum(2**i for i in 0..n)", "--shape", "n=[] integer", "--format", "json").ends(0).out());
        assertThat(json.get("cases").get(0).get("where").get(0).asString()).isEqualTo("0 <= n");
        assertThat(json.get("elsewhere").asString()).isEqualTo("0");
    }

    @Test
    void values() {
        assertThat(eval("[conv(x, h)(k) for k in -1..3]", "--define", BOX.replace("L", "2"), "--define", DECAY).ends(0)
                .out()).isEqualTo("[0, 1, 1.5, 0.75, 0.375]\n");
        assertThat(eval("sum(i * (1/2)**i for i in 0..inf)").ends(0).out()).isEqualTo("2\n");
    }

    @Test
    void noClosedForm() {
        eval("sum(2**i for i in 0..inf)").ends(2).says("a sum over all integers does not converge");
        eval("conv(z, z)(n)", "--shape", "n=[] integer", "--shape", "z : Z -> R finite_support").ends(2)
                .says("a sum over all integers has no closed form");
    }
}
