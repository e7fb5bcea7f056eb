package org.adjoint.show.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.adjoint.expr.Functions;
import org.adjoint.expr.ScalarFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The NumPy programs, run. */
class NumpyCodeTest {
    @Test
    void everyProgramComputesTheValueAndItsDerivatives(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(PythonRun.has("numpy"), "Python with NumPy is not installed");
        List<CodeCase> cases = CodeCases.all();
        List<String> programs = cases.stream().map(tested -> CodeLanguage.NUMPY.write(tested.routine())).toList();
        PythonRun.compare(PythonRun.Library.NUMPY, cases, programs, folder, folder);
    }

    @Test
    void theTableOfFunctionsIsComplete() {
        assertThat(NumpyWriter.functions().keySet())
                .containsAll(
                        Functions.all().stream().map(ScalarFunction::name).filter(NumpyCodeTest::isCalled).toList());
    }

    /** Powers and comparisons are operators. */
    static boolean isCalled(String function) {
        return !List.of("power", "step", "less", "less_equal", "equal").contains(function);
    }

    @Test
    void leastSquaresReadsAsAPersonWouldWriteIt() {
        CodeCase tested = CodeCase.gradient("least squares", "W : R[m, n]; x : R[n]; y : R[m]", "sum((W @ x - y)**2)");
        assertThat(CodeLanguage.NUMPY.write(tested.routine())).contains("""
                t1 = W @ x
                t2 = t1 - y
                value = np.sum(t2**2)
                gradient_W = 2 * np.outer(t2, x)
                gradient_x = 2 * (W.T @ t2)
                gradient_y = 2 * (y - t1)
                return value, gradient_W, gradient_x, gradient_y
                """.indent(4));
    }
}
