package org.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.adjoint.cli.Main;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * README.md does what it says: every command on it prints what stands below it, and the Java program what stands in the
 * block after it. With {@code -Dreadme.update=true} the page is written anew with what they print.
 */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

    @TempDir
    static Path directory;

    private static List<Block> blocks() throws IOException { return Block.of(README); }

    @TestFactory
    Stream<DynamicTest> theCommandsPrintWhatIsShown() throws IOException {
        return blocks().stream().filter(block -> block.kind().equals("console"))
                .map(block -> DynamicTest.dynamicTest(block.text().lines().findFirst().orElse(""), () -> {
                    String now = console(block.text());
                    replace(block.text(), now);
                    assertThat(now).isEqualTo(block.text());
                }));
    }

    @Test
    void theProgramPrintsWhatIsShown() throws Exception {
        List<Block> blocks = blocks();
        int program = blocks.stream().map(Block::kind).toList().indexOf("java");
        Block shown = blocks.get(program + 1);
        assertThat(shown.kind()).isEqualTo("output");
        String now = java(blocks.get(program).text());
        replace("```output\n" + shown.text(), "```output\n" + now);
        assertThat(now).isEqualTo(shown.text());
    }

    /** Every package is on the page, with at least one example of every command. */
    @Test
    void nothingIsLeftOut() throws IOException {
        String page = Files.readString(README);
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/org/adjoint"))) {
            assertThat(packages.map(p -> p.getFileName().toString()).sorted())
                    .allSatisfy(name -> assertThat(page).contains("\n      " + name + " "));
        }
        assertThat(page).contains("$ adjoint derive", "$ adjoint equal", "$ adjoint verify", "$ adjoint eval",
                "$ adjoint check",
                "$ adjoint graph");
    }

    // ---- commands

    /** The same commands, each with what it prints now. A file that is shown by {@code cat} is there for the others. */
    private static String console(String text) throws IOException {
        StringBuilder now = new StringBuilder();
        for (String entry : text.split("(?m)^(?=\\$ )")) {
            String command = entry.lines().findFirst().orElse("");
            if (command.startsWith("$ cat ")) {
                Files.writeString(directory.resolve(command.substring(6)), entry.substring(command.length() + 1));
                now.append(entry);
            } else {
                now.append(command).append('\n').append(run(command));
            }
        }
        return now.toString();
    }

    private static String run(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command.substring("$ adjoint ".length()));
        while (word.find()) {
            String text = word.group(1) != null ? word.group(1) : word.group();
            words.add(Files.exists(directory.resolve(text)) ? directory.resolve(text).toString() : text);
        }
        StringWriter out = new StringWriter();
        Main.run(words.toArray(String[]::new), new PrintWriter(out), new PrintWriter(out, true));
        return out.toString().replace(directory + "/", "");
    }

    // ---- Java

    private static String java(String program) throws Exception {
        Matcher name = Pattern.compile("class (\\w+)").matcher(program);
        assertThat(name.find()).isTrue();
        Path source = Files.writeString(directory.resolve(name.group(1) + ".java"), program);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler().run(null, errors, errors, "-Xlint:all", "-Werror",
                "-proc:none",
                "-Xlint:-path", "-d", directory.toString(), source.toString());
        assertThat(failed).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream usual = System.out;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
                PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            var main = loader.loadClass(name.group(1)).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            System.setOut(captured);
            main.invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(usual);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    // ---- writing anew

    private static void replace(String shown, String now) throws IOException { Block.update(README, shown, now); }
}
