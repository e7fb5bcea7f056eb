package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.adjoint.expr.Rational;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of binding strengths and every form of an expression, as the language reference lists them. */
class ExpressionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -x**2                 | (negate (power x 2))
            2**-x**2              | (power 2 (negate (power x 2)))
            2**-x*y               | (multiply (power 2 (negate x)) y)
            a**b**c               | (power a (power b c))
            a^b^c                 | (power a (power b c))
            -a*b                  | (multiply (negate a) b)
            - -a                  | (negate (negate a))
            a - -b + c            | (sum a -(negate b) c)
            +a                    | (plus a)
            a*b/c@d//e%f          | (modulo (floor_divide (matmul (divide (multiply a b) c) d) e) f)
            a/(b/c)               | (divide a (divide b c))
            a + b - c*d + e       | (sum a b -(multiply c d) e)
            (a + b) + c           | (sum (sum a b) c)
            a - (b - c)           | (sum a -(sum b -c))
            -a + b                | (sum (negate a) b)
            1..n - 1              | (range 1 (sum n -1))
            x in 1..3             | (x in (range 1 3))
            a == b <= c != d      | (a == b <= c != d)
            (a == b) == c         | ((a == b) == c)
            a ~= 3.1 > b >= c < d | (a ~= 3.1 > b >= c < d)
            a not in s            | (a not in s)
            not a == b            | (not (a == b))
            not not a             | (not (not a))
            not a and not b or c  | (or (and (not a) (not b)) c)
            a and b and c         | (and a b c)
            a or b and c or d     | (or a (and b c) d)
            a implies b implies c | (implies a (implies b c))
            a or b implies c      | (implies (or a b) c)
            x if p else y         | (if p x y)
            x if p else y if q else z | (if p x (if q y z))
            x if p if q else r else y | (if (if q p r) x y)
            a + b if c > d else e*f | (if (c > d) (sum a b) (multiply e f))
            a implies b if c else d | (if c (implies a b) d)
            """)
    void bindsAsTheReferenceSays(String text, String outline) {
        assertThat(Outline.of(text)).isEqualTo(outline);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            f(x)(y)               | (call (call f x) y)
            f()                   | (call f)
            Conv2d(3, 8, stride=2, padding=1) | (call Conv2d 3 8 stride=2 padding=1)
            Sequential(*layers, head) | (call Sequential (spread layers) head)
            net(x, training=false) | (call net x training=false)
            bn(x, bias=False, mode='same', s="n-1") | (call bn x bias=false mode="same" s="n-1")
            ill_formed(y = a + b) | (call ill_formed y=(sum a b))
            net[0].weight         | (. (index net 0) weight)
            x[1:]                 | (index x (slice 1 _ _))
            x[:, None, ::2, a:b:c, ...] | (index x (slice _ _ _) None (slice _ _ 2) (slice a b c) ...)
            x[:]                  | (index x (slice _ _ _))
            x[:-1, i+1]           | (index x (slice _ (negate 1) _) (sum i 1))
            W.T @ x               | (matmul (T W) x)
            (A @ B).T             | (T (matmul A B))
            -x.T**2               | (negate (power (T x) 2))
            np.exp(x)             | (call (. np exp) x)
            sigma'(x) * sigma''(x) | (multiply (call (prime1 sigma) x) (call (prime2 sigma) x))
            []                    | (list)
            [[1, 2], [3, 4],]     | (list (list 1 2) (list 3 4))
            ()                    | (tuple)
            (a,)                  | (tuple a)
            (2, 3)                | (tuple 2 3)
            {}                    | (set)
            {a, b}                | (set a b)
            [x[i] for i in 1..n]  | (each-list (index x i) [i in (range 1 n)])
            [[i*j for i in 1..2] for j in 1..3] | (each-list (each-list (multiply i j) [i in (range 1 2)]) [j in (range 1 3)])
            [e for i, j in a..b, k in {1, 2}] | (each-list e [i in (range a b)] [j in (range a b)] [k in (set 1 2)])
            [e for i in a for j in b] | (each-list e [i in a] [j in b])
            {2*k for k in 1..3}   | (each-set (multiply 2 k) [k in (range 1 3)])
            sum(x[k] for k)       | (call sum (each-argument (index x k) [k]))
            sum(x[k]*y[j] for k, j) | (call sum (each-argument (multiply (index x k) (index y j)) [k] [j]))
            sum(x[k] for k in 0..n-1, axis=0) | (call sum (each-argument (index x k) [k in (range 0 (sum n -1))]) axis=0)
            sum(x[k] for k, 3)    | (call sum (each-argument (index x k) [k]) 3)
            sum((e for k in Z))   | (call sum (each-argument e [k in Z]))
            {k in 1..3 : x > k}   | (such-that [k in (range 1 3)] (x > k))
            {i, j in 1..3, c in s : p} | (such-that [i in (range 1 3)] [j in (range 1 3)] [c in s] p)
            {(i, j) in 1..3, 1..4 : i < j} | (such-that [i in (range 1 3)] [j in (range 1 4)] (i < j))
            {(a, b) in pairs : a < b} | (such-that [(tuple a b) in pairs] (a < b))
            parents(v4) == {v1, v2} | ((call parents v4) == (set v1 v2))
            limit(f(b), b -> inf) | (call limit (call f b) (to-both b inf))
            limit(f(b), b -> -inf) | (call limit (call f b) (to-both b (negate inf)))
            limit(f(b), b -> np.inf) | (call limit (call f b) (to-both b inf))
            limit(f(b), b -> 0+)  | (call limit (call f b) (to-above b 0))
            limit(f(b), b -> a - 1-, c -> 0) | (call limit (call f b) (to-below b (sum a -1)) (to-both c 0))
            [h for t in 1..]      | (each-list h [t in (range 1 _)])
            sum(f(k) for k in -inf..inf) | (call sum (each-argument (call f k) [k in (range (negate inf) inf)]))
            2.5e3 + .5 + 1. + 1.0E-5 | (sum 2.5e3 .5 1. 1.0E-5)
            96% - x               | (sum 96% -x)
            5 % 3                 | (modulo 5 3)
            5%3                   | (modulo 5 3)
            5%k                   | (modulo 5 k)
            x == 96% if p else q  | (if p (x == 96%) q)
            1..5                  | (range 1 5)
            0.5..1.5              | (range 0.5 1.5)
            """)
    void readsEveryForm(String text, String outline) {
        assertThat(Outline.of(text)).isEqualTo(outline);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Wᵀ ⊙ X                | W.T ⊙ X
            ∘(x)                  | error
            a − b                 | a - b
            a·b ⋅ c               | a*b*c
            a ≤ b ≥ c ≠ d ≈ e     | a <= b >= c != d ~= e
            x ∈ S                 | x in S
            p ∧ q ∨ ¬r ⇒ s        | p and q or not r implies s
            β + Σ + ϵ             | beta + Sigma + epsilon
            ∑(x) * ∏(x)           | sum(x) * prod(x)
            ŷ + ȳ + z̃ + ẋ + z2̄    | y_hat + y_bar + z_tilde + x_dot + z2_bar
            x₁ + x₁₂              | x_1 + x_12
            √x**2                 | sqrt(x)**2
            √(a + b)              | sqrt(a + b)
            ∇(L, W)               | grad(L, W)
            ∇_W L == 0            | grad(L, W) == 0
            σ′(x)                 | sigma'(x)
            limit(e, β → ∞)       | limit(e, beta -> inf)
            x[…, 0]               | x[..., 0]
            """)
    void acceptsWhatAPrinterWrites(String unicode, String ascii) {
        if (ascii.equals("error")) {
            assertThat(Slip.of(unicode).headline()).contains("unexpected");
        } else {
            assertThat(Outline.of(unicode)).isEqualTo(Outline.of(ascii));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x² + y¹⁰   | (sum (superscript x 2) (superscript y 10))
            -x²        | (negate (superscript x 2))
            A⁻¹ @ b    | (matmul (superscript A -1) b)
            A⁻ᵀ        | (T (superscript A -1))
            A ⊗ B      | (kronecker A B)
            """)
    void readsSuperscripts(String text, String outline) {
        assertThat(Outline.of(text)).isEqualTo(outline);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x'*A*x              | (multiply (multiply (T x) A) x)
            (A*B)'              | (T (multiply A B))
            A'^2                | (power (T A) 2)
            -x.^2               | (negate (elementwise_power x 2))
            x.*y./z             | (elementwise_divide (elementwise_multiply x y) z)
            2.*x                | (elementwise_multiply 2 x)
            0.5*norm2(A-U*V)^2  | (multiply 0.5 (power (call norm2 (sum A -(multiply U V))) 2))
            A(:,1)              | (call A (slice _ _ _) 1)
            f'(x)               | (call (prime1 f) x)
            A''                 | (T (T A))
            """)
    void readsMatlab(String text, String outline) {
        assertThat(Outline.of(text, Dialect.MATLAB)).isEqualTo(outline);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x^T A           | (multiply (T x) A)
            2/n Xᵀ (X w)    | (multiply (multiply (divide 2 n) (T X)) (multiply X w))
            f(x) (y) + z    | (sum (multiply (call f x) y) z)
            x^T * A * y     | (multiply (multiply (T x) A) y)
            A' ⊙ Bᵀ         | (elementwise_multiply (T A) (T B))
            """)
    void readsTextbookText(String text, String outline) {
        assertThat(Outline.of(text, Dialect.MATH)).isEqualTo(outline);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1/10", "1e-5, 1/100000", "1.0E-5, 1/100000", "96%, 24/25", "3.125, 25/8", "12.5%, 1/8",
            "007, 7"})
    void literalsAreExact(String text, String value) {
        Syntax node = Parser.expression(Source.of("<expression>", text), Dialect.NUMPY);
        assertThat(node).isInstanceOfSatisfying(Syntax.NumberLit.class, n -> {
            assertThat(n.value()).isEqualTo(Rational.parse(value));
            assertThat(n.text()).isEqualTo(text);
            assertThat(n.percent()).isEqualTo(text.endsWith("%"));
        });
    }
}
