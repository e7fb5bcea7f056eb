package org.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Derivatives that every textbook has, in the form in which it has them, in all three notations: Hessians of a quadratic form and
 * of log-sum-exp, log-determinants, cross-entropy, normalisation over a batch and over features (Ioffe and Szegedy 2015; Ba, Kiros
 * and Hinton 2016), two layers, attention (Vaswani et al. 2017), an LSTM cell (Hochreiter and Schmidhuber 1997), the Gaussian
 * likelihood by mean, covariance and precision, ridge, logistic and hinge losses.
 *
 * <p>The resource has one command a paragraph, its options separated by bars; below it, by notation, the lines of the result.
 */
class TextbookTest {
    @TestFactory
    Stream<DynamicTest> theFormIsTheOneInTextbooks() throws IOException {
        return Arrays.stream(resource().split("\\n\\n+")).filter(paragraph -> paragraph.contains("> "))
                .map(paragraph -> {
                    List<String> lines = paragraph.lines().filter(line -> !line.startsWith("#")).toList();
                    String command = lines.get(0).substring(2);
                    return DynamicTest.dynamicTest(command, () -> check(command, lines.subList(1, lines.size())));
                });
    }

    private static void check(String command, List<String> lines) {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (String line : lines) {
            int end = line.indexOf(' ');
            expected.computeIfAbsent(line.substring(0, end), k -> new ArrayList<>()).add(line.substring(end).strip());
        }
        assertThat(expected.keySet()).contains("text", "unicode", "latex");
        expected.forEach((notation, results) -> {
            List<String> arguments = new ArrayList<>(List.of("derive"));
            Arrays.stream(command.split("\\|")).map(String::strip).forEach(arguments::add);
            arguments.addAll(List.of("--format", notation));
            Run run = Run.adjoint(arguments.toArray(String[]::new)).ends(0).shows("proved", "checked");
            assertThat(results(run)).containsExactlyElementsOf(results);
        });
    }

    /** The lines of the derivatives and of the parts that they name, without shapes. */
    private static List<String> results(Run run) {
        List<String> results = new ArrayList<>();
        boolean where = false;
        for (String line : run.out().lines().toList()) {
            where = line.startsWith("  where ") || where && line.startsWith("           ");
            if (where || line.matches("(grad|hessian|jacobian)\\(.*")) {
                results.add(line.replaceFirst(" {3}\\[[^\\]]*]$", "").replaceFirst("^ +(where)? *", "where "));
            }
        }
        return results;
    }

    private static String resource() throws IOException {
        try (InputStream in = Objects.requireNonNull(TextbookTest.class.getResourceAsStream("textbook.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
