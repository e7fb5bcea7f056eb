package org.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code adjoint derive --format} with a programming language. */
class DeriveCodeTest {
    @ParameterizedTest
    @CsvSource({"numpy, def value_and_gradients(X):, 'return value, grad_X'",
            "pytorch, def value_and_gradients(X):, 'return value, grad_X'",
            "java, public static Result valueAndGradients(DMatrixRMaj X), 'gradX)'",
            "julia, function value_and_gradients(X), 'return value, grad_X'"})
    void oneFunctionWithItsConditions(String format, String head, String end) {
        Run run = Run.adjoint("derive", "logdet(X)", "--shape", "X=[n,n] spd", "--format", format);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(head, end, "f = logdet(X)", "X  [n, n] spd");
    }

    @ParameterizedTest
    @CsvSource({"numpy", "pytorch", "java", "julia"})
    void refusalsAreSaidAndNotReturned(String format) {
        Run run = Run.adjoint("derive", "sum(floor(x))*y", "--shape", "x=[n]", "--shape", "y=[]", "--format", format);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("the derivative by x is refused", format.equals("java") ? "gradY" : "grad_y")
                .doesNotContain("grad_x", "gradX");
    }
}
