package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adjoint.check.NDArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code adjoint check --command}: programs that are right, wrong, and that misbehave in every way. */
class ProgramCheckTest {

    private static final String NUMPY = "python3 src/examples/numpy/my_gradient.py";

    @TempDir
    Path directory;

    /** {@link SquaresProgram} on the Java that runs the tests. */
    private static String squares(String arguments) throws Exception {
        Path classes = Path.of(ProgramCheckTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp '"
                + classes + "' org.adjoint.cli.SquaresProgram " + arguments;
    }

    private static Run check(String command, String... more) {
        var args = new java.util.ArrayList<>(List.of("check", "--command", command, "--shape", "x=[2]", "--seed", "7"));
        args.addAll(List.of(more));
        return adjoint(args.toArray(String[]::new));
    }

    /** A program that gives the same answer to every question. */
    private static String always(String answer) {
        return "while read question; do echo '" + answer + "'; done";
    }

    // ---- right and wrong

    @ParameterizedTest
    @CsvSource({"gradient, 1 number", "hvp, 1 number", "vjp, 1", "jvp, 1", "products, 1"})
    void aRightProgramIsConfirmed(String kind, String arguments) throws Exception {
        check(squares(arguments), "--derivative", kind).ends(0).shows("gradient check, seed 7", " 0 wrong, 0 inconcl");
    }

    @Test
    void aWrongOneIsReducedToACommandThatShowsIt() throws Exception {
        check(squares("1.0001 number")).ends(1).shows("WRONG  entry x[",
                "hint: the gradient is 1.00010 times the deriv",
                "smallest failing input found: x = {0, 1}\n", "    adjoint check --command 'exec ",
                " --shape 'x=[2]' --at '{\"x\": [0.0, 1.0]}' --seed 7\n", "the whole check again: --seed 7");
    }

    @Test
    void theReducedCommandFailsAgain() throws Exception {
        check(squares("1.0001 number"), "--at", "{\"x\": [0, 1]}").ends(1).shows("1 right, 3 wrong",
                "entry x[1]: the gradient says 2.0002");
        check(squares("1.0001 number"), "--at", "{\"x\": [0, 1]}", "--tolerance", "0.001").ends(0);
    }

    @Test
    void withoutASeedEachRunDrawsAnother() {
        String constant = always("{\"value\": 3, \"gradient\": {\"x\": [0, 0]}}");
        Run one = adjoint("check", "--command", constant, "--shape", "x=[2]").ends(0);
        assertThat(adjoint("check", "--command", constant, "--shape", "x=[2]").ends(0).out()).isNotEqualTo(one.out());
    }

    @Test
    void reportsForMachines() throws Exception {
        Path xml = directory.resolve("report.xml");
        Path svg = directory.resolve("error.svg");
        Run run = check(squares("-1 number"), "--format", "json", "--junit", xml.toString(), "--plot", svg.toString())
                .ends(1);
        assertThat(JsonMapper.shared().readTree(run.out()).get("outcome").asString()).isEqualTo("wrong");
        assertThat(Files.readString(xml)).contains("<testsuite name=\"exec ");
        assertThat(Files.readString(svg)).contains("<svg");
        assertThat(JsonMapper.shared().readTree(check("exit 3", "--format", "json").ends(4).out()).get("reason")
                .asString()).isEqualTo("it ended with exit code 3");
    }

    // ---- answers that say too little

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"value\": 3, \"gradient\": {\"x\": [1]}} | 1 | the input is [2], the gradient is [1]",
            "{\"value\": 3, \"gradient\": {\"x\": [[0, 0]]}} | 1 | the input is [2], the gradient is 1×2",
            "{\"value\": 3, \"gradient\": {\"y\": [0, 0]}} | 1 | nothing for the input x; it has y",
            "{\"value\": 3, \"gradient\": [0, 0]} | 1 | is an object with an array for each input",
            "{\"value\": 3, \"gradient\": {\"x\": [0, NaN]}} | 1 | the gradient says NaN",
            "{\"value\": 3, \"gradient\": {\"x\": [0, \"-Infinity\"]}} | 1 | the gradient says -Infinity",
            "{\"value\": 3, \"gradient\": {\"x\": [[0], 0]}} | 1 | its rows differ in length",
            "{\"value\": 3, \"gradient\": {\"x\": [\"0\", 0]}} | 1 | holds something that is no number: \"0\"",
            "{\"value\": NaN, \"gradient\": {\"x\": [0, 0]}} | 1 | f(x) is finite, point 0: it is NaN",
            "{\"value\": 1e999, \"gradient\": {\"x\": [0, 0]}} | 1 | it is Infinity",
            "{\"value\": null} | 1 | the value holds something that is no number: null",
            "{\"value\": [1, 2], \"gradient\": {\"x\": [0, 0]}} | 1 | f returns a number",
            "{\"error\": \"singular matrix\"} | 1 | INCONCLUSIVE  f returns a value, point 0: the program says: singular",
            "{\"value\": 3, \"gradient\": {\"x\": [0, 0]}, \"more\": 1} | 0 | 0 wrong",
            "{\"value\": 3} | 4 | its answer has no \"gradient\": {\"value\": 3}",
            "{\"id\": 9, \"value\": 3} | 4 | it answered question 9 when 1 was asked",
            "[3] | 4 | its answer is no JSON object: [3]",
            "{\"value\": 3} {} | 4 | its answer is no JSON object",
            "value = 3 | 4 | (standard output is for answers alone"})
    void answers(String answer, int code, String said) {
        assertThat(check(always(answer)).ends(code).all()).contains(said);
    }

    // ---- programs that misbehave

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "exit 3 | 20 | it ended with exit code 3",
            "echo no weights >&2; exit 1 | 20 | no weights",
            "there_is_no_such_program | 20 | not found",
            "exec >&-; sleep 77.25 | 20 | it closed its standard output",
            "echo loading; sleep 77.25 | 20 | loading",
            "yes | 20 | y",
            "sleep 77.25 | 0.3 | it did not answer within 0.3 s; does it write each answer as one line and flush it?",
            "cat /dev/zero | 0.3 | it did not answer within 0.3 s"})
    void noAnswer(String command, String seconds, String said) throws Exception {
        long start = System.nanoTime();
        check(command, "--seconds", seconds).ends(4).says("the program broke off at question 1: ", "the question was",
                said);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(left()).as("processes left behind").isEmpty();
    }

    /** What still runs of what was started here. */
    private static List<String> left() throws InterruptedException {
        for (int k = 0; k < 40 && !running().isEmpty(); k++) {
            Thread.sleep(50);
        }
        return running();
    }

    private static List<String> running() {
        return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)
                .map(p -> p.info().commandLine().orElse("")).filter(c -> c.contains("77.25")).toList();
    }

    @Test
    void aQuestionThatIsNotReadIsGivenUp() {
        adjoint("check", "--command", "sleep 77.25", "--shape", "x=[300,300]", "--seconds", "0.3").ends(4)
                .says("it did not read the question within 0.3 s");
    }

    @Test
    void aProgramThatDiesLater() {
        check("read a; echo '{\"value\": 3}'; read b; echo '{\"value\": 3}'; echo out of memory >&2; exit 9").ends(4)
                .says("broke off at question 3: it ended with exit code 9", "\"ask\": \"gradient\"", "out of memory");
    }

    // ---- bad options

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--points 0 | --points 0 needs a point",
            "--at {} | the point of --at has nothing for the input x", "--at 3 | no JSON object",
            "--seconds 0 | --seconds must be", "--tolerance 2 | lies in [0, 1)", "--define a=1 | --define is for",
            "--wrt x | without an expression", "--shape x=[3] | given twice",
            "--shape z=[2]spd | positive and in(a, b)"})
    void options(String text, String said) {
        check("true", text.split(" ", 2)).ends(2).says(said);
    }

    @Test
    void aProgramNeedsInputs() {
        adjoint("check", "--command", "true").ends(2).says("the inputs of the program are needed, as in --shape");
        adjoint("check").ends(2).says("an expression is missing, or a program by --command");
        adjoint("check", "x**2", "--points", "3").ends(2).says("are for a program, given by --command");
    }

    // ---- numbers

    @Test
    void everyDoubleArrivesAsItWasSent() {
        double[] x = {0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e-300, 1.0 / 3, Math.nextUp(1.0), 1e23, 2e16 + 2};
        var sent = new NDArray[] {new NDArray(x, 3, 3), new NDArray(new double[0], 2, 0),
                new NDArray(new double[] {7})};
        try (Program cat = Program.start("cat", Duration.ofSeconds(10))) {
            var protocol = new ProgramProtocol(cat, List.of("a b", "\"ü\"", "s"));
            var back = ProgramProtocol.inputs("echo", cat.ask(protocol.inputs(sent)), List.of("a b", "\"ü\"", "s"));
            assertThat(back).containsExactly(sent[0], sent[1], sent[2]);
            assertThat(protocol.inputs(sent)).contains("\"a b\": [[0.1, -0.0, 4.9E-324], [1.7976931348623157E308, ")
                    .contains("[[], []]").endsWith("\"s\": 7.0}");
        }
    }

    // ---- the example

    @Test
    void theNumPyExample() throws Exception {
        assumeTrue(hasNumPy(), "python3 with numpy is not here");
        String[] example = {"check", "--command", NUMPY, "--shape", "W=[k,n]", "--shape", "b=[k]", "--shape", "x=[n]",
                "--seed", "7"};
        adjoint(example).ends(0).shows(" 0 wrong, 0 inconclusive");
        String slip = Files.readString(Path.of("src/examples/numpy/my_gradient.py")).replace("W.T @ p",
                "W.T @ (p + 1)");
        example[2] = "python3 '" + Files.writeString(directory.resolve("slip.py"), slip) + "'";
        adjoint(example).ends(1).shows("WRONG  entry x[",
                "smallest failing input found: W (1×1) = {1}, b = {0}, x = {0}");
    }

    private static boolean hasNumPy() throws InterruptedException {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import numpy").redirectErrorStream(true).start();
            return python.waitFor(20, TimeUnit.SECONDS) && python.exitValue() == 0;
        } catch (IOException none) {
            return false;
        }
    }
}
