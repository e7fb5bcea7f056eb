package org.adjoint.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
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

/** What looks like a law, differs from one by little, is wrong somewhere, and must not be proved. */
class NearMissTest {
    private static final Variable A = Variable.scalar("a");
    private static final Variable B = Variable.scalar("b");
    private static final Variable P = Variable.scalar("p", Fact.Named.POSITIVE);
    private static final Variable R = Variable.scalar("r", Fact.Named.POSITIVE);
    private static final Variable X = Variable.of("x", Shape.of("n"));
    private static final Variable Y = Variable.of("y", Shape.of("n"));
    private static final Variable Q = Variable.of("q", Shape.of("n"), Fact.Named.POSITIVE);
    private static final Variable PROBABILITY = Variable.of("pi", Shape.of("m", "n"), Fact.Named.PROBABILITY);
    private static final Variable W = Variable.of("W", Shape.of("m", "n"));
    private static final Variable S = Variable.of("S", Shape.of("n", "n"));
    private static final Expr N = Dimension.of(Size.symbol("n"));

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
        return List.of(
                notLaw("(n + 1)/n is not 1", N.plus(number(1)).dividedBy(N), Constant.ONE),
                notLaw("WV is not VᵀWᵀ at equal sizes", S.matmul(S.transpose()), S.transpose().matmul(S)),
                notLaw("Σx² is not (Σx)²", X.pow(2).sum(), X.sum().pow(2)),
                notLaw("Σᵢ xᵢ yᵢ is not Σᵢⱼ xᵢ yⱼ", Tensors.inner(X, Y), X.sum().times(Y.sum())),
                notLaw("a padded slice of ones is not ones",
                        Window.slice(Contraction.ones(Shape.of("n")), 0, Size.ONE, 1, Size.symbol("n")),
                        Contraction.ones(Shape.of("n"))));
    }

    @TestFactory
    List<DynamicTest> powers() {
        return List.of(
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
        return List.of(
                notLaw("log a² is not log |a|", log(A.pow(2)), log(f(Functions.ABS, A))),
                notLaw("log(a + b) is not log a + log b", log(P.plus(R)), log(P).plus(log(R))),
                notLaw("eᵃ + eᵇ is not eᵃ⁺ᵇ", exp(A).plus(exp(B)), exp(A.plus(B))),
                notLaw("Σ eˣ is not e^Σx", exp(X).sum(), exp(X.sum())),
                notLaw("log Σq is not Σ log q", log(Q.sum()), log(Q).sum()));
    }

    @TestFactory
    List<DynamicTest> softmaxAndLogSumExp() {
        Expr lse = Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, X, new int[] {0}, false);
        Expr rows = Tensors.softmax(W, 1);
        return List.of(
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
        return List.of(
                notLaw("[−a > 0] is not 1 − [a > 0], at a = 0", f(Functions.STEP, A.negate()),
                        Constant.ONE.minus(step)),
                notLaw("[a < b] is not [a ≤ b], at a tie", less, f(Functions.LESS_EQUAL, A, B)),
                notLaw("[a < b] + [b < a] is not 1, at a tie", less.plus(f(Functions.LESS, B, A)), Constant.ONE),
                notLaw("sign² is not 1, at 0", f(Functions.SIGN, A).pow(2), Constant.ONE),
                notLaw("relu a + relu −a is not a", f(Functions.RELU, A).plus(f(Functions.RELU, A.negate())), A),
                notLaw("[a > 0][b > 0] is not [ab > 0]", step.times(f(Functions.STEP, B)),
                        f(Functions.STEP, A.times(B))),
                notLaw("[−2a > 0] is not [a > 0]", f(Functions.STEP, A.times(-2)), step),
                notLaw("relu(−2a) is not −2 relu a", f(Functions.RELU, A.times(-2)), f(Functions.RELU, A).times(-2)),
                notLaw("maximum(a, b) is not b for ties aside", f(Functions.MAXIMUM, A, B), B));
    }

    @TestFactory
    List<DynamicTest> sigmoids() {
        return List.of(
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
        return List.of(
                notLaw("s is not 1", s, Contraction.ones(s.shape())),
                notLaw("(s + 1)² is not 1", s.plus(number(1)).pow(2), Contraction.ones(s.shape())),
                notLaw("z² + x² is not z + x", z.pow(2).plus(X.pow(2)), z.plus(X)));
    }

    /** A branch that is not selected need not have a value, so it must not be multiplied by zero. */
    @TestFactory
    List<DynamicTest> guardedBranches() {
        Expr guarded = Where.of(f(Functions.STEP, A), Tensors.reciprocal(A), Constant.ZERO);
        return List.of(
                notLaw("where([a > 0], 1/a, 0) is not 1/a", guarded, Tensors.reciprocal(A)),
                notLaw("where([a > 0], √a, 0)² is not a", Where.of(f(Functions.STEP, A), sqrt(A), Constant.ZERO).pow(2),
                        A));
    }

    @TestFactory
    List<DynamicTest> declaredProbabilities() {
        Shape m = Shape.of("m");
        return List.of(
                notLaw("Σᵢ πᵢⱼ is not 1", PROBABILITY.sum(0), Contraction.ones(Shape.of("n"))),
                notLaw("Σⱼ πᵢⱼ² is not 1", PROBABILITY.pow(2).sum(1), Contraction.ones(m)),
                notLaw("Σᵢⱼ πᵢⱼ xⱼ is not Σ x", PROBABILITY.matmul(X).sum(), X.sum()),
                notLaw("Σⱼ πᵢⱼ⁻¹ is not 1", Tensors.reciprocal(PROBABILITY).sum(1), Contraction.ones(m)));
    }

    /** Only what is one-hot selects one entry, along its last axis only, and one h the same in both factors. */
    @TestFactory
    List<DynamicTest> oneHotSelections() {
        Variable h = Variable.of("h", X.shape(), Fact.Named.ONE_HOT);
        Variable g = Variable.of("g", X.shape(), Fact.Named.ONE_HOT);
        Variable rows = Variable.of("H", W.shape(), Fact.Named.ONE_HOT);
        Variable z = Variable.of("z", X.shape(), Fact.Named.ZERO_ONE);
        Expr selected = Tensors.inner(h, X);
        return List.of(
                notLaw("Σ hxy is not (Σ hx)(Σ gy)", h.times(X).times(Y).sum(), selected.times(Tensors.inner(g, Y))),
                notLaw("Σ zxy is not (Σ zx)(Σ zy) for zeros and ones", z.times(X).times(Y).sum(),
                        Tensors.inner(z, X).times(Tensors.inner(z, Y))),
                notLaw("Σⱼ πᵢⱼ eˣ is not e^Σⱼ πᵢⱼxⱼ for probabilities", PROBABILITY.matmul(exp(X)),
                        exp(PROBABILITY.matmul(X))),
                notLaw("Σᵢ Hᵢⱼ eʷ is not e^Σᵢ Hᵢⱼwᵢ along the other axis", rows.times(exp(W)).sum(0),
                        exp(rows.times(W).sum(0))),
                notLaw("hᵢxᵢ is not hᵢ Σ x", h.times(X), h.times(X.sum())),
                notLaw("hᵢgⱼ is not hᵢδᵢⱼ", Tensors.outer(h, g), Tensors.diag(h)),
                notLaw("HᵢⱼHₖⱼ is not δᵢₖ", rows.matmul(rows.transpose()), Delta.of(W.shape().get(0))),
                notLaw("Σ h|x| is not |Σ gx|", Tensors.inner(h, f(Functions.ABS, X)),
                        f(Functions.ABS, Tensors.inner(g, X))));
    }

    /** Parts keep their order and their lengths, and a function of them need not vanish where they do. */
    @TestFactory
    List<DynamicTest> partsLaidEndToEnd() {
        Variable z = Variable.of("z", Shape.of("k"));
        Variable y1 = Variable.of("y", Shape.of(Size.symbol("n").minus(1)));
        Expr zeros = Linear.zero(z.shape());
        Expr both = Concatenation.of(List.of(X, z), 0);
        return List.of(
                notLaw("[x, z] is not [z, x] in sums with weights", Tensors.inner(both, Range.of(both.shape().get(0))),
                        Tensors.inner(Concatenation.of(List.of(z, X), 0), Range.of(both.shape().get(0)))),
                notLaw("[x, z] reversed is not the parts reversed", Window.flip(both, 0),
                        Concatenation.of(List.of(Window.flip(X, 0), Window.flip(z, 0)), 0)),
                notLaw("exp [x, 0] is not [exp x, 0]", exp(Concatenation.of(List.of(X, zeros), 0)),
                        Concatenation.of(List.of(exp(X), zeros), 0)),
                notLaw("max [x, 0] is not max x", Reduction.of(Reduction.Operation.MAX,
                        Concatenation.of(List.of(X, zeros), 0), 0), Reduction.of(Reduction.Operation.MAX, X, 0)),
                notLaw("log Σ exp [x, 0] is not log Σ exp x", Reduction.of(Reduction.Operation.LOG_SUM_EXP,
                        Concatenation.of(List.of(X, zeros), 0), 0),
                        Reduction.of(Reduction.Operation.LOG_SUM_EXP, X, 0)),
                notLaw("[y, x] is not [x, y] of other lengths", Concatenation.of(List.of(y1, X), 0).pow(2),
                        Concatenation.of(List.of(X, y1), 0).pow(2)));
    }

    /** A sum that is the base of a power elsewhere in the term cancels against it, and only then. */
    @TestFactory
    List<DynamicTest> sumsCancelAgainstTheirPowers() {
        Expr e = exp(W);
        Expr rows = e.sum(1);
        Expr inverse = Tensors.insertAxis(Tensors.reciprocal(rows), 1);
        Expr gram = S.matmul(S.transpose());
        Expr dot = Tensors.inner(X, Y);
        return List.of(
                notLaw("(SSᵀ)ᵢⱼ/(SᵀS)ᵢⱼ is not 1", gram.times(Tensors.reciprocal(S.transpose().matmul(S))),
                        Contraction.ones(S.shape())),
                notLaw("Σᵢ eᵢⱼ/Σₖ eᵢₖ is not 1", e.times(inverse).sum(0), Contraction.ones(Shape.of("n"))),
                notLaw("Σᵢ (Σⱼ eᵢⱼ)/(Σⱼₖ eₖⱼ)², two sums of one kind", rows.times(e.sum().pow(-2)).sum(), Constant.ONE),
                notLaw("Σᵢ xᵢ yᵢ/⟨x, y⟩ with another y", Tensors.inner(X, Q).dividedBy(dot), Constant.ONE),
                notLaw("xᵢ yᵢ/⟨x, y⟩ unsummed", X.times(Y).dividedBy(dot), Contraction.ones(X.shape())));
    }

    /** Declared symmetric matrices equal their transposes, and so do their inverses and functions entry by entry. */
    @TestFactory
    List<DynamicTest> symmetricMatrices() {
        Variable c = Variable.of("C", S.shape(), Fact.Named.SYMMETRIC);
        Variable d = Variable.of("D", S.shape(), Fact.Named.POSITIVE_DEFINITE);
        return List.of(
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
