package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

/** The reports: for people, for programs, for build servers, and as a drawing. */
class ReportsTest {

    private static GradientReport report() {
        return GradientCheck.of((double[] x) -> x[0] * x[0] + Math.exp(x[1]) + Math.log(x[2]))
                .gradient(x -> new double[] {x[0], Math.exp(x[1]), 1 / x[2]})
                .at(1.37, -0.4, 2).at(1, 2, -1).seed(3).named("Loss::value", "Loss::gradient").check();
    }

    private static org.w3c.dom.Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void aPersonReadsWhatIsWrongWhereAndHowToRepeatIt() {
        assertThat(report().toString()).startsWith("""
                gradient check, seed 3: 2 right, 3 wrong, 1 inconclusive
                  hint: the gradient is 1/2 times the derivative
                """)
                .contains("  WRONG  entry x[0]: the gradient says 1.0, differences say 2.000000000 ± ",
                        "  WRONG  entry x[0], point 0: the gradient says 1.37, differences say 2.740000000 ± ")
                .contains("  INCONCLUSIVE  f(x) is finite, point 1: it is NaN", "hint: the gradient is 1/2 times")
                .contains("smallest failing input found: x = {1, 0, 1}")
                .contains("from the left            of both     from the right")
                .contains("    GradientCheck.of(Loss::value).gradient(Loss::gradient)\n", ".at(1, 0, 1)\n",
                        ".seed(3L).verify();\n")
                .endsWith("the whole check again: .seed(3L)");
    }

    @Test
    void json() {
        var tree = JsonMapper.shared().readTree(report().toJson());
        assertThat(tree.get("outcome").asString()).isEqualTo("wrong");
        assertThat(tree.get("seed").asLong()).isEqualTo(3);
        var first = tree.get("findings").get(0);
        assertThat(first.get("entry").asString()).isEqualTo("x[0]");
        assertThat(first.get("analytic").asDouble()).isEqualTo(1.37);
        assertThat(first.get("ladder").size()).isGreaterThan(10);
        assertThat(tree.get("smallest").get("x").size()).isLessThanOrEqualTo(3);
    }

    @Test
    void junitXml() throws Exception {
        var suite = parsed(report().toJUnitXml("loss <1>")).getDocumentElement();
        assertThat(suite.getAttribute("name")).isEqualTo("loss <1>");
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent()).contains("entry x[0]");
    }

    @Test
    void drawing() throws Exception {
        var report = report();
        var svg = parsed(ErrorPlot.svg(report.wrong().get(0)));
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(3);
        assertThat(svg.getDocumentElement().getTextContent()).contains("entry x[0]").contains("error bar");
        assertThat(parsed(ErrorPlot.svg(report.inconclusive().get(0))).getDocumentElement().getTextContent())
                .contains("no steps");
    }
}
