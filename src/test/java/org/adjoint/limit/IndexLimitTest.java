package org.adjoint.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits over symbolic sizes, by theorems and by expansions; the Gruntz algorithm on numbers is the second way. */
class IndexLimitTest {
    private static final String DECLARED = "x : R[n]; y : R[m]; a : R; w : R[n]; q : R[n] positive; W : R[m,n]; b : R";

    private static LimitResult limit(Question question) {
        return Limits.of(question.f(), question.v(), question.target(), question.assumptions(), Budget.defaults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "sum(x*softmax(b*x))                                  | b -> inf  | max(x)",
            "sum(x*softmax(b*x))                                  | b -> -inf | min(x)",
            "sum(x*softmax(b*x))                                  | b -> 0    | mean(x)",
            "sum(x**2*softmax(b*x)) - sum(x*softmax(b*x))**2      | b -> inf  | 0",
            "sum(w*softmax(b*x))                                  | b -> inf  | sum(w*(x == max(x)))/sum(x == max(x))",
            "-sum(softmax(b*x)*log(softmax(b*x)))                 | b -> inf  | log(sum(x == max(x)))",
            "-sum(softmax(b*x)*log(softmax(b*x)))                 | b -> 0    | log(n)",
            "(log(mean(exp(b*x)))/b - mean(x))/b                  | b -> 0    | (mean(x**2) - mean(x)**2)/2",
            "logsumexp(b*x) - b*max(x)                            | b -> inf  | log(sum(x == max(x)))",
            "logsumexp(b*x)/b - logsumexp(b*y)/b                  | b -> inf  | max(x) - max(y)",
            "log(sum(exp(b*x)) + sum(exp(b*y)))/b                 | b -> inf  | maximum(max(x), max(y))",
            "log(exp(a*b) + sum(exp(b*x)))/b                      | b -> inf  | maximum(a, max(x))",
            "log(exp(a*b) + sum(exp(b*x)) + sum(exp(b*y)))/b      | b -> inf  | maximum(a, maximum(max(x), max(y)))",
            "sum(logsumexp(b*W, axis=1))/b                        | b -> inf  | sum(max(W, axis=1))",
            "max(logsumexp(b*W, axis=1)/b)                        | b -> inf  | max(W)",
            "max(b*x)/b                                           | b -> inf  | max(x)",
            "W @ softmax(b*x)                                     | b -> 0    | mean(W, axis=1)",
            "b*(sum(q**b)**(1/b) - max(q))                        | b -> inf  | max(q)*log(sum(q == max(q)))",
            "sum(tanh(b*x)) + sum(exp(-b*x**2))                   | b -> inf  | sum(sign(x)) + sum(x == 0)",
            "sum(log(cosh(b*x)))/b**2                             | b -> 0    | sum(x**2)/2",
            "(sum(sin(x + b)) - sum(sin(x)))/b                    | b -> 0    | sum(cos(x))",
            "mean(sqrt(x**2 + 1/b**2))                            | b -> inf  | mean(abs(x))",
            "sum(exp(b*x))**(1/b)                                 | b -> inf  | exp(max(x))"})
    void areFoundForEverySize(String f, String approach, String expected) {
        Asked asked = new Asked(DECLARED);
        LimitResult result = limit(asked.question(f, approach));
        assertThat(result).isInstanceOf(LimitResult.Value.class);
        LimitResult.Value value = (LimitResult.Value) result;
        assertThat(value.conditions()).isEmpty();
        assertThat(value.value()).isInstanceOf(Extended.Finite.class);
        Numerically.assertSame(f, ((Extended.Finite) value.value()).value(), asked.expr(expected), f.hashCode());
    }

    /** What an expansion leaves out decides these: the gap to the second largest entry, a moment of higher order. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "exp(b)*(logsumexp(b*x) - b*max(x))                   | b -> inf",
            "log(logsumexp(b*x) - b*max(x))/b                     | b -> inf",
            "(sum(exp(b*x)) - n - b*sum(x) - b**2*sum(x**2)/2 - b**3*sum(x**3)/6)/b**4 | b -> 0+"})
    void whatDependsOnTheRestIsUndecided(String f, String approach) {
        Asked asked = new Asked(DECLARED);
        assertThat(limit(asked.question(f, approach, Ties.unique(asked.expr("x")))))
                .isInstanceOf(LimitResult.Undecided.class);
    }

    @Test
    void aSumOverOneEntryIsToldApart() {
        LimitResult result = limit(new Asked(DECLARED).question("logsumexp(b*x)/b", "b -> 0+"));
        assertThat(result).isInstanceOf(LimitResult.Cases.class);
        assertThat(((LimitResult.Cases) result).cases()).hasSize(2)
                .anySatisfy(one -> assertThat(one.result()).isInstanceOfSatisfying(LimitResult.Value.class,
                        value -> assertThat(value.value()).isEqualTo(Extended.PLUS_INFINITY)));
    }

    @Test
    void bothSidesMustAgreeInEveryCase() {
        LimitResult result = limit(new Asked(DECLARED).question("logsumexp(b*x)/b", "b -> 0"));
        assertThat(result).isInstanceOf(LimitResult.Cases.class);
        assertThat(((LimitResult.Cases) result).cases()).hasSize(2)
                .anySatisfy(one -> assertThat(one.result()).isInstanceOf(LimitResult.None.class))
                .anySatisfy(one -> assertThat(one.result()).isInstanceOf(LimitResult.Value.class));
    }

    static Stream<NamedLimitTest.Instance> instances() {
        return NamedLimitTest.instances();
    }

    /** The Gruntz algorithm on numbers, with and without ties, agrees with the theorem. */
    @ParameterizedTest
    @MethodSource("instances")
    void gruntzAgreesOnNumbers(NamedLimitTest.Instance instance) {
        int compared = 0;
        for (int n = 1; n <= 3; n++) {
            Asked asked = new Asked(withSizes(instance.declared(), n));
            Question question = asked.question(withSizes(instance.f(), n), instance.approach());
            Expr limit = asked.expr(withSizes(instance.limit(), n));
            Point point = new Sampler(n).point(Walk.variables(List.of(question.f(), limit)), Sizes.NONE);
            Map<Variable, Expr> numbers = new LinkedHashMap<>();
            point.values().forEach((variable, value) -> {
                if (variable != question.v()) {
                    numbers.put(variable, Constant.of(variable.shape(), value.entries()));
                }
            });
            LimitResult result = new Driver(new Question(Substitution.ofOccurring(numbers, question.f())
                    .apply(question.f()), question.v(), question.target(), question.assumptions()), Set.of()).solve();
            if (result instanceof LimitResult.Value value && value.value() instanceof Extended.Finite(Expr found)) {
                NumberTensor<Precise> expected = Numerically.value(limit, point);
                NumberTensor<Precise> got = Numerically.value(found, point);
                for (int k = 0; k < expected.count(); k++) {
                    if (expected.isDefined(k) && got.isDefined(k)) {
                        assertThat(Numerically.same(expected.get(k), got.get(k))).as(instance + " at " + point)
                                .isTrue();
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isPositive();
    }

    /** The text with numbers for the sizes. */
    private static String withSizes(String text, int n) {
        return text.replaceAll("\\bm\\b", "2").replaceAll("\\bn\\b", Integer.toString(n));
    }
}
