package org.adjoint.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of an expansion is the function but for a rest that is as small as is said, at 60 digits over many sizes. */
class NearTargetTest {
    private static final String DECLARED = "x : R[n]; y : R[n] positive; w : R[n]; a : R; W : R[m,n]; b : R";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "sum(exp(b*x))                                | b -> inf  | 4000",
            "sum(exp(b*x))                                | b -> -inf | -4000",
            "sum(w*exp(b*x + w))/sum(exp(b*x))            | b -> inf  | 4000",
            "logsumexp(b*x)                               | b -> inf  | 4000",
            "logsumexp(b*W, axis=1)                       | b -> inf  | 4000",
            "sum(x*softmax(b*x))                          | b -> inf  | 4000",
            "softmax(b*x)                                 | b -> inf  | 4000",
            "sum(y**b)                                    | b -> inf  | 4000",
            "sum(y**b)                                    | b -> -inf | -4000",
            "sum(y*y**(b/2))                              | b -> inf  | 4000",
            "sum(cosh(b*y))                               | b -> inf  | 4000",
            "sum(exp(b*(x - a)))*exp(b*a)                 | b -> inf  | 4000",
            "sum((exp(b*x) + 1)**2)                       | b -> inf  | 4000",
            "sum(exp(x/b))                                | b -> 0+   | 1/4000",
            "sum(exp(b*x))                                | b -> 0+   | 1/1000000",
            "logsumexp(b*W, axis=1)                       | b -> 0-   | -1/1000000",
            "sum(w*y**b)                                  | b -> 0+   | 1/1000000",
            "sum(exp(x/b))                                | b -> inf  | 1000000",
            "sum(x*softmax(b*x)) - sum(softmax(b*x)*w)    | b -> 0+   | 1/1000000",
            "sum(sin(x + b))                              | b -> 0    | 1/1000000",
            "sum(w*tanh(x*b + w)*sqrt(1 + b*y))           | b -> 0    | 1/1000000",
            "mean((y + b)**(1/3))                         | b -> 0    | -1/1000000",
            "prod(exp(b*x) + 0*w)                         | b -> 0+   | 1/1000000"})
    void theRestIsSmall(String f, String approach, String at) {
        Asked asked = new Asked(DECLARED);
        Question question = asked.question(f, approach);
        EntryForm entries = EntryForm.of(question).orElseThrow();
        NearTarget near = new NearTarget(entries, question);
        Expr form = near.expand(entries.form()).orElseThrow();
        Map<Variable, Expr> gone = new LinkedHashMap<>();
        near.hidden().keySet()
                .forEach(symbol -> gone.put(symbol, symbol.name().startsWith("rest") ? Constant.ZERO : Constant.ONE));
        Expr kept = Substitution.ofOccurring(gone, form).apply(form);
        List<Expr> both = List.of(question.f(), entries.tensor(kept));
        int compared = 0;
        for (Point point : Numerically.points(both, f.hashCode(), 5, 2)) {
            List<NumberTensor<Precise>> values = Numerically.values(both,
                    point.with(question.v(), NumberTensor.scalar(Rational.parse(at))));
            for (int k = 0; k < values.get(0).count(); k++) {
                if (values.get(0).isDefined(k) && values.get(1).isDefined(k)) {
                    double exact = values.get(0).get(k).log2();
                    double error = Numerically.FIELD.subtract(values.get(0).get(k), values.get(1).get(k)).log2();
                    assertThat(error).as(f + " at " + point).isLessThan(Math.max(exact, 0) - 30);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(3);
    }
}
