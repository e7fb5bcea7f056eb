package org.adjoint.show.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java programs, compiled and run with EJML and nothing else on the class path. */
class JavaCodeTest {
    @Test
    void everyProgramComputesTheValueAndItsDerivatives(@TempDir Path folder) throws IOException,
            ReflectiveOperationException {
        List<CodeCase> cases = CodeCases.all();
        List<String> programs = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (int k = 0; k < cases.size(); k++) {
            programs.add(CodeLanguage.JAVA.write(cases.get(k).routine()));
            Path file = folder.resolve("case" + k).resolve("ValueAndGradients.java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, "package case" + k + ";\n\n" + programs.get(k)));
        }
        compile(files, folder);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()},
                DMatrixRMaj.class.getClassLoader())) {
            for (int k = 0; k < cases.size(); k++) {
                Class<?> program = loader.loadClass("case" + k + ".ValueAndGradients");
                for (Point point : cases.get(k).points()) {
                    Numbers.compare(cases.get(k), point, run(program, cases.get(k), point), programs.get(k));
                }
            }
        }
    }

    @Test
    void theTableOfFunctionsIsComplete() {
        assertThat(JavaHelpers.FUNCTIONS.keySet()).containsAll(
                Functions.all().stream().map(ScalarFunction::name).filter(NumpyCodeTest::isCalled).toList());
    }

    private static void compile(List<Path> files, Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String ejml = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("ejml")).collect(Collectors.joining(File.pathSeparator));
        StringWriter problems = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(problems, manager, null,
                    List.of("-d", folder.toString(), "-cp", ejml, "-proc:none", "-Xlint:all"), null,
                    manager.getJavaFileObjectsFromPaths(files)).call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
        assertThat(problems.toString()).isEmpty();
    }

    private static List<String> run(Class<?> program, CodeCase tested, Point point)
            throws ReflectiveOperationException {
        Method method = Arrays.stream(program.getMethods()).filter(m -> m.getName().equals("valueAndGradients"))
                .findFirst().orElseThrow();
        Signature signature = new Signature(tested.routine(), new Identifiers(JavaWriter.KEYWORDS));
        List<Object> arguments = new ArrayList<>();
        for (Variable variable : signature.variables()) {
            arguments.add(argument(point.value(variable), program));
        }
        signature.callables().keySet().forEach(callable -> arguments.add(cubes(callable)));
        signature.freeSymbols().forEach(symbol -> arguments.add(point.sizes().value(symbol).orElseThrow()));
        Object result = method.invoke(null, arguments.toArray());
        List<String> lines = new ArrayList<>();
        for (RecordComponent component : result.getClass().getRecordComponents()) {
            lines.add(line(Objects.requireNonNull(component.getAccessor().invoke(result))));
        }
        return lines;
    }

    private static Object argument(NumberTensor<Rational> value, Class<?> program) throws ReflectiveOperationException {
        double[] data = value.entries().stream().mapToDouble(Rational::toDouble).toArray();
        int[] shape = value.shape();
        return switch (shape.length) {
            case 0 -> data[0];
            case 1 -> data;
            // with room to spare, as EJML leaves it after a reshape
            case 2 -> {
                DMatrixRMaj matrix = new DMatrixRMaj(shape[0] + 1, shape[1] + 1);
                matrix.reshape(shape[0], shape[1]);
                System.arraycopy(data, 0, matrix.data, 0, data.length);
                yield matrix;
            }
            default -> Arrays.stream(program.getDeclaredClasses()).filter(c -> c.getSimpleName().equals("Tensor"))
                    .findFirst().orElseThrow().getConstructors()[0].newInstance(data, shape);
        };
    }

    private static String line(Object value) throws ReflectiveOperationException {
        return switch (value) {
            case Double number -> "|" + number;
            case double[] vector -> vector.length + "|" + entries(vector);
            case DMatrixRMaj matrix -> matrix.numRows + " " + matrix.numCols + "|" + entries(matrix.data);
            default -> {
                int[] shape = (int[]) value.getClass().getMethod("shape").invoke(value);
                double[] data = (double[]) value.getClass().getMethod("data").invoke(value);
                yield IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(" ")) + "|"
                        + entries(data);
            }
        };
    }

    private static String entries(double[] values) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    /** The functions of {@link Cubes}. */
    private static Object cubes(Signature.Callable callable) {
        boolean slope = callable.derivatives().size() == 1;
        if (callable.function().isElementwise() && callable.function().parameters().size() == 1) {
            DoubleUnaryOperator f = slope ? x -> 3 * x * x : x -> x * x * x;
            return f;
        }
        if (callable.function().isElementwise() && callable.function().parameters().size() == 2) {
            boolean first = slope && callable.derivatives().get(0) == 0;
            DoubleBinaryOperator f = !slope ? (x, y) -> x * x * x + y * y * y : first ? (x, y) -> 3 * x * x
                    : (x, y) -> 3 * y * y;
            return f;
        }
        Function<double[][], double[]> f = slope
                ? x -> Arrays.stream(x[callable.derivatives().get(0)]).map(entry -> 3 * entry * entry).toArray()
                : x -> new double[] {
                        Arrays.stream(x).flatMapToDouble(Arrays::stream).map(entry -> entry * entry * entry)
                                .sum()};
        return f;
    }
}
