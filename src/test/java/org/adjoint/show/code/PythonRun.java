package org.adjoint.show.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** One run of Python that calls many generated modules at many points. */
final class PythonRun {
    /** Which array library the arguments are made with. */
    enum Library {
        NUMPY("import numpy as np\n", "np.array(%s, dtype=np.float64).reshape(%s)", "np.sum"),
        TORCH("import torch\n", "torch.tensor(%s, dtype=torch.float64).reshape(%s)", "torch.sum");

        final String imports;
        final String array;
        final String sum;

        Library(String imports, String array, String sum) {
            this.imports = imports;
            this.array = array;
            this.sum = sum;
        }
    }

    private PythonRun() {
    }

    /** Whether Python runs and can import the module. */
    static boolean has(String module) {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import " + module).redirectErrorStream(true).start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs the programs of all cases at all their points, in one process, and compares. */
    static void compare(Library library, List<CodeCase> cases, List<String> programs, Path folder, Path path)
            throws IOException, InterruptedException {
        StringBuilder main = new StringBuilder(library.imports).append("""
                def show(results):
                    results = results if isinstance(results, tuple) else (results,)
                    for r in results:
                        shape = tuple(r.shape)
                        print(*shape, "|", *[float(e).hex() for e in r.reshape(-1).tolist()])
                """);
        List<List<Point>> points = new ArrayList<>();
        for (int k = 0; k < cases.size(); k++) {
            Files.writeString(folder.resolve("case_" + k + ".py"), programs.get(k));
            main.append("import case_").append(k).append('\n');
            points.add(cases.get(k).points());
            for (Point point : points.get(k)) {
                main.append("print('#')\nshow(case_").append(k).append(".value_and_gradients(")
                        .append(arguments(library, cases.get(k), point)).append("))\n");
            }
        }
        Files.writeString(folder.resolve("main.py"), main);
        List<String> calls = run(folder, path);
        int next = 0;
        for (int k = 0; k < cases.size(); k++) {
            for (Point point : points.get(k)) {
                List<String> lines = calls.get(next++).lines().map(PythonRun::decimal).toList();
                Numbers.compare(cases.get(k), point, lines, programs.get(k));
            }
        }
    }

    private static String decimal(String line) {
        String[] parts = line.split("\\|", -1);
        return parts[0] + "|" + java.util.Arrays.stream(parts[1].strip().split(" ")).filter(part -> !part.isEmpty())
                .map(part -> switch (part) {
                    case "nan" -> "NaN";
                    case "inf" -> "Infinity";
                    case "-inf" -> "-Infinity";
                    default -> Double.toString(Double.parseDouble(part));
                }).collect(Collectors.joining(" "));
    }

    private static List<String> run(Path folder, Path path) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("python3", "-W", "error::DeprecationWarning", "main.py")
                .directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().put("PYTHONPATH", path.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String out = Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(out).isZero();
        List<String> calls = new ArrayList<>(List.of(out.split("(?m)^#\\n", -1)));
        calls.remove(0);
        return calls;
    }

    private static String arguments(Library library, CodeCase tested, Point point) {
        Signature signature = new Signature(tested.routine(), new Identifiers(PythonWriter.KEYWORDS));
        List<String> arguments = new ArrayList<>();
        for (Variable variable : signature.variables()) {
            NumberTensor<Rational> value = point.value(variable);
            String shape = "(" + IntStream.of(value.shape()).mapToObj(length -> length + ",")
                    .collect(Collectors.joining(" ")) + ")";
            String entries = value.entries().stream().map(entry -> Double.toString(entry.toDouble()))
                    .collect(Collectors.joining(", ", "[", "]"));
            arguments.add(String.format(library.array, entries, shape));
        }
        for (Signature.Callable callable : signature.callables().keySet()) {
            arguments.add(cubes(library, callable));
        }
        signature.freeSymbols().forEach(symbol -> arguments.add(point.sizes().value(symbol).orElseThrow().toString()));
        return String.join(", ", arguments);
    }

    /** The functions of {@link Cubes}. */
    private static String cubes(Library library, Signature.Callable callable) {
        boolean elementwise = callable.function().isElementwise();
        return switch (callable.derivatives().size()) {
            case 0 -> elementwise ? "lambda *x: sum(y**3 for y in x)"
                    : "lambda *x: sum(" + library.sum + "(y**3) for y in x)";
            case 1 -> "lambda *x: 3*x[" + callable.derivatives().get(0) + "]**2";
            default -> throw new AssertionError("first derivatives only");
        };
    }
}
