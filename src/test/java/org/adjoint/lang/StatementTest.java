package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement form and every clause. */
class StatementTest {

    private static List<Statement> read(String text) {
        return Parser.statements(Source.of("block", text), Dialect.NUMPY).orThrow();
    }

    private static <T extends Statement> T one(String text, Class<T> kind) {
        List<Statement> statements = read(text);
        assertThat(statements).hasSize(1);
        assertThat(statements.get(0).text()).isEqualTo(text);
        return kind.cast(statements.get(0));
    }

    private static List<Clause> clauses(String clauses) {
        return one("claim c: a == b " + clauses, Statement.Claim.class).clauses();
    }

    @Test
    void declaresNamesWithTypeAndFacts() {
        Statement.Declaration d = one("x, y : R[n, 2*n+1] in(0, inf) nonzero 01 random(normal(0, 1), seed=3)",
                Statement.Declaration.class);
        assertThat(d.names()).extracting(Syntax.Name::id).containsExactly("x", "y");
        TypeSyntax.Tensor type = (TypeSyntax.Tensor) d.type();
        assertThat(type.domain()).isEqualTo(TypeSyntax.Domain.R);
        assertThat(type.sizes()).extracting(Outline::of).containsExactly("n", "(sum (multiply 2 n) 1)");
        assertThat(d.facts()).extracting(FactSyntax::name).containsExactly("in", "nonzero", "01", "random");
        assertThat(d.facts().get(0).arguments()).extracting(Outline::of).containsExactly("0", "inf");
        assertThat(d.facts().get(3).keywords()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A : R[n,n] symmetric spd orthogonal invertible", "x : R positive", "n : N", "k : Z",
            "s : Z[n] pm1", "t : R[]", "h : Z -> R finite_support", "y : R[K] onehot, probability",
            "phi : R[m,n] -> R", "g : R[n], R -> R[m] linear", "i, j : index(n)"})
    void acceptsEveryTypeAndFact(String text) {
        assertThat(one(text, Statement.Declaration.class).names()).isNotEmpty();
    }

    @Test
    void readsUnknownFunctions() {
        TypeSyntax.Function f = (TypeSyntax.Function) one("g : R[n], Z -> R[m]", Statement.Declaration.class).type();
        assertThat(f.arguments()).extracting(TypeSyntax.Tensor::domain).containsExactly(TypeSyntax.Domain.R,
                TypeSyntax.Domain.Z);
        assertThat(f.result().sizes()).hasSize(1);
    }

    @Test
    void definesVariablesFunctionsAndFamilies() {
        assertThat(one("z = w * X", Statement.Definition.class).target())
                .isInstanceOfSatisfying(Statement.Target.Variable.class, t -> assertThat(t.name().id()).isEqualTo("z"));
        assertThat(one("nu(beta, x) = beta", Statement.Definition.class).target()).isInstanceOfSatisfying(
                Statement.Target.Function.class,
                t -> assertThat(t.parameters()).extracting(Syntax.Name::id).containsExactly("beta", "x"));
        Statement.Definition family = one("h[t] = tanh(W @ h[t-1]) for t in 1..", Statement.Definition.class);
        assertThat(family.target()).isInstanceOfSatisfying(Statement.Target.Family.class,
                t -> assertThat(t.indices()).extracting(Outline::of).containsExactly("t"));
        assertThat(family.clauses()).hasSize(1);
        assertThat(one("h[0] = x", Statement.Definition.class).target().name().id()).isEqualTo("h");
    }

    @Test
    void claimsCarryIdPartAndClauses() {
        Statement.Claim c = one("claim 000.3b/ii-z2_x.1e5 \"other form\": a == b == 7.5", Statement.Claim.class);
        assertThat(c.id()).isEqualTo("000.3b/ii-z2_x.1e5");
        assertThat(c.part()).contains("other form");
        assertThat(Outline.of(c.proposition())).isEqualTo("(a == b == 7.5)");
        assertThat(c.clauses()).isEmpty();
        assertThat(one("claim forward:  L == 3.125", Statement.Claim.class).part()).isEmpty();
    }

    @Test
    void askReadsAnExpression() {
        Statement.Ask ask = one("ask q.1: grad(L, W) given n > 1", Statement.Ask.class);
        assertThat(Outline.of(ask.expression())).isEqualTo("(call grad L W)");
        assertThat(ask.clauses()).hasSize(1);
    }

    @Test
    void assumeReadsPropositions() {
        assertThat(one("assume n >= 2, m == n", Statement.Assume.class).propositions()).hasSize(2);
    }

    @Test
    void choiceReadsOptionsOnOneLineOrMany() {
        String many = """
                choice 001.5a = B {
                  A: x == 1 and
                     y == 2
                  B: z in {1, 2} for i in 1..3; C: [a,
                b] == w
                }""";
        Statement.Choice c = one(many, Statement.Choice.class);
        assertThat(c.answer()).isEqualTo("B");
        assertThat(c.options()).extracting(Statement.Option::label).containsExactly("A", "B", "C");
        assertThat(c.options().get(1).clauses()).hasSize(1);
        assertThat(one("choice q = A { A: p; B: q } expect holds", Statement.Choice.class).options()).hasSize(2);
        assertThat(one("choice q = 2 { 1: p; 2: not p }", Statement.Choice.class).answer()).isEqualTo("2");
    }

    @Test
    void forBindsNamesWithAndWithoutRanges() {
        Clause.For f = (Clause.For) clauses("for i, j in a..b, c in {1, 2}, k").get(0);
        assertThat(Outline.binders(f.binders()))
                .isEqualTo(" [i in (range a b)] [j in (range a b)] [c in (set 1 2)] [k]");
    }

    @Test
    void forAllDeclares() {
        Clause.ForAll f = (Clause.ForAll) clauses("for all n : Z, x, y : R[n] nonzero, g : R, R -> R given n > 1")
                .get(0);
        assertThat(f.variables()).hasSize(3);
        assertThat(f.variables().get(1).names()).extracting(Syntax.Name::id).containsExactly("x", "y");
        assertThat(f.variables().get(2).type()).isInstanceOf(TypeSyntax.Function.class);
    }

    @Test
    void givenWithUnderWithinExpect() {
        List<Clause> c = clauses("given x > 0, y in {1,2} with W = 0, net[1].weight = A.T "
                + "under scalar = [1], var = n - 1, ops=mul+add, relu0=half almost everywhere within 5% "
                + "expect refuted link 2");
        assertThat(c).hasSize(6);
        assertThat(((Clause.Given) c.get(0)).propositions()).hasSize(2);
        assertThat(((Clause.With) c.get(1)).substitutions()).extracting(s -> Outline.of(s.target())).containsExactly(
                "W",
                "(. (index net 1) weight)");
        assertThat(((Clause.Under) c.get(2)).settings()).extracting(s -> s.convention() + "=" + s.value())
                .containsExactly("scalar=[1]", "var=n-1", "ops=mul+add", "relu0=half");
        assertThat(c.get(3)).isInstanceOf(Clause.AlmostEverywhere.class);
        assertThat(((Clause.Within) c.get(4)).relative()).isTrue();
        Clause.Expect expect = (Clause.Expect) c.get(5);
        assertThat(expect.verdict()).isEqualTo(Clause.Expected.REFUTED);
        assertThat(expect.link()).isEqualTo(OptionalInt.of(2));
        assertThat(expect.span().text()).isEqualTo("expect refuted link 2");
        assertThat(((Clause.Within) clauses("within 1e-6").get(0)).relative()).isFalse();
        assertThat(clauses("within printed").get(0)).isInstanceOf(Clause.WithinPrinted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"holds", "proved", "supported", "refuted", "undecided", "ill-formed"})
    void expectKnowsEveryVerdict(String verdict) {
        assertThat(((Clause.Expect) clauses("expect " + verdict).get(0)).verdict().word()).isEqualTo(verdict);
    }

    @Test
    void statementsEndAtLinesAndSemicolons() {
        List<Statement> s = read("""
                X = 1;  y = 1/2;   # two
                W = [[1, 2],
                [3, 4]]
                L = a
                    + b
                  claim c: L == 1 and
                    true
                  z = 3
                """);
        assertThat(s).extracting(Statement::text).containsExactly("X = 1", "y = 1/2", "W = [[1, 2],\n[3, 4]]",
                "L = a\n    + b", "claim c: L == 1 and\n    true", "z = 3");
    }

    @Test
    void theDesignsExampleIsRead() {
        List<Statement> s = read("""
                X = 1;  y = 1/2;  w1 = 1;  w2 = 2
                z1 = w1 * X;  z2 = relu(z1);  z3 = w2 * z2
                y_hat = z2 + z3
                L = 1/2 * (y_hat - y)**2
                claim forward:  L == 3.125
                claim z2_bar:   grad(L, z2) == grad(L, y_hat) * 1 + grad(L, z3) * w2 == 7.5

                x : R[n];  nu(beta) = log(sum(exp(beta * x))) / beta           # any n
                claim low_temp: limit(nu(beta), beta -> inf) == max(x)
                claim softmax:  grad(nu(1), x) == softmax(x)

                net = Sequential(Conv2d(3, 8, 3, stride=2, padding=1), BatchNorm2d(8), ReLU())
                claim params:   parameters(net) == 240
                """);
        assertThat(s).hasSize(17);
        assertThat(s.stream().filter(Statement.Claim.class::isInstance).map(Statement.Claim.class::cast))
                .extracting(Statement.Claim::id).containsExactly("forward", "z2_bar", "low_temp", "softmax", "params");
    }

    @ParameterizedTest
    @ValueSource(strings = {"W=[m,n]", "X=[n, n] invertible symmetric", "t=[]", "x : R[n] positive"})
    void shapesOfTheCommandLine(String text) {
        Statement.Declaration d = Parser.shape(Source.of("<shape>", text));
        assertThat(d.names()).hasSize(1);
        assertThat(d.type()).isInstanceOf(TypeSyntax.Tensor.class);
        assertThat(d.facts()).hasSize(text.contains("invertible") ? 2 : text.contains("positive") ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "W", "W=", "W=3", "W=[m", "3=[m]", "W=[m] = 2"})
    void badShapesAreProblems(String text) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Parser.shape(Source.of("<shape>", text))))
                .isInstanceOf(SyntaxException.class);
    }

    @Test
    void oneBadStatementSpoilsOnlyItself() {
        Parser.Block block = Parser.statements(Source.of("block", """
                a = 1
                b = (2 +
                claim one: a == 1
                c = 2x
                d = [1, 2
                e = "open
                claim two: a && b
                claim three: a == 1
                f = 3; g = = 4; h = 5
                """), Dialect.NUMPY);
        assertThat(block.statements()).extracting(Statement::text).containsExactly("a = 1", "claim one: a == 1",
                "claim three: a == 1", "f = 3", "h = 5");
        assertThat(block.problems()).extracting(p -> p.span().line()).containsExactly(2, 4, 5, 6, 7, 9);
    }

    @Test
    void spansAreTheTextAsWritten() {
        Statement.Claim c = one("claim a: f(x, 2*y) == (a + b)*c if p else [1]", Statement.Claim.class);
        assertThat(Trees.postorder(c.proposition())).extracting(Syntax::text).containsExactly("f", "x", "2", "y", "2*y",
                "f(x, 2*y)", "a", "b", "a + b", "c", "(a + b)*c", "f(x, 2*y) == (a + b)*c", "p", "1", "[1]",
                "f(x, 2*y) == (a + b)*c if p else [1]");
        Span y = Trees.names(c.proposition()).get(2).span();
        assertThat(y.toString()).isEqualTo("block:1:17");
        assertThat(y.length()).isEqualTo(1);
    }

    @Test
    void partsAreOptional() {
        assertThat(one("ask a 'x': b", Statement.Ask.class).part()).isEqualTo(Optional.of("x"));
    }
}
