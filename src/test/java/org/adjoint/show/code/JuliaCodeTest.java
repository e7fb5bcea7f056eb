package org.adjoint.show.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Julia programs, run: by Julia where it is installed, and everywhere by an evaluator of the part of the language that
 * they are written in.
 */
class JuliaCodeTest {
    @Test
    void everyProgramComputesTheValueAndItsDerivatives() {
        for (CodeCase tested : CodeCases.all()) {
            String program = CodeLanguage.JULIA.write(tested.routine());
            for (Point point : tested.points()) {
                try {
                    Numbers.compare(tested, point, run(program, tested, point), program);
                } catch (RuntimeException wrong) {
                    throw new AssertionError(tested.name() + ": " + wrong + "\n" + program, wrong);
                }
            }
        }
    }

    @Test
    void everyProgramRunsInJuliaItself(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(JuliaRun.isThere(), "Julia is not installed");
        List<CodeCase> cases = CodeCases.all();
        JuliaRun.compare(cases, cases.stream().map(tested -> CodeLanguage.JULIA.write(tested.routine())).toList(),
                folder);
    }

    @Test
    void theTableOfFunctionsIsComplete() {
        assertThat(JuliaWriter.functions().keySet()).containsAll(
                Functions.all().stream().map(ScalarFunction::name).filter(NumpyCodeTest::isCalled).toList());
    }

    @Test
    void leastSquaresReadsAsAPersonWouldWriteIt() {
        CodeCase tested = CodeCase.gradient("least squares", "W : R[m, n]; x : R[n]; y : R[m]", "sum((W @ x - y)**2)");
        assertThat(CodeLanguage.JULIA.write(tested.routine())).contains("""
                t1 = W * x
                t2 = t1 .- y
                value = sum(t2 .^ 2)
                gradient_W = 2 .* (t2 * x')
                gradient_x = 2 .* (W' * t2)
                gradient_y = 2 .* (y .- t1)
                return value, gradient_W, gradient_x, gradient_y
                """.indent(4));
    }

    @Test
    void otherShapesAreRefused() {
        String program = CodeLanguage.JULIA
                .write(CodeCase.gradient("linear", "a : R[n]; x : R[n]", "a @ x").routine());
        JuliaScope.Callable function = (JuliaScope.Callable) JuliaParser.program(program).value("value_and_gradients");
        List<Object> arguments = List.of(JuliaArray.vector(List.of(1.0, 2.0)), JuliaArray.vector(List.of(1.0)));
        assertThatThrownBy(() -> function.call(arguments, Map.of()))
                .hasMessageContaining("DimensionMismatch: x must be [n]");
    }

    /** Selections drop what is outside of a domain, where Julia would throw. */
    @Test
    void whatASelectionDropsMayLieOutsideOfADomain() {
        CodeCase tested = CodeCase.gradient("selection", "x : R[n]", "sum(where(x > 0, log(x) + x**(3/2), x))");
        JuliaScope.Callable function = (JuliaScope.Callable) JuliaParser
                .program(CodeLanguage.JULIA.write(tested.routine())).value("value_and_gradients");
        List<Object> results = JuliaLibrary
                .elements(function.call(List.of(JuliaArray.vector(List.of(1.0, -4.0))), Map.of()));
        assertThat(results.get(0)).isEqualTo(-3.0);
        assertThat(JuliaLibrary.elements(results.get(1))).isEqualTo(List.of(2.5, 1.0));
    }

    /** What the evaluator must share with the language for the comparison to mean anything. */
    @Test
    void theEvaluatorReadsAsJuliaReads() {
        assertThat(evaluated("-2^2")).isEqualTo(-4L);
        assertThat(evaluated("2^-1.0")).isEqualTo(0.5);
        assertThat(evaluated("1 - 2 - 3 * 4 / 2")).isEqualTo(-7.0);
        assertThat(evaluated("reshape(1:6, 2, 3)[2, 1]")).isEqualTo(2L);
        assertThat(evaluated("[10 * _i + _j for _i in 1:2, _j in 1:3][2]")).isEqualTo(21L);
        assertThat(evaluated("size([1, 2] .+ [1, 2, 3]')")).isEqualTo(List.of(2L, 3L));
        assertThatThrownBy(() -> evaluated("[1, 2] .+ [1, 2, 3]")).hasMessageContaining("DimensionMismatch");
        assertThatThrownBy(() -> evaluated("log(-1.0)")).hasMessageContaining("DomainError");
        assertThatThrownBy(() -> evaluated("[1, 2][0]")).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> evaluated("2x")).hasMessageContaining("a number runs into");
    }

    private static Object evaluated(String expression) {
        JuliaScope.Callable function = (JuliaScope.Callable) JuliaParser.program("f() = " + expression + "\n")
                .value("f");
        return function.call(List.of(), Map.of());
    }

    private static List<String> run(String program, CodeCase tested, Point point) {
        Signature signature = new Signature(tested.routine(), new Identifiers(JuliaWriter.KEYWORDS));
        List<Object> arguments = new ArrayList<>();
        signature.variables().forEach(variable -> arguments.add(argument(point, variable)));
        signature.callables().keySet().forEach(callable -> arguments.add(cubes(callable)));
        signature.freeSymbols()
                .forEach(symbol -> arguments.add(Long.valueOf(point.sizes().value(symbol).orElseThrow().toString())));
        JuliaScope.Callable function = (JuliaScope.Callable) JuliaParser.program(program).value("value_and_gradients");
        Object results = function.call(arguments, Map.of());
        return (results instanceof List<?> ? JuliaLibrary.elements(results) : List.of(results)).stream()
                .map(JuliaLibrary::line).toList();
    }

    private static Object argument(Point point, Variable variable) {
        NumberTensor<Rational> value = point.value(variable);
        List<Double> entries = value.entries().stream().map(Rational::toDouble).toList();
        List<Integer> backward = new ArrayList<>(Arrays.stream(value.shape()).boxed().toList());
        Collections.reverse(backward);
        int rank = backward.size();
        return rank == 0 ? entries.get(0)
                : JuliaArray.of(backward.stream().mapToInt(length -> length).toArray(), entries)
                        .permuted(IntStream.range(0, rank).map(k -> rank - 1 - k).toArray());
    }

    /** The functions of {@link Cubes}. */
    private static JuliaScope.Callable cubes(Signature.Callable callable) {
        return (arguments, options) -> {
            if (callable.derivatives().isEmpty()) {
                return arguments.stream()
                        .flatMap(x -> x instanceof JuliaArray array ? Arrays.stream(array.data())
                                : List.of(x).stream())
                        .mapToDouble(x -> Math.pow(JuliaLibrary.real(x), 3)).sum();
            }
            return JuliaArray.broadcast(List.of(arguments.get(callable.derivatives().get(0))),
                    x -> 3 * JuliaLibrary.real(x.get(0)) * JuliaLibrary.real(x.get(0)));
        };
    }
}
