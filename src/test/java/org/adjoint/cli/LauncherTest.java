package org.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script finds a JDK by itself, runs beside any jar, and passes arguments and exit codes on. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path home;

    /** The script with a library of the classes under test. */
    private Path installed() throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        return Files.copy(Path.of("src/main/bash/adjoint"), bin.resolve("adjoint"));
    }

    private Run run(Map<String, String> environment, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", installed().toString()));
        command.addAll(List.of(args));
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("JDK_"));
        builder.environment().putAll(environment);
        // no class archive: it takes jars only, and a cache that cannot be written must not matter
        builder.environment().put("XDG_CACHE_HOME", "/dev/null");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** {@code ADJOINT_OPTS} lets the script run the classes under test instead of an installed jar. */
    private Map<String, String> classesUnderTest() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "ADJOINT_OPTS",
                "-Xbootclasspath/a:" + System.getProperty("java.class.path"));
    }

    @Test
    void argumentsAndExitCodesPass() throws IOException, InterruptedException {
        Run right = run(classesUnderTest(), "eval", "1/3 + 1/6", "--format", "json").ends(0);
        assertThat(right.out()).contains("\"expression\" : \"1/3 + 1/6\"", "\"value\" : \"0.5\"");
        Files.delete(home.resolve("bin/adjoint"));
        run(classesUnderTest(), "verify", home.resolve("missing.md").toString()).ends(2)
                .says("there is no such file or directory");
    }

    /** What Unicode and LaTeX need survives any locale. */
    @Test
    void outputIsUtf8() throws IOException, InterruptedException {
        Map<String, String> plain = new java.util.HashMap<>(classesUnderTest());
        plain.put("LC_ALL", "C");
        assertThat(
                run(plain, "derive", "sum((W @ x)**2)", "--shape", "W=[m,n]", "--shape", "x=[n]", "--format", "unicode")
                        .ends(0).out())
                .contains("grad(f, W) = 2 W x xᵀ");
    }
}
