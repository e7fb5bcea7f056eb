package org.adjoint.show.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.adjoint.expr.Functions;
import org.adjoint.expr.ScalarFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The PyTorch programs, run: with PyTorch where it is installed, else over a module of the test resources that has the
 * part of its interface that the programs use.
 */
class PytorchCodeTest {
    @Test
    void everyProgramComputesTheValueAndItsDerivatives(@TempDir Path folder)
            throws IOException, InterruptedException, URISyntaxException {
        assumeTrue(PythonRun.has("torch") || PythonRun.has("numpy"), "neither PyTorch nor NumPy is installed");
        Path shim = Path.of(Objects.requireNonNull(PytorchCodeTest.class.getResource("shim")).toURI());
        List<CodeCase> cases = CodeCases.all();
        List<String> programs = cases.stream().map(tested -> CodeLanguage.PYTORCH.write(tested.routine())).toList();
        PythonRun.compare(PythonRun.Library.TORCH, cases, programs, folder, PythonRun.has("torch") ? folder : shim);
    }

    @Test
    void theTableOfFunctionsIsComplete() {
        assertThat(PytorchWriter.functions().keySet()).containsAll(
                Functions.all().stream().map(ScalarFunction::name).filter(NumpyCodeTest::isCalled).toList());
    }
}
