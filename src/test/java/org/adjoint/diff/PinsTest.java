package org.adjoint.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adjoint.algebra.Equality;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.MatrixFunction.Operation;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** Derivatives that textbooks state. MC is the Matrix Cookbook (Petersen and Pedersen, 2012), by equation. */
class PinsTest {
    private static final Size N = Size.symbol("n");
    private static final Variable W = Variable.of("W", Shape.of("m", "n"));
    private static final Variable X = Variable.of("x", Shape.of("n"));
    private static final Variable Y = Variable.of("y", Shape.of("m"));
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));
    private static final Variable B = Variable.of("B", Shape.of("n", "n"));

    private static void assertProved(Expr derived, Expr stated) {
        assertThat(derived.shape()).isEqualTo(stated.shape());
        Numerically.assertSame("pin", derived, stated, 7);
        assertThat(Equality.prove(derived, stated)).isPresent();
    }

    private static Expr inverse(Expr x) {
        return MatrixFunction.of(Operation.INVERSE, x);
    }

    /** ∂(Wx)ₖ/∂Wᵢⱼ = δₖᵢ xⱼ. */
    @Test
    void matrixVectorProductByTheMatrix() {
        assertThat(ReverseSweep.jacobian(W.matmul(X), W))
                .isSameAs(Tensors.outer(Delta.of(Size.symbol("m")), X));
        assertThat(ReverseSweep.jacobian(W.matmul(X), X)).isSameAs(W);
    }

    /** ∇_W ‖Wx − y‖² = 2(Wx − y)xᵀ and ∇ₓ = 2Wᵀ(Wx − y). */
    @Test
    void leastSquares() {
        Expr r = W.matmul(X).minus(Y);
        Expr loss = r.pow(2).sum();
        assertProved(ReverseSweep.gradient(loss, W), Tensors.outer(r, X).times(2));
        assertProved(ReverseSweep.gradient(loss, X), W.transpose().matmul(r).times(2));
    }

    /** MC 81 and 97: ∇ xᵀAx = (A + Aᵀ)x, and its Hessian is A + Aᵀ with no x left. */
    @Test
    void quadraticForm() {
        Expr form = X.matmul(A.matmul(X));
        Expr gradient = ReverseSweep.gradient(form, X);
        assertProved(gradient, A.plus(A.transpose()).matmul(X));
        assertThat(ReverseSweep.jacobian(gradient, X)).isSameAs(A.plus(A.transpose()));
    }

    /** MC 57: ∇ log det A = A⁻ᵀ; MC 49: ∇ det A = det(A) A⁻ᵀ; MC 100: ∇ tr AB = Bᵀ. */
    @Test
    void determinantsAndTraces() {
        assertThat(ReverseSweep.gradient(MatrixFunction.of(Operation.LOG_DETERMINANT, A), A))
                .isSameAs(inverse(A).transpose());
        Expr det = MatrixFunction.of(Operation.DETERMINANT, A);
        assertThat(ReverseSweep.gradient(det, A)).isSameAs(det.times(inverse(A).transpose()));
        assertThat(ReverseSweep.gradient(Tensors.trace(A.matmul(B)), A)).isSameAs(B.transpose());
    }

    /** MC 61: ∇_A aᵀA⁻¹b = −A⁻ᵀabᵀA⁻ᵀ. */
    @Test
    void inverseForm() {
        Variable b = Variable.of("b", Shape.of("n"));
        Expr t = inverse(A).transpose();
        assertProved(ReverseSweep.gradient(X.matmul(inverse(A).matmul(b)), A),
                t.matmul(Tensors.outer(X, b)).matmul(t).negate());
    }

    /** ∇ logsumexp x = softmax x; its Hessian is diag(p) − ppᵀ. */
    @Test
    void logSumExp() {
        Expr lse = Reduction.of(Reduction.Operation.LOG_SUM_EXP, X, 0);
        Expr gradient = ReverseSweep.gradient(lse, X);
        Expr p = Tensors.softmax(X, 0);
        assertProved(gradient, p);
        assertProved(ReverseSweep.jacobian(gradient, X), Tensors.diag(p).minus(Tensors.outer(p, p)));
        assertProved(ReverseSweep.jacobian(p, X), Tensors.diag(p).minus(Tensors.outer(p, p)));
    }

    /** ∇‖x‖ = x/‖x‖. */
    @Test
    void euclideanNorm() {
        Expr norm = Functions.SQRT.apply(X.pow(2).sum());
        assertProved(ReverseSweep.gradient(norm, X), X.dividedBy(norm));
    }

    /** The softmax cross-entropy −Σ y log softmax(z) has the gradient (Σy) softmax(z) − y. */
    @Test
    void crossEntropy() {
        Variable t = Variable.of("t", Shape.of("n"));
        Expr loss = t.times(Tensors.logSoftmax(X, 0)).sum().negate();
        assertProved(ReverseSweep.gradient(loss, X), Tensors.softmax(X, 0).times(t.sum()).minus(t));
    }

    /** Mean: ∂(1/n Σx)/∂xᵢ = 1/n; variance: 2/n (x − mean). */
    @Test
    void meanAndVariance() {
        Expr n = Dimension.of(N);
        Expr mean = Tensors.mean(X, new int[] {0}, true);
        assertProved(ReverseSweep.gradient(mean.sum(), X),
                Tensors.broadcast(Tensors.reciprocal(n), X.shape()));
        Expr variance = Tensors.mean(X.minus(mean).pow(2), new int[] {0}, false);
        assertProved(ReverseSweep.gradient(variance, X), X.minus(mean).times(Tensors.reciprocal(n)).times(2));
    }

    /** ∇_w Σ softplus(Xw) − t·Xw = Xᵀ(sigmoid(Xw) − t). */
    @Test
    void logisticLoss() {
        Variable t = Variable.of("t", Shape.of("m"));
        Expr z = W.matmul(X);
        Expr loss = Functions.SOFTPLUS.apply(z).minus(t.times(z)).sum();
        assertProved(ReverseSweep.gradient(loss, X), W.transpose().matmul(Functions.SIGMOID.apply(z).minus(t)));
    }

    /**
     * Batch normalisation x̂ = (x − μ)/s with s = √(var + ε): x̄ = (g − mean g − x̂ mean(g x̂))/s, for every batch size
     * (Ioffe and Szegedy, arXiv:1502.03167).
     */
    @Test
    void batchNormalisation() {
        int[] batch = {0};
        Expr centred = W.minus(Tensors.mean(W, batch, true));
        Expr variance = Tensors.mean(centred.pow(2), batch, true);
        Expr deviation = Functions.SQRT.apply(variance.plus(Variable.scalar("epsilon", Fact.Named.POSITIVE)));
        Expr normal = centred.dividedBy(deviation);
        Variable g = Variable.of("g", W.shape());
        assertProved(ReverseSweep.gradient(Tensors.inner(normal, g), W),
                g.minus(Tensors.mean(g, batch, true)).minus(normal.times(Tensors.mean(g.times(normal), batch, true)))
                        .dividedBy(deviation));
    }

    private static NumberTensor<Radical> at(Expr f, Variable x, String... values) {
        List<Radical> entries = Arrays.stream(values).map(v -> Radical.of(Rational.parse(v))).toList();
        return new Evaluator<>(new ExactArithmetic(), Sizes.of("n", values.length)).evaluate(f,
                Map.of(x, NumberTensor.of(new int[] {values.length}, entries)));
    }

    /** ∂∏x/∂xᵢ = ∏_{j≠i} xⱼ, at one zero and at two, where the quotient ∏x/xᵢ has no value. */
    @Test
    void productAtZeros() {
        Expr gradient = ReverseSweep.gradient(Reduction.of(Reduction.Operation.PRODUCT, X, 0), X);
        assertThat(at(gradient, X, "2", "0", "5")).hasToString("[0, 10, 0]");
        assertThat(at(gradient, X, "0", "3", "0")).hasToString("[0, 0, 0]");
        assertThat(at(gradient, X, "7")).hasToString("[1]");
        Expr second = ReverseSweep.jacobian(gradient, X);
        assertThat(at(second, X, "2", "0", "0")).hasToString("[[0, 0, 0], [0, 0, 2], [0, 2, 0]]");
    }

    /** The first of equal maxima gets the whole derivative. */
    @Test
    void maxAtATie() {
        Expr gradient = ReverseSweep.gradient(Reduction.of(Reduction.Operation.MAX, X, 0), X);
        assertThat(at(gradient, X, "1", "4", "4", "2")).hasToString("[0, 1, 0, 0]");
    }

    /** Kinks take the documented values: relu 0, abs 0, maximum the first operand. */
    @Test
    void kinks() {
        assertThat(at(ReverseSweep.gradient(Functions.RELU.apply(X).sum(), X), X, "0", "2", "-1"))
                .hasToString("[0, 1, 0]");
        assertThat(at(ReverseSweep.gradient(Functions.ABS.apply(X).sum(), X), X, "0", "2", "-1"))
                .hasToString("[0, 1, -1]");
        assertThat(at(ReverseSweep.gradient(Functions.MAXIMUM.apply(X, X.pow(2)).sum(), X), X, "0", "1", "3"))
                .hasToString("[1, 1, 6]");
        assertThat(at(ReverseSweep.gradient(Functions.MINIMUM.apply(X.pow(2), X).sum(), X), X, "0", "1", "3"))
                .hasToString("[0, 2, 1]");
    }

    /** Nothing is differentiated through detach; its value stays. */
    @Test
    void detachCuts() {
        assertThat(ReverseSweep.gradient(X.times(Detach.of(X)).sum(), X)).isSameAs(Detach.of(X));
        assertThat(ReverseSweep.jacobian(Detach.of(X.pow(2)), X))
                .isSameAs(Linear.zero(Shape.of("n", "n")));
        assertThat(at(Detach.of(X.pow(2)), X, "3")).hasToString("[9]");
        Expr straightThrough = X.plus(Detach.of(Functions.SIGN.apply(X).minus(X))).sum();
        assertThat(ReverseSweep.gradient(straightThrough, X)).isSameAs(Contraction.ones(Shape.of("n")));
    }

    /** A derivative may be taken by any node, not only by a variable; by itself it is the identity. */
    @Test
    void byInnerNodes() {
        Expr inner = W.matmul(X);
        assertThat(ReverseSweep.gradient(inner.pow(2).sum(), inner)).isSameAs(inner.times(2));
        assertThat(ReverseSweep.gradient(X.sum(), X.sum())).isSameAs(Constant.ONE);
        assertThat(ReverseSweep.jacobian(X, X)).isSameAs(Delta.of(N));
        assertThat(ReverseSweep.jacobian(X, W)).isSameAs(Linear.zero(Shape.of("n", "m", "n")));
    }

    /** The branch that is selected is differentiated, and one that has no value there does no harm. */
    @Test
    void guardedBranchStaysGuarded() {
        Expr guarded = Where.of(Functions.STEP.apply(X), Tensors.reciprocal(X), Constant.ZERO).sum();
        assertThat(at(ReverseSweep.gradient(guarded, X), X, "2", "-1")).hasToString("[-1/4, 0]");
        assertThat(at(ReverseSweep.gradient(guarded, X), X, "0")).hasToString("[0]");
        Expr root = Where.of(Functions.STEP.apply(X), Functions.SQRT.apply(X), X).sum();
        assertThat(at(ReverseSweep.gradient(root, X), X, "4", "-9", "0")).hasToString("[1/4, 1, 1]");
    }

    /** A chain of 1,000,000 operations differentiates without recursion. */
    @Test
    void deepChain() {
        Variable x = Variable.scalar("x");
        Expr chain = x;
        for (int k = 0; k < 500_000; k++) {
            chain = Functions.SIN.apply(chain.plus(Constant.ONE));
        }
        Expr gradient = ReverseSweep.gradient(chain, x);
        assertThat(gradient.shape()).isEqualTo(Shape.SCALAR);
        assertThat(ReverseSweep.gradient(sumOfSines(200), Variable.scalar("x")))
                .isNotSameAs(Constant.ZERO);
    }

    private static Expr sumOfSines(int count) {
        Expr sum = Variable.scalar("x");
        for (int k = 0; k < count; k++) {
            sum = sum.plus(Functions.SIN.apply(sum));
        }
        return sum;
    }
}
