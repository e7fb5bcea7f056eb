package org.adjoint.cli;

import static org.adjoint.cli.Run.adjoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is told with its place, the rule, and what to do; it never ends in a trace, a hang or a wrong answer. */
@Timeout(60)
class BadInputTest {
    private static final String LEAST_SQUARES = "sum((W @ x)**2)";
    private static final String W = "W=[m,n]";
    private static final String X = "x=[n]";

    // ---- names

    @Test
    void aMisspelledNameIsToldWithTheNearest() {
        adjoint("derive", "sum(weigth**2)", "--shape", "weight=[m,n]").ends(2)
                .says("<expression>:1:5: unknown name weigth", "^^^^^^", "did you mean weight?");
        adjoint("eval", "2 * radus", "--define", "radius = 3").ends(2).says("<expression>:1:5", "did you mean radius?");
        adjoint("derive", "sum(sofmax(z))", "--shape", "z=[n]").ends(2)
                .says("<expression>:1:5: unknown function sofmax", "did you mean softmax?");
    }

    /** A name without a shape is a scalar; w1 beside w2 is no slip. */
    @Test
    void aNewNameIsAScalarAndTheReportSaysSo() {
        adjoint("derive", "w1 * w2", "--shape", "w1=[]").ends(0).shows("taken as scalars, as no shape is given: w2",
                "grad(f, w1) = w2 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"derive", "check"})
    void wrtNamesAVariable(String command) {
        adjoint(command, "sum(x)", "--shape", X, "--wrt", "X").ends(2).says("--wrt X: no such variable; there is x",
                "did you mean x?");
        adjoint(command, LEAST_SQUARES, "--shape", W, "--shape", X, "--wrt", "y").ends(2).says("there are W, x");
    }

    /** Names that other systems take for themselves are names. */
    @ParameterizedTest
    @CsvSource({"beta, 1", "gamma, 1", "x_1, 1", "I, 1", "Pi, 1", "D, 1"})
    void namesThatLookBuiltIn(String name, String gradient) {
        adjoint("derive", name + " + 1").ends(0).shows("grad(f, " + name + ") = " + gradient + " ");
    }

    @Test
    void expectationIsAFunctionUnlessDeclared() {
        adjoint("derive", "E * t").ends(2).says("<expression>:1:1: E is a function");
        adjoint("derive", "E * t", "--shape", "E=[]", "--wrt", "t").ends(0).shows("grad(f, t) = E ");
    }

    // ---- shapes

    @Test
    void aWrongShapeIsToldWithTheLawAndBothShapes() {
        String[] said = {"<expression>:1:5: W @ x: ", "must match", "W is [m, n], x is [m]"};
        for (String command : new String[] {"derive", "check", "graph", "eval"}) {
            adjoint(command, "sum(W @ x)", "--shape", W, "--shape", "x=[m]").ends(2).says(said);
        }
    }

    @Test
    void aMatrixWithoutAShapeIsToldToBeTakenAsAScalar() {
        adjoint("derive", LEAST_SQUARES, "--shape", X).ends(2).says("W is [], x is [n]",
                "taken as scalars, as no shape is given: W");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"x=[0] | a size is an integer from 1", "x=[-1] | a size is an integer from 1",
            "x=[n | `[` is never closed", "x | expected", "x=[n] possitive | did you mean positive?", "=[n] | expected",
            "x=[2.5] | 2.5"})
    void aShapeThatIsNone(String shape, String said) {
        adjoint("derive", "sum(x)", "--shape", shape).ends(2).says("--shape:1:", said);
    }

    @Test
    void whatIsDifferentiatedMustFitItsLayout() {
        adjoint("derive", "W @ x", "--shape", W, "--shape", X).ends(1).shows(
                "refused: the layout gradient is of a scalar",
                "[m]", "jacobian fits", "  at       W @ x\n");
        adjoint("check", "W @ x", "--shape", W, "--shape", X).ends(2).says("scalar", "W @ x is [m]");
    }

    // ---- what cannot be derived

    /** A constant, a size and an expression are no variables; a part that repeats is given a name first. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"3 | 3 is a constant", "n | n is a size, which does not vary continuously",
            "A*x | A*x is an expression", "exp(x) | exp(x) is an expression that does not occur in the function",
            "sum(x) | sum(x) is an expression", "A*y | unknown name y"})
    void whatIsDifferentiatedByMustBeAVariable(String wrt, String said) {
        adjoint("derive", "norm2(A*x)+sum(x)^2", "--dialect", "matlab", "--shape", "A=[m,n]", "--shape", X, "--wrt",
                wrt)
                .ends(2).says(said);
    }

    /** A refusal points at the part that has no value wherever it was tried. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"tr(inv(x*x'))+sum(x) | inv(x*x')",
            "sum(log(-exp(x))) | log(-exp(x))", "sum(inv(ones(n,n))*x) | inv(ones(n,n))"})
    void aRefusalNamesThePartAtFault(String f, String part) {
        adjoint("derive", f, "--dialect", "matlab", "--shape", X, "--wrt", "x").ends(1).shows("grad(f, x) refused: ",
                "  at       " + part + "\n");
    }

    /** Argmax and the 0/1 loss are constant between their jumps. */
    @ParameterizedTest
    @ValueSource(strings = {"sum(step(-y.*(A*x)))", "sum(sign(A*x)-y)"})
    void jumpsAreRefused(String loss) {
        adjoint("derive", loss, "--dialect", "matlab", "--shape", "A=[m,n]", "--shape", X, "--shape", "y=[m]", "--wrt",
                "x")
                .ends(1).shows("grad(f, x) refused: ", "== 0 almost everywhere");
    }

    /** What cannot be read is a refusal for programs too, by every variable that was asked for. */
    @Test
    void anIllFormedExpressionIsARefusalInJson() {
        adjoint("derive", "tr(A)", "--dialect", "matlab", "--shape", "A=[m,n]", "--wrt", "A", "--format", "json")
                .ends(2)
                .shows("\"results\" : [ ]", "\"wrt\" : \"A\"", "tr needs a square matrix; A is [m, n]",
                        "\"at\" : \"tr(A)\"")
                .says("<expression>:1:1: tr(A): tr needs a square matrix");
    }

    @Test
    void undeclaredNamesOfTheDialectMatlabAreScalarsAndSaidSo() {
        adjoint("derive", "a*x'*x", "--dialect", "matlab", "--shape", X, "--wrt", "x", "--format", "matlab").ends(0)
                .shows("% taken as scalars, as no shape is given: a\n", "\n2*a*x\n");
    }

    // ---- definitions

    @Test
    void aNameHasOneMeaning() {
        adjoint("derive", "sum(x)", "--shape", X, "--shape", "x=[m]").ends(2).says("x is already defined");
        adjoint("derive", "q", "--define", "q = a", "--define", "q = 2*a").ends(2).says("q is already defined");
    }

    @Test
    void definitionsMakeNoCircle() {
        adjoint("derive", "q", "--define", "q = q + 1").ends(2)
                .says("--define:1:5: cyclic definition: q is defined by itself");
        adjoint("derive", "q", "--define", "q = p", "--define", "p = q").ends(2).says("--define:1:5: unknown name p",
                "define it above");
    }

    // ---- numbers

    @ParameterizedTest
    @ValueSource(strings = {"nan", "NaN", "inf", "infinity", "Infinity"})
    void quantitiesAreReal(String literal) {
        for (String command : new String[] {"derive", "check", "graph", "eval"}) {
            adjoint(command, "t + " + literal).ends(2).says("<expression>:1:5: `" + literal + "` is not a number",
                    "all quantities are real");
        }
    }

    /** 1.0E-5 is a decimal, not e minus five. */
    @Test
    void decimalsMayHaveAnExponent() {
        adjoint("eval", "1.0E-5").ends(0).shows("0.00001");
        adjoint("derive", "1.0E-5 * t").ends(0).shows("grad(f, t) = 1/100000 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9**9**9", "t + 9**9**9", "t**(9**9**9)"})
    void whatTakesTooMuchIsUndecided(String expression) {
        for (String command : new String[] {"derive", "check", "graph"}) {
            adjoint(command, expression).ends(1).says("budget exceeded", "1,000,000 bits");
        }
        adjoint("eval", "9**9**9").ends(1).says("budget exceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/0", "0/0", "0 * (1/0)", "log(0)", "sqrt(-2)", "inv([[0, 0], [0, 0]])[0, 0]"})
    void whatHasNoValueIsNotGivenOne(String expression) {
        adjoint("eval", expression).ends(1).says("no value: ");
    }

    @Test
    void whatHasNoValueHasNoDerivative() {
        adjoint("derive", "t/0").ends(1).shows("grad(f, t) refused: no point was found");
        adjoint("check", "t/0").ends(1).shows("grad(f, t) undecided: no point was found");
    }

    @Test
    void valuesMustBeGiven() {
        adjoint("eval", "W @ x", "--shape", W, "--shape", X).ends(2).says("no value for", "W [m, n]", "x [n]",
                "--define");
    }

    // ---- syntax

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | 1:1: the statement ends; expected an expression",
            "t + | 1:4: the statement ends after `+`; expected an expression", "W @ x) | 1:6: unexpected `)`",
            "(t + 1 | 1:1: `(` is never closed", "2t | for a product write `2*t`", "t u | for a product write `t*u`",
            "t = 1 | 1:3: ", "t $ 1 | 1:3: "})
    void aSyntaxErrorHasItsPlace(String expression, String said) {
        for (String command : new String[] {"derive", "check", "graph", "eval"}) {
            adjoint(command, expression).ends(2).says("<expression>:", said, "^");
        }
    }

    @Test
    void deepNestingIsRead() {
        String nested = "(".repeat(10_000) + "t" + ")".repeat(10_000);
        adjoint("derive", nested).ends(0).shows("grad(f, t) = 1 ");
        adjoint("eval", nested, "--define", "t = 7").ends(0).shows("7\n");
        adjoint("derive", "(".repeat(10_000) + "t").ends(2).says("`(` is never closed");
        adjoint("check", "sin(".repeat(10_000) + "t" + ")".repeat(10_000)).ends(0).shows("grad(f, t) agrees");
    }

    @Test
    void longSumsAreRead() {
        String sum = "t + ".repeat(100_000) + "t";
        adjoint("derive", sum).ends(0).shows("grad(f, t) = 100001 ");
        adjoint("check", sum).ends(0).shows("grad(f, t) agrees");
        adjoint("graph", sum).ends(0).shows("digraph");
        adjoint("eval", sum, "--define", "t = 1/2").ends(0).shows("50000.5\n");
    }

    // ---- options

    @ParameterizedTest
    @ValueSource(strings = {"derive", "verify", "eval", "check", "graph"})
    void anUnknownOptionIsNamed(String command) {
        adjoint(command, "t", "--frobnicate").ends(2).says("unknown option --frobnicate",
                "see: adjoint " + command + " --help");
    }

    @ParameterizedTest
    @CsvSource({"derive,--wrt", "derive,--shape", "check,--gradient", "graph,--output", "eval,--digits",
            "verify,--seconds"})
    void anOptionNeedsItsValue(String command, String option) {
        adjoint(command, "t", option).ends(2).says("Missing required parameter for option '" + option + "'");
    }

    @ParameterizedTest
    @CsvSource({"derive,--format,pdf,TEXT", "derive,--layout,foo,JACOBIAN", "derive,--seed,abc,an integer",
            "eval,--digits,0,from 1 to 1000", "eval,--digits,many,an integer", "verify,--seconds,-1,above 0",
            "verify,--seconds,abc,a number", "graph,--format,png,SVG", "derive,--dialect,fortran,NUMPY"})
    void anOptionTakesOnlySomeValues(String command, String option, String value, String said) {
        adjoint(command, "t", option, value).ends(2).says(option, said);
    }

    @Test
    void aCommandIsNeeded() {
        adjoint().ends(2).says("a command is missing",
                "derive, limit, matrix, equal, verify, eval, check, graph, model");
        adjoint("drive").ends(2).says("unknown command drive",
                "derive, limit, matrix, equal, verify, eval, check, graph, model");
        adjoint("derive").ends(2).says("Missing required parameter: 'EXPRESSION'");
        adjoint("verify").ends(2).says("Missing required parameter: 'PATH'");
    }

    @Test
    void drawingsNeedAPlace() {
        adjoint("graph", "t", "--output", "/nonexistent/directory/t.dot").ends(2).says("--output", "cannot be written");
    }

    @Test
    void aClaimedGradientIsByOneVariableAndHasItsShape() {
        adjoint("check", LEAST_SQUARES, "--shape", W, "--shape", X, "--gradient", "x").ends(2).says("--wrt");
        Run wrong = adjoint("check", LEAST_SQUARES, "--shape", W, "--shape", X, "--wrt", "W", "--gradient",
                "outer(x, W @ x)").ends(1);
        assertThat(wrong.out()).contains("contradicted", "[m, n]", "[n, m]");
    }

    // ---- files and sizes that cannot be

    @Test
    void filesThatCannotBeReadOrWritten(@TempDir Path directory) throws IOException {
        Path binary = Files.write(directory.resolve("binary.md"), new byte[] {65, (byte) 0xff, 66});
        String missing = directory.resolve("none.md").toString();
        adjoint("model", "net", "--file", missing, "--input", "[4]").ends(2)
                .says("--file " + missing + ": there is no such file or directory");
        adjoint("model", "net", "--file", binary.toString(), "--input", "[4]").ends(2)
                .says("binary.md:1:2: this is not a text file", "expected Markdown in UTF-8");
        adjoint("model", "Linear(4, 8)", "--input", "[4]", "--output", directory.resolve("no/x.txt").toString()).ends(2)
                .says("x.txt: cannot be written: there is no such file or directory");
    }

    @Test
    void sizesThatNoTensorHas() {
        adjoint("derive", "sum(v)", "--shape", "v=[2147483648]").ends(2)
                .says("--shape:1:4: a size is at most 2147483647, got 2147483648");
        adjoint("derive", "sum(v)", "--shape", "v=[99999999999999999999]").ends(2)
                .says("--shape:1:4: a size is at most", "got 99999999999999999999");
        adjoint("eval", "zeros(3000000000)").ends(1).says("tensor entries");
    }

    @Test
    void aPointThatIsNoObject() {
        adjoint("check", "--command", "cat", "--shape", "x=[n]", "--at", "{\"x\": [1").ends(2)
                .says("--at: no JSON object with an entry for each input, as in {\"x\": [1, 2]}");
    }
}
