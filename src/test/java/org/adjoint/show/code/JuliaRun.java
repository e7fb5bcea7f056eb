package org.adjoint.show.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** One run of Julia itself that calls many generated programs at many points. */
final class JuliaRun {
    private static final int MINUTES = 10;
    private static final String SHOW = """
            backward(a) = permutedims(a, ndims(a):-1:1)
            text(x) = isnan(x) ? "NaN" : isinf(x) ? (x > 0 ? "Infinity" : "-Infinity") : string(x)
            line(x::Number) = "|" * text(x)
            line(a) = join(size(a), " ") * "|" * join(map(text, vec(backward(collect(a)))), " ")
            function show_all(results)
                println("#")
                foreach(r -> println(line(r)), results isa Tuple ? results : (results,))
            end
            """;

    private JuliaRun() {
    }

    /** Whether there is a binary {@code julia} that runs. */
    static boolean isThere() {
        try {
            Process process = new ProcessBuilder("julia", "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void compare(List<CodeCase> cases, List<String> programs, Path folder)
            throws IOException, InterruptedException {
        List<List<Point>> points = cases.stream().map(CodeCase::points).toList();
        Path main = folder.resolve("main.jl");
        Files.writeString(main, main(cases, programs, points));
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder("julia", "--startup-file=no", "main.jl").directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(out);
        assertThat(process.exitValue()).as(printed).isZero();
        List<String> calls = List.of(printed.split("(?m)^#\\n", -1));
        int next = 1;
        for (int k = 0; k < cases.size(); k++) {
            for (Point point : points.get(k)) {
                Numbers.compare(cases.get(k), point, calls.get(next++).lines().toList(), programs.get(k));
            }
        }
    }

    /** One module for each program, since two programs may define one helper. */
    static String main(List<CodeCase> cases, List<String> programs, List<List<Point>> points) {
        StringBuilder main = new StringBuilder(SHOW);
        for (int k = 0; k < cases.size(); k++) {
            main.append("\nmodule Case").append(k).append('\n').append(programs.get(k)).append("end\n");
            for (Point point : points.get(k)) {
                main.append("show_all(Case").append(k).append(".value_and_gradients(")
                        .append(arguments(cases.get(k), point)).append("))\n");
            }
        }
        return main.toString();
    }

    private static String arguments(CodeCase tested, Point point) {
        Signature signature = new Signature(tested.routine(), new Identifiers(JuliaWriter.KEYWORDS));
        List<String> arguments = new ArrayList<>();
        for (Variable variable : signature.variables()) {
            arguments.add(argument(point.value(variable)));
        }
        signature.callables().keySet().forEach(callable -> arguments.add(cubes(callable)));
        signature.freeSymbols().forEach(symbol -> arguments.add(point.sizes().value(symbol).orElseThrow().toString()));
        return String.join(", ", arguments);
    }

    /** Memory runs down the columns: the row-major entries in the lengths backward, then turned around. */
    private static String argument(NumberTensor<Rational> value) {
        List<String> entries = value.entries().stream().map(entry -> Double.toString(entry.toDouble())).toList();
        int[] shape = value.shape();
        if (shape.length == 0) {
            return entries.get(0);
        }
        String flat = "Float64[" + String.join(", ", entries) + "]";
        return shape.length == 1 ? flat
                : "backward(reshape(" + flat + ", " + IntStream.range(0, shape.length)
                        .mapToObj(k -> Integer.toString(shape[shape.length - 1 - k])).collect(Collectors.joining(", "))
                        + "))";
    }

    /** The functions of {@link Cubes}. */
    private static String cubes(Signature.Callable callable) {
        int[] derivatives = callable.derivatives().stream().mapToInt(Integer::intValue).toArray();
        return switch (derivatives.length) {
            case 0 -> "(x...) -> sum(sum(y .^ 3) for y in x)";
            case 1 -> "(x...) -> 3 .* x[" + (derivatives[0] + 1) + "] .^ 2";
            default -> throw new AssertionError("first derivatives only: " + Arrays.toString(derivatives));
        };
    }
}
