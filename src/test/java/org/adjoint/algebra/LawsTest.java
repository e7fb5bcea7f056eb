package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every law of the prover by name: it is proved, and both sides agree to 40 places at sizes all distinct, each 1 and all
 * equal. Beside each law the near-misses that look like it, differ somewhere, and must not be proved.
 */
class LawsTest {
    private static final Variable A = Variable.scalar("a");
    private static final Variable B = Variable.scalar("b");
    private static final Variable P = Variable.scalar("p", Fact.Named.POSITIVE);
    private static final Variable R = Variable.scalar("r", Fact.Named.POSITIVE);
    private static final Variable X = Variable.of("x", Shape.of("n"));
    private static final Variable Y = Variable.of("y", Shape.of("n"));
    private static final Variable Q = Variable.of("q", Shape.of("n"), Fact.Named.POSITIVE);
    private static final Variable PROBABILITY = Variable.of("pi", Shape.of("m", "n"), Fact.Named.PROBABILITY);
    private static final Variable ONE_HOT = Variable.of("h", Shape.of("n"), Fact.Named.ONE_HOT);
    private static final Variable W = Variable.of("W", Shape.of("m", "n"));
    private static final Variable V = Variable.of("V", Shape.of("n", "k"));
    private static final Variable S = Variable.of("S", Shape.of("n", "n"));
    private static final Expr N = Dimension.of(Size.symbol("n"));
    private static final Rational HALF = Rational.HALF;

    private static Expr f(ScalarFunction function, Expr... x) {
        return function.apply(x);
    }

    private static Expr exp(Expr x) {
        return Functions.EXP.apply(x);
    }

    private static Expr log(Expr x) {
        return Functions.LOG.apply(x);
    }

    private static Expr sqrt(Expr x) {
        return Functions.SQRT.apply(x);
    }

    private static Expr root(Expr x, long num, long den) {
        return x.pow(Constant.of(Rational.of(num, den)));
    }

    private static Expr number(long value) {
        return Constant.of(value);
    }

    private static DynamicTest law(String name, Expr left, Expr right) {
        return dynamicTest(name, () -> {
            Numerically.assertSame(name, left, right, name.hashCode());
            assertThat(Equality.prove(left, right)).as(name).isPresent();
            assertThat(Equality.prove(right, left)).as(name + ", exchanged").isPresent();
            assertThat(Equality.prove(left.times(3).plus(right), right.times(4))).as(name + ", combined").isPresent();
        });
    }

    /** Two sides that differ for some unknown function, if not for the one that is sampled. */
    private static DynamicTest unproved(String name, Expr left, Expr right) {
        return dynamicTest(name, () -> assertThat(Equality.prove(left, right)).as(name).isEmpty());
    }

    /** Two sides that differ at some point, which is looked for, and so must not be proved equal. */
    private static DynamicTest notLaw(String name, Expr left, Expr right) {
        return dynamicTest(name, () -> {
            assertThat(Equality.prove(left, right)).as(name).isEmpty();
            boolean differ = false;
            for (long seed = 0; seed < 20 && !differ; seed++) {
                differ = !Numerically.compare(left, right, Numerically.points(List.of(left, right), seed, 4, 6))
                        .equal();
            }
            assertThat(differ).as(name + ": the sides differ somewhere").isTrue();
        });
    }

    @TestFactory
    List<DynamicTest> sumsAndProducts() {
        Expr sum = A.plus(B);
        return List.of(law("a(b + c) = ab + ac", P.times(sum), P.times(A).plus(P.times(B))),
                law("(a + b)² = a² + 2ab + b²", sum.pow(2), A.pow(2).plus(A.times(B).times(2)).plus(B.pow(2))),
                law("(a + b)(a − b) = a² − b²", sum.times(A.minus(B)), A.pow(2).minus(B.pow(2))),
                law("W(Vx) = (WV)x with x in Rᵏ", W.matmul(V.matmul(Variable.of("z", Shape.of("k")))),
                        W.matmul(V).matmul(Variable.of("z", Shape.of("k")))),
                law("(WV)ᵀ = VᵀWᵀ", W.matmul(V).transpose(), V.transpose().matmul(W.transpose())),
                law("tr(SᵀS) = Σ S²", Tensors.trace(S.transpose().matmul(S)), S.pow(2).sum()),
                law("Σ(x − mean x) = 0", X.minus(Tensors.mean(X, new int[] {0}, true)).sum(), Constant.ZERO),
                law("Σ(x − μ)² = Σx² − nμ²",
                        X.minus(Tensors.mean(X, new int[] {0}, true)).pow(2).sum(),
                        X.pow(2).sum().minus(X.sum().pow(2).dividedBy(N))),
                law("diag(x)ᵀ = diag(x)", Tensors.diag(X).transpose(), Tensors.diag(X)),
                law("diag(x) y = x·y", Tensors.diag(X).matmul(Y), X.times(Y)),
                law("I² = I", Delta.of(Size.symbol("n")).times(Delta.of(Size.symbol("n"))),
                        Delta.of(Size.symbol("n"))),
                law("tr I = n", Tensors.trace(Delta.of(Size.symbol("n"))), N),
                law("n(n + 1) = n² + n", N.times(N.plus(Constant.ONE)), N.pow(2).plus(N)),
                law("dim(n + m) = n + m", Dimension.of(Size.symbol("n").plus(Size.symbol("m"))),
                        N.plus(Dimension.of(Size.symbol("m")))),
                law("a dim(n + 1) = an + a", A.times(Dimension.of(Size.symbol("n").plus(1))), A.times(N).plus(A)),
                law("1/dim(n + 1) = 1/(n + 1)", Tensors.reciprocal(Dimension.of(Size.symbol("n").plus(1))),
                        Tensors.reciprocal(N.plus(number(1)))),
                law("2/(2n + 4) = 1/(n + 2)", number(2).dividedBy(N.times(2).plus(number(4))),
                        Tensors.reciprocal(N.plus(number(2)))),
                law("(n + 1)/(n + 1) = 1", N.plus(number(1)).dividedBy(N.plus(number(1))), Constant.ONE),
                law("n⁻² = n⁻¹ n⁻¹", N.pow(-2), Tensors.reciprocal(N).times(Tensors.reciprocal(N))),
                law("Σ over a slice of ones, divided by n + 1",
                        Contraction.ones(Shape.of(Size.symbol("n").plus(1))).sum()
                                .times(A).dividedBy(N.plus(number(1))),
                        A),
                law("(n − 1)n/(n² − n) = 1", N.minus(number(1)).times(N).dividedBy(N.pow(2).minus(N)), Constant.ONE),
                notLaw("(n + 1)/n is not 1", N.plus(number(1)).dividedBy(N), Constant.ONE),
                law("2n/n = 2", Dimension.of(Size.symbol("n").times(2)).dividedBy(N), number(2)),
                law("x + c − c = x for a constant tensor",
                        constantTail().plus(Constant.of(Shape.of(2), List.of(Rational.ONE, Rational.TWO)))
                                .minus(Constant.of(Shape.of(2), List.of(Rational.ONE, Rational.TWO))),
                        constantTail()),
                law("[3, 3] = 3", Constant.of(Shape.of(2), List.of(Rational.of(3), Rational.of(3))),
                        Linear.fill(Shape.of(2), Rational.of(3))),
                law("reshape is linear", Reshape.of(W.times(2).plus(number(1)), Shape.of(W.shape().count())),
                        Reshape.of(W, Shape.of(W.shape().count())).times(2)
                                .plus(number(1))),
                law("slices are linear", Window.roll(X.plus(Y.times(3)), 0, Size.ONE),
                        Window.roll(X, 0, Size.ONE).plus(Window.roll(Y, 0, Size.ONE).times(3))),
                notLaw("WV is not VᵀWᵀ at equal sizes", S.matmul(S.transpose()), S.transpose().matmul(S)),
                notLaw("Σx² is not (Σx)²", X.pow(2).sum(), X.sum().pow(2)),
                notLaw("Σᵢ xᵢ yᵢ is not Σᵢⱼ xᵢ yⱼ", Tensors.inner(X, Y), X.sum().times(Y.sum())),
                notLaw("a padded slice of ones is not ones",
                        Window.slice(Contraction.ones(Shape.of("n")), 0, Size.ONE, 1, Size.symbol("n")),
                        Contraction.ones(Shape.of("n"))));
    }

    private static Variable constantTail() {
        return Variable.of("c", Shape.of(2));
    }

    @TestFactory
    List<DynamicTest> powers() {
        return List.of(law("xᵃ xᵇ = xᵃ⁺ᵇ", X.pow(2).times(X.pow(3)), X.pow(5)),
                law("x x⁻¹ = 1", X.times(Tensors.reciprocal(X)), Contraction.ones(X.shape())),
                law("√x √x = x", sqrt(X).times(sqrt(X)), X),
                law("x/√x = √x", P.dividedBy(sqrt(P)), sqrt(P)),
                law("(1/√a)² = 1/a", Tensors.reciprocal(sqrt(A)).pow(2), Tensors.reciprocal(A)),
                law("a^(1/3) a^(2/3) = a", root(A, 1, 3).times(root(A, 2, 3)), A),
                law("(ab)⁻² = a⁻² b⁻²", A.times(B).pow(-2), A.pow(-2).times(B.pow(-2))),
                law("(pr)^(1/2) = √p √r for positive p, r", sqrt(P.times(R)), sqrt(P).times(sqrt(R))),
                law("√(p²) = p for positive p", sqrt(P.pow(2)), P),
                law("(√a)⁴ = a²", sqrt(A).pow(4), A.pow(2)),
                law("0^(3/2) = 0, and a factor 0^(1/2) is no harm", root(A.minus(A), 3, 2).plus(B),
                        B.plus(sqrt(Constant.ZERO))),
                law("√4 = 2", sqrt(number(4)), number(2)),
                law("√(9p) = 3√p", sqrt(P.times(9)), sqrt(P).times(3)),
                law("√(4a) = 2√a", sqrt(A.times(4)), sqrt(A).times(2)),
                law("(a³)^(1/3) = a where it is real", root(A.pow(3), 1, 3), A),
                law("a/(a + b) + b/(a + b) = 1", A.dividedBy(A.plus(B)).plus(B.dividedBy(A.plus(B))),
                        A.plus(B).dividedBy(A.plus(B))),
                law("(a + b)(a + b)⁻¹ = 1", A.plus(B).times(Tensors.reciprocal(A.plus(B))), Constant.ONE),
                law("(2a + 2b)⁻¹ = ½ (a + b)⁻¹", Tensors.reciprocal(A.times(2).plus(B.times(2))),
                        Tensors.reciprocal(A.plus(B)).times(HALF)),
                law("(a − b)⁻¹ = −(b − a)⁻¹", Tensors.reciprocal(A.minus(B)),
                        Tensors.reciprocal(B.minus(A)).negate()),
                law("p(a + b)^(1/2)(2a + 2b)^(1/2) = √2 p (a + b)",
                        P.times(sqrt(A.plus(B))).times(sqrt(A.times(2).plus(B.times(2)))),
                        sqrt(number(2)).times(P).times(A.plus(B))),
                law("(x² + 1)⁻²(x² + 1) = (x² + 1)⁻¹", X.pow(2).plus(number(1)).pow(-2).times(X.pow(2).plus(number(1))),
                        Tensors.reciprocal(X.pow(2).plus(number(1)))),
                law("(a + b)^(3/2) = a√(a + b) + b√(a + b)", A.plus(B).times(sqrt(A.plus(B))),
                        A.times(sqrt(A.plus(B))).plus(B.times(sqrt(A.plus(B))))),
                notLaw("√(a²) is not a", sqrt(A.pow(2)), A),
                notLaw("√(a²b²) is not ab", sqrt(A.pow(2).times(B.pow(2))), A.times(B)),
                notLaw("(a⁴)^(1/4) is not a", root(A.pow(4), 1, 4), A),
                notLaw("(a²)^(3/2) is not a³", root(A.pow(2), 3, 2), A.pow(3)),
                notLaw("(a⁻²)^(1/2) is not a⁻¹", root(A.pow(-2), 1, 2), A.pow(-1)),
                notLaw("√(a²)/a is not 1", sqrt(A.pow(2)).dividedBy(A), Constant.ONE),
                notLaw("√(a² + b²) is not a + b", sqrt(A.pow(2).plus(B.pow(2))), A.plus(B)),
                notLaw("0⁰ = 1 but 0ᵃ is not", A.minus(A).pow(B), Constant.ONE),
                notLaw("1/(a + b) is not 1/a + 1/b", Tensors.reciprocal(A.plus(B)),
                        Tensors.reciprocal(A).plus(Tensors.reciprocal(B))),
                notLaw("√((n − 3)²) is not n − 3", sqrt(N.minus(number(3)).pow(2)), N.minus(number(3))),
                notLaw("(dim(n − 3)⁻²)^(1/2) is not dim(n − 3)⁻¹",
                        root(Dimension.of(Size.symbol("n").minus(3)).pow(-2), 1, 2),
                        Dimension.of(Size.symbol("n").minus(3)).pow(-1)));
    }

    @TestFactory
    List<DynamicTest> exponentialsAndLogarithms() {
        Variable t = Variable.of("t", Shape.of("n"), Fact.Named.POSITIVE);
        return List.of(law("eᵃ eᵇ = eᵃ⁺ᵇ", exp(A).times(exp(B)), exp(A.plus(B))),
                law("e²ᵃ = (eᵃ)²", exp(A.times(2)), exp(A).pow(2)),
                law("eᵃ e⁻ᵃ = 1", exp(A).times(exp(A.negate())), Constant.ONE),
                law("√eᵃ = e^(a/2)", sqrt(exp(A)), exp(A.times(HALF))),
                law("eᵃ⁺² = e² eᵃ", exp(A.plus(number(2))), exp(number(2)).times(exp(A))),
                law("log eᵃ = a", log(exp(X)), X),
                law("e^(log a) = a", exp(log(A)), A),
                law("e^(2 log a + b) = a² eᵇ", exp(log(A).times(2).plus(B)), A.pow(2).times(exp(B))),
                law("log p² = 2 log p", log(P.pow(2)), log(P).times(2)),
                law("log(pr) = log p + log r", log(P.times(R)), log(P).plus(log(R))),
                law("log(p/r) = log p − log r", log(P.dividedBy(R)), log(P).minus(log(R))),
                law("log(2p) = log 2 + log p", log(P.times(2)), log(number(2)).plus(log(P))),
                law("log(q t) entry by entry", log(Q.times(t)), log(Q).plus(log(t))),
                law("log(p q) broadcasts", log(P.times(Q)), log(P).plus(log(Q))),
                law("log √p = ½ log p", log(sqrt(P)), log(P).times(HALF)),
                law("log(e^x q) = x + log q", log(exp(X).times(Q)), X.plus(log(Q))),
                law("log1p x = log(1 + x)", f(Functions.LOG1P, X), log(X.plus(number(1)))),
                law("expm1 x = eˣ − 1", f(Functions.EXPM1, X), exp(X).minus(number(1))),
                law("log 1 = 0", log(Constant.ONE), Constant.ZERO),
                law("log 3 + log 3 = 2 log 3", log(number(3)).plus(log(number(3))), log(number(3)).times(2)),
                notLaw("log a² is not log |a|", log(A.pow(2)), log(f(Functions.ABS, A))),
                notLaw("log(a + b) is not log a + log b", log(P.plus(R)), log(P).plus(log(R))),
                notLaw("eᵃ + eᵇ is not eᵃ⁺ᵇ", exp(A).plus(exp(B)), exp(A.plus(B))),
                notLaw("Σ eˣ is not e^Σx", exp(X).sum(), exp(X.sum())),
                notLaw("log Σq is not Σ log q", log(Q.sum()), log(Q).sum()));
    }

    @TestFactory
    List<DynamicTest> softmaxAndLogSumExp() {
        Expr lse = Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, X, new int[] {0}, false);
        Expr softmax = Tensors.softmax(X, 0);
        Expr shifted = Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, X.plus(A), new int[] {0}, false);
        Expr rows = Tensors.softmax(W, 1);
        return List.of(law("logsumexp x = log Σ eˣ", lse, log(exp(X).sum())),
                law("logsumexp(x + a) = a + logsumexp x", shifted, lse.plus(A)),
                law("softmax x = eˣ/Σeˣ", softmax, exp(X).dividedBy(exp(X).sum())),
                law("Σ softmax = 1", softmax.sum(), Constant.ONE),
                law("Σⱼ softmax(W)ᵢⱼ = 1", rows.sum(1), Contraction.ones(Shape.of("m"))),
                law("softmax(x + a) = softmax x", Tensors.softmax(X.plus(A), 0), softmax),
                law("log softmax x = x − logsumexp x", log(softmax), X.minus(lse)),
                law("Σ softmax(x) (x − logsumexp x) = Σ softmax(x) x − logsumexp x",
                        softmax.times(X.minus(lse)).sum(), softmax.times(X).sum().minus(lse)),
                notLaw("logsumexp(2x) is not 2 logsumexp x",
                        Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, X.times(2), new int[] {0}, false),
                        lse.times(2)),
                notLaw("softmax over rows is not softmax over columns", Tensors.softmax(S, 0), Tensors.softmax(S, 1)),
                notLaw("Σᵢ softmax(W)ᵢⱼ is not 1", rows.sum(0), Contraction.ones(Shape.of("n"))));
    }

    @TestFactory
    List<DynamicTest> indicators() {
        Expr step = f(Functions.STEP, A);
        Expr less = f(Functions.LESS, A, B);
        return List.of(law("relu a = a [a > 0]", f(Functions.RELU, X), X.times(f(Functions.STEP, X))),
                law("relu(2a) = 2 relu a", f(Functions.RELU, A.times(2)), f(Functions.RELU, A).times(2)),
                law("|a| = a sign a", f(Functions.ABS, A), A.times(f(Functions.SIGN, A))),
                law("[a > 0]² = [a > 0]", step.times(step), step),
                law("[a > 0]³ = [a > 0]", step.pow(3), step),
                law("[3a > 0] = [a > 0]", f(Functions.STEP, A.times(3)), step),
                law("[a < b] = [b − a > 0]", less, f(Functions.STEP, B.minus(A))),
                law("[a ≤ b] = 1 − [b < a]", f(Functions.LESS_EQUAL, A, B),
                        Constant.ONE.minus(f(Functions.LESS, B, A))),
                law("silu a = a sigmoid a", f(Functions.SILU, A), A.times(f(Functions.SIGMOID, A))),
                law("relu relu = relu times its indicator", f(Functions.RELU, A).times(step), f(Functions.RELU, A)),
                law("where([a < b], a, b) = a[a < b] + b(1 − [a < b])", Where.of(less, A, B),
                        A.times(less).plus(B.times(Constant.ONE.minus(less)))),
                law("where(c, x, x + 1) − x = 1 − c", Where.of(less, A, A.plus(number(1))).minus(A),
                        Constant.ONE.minus(less)),
                law("relu a − relu(−a) = a", f(Functions.RELU, A).minus(f(Functions.RELU, A.negate())), A),
                law("relu a − relu(−a) = a for a sum", f(Functions.RELU, A.minus(B)),
                        A.minus(B).plus(f(Functions.RELU, B.minus(A)))),
                law("max(a, b) = max(b, a)", f(Functions.MAXIMUM, A, B), f(Functions.MAXIMUM, B, A)),
                law("max(a, b) + min(a, b) = a + b", f(Functions.MAXIMUM, A, B).plus(f(Functions.MINIMUM, A, B)),
                        A.plus(B)),
                law("relu 3 = 3", f(Functions.RELU, number(3)), number(3)),
                notLaw("[−a > 0] is not 1 − [a > 0], at a = 0", f(Functions.STEP, A.negate()),
                        Constant.ONE.minus(step)),
                notLaw("[a < b] is not [a ≤ b], at a tie", less, f(Functions.LESS_EQUAL, A, B)),
                notLaw("[a < b] + [b < a] is not 1, at a tie", less.plus(f(Functions.LESS, B, A)), Constant.ONE),
                notLaw("sign² is not 1, at 0", f(Functions.SIGN, A).pow(2), Constant.ONE),
                notLaw("relu a + relu −a is not a", f(Functions.RELU, A).plus(f(Functions.RELU, A.negate())), A),
                notLaw("[a > 0][b > 0] is not [ab > 0]", step.times(f(Functions.STEP, B)),
                        f(Functions.STEP, A.times(B))),
                notLaw("[−2a > 0] is not [a > 0]", f(Functions.STEP, A.times(-2)), step),
                notLaw("relu(−2a) is not −2 relu a", f(Functions.RELU, A.times(-2)),
                        f(Functions.RELU, A).times(-2)),
                notLaw("maximum(a, b) is not b for ties aside", f(Functions.MAXIMUM, A, B), B));
    }

    @TestFactory
    List<DynamicTest> sigmoids() {
        return List.of(
                law("sigmoid(−x) = 1 − sigmoid x", f(Functions.SIGMOID, X.negate()),
                        number(1).minus(f(Functions.SIGMOID, X))),
                law("sigmoid(b − a) = 1 − sigmoid(a − b)", f(Functions.SIGMOID, B.minus(A)),
                        number(1).minus(f(Functions.SIGMOID, A.minus(B)))),
                law("tanh x = 2 sigmoid 2x − 1", f(Functions.TANH, X),
                        f(Functions.SIGMOID, X.times(2)).times(2).minus(number(1))),
                law("tanh(−x) = −tanh x", f(Functions.TANH, X.negate()), f(Functions.TANH, X).negate()),
                law("softplus x − softplus(−x) = x",
                        f(Functions.SOFTPLUS, X).minus(f(Functions.SOFTPLUS, X.negate())), X),
                law("exp softplus x = 1 + eˣ", exp(f(Functions.SOFTPLUS, X)), exp(X).plus(number(1))),
                law("sigmoid 0 = ½", f(Functions.SIGMOID, Constant.ZERO), Constant.HALF),
                notLaw("sigmoid 2x is not 2 sigmoid x", f(Functions.SIGMOID, X.times(2)),
                        f(Functions.SIGMOID, X).times(2)),
                notLaw("softplus(−x) is not −softplus x", f(Functions.SOFTPLUS, X.negate()),
                        f(Functions.SOFTPLUS, X).negate()));
    }

    /** Quantities of few values: any function of them is known from these values. */
    @TestFactory
    List<DynamicTest> finiteDomains() {
        Variable s = Variable.of("s", Shape.of("n"), Fact.Named.PLUS_MINUS_ONE);
        Variable z = Variable.of("z", Shape.of("n"), Fact.Named.ZERO_ONE);
        return List.of(law("s² = 1 for ±1", s.pow(2), Contraction.ones(s.shape())), law("s⁻¹ = s", s.pow(-1), s),
                law("s³ x = s x", s.pow(3).times(X), s.times(X)), law("z² = z for 0, 1", z.pow(2), z),
                law("√z = z", sqrt(z), z), law("z(1 − z) = 0", z.times(number(1).minus(z)), Linear.zero(z.shape())),
                law("h² = h for one-hot h", ONE_HOT.pow(2), ONE_HOT), law("Σ s² = n", s.pow(2).sum(), N),
                notLaw("s is not 1", s, Contraction.ones(s.shape())),
                notLaw("(s + 1)² is not 1", s.plus(number(1)).pow(2), Contraction.ones(s.shape())),
                notLaw("z² + x² is not z + x", z.pow(2).plus(X.pow(2)), z.plus(X)));
    }

    /** Along an axis of size 1 every factor has an index of its own, and they are the same entry all the same. */
    @TestFactory
    List<DynamicTest> keptAxes() {
        Expr row = Tensors.sum(W.pow(2), new int[] {0}, true).plus(number(1));
        Expr centred = W.minus(Tensors.mean(W, new int[] {0}, true));
        Expr deviation = sqrt(Tensors.mean(centred.pow(2), new int[] {0}, true).plus(P));
        return List.of(law("n^(1/2) n^(1/2) = n over kept axes", sqrt(row).times(sqrt(row)), row),
                law("W r⁻¹ r⁻² = W r⁻³", W.times(Tensors.reciprocal(row)).times(row.pow(-2)), W.times(row.pow(-3))),
                law("Σ (c/s)/s = Σ c/s²", centred.dividedBy(deviation).dividedBy(deviation),
                        centred.times(deviation.pow(-2))));
    }

    /** A branch that is not selected need not have a value, so it must not be multiplied by zero. */
    @TestFactory
    List<DynamicTest> guardedBranches() {
        Expr guarded = Where.of(f(Functions.STEP, A), Tensors.reciprocal(A), Constant.ZERO);
        return List.of(law("where([a > 0], 1/a, 0) + 1", guarded.plus(number(1)), number(1).plus(guarded)),
                notLaw("where([a > 0], 1/a, 0) is not 1/a", guarded, Tensors.reciprocal(A)),
                notLaw("where([a > 0], √a, 0)² is not a",
                        Where.of(f(Functions.STEP, A), sqrt(A), Constant.ZERO).pow(2), A));
    }

    @TestFactory
    List<DynamicTest> declaredProbabilities() {
        Expr rows = PROBABILITY.sum(1);
        Shape m = Shape.of("m");
        Variable w = Variable.of("w", m);
        return List.of(law("Σⱼ πᵢⱼ = 1", rows, Contraction.ones(m)),
                law("Σᵢⱼ πᵢⱼ = m", PROBABILITY.sum(), Dimension.of(Size.symbol("m"))),
                law("Σⱼ wᵢ πᵢⱼ = wᵢ", w.times(rows), w),
                law("(Σⱼ πᵢⱼ)² = 1", rows.times(rows), Contraction.ones(m)),
                law("Σᵢⱼₖ πᵢⱼ πᵢₖ = m", Tensors.inner(rows, rows), Dimension.of(Size.symbol("m"))),
                law("Σ h = 1 for one-hot h", ONE_HOT.sum(), Constant.ONE),
                law("Σᵢⱼ hᵢ hⱼ xⱼ = Σ h x", ONE_HOT.sum().times(Tensors.inner(ONE_HOT, X)),
                        Tensors.inner(ONE_HOT, X)),
                notLaw("Σᵢ πᵢⱼ is not 1", PROBABILITY.sum(0), Contraction.ones(Shape.of("n"))),
                notLaw("Σⱼ πᵢⱼ² is not 1", PROBABILITY.pow(2).sum(1), Contraction.ones(m)),
                notLaw("Σᵢⱼ πᵢⱼ xⱼ is not Σ x", PROBABILITY.matmul(X).sum(), X.sum()),
                notLaw("Σⱼ πᵢⱼ⁻¹ is not 1", Tensors.reciprocal(PROBABILITY).sum(1), Contraction.ones(m)));
    }

    /** A sum that is the base of a power elsewhere in the term cancels against it, and only then. */
    @TestFactory
    List<DynamicTest> sumsCancelAgainstTheirPowers() {
        Expr e = exp(W);
        Expr rows = e.sum(1);
        Expr inverse = Tensors.insertAxis(Tensors.reciprocal(rows), 1);
        Expr gram = S.matmul(S.transpose());
        Expr dot = Tensors.inner(X, Y);
        Expr squares = X.pow(2).sum();
        return List.of(law("Σⱼ eᵢⱼ/Σₖ eᵢₖ = 1", e.times(inverse).sum(1), Contraction.ones(Shape.of("m"))),
                law("Σᵢⱼ eᵢⱼ/Σₖ eᵢₖ = m", e.times(inverse).sum(), Dimension.of(Size.symbol("m"))),
                law("⟨x, y⟩/⟨x, y⟩ = 1", dot.times(Tensors.reciprocal(dot)), Constant.ONE),
                law("⟨x, y⟩ ⟨x, y⟩⁻² = ⟨x, y⟩⁻¹", dot.times(dot.pow(-2)), Tensors.reciprocal(dot)),
                law("⟨x, x⟩/‖x‖ = ‖x‖", squares.dividedBy(sqrt(squares)), sqrt(squares)),
                law("‖x‖ ‖x‖ = Σ x²", sqrt(squares).times(sqrt(squares)), squares),
                law("(SSᵀ)ᵢⱼ/(SSᵀ)ᵢⱼ = 1", gram.times(Tensors.reciprocal(gram)), Contraction.ones(S.shape())),
                notLaw("(SSᵀ)ᵢⱼ/(SᵀS)ᵢⱼ is not 1", gram.times(Tensors.reciprocal(S.transpose().matmul(S))),
                        Contraction.ones(S.shape())),
                notLaw("Σᵢ eᵢⱼ/Σₖ eᵢₖ is not 1", e.times(inverse).sum(0), Contraction.ones(Shape.of("n"))),
                notLaw("Σᵢ (Σⱼ eᵢⱼ)/(Σⱼₖ eₖⱼ)², two sums of one kind", rows.times(e.sum().pow(-2)).sum(),
                        Constant.ONE),
                notLaw("Σᵢ xᵢ yᵢ/⟨x, y⟩ with another y", Tensors.inner(X, Q).dividedBy(dot), Constant.ONE),
                notLaw("xᵢ yᵢ/⟨x, y⟩ unsummed", X.times(Y).dividedBy(dot), Contraction.ones(X.shape())));
    }

    /** Declared symmetric matrices equal their transposes, and so do their inverses and functions entry by entry. */
    @TestFactory
    List<DynamicTest> symmetricMatrices() {
        Variable c = Variable.of("C", S.shape(), Fact.Named.SYMMETRIC);
        Variable d = Variable.of("D", S.shape(), Fact.Named.POSITIVE_DEFINITE);
        Expr inverse = MatrixFunction.of(MatrixFunction.Operation.INVERSE, d);
        Expr shifted = MatrixFunction.of(MatrixFunction.Operation.INVERSE,
                d.plus(Delta.of(Size.symbol("n"))).plus(S.transpose().matmul(S)));
        return List.of(law("Cᵀ = C", c.transpose(), c),
                law("xᵀCy = yᵀCx", X.matmul(c).matmul(Y), Y.matmul(c).matmul(X)),
                law("Cx + Cᵀx = 2Cx", c.matmul(X).plus(c.transpose().matmul(X)), c.matmul(X).times(2)),
                law("tr(CS) = tr(CSᵀ)", Tensors.trace(c.matmul(S)), Tensors.trace(c.matmul(S.transpose()))),
                law("(CD)ᵀ = DC", c.matmul(d).transpose(), d.matmul(c)),
                law("D⁻ᵀ = D⁻¹", inverse.transpose(), inverse),
                law("xᵀD⁻¹y = yᵀD⁻¹x", X.matmul(inverse).matmul(Y), Y.matmul(inverse).matmul(X)),
                law("(D + I + SᵀS)⁻¹ is symmetric", shifted.transpose(), shifted),
                law("(Cᵀ)² = C², entry by entry", c.transpose().pow(2), c.pow(2)),
                notLaw("CD is not DC", c.matmul(d), d.matmul(c)),
                notLaw("xᵀSy is not yᵀSx", X.matmul(S).matmul(Y), Y.matmul(S).matmul(X)),
                notLaw("C·S is not symmetric", c.times(S).transpose(), c.times(S)));
    }

    /** Unknown functions are equal only to themselves at equal arguments. */
    @TestFactory
    List<DynamicTest> unknownFunctions() {
        UnknownFunction sigma = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR, Set.of());
        Expr fifth = Application.of(sigma, new int[5], List.of(A));
        return List.of(
                law("σ(a + b) = σ(b + a), distributed", sigma.apply(List.of(A.times(A.plus(B)))),
                        sigma.apply(List.of(A.pow(2).plus(A.times(B))))),
                unproved("σ⁽⁵⁾ is not 0, though it is for the polynomials that stand for σ in tests",
                        Tensors.stack(List.of(fifth, A)), Tensors.stack(List.of(Constant.ZERO, A))),
                notLaw("σ(2a) is not 2σ(a)", sigma.apply(List.of(A.times(2))), sigma.apply(List.of(A)).times(2)));
    }

    /** Nothing that holds floating-point data is proved, not even x = x. */
    @TestFactory
    List<DynamicTest> dataIsNeverProved() {
        Expr data = Constant.data(Shape.of(2), 0.5, 1.5);
        List<DynamicTest> tests = new ArrayList<>();
        for (Expr side : Arrays.asList(data, data.times(2), Variable.of("c", Shape.of(2)).plus(data))) {
            tests.add(dynamicTest(side.toString(), () -> assertThat(Equality.prove(side, side)).isEmpty()));
        }
        return tests;
    }
}
