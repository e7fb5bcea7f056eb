package org.adjoint.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function entry by entry under every reduction and in every layout, against differences of plain loops. */
class EveryFunctionTest {
    private static final List<String> FUNCTIONS = List.of("exp", "log", "sin", "cos", "tan", "tanh", "cosh", "sinh",
            "sqrt", "abs", "relu", "sigmoid", "softplus", "arctan");

    /** Expression, variable and layout; {@code f} stands for the function. */
    private static final List<List<String>> PATTERNS = List.of(List.of("sum(f(X))", "X", "gradient"),
            List.of("norm2(f(X))^2", "X", "gradient"), List.of("norm1(f(X))", "X", "gradient"),
            List.of("tr(A'*f(X))", "X", "gradient"), List.of("a'*f(X)*x", "X", "gradient"),
            List.of("logsumexp(f(x))", "x", "gradient"), List.of("y'*softmax(f(x))", "x", "gradient"),
            List.of("prod(f(x)+ones(n))", "x", "gradient"), List.of("a'*rowsum(f(X))", "X", "gradient"),
            List.of("f(x'*y)", "x", "gradient"), List.of("sum(f(X*x))", "X", "gradient"),
            List.of("f(x)", "x", "jacobian"), List.of("f(X*x)", "x", "jacobian"),
            List.of("f(x).*y", "x", "jacobian"), List.of("f(x)/sum(x)", "x", "jacobian"),
            List.of("sum(f(x))", "x", "hessian"), List.of("sum(f(X*x))", "x", "hessian"),
            List.of("f(X)", "X", "jacvec"), List.of("A.*f(X)", "X", "jacvec"), List.of("sum(f(X))", "X", "hessvec"),
            List.of("f(t*X)", "t", "dscalar"), List.of("f(t)*A", "t", "dscalar"));

    /** All values are positive, so that every function has one. */
    private static final String SHAPES = "X:m x n pos; A:m x n pos; x:n pos; y:n pos; a:m pos; t:scalar pos;"
            + " dim m=2..3; dim n=2..3";

    static Stream<String> functions() {
        return FUNCTIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everywhere(String function) {
        List<String> refused = new ArrayList<>();
        for (List<String> pattern : PATTERNS) {
            String text = pattern.get(0).replaceAll("\\bf\\(", function + "(");
            Case each = new Case(function + " " + text, "functions", text, SHAPES, pattern.get(1), "0", pattern.get(2));
            Answer answer = Answer.to(each);
            // The product of the other entries has no name in this notation; with a kink in it, it is shown in words only.
            boolean nameless = text.startsWith("prod") && List.of("abs", "relu").contains(function);
            if (answer.isRefused() && nameless) {
                continue;
            }
            if (answer.isRefused()) {
                refused.add(each + ": " + answer.reason());
                continue;
            }
            assertThat(Referee.objection(each.withExpected(answer.matlab()))).as("%s gives %s", each, answer.matlab())
                    .isEmpty();
        }
        assertThat(refused).isEmpty();
    }
}
