package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.adjoint.expr.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of expressions without a meaning: the law first, then what was got, with names and shapes. */
class ElaborationProblemsTest {
    private static final String DECLARATIONS = "a : R; x, y : R[n]; u : R[m]; W : R[m, n]; p : R[4]; q : R[2]; "
            + "sigma : R -> R; phi : R[m, n] -> R; g(s, t) = s + t; h[k] = k for k in 1..3";
    private final Desk desk = Desk.of(DECLARATIONS);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            p + q             | p + q: shapes must match or broadcast; p is [4], q is [2]
            1 + p * q         | p * q: shapes must match or broadcast; p is [4], q is [2]
            a + p + 2*a - q   | a + p + 2*a - q: shapes must match or broadcast; p is [4], q is [2]
            W @ u             | W @ u: the last axis on the left must match the only axis on the right; W is [m, n], u is [m]
            2 * W @ u         | 2 * W @ u: the last axis on the left must match the only axis on the right; 2 * W is [m, n], u is [m]
            a @ x             | a @ x: a matrix product takes vectors and matrices, not scalars; a is [], x is [n]
            x @ y + p         | `x @ y + p is no problem`
            maximum(p, q)     | maximum(p, q): shapes must match or broadcast; p is [4], q is [2]
            where(p > 0, p, q)| where(p > 0, p, q): shapes must match or broadcast; p > 0 is [4], p is [4], q is [2]
            p > q             | p > q: shapes must match or broadcast; p is [4], q is [2]
            inv(W)            | inv(W): inv needs a square matrix; W is [m, n]
            trace(x)          | trace(x): trace needs a square matrix; x is [n]
            1 + [p, q]        | [p, q]: the entries of a list must have one shape; entry 1 is [4], entry 2 is [2]
            phi(x)            | phi(x): argument 1 of phi is declared [m, n]; x is [n]
            grad(W, x)        | grad(W, x): a gradient is of a scalar; W is [m, n]
            grad(a, 2*x)      | one differentiates by a variable; 2*x is an expression
            sum(p, axis=1)    | sum(p, axis=1): axis 1 does not exist; the argument has 1 axis
            p[4]              | p[4]: index 4 is out of range; axis 0 has the entries 0 to 3
            p[2:2]            | the slice 2:2 of an axis of size 4 is empty
            [p[i:i + 2] for i in 0..3] | p[i:i + 2]: index i:i + 2 is out of range; axis 0 has the entries 0 to 3
            [p[i:i] for i in 0..3] | the slice i:i of an axis of size 4 is empty
            [p[i:2] for i in 0..1] | a slice that begins at an index ends at the same index plus its length, as in x[i:i + k]
            concatenate([p, W]) | concatenate([p, W]): shapes must agree except along the axis of concatenation; p is [4], W is [m, n]
            reshape(p, (3, 2))  | reshape(p, (3, 2)): a reshape keeps the number of entries; [3, 2] has 6, not 4; p is [4]
            exp               | exp is a function; call it: exp(x)
            exp()             | the function is exp(x); x is missing
            exp(x, y)         | the function is exp(x); got 2 arguments
            softmax(x, dims=0, foo=1) | the function is softmax(x, axis=-1); there is no foo
            g(1)              | the function is g(s, t); got 1 argument
            g                 | g is a function; call it: g(s, t)
            sigma             | sigma is a function; apply it, as in sigma(x)
            x(1)              | x is a tensor of shape [n], not a function
            h                 | h is a family; name one member, as in h[1]
            h[7]              | h[7] is not defined: no line of the definition of h covers it
            xx                | unknown name xx
            sotfmax(x)        | unknown function sotfmax
            x.foo             | x.foo: a tensor of shape [n] has no attribute foo
            ones(x)           | ones(x): a shape is a list of sizes, such as (2, n)
            x + "a"           | text is not a number
            1 // 0            | 1 // 0: division by zero
            """)
    void messages(String text, String message) {
        if (message.endsWith("is no problem")) {
            assertThat(desk.expr(text).shape()).isEqualTo(Shape.of(4));
        } else {
            assertThat(desk.wrong(text)).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            xx           | did you mean x?
            sotfmax(x)   | did you mean softmax?
            x.sum        | call it: x.sum()
            x + u        | if they are meant to be equal: assume n == m
            unheard_of_1 | declare it, as in `unheard_of_1 : R[n]`, or define it above
            grad(a, 2*x) | define it, as in `v = 2*x`, and use v above
            """)
    void hints(String text, String hint) {
        assertThat(desk.problem(text).hint()).isEqualTo(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            E(x)               | expectations are not computed here
            LSTM(4, 8)         | this layer is not computed by this version: LSTM
            sum(k for k in 1..)| sums over all integers are not computed here
            """)
    void understoodButNotComputed(String text, String reason) {
        Desk models = Desk.of(DECLARATIONS + "; net = Sequential(Linear(2, 3), ReLU()); seq : Z -> R finite_support");
        assertThat(models.problems()).isEmpty();
        assertThat(models.undecided(text)).isEqualTo(reason);
    }

    @Test
    void positionsAreThoseOfTheSmallestExpressionThatFails() {
        Span span = desk.problem("sum(1 + x * (p + q))").span();
        assertThat(span.text()).isEqualTo("p + q");
        assertThat(span.column()).isEqualTo(14);
    }

    @Test
    void brokenDefinitionsAreRememberedWithTheirRoot() {
        Desk broken = Desk.of("""
                z2 : R[4]; z3 : R[2]
                y_hat = z2 + z3
                L = sum(y_hat**2)
                s = sum(z2)
                """);
        assertThat(broken.problems()).containsExactly(
                "z2 + z3: shapes must match or broadcast; z2 is [4], z3 is [2]",
                "the definition of y_hat at text:2:9 is ill-formed: "
                        + "z2 + z3: shapes must match or broadcast; z2 is [4], z3 is [2]");
        assertThat(broken.wrong("2 * L")).isEqualTo("L needs y_hat, whose definition at text:2:9 is ill-formed: "
                + "z2 + z3: shapes must match or broadcast; z2 is [4], z3 is [2]");
        assertThat(broken.shape("s")).isEqualTo(Shape.SCALAR);
    }

    @Test
    void severalProblemsAtOnce() {
        assertThat(Desk.of("""
                a = b + 1
                b = a * 2
                c = c + 1
                d = e1 * f1
                a = 3
                k : R[n] symetric
                g(x) = x + zz
                v : R[0]
                """).problems()).containsExactly("unknown name b", "cyclic definition: b needs a, which needs b",
                "cyclic definition: c is defined by itself", "unknown name e1", "unknown name f1",
                "a is already defined, at text:1:1", "unknown fact symetric", "unknown name zz",
                "a size is an integer from 1, got 0");
    }

    @Test
    void namesHaveOneMeaningInAScopeAndInsideIt() {
        Environment outer = Desk.of("x : R[n]").reader().environment();
        Elaborator inner = new Elaborator(outer.child(), Operators.none(), Dialect.NUMPY, Set.of());
        Statement again = Parser.statements(Source.of("inner", "x = 3"), Dialect.NUMPY).orThrow().get(0);
        assertThat(inner.statement(again)).extracting(Problem::headline)
                .containsExactly("x is already defined, at text:1:1");
        Elaborator beside = new Elaborator(outer.child(), Operators.none(), Dialect.NUMPY, Set.of());
        Statement fresh = Parser.statements(Source.of("beside", "z = sum(x)"), Dialect.NUMPY).orThrow().get(0);
        assertThat(beside.statement(fresh)).isEmpty();
        assertThat(outer.knows("z")).isFalse();
    }

    @Test
    void namesThatOtherSystemsReserveAreOrdinary() {
        Desk names = Desk.of("beta, gamma, E, I, N, x_1, D, e : R; Sum = beta + gamma; C[k] = E*k for k in 1..2");
        assertThat(names.problems()).isEmpty();
        assertThat(names.expr("E * x_1 + Sum - beta"))
                .isSameAs(names.variable("E").times(names.variable("x_1")).plus(names.variable("Sum"))
                        .minus(names.variable("beta")));
    }

    @Test
    void transposingAVectorIsWarnedAbout() {
        assertThat(desk.expr("x.T @ x")).isSameAs(desk.expr("x @ x"));
        assertThat(desk.reader().environment().warnings()).extracting(Problem::headline)
                .containsExactly("x.T: transposing a vector changes nothing; x is [n]");
    }
}
