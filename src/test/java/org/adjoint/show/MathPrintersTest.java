package org.adjoint.show;

import java.util.List;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pins of Unicode and LaTeX. */
@ExtendWith(SoftAssertionsExtension.class)
class MathPrintersTest {
    private static final Variable W = Variable.of("W", Shape.of("m", "n"));
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));
    private static final Variable B = Variable.of("B", Shape.of("n", "n"));
    private static final Variable X = Variable.of("X", Shape.of("n", "d"));
    private static final Variable w = Variable.of("w", Shape.of("d"));
    private static final Variable y = Variable.of("y_hat", Shape.of("n"));
    private static final Variable x = Variable.of("x", Shape.of("n"));
    private static final Variable z = Variable.of("z2_bar", Shape.of("n"));
    private static final Variable s = Variable.scalar("beta_1");

    @InjectSoftAssertions
    private SoftAssertions softly = new SoftAssertions();

    private void pin(String unicode, String latex, Expr e) {
        softly.assertThat(UnicodePrinter.text(e)).isEqualTo(unicode);
        softly.assertThat(LatexPrinter.text(e)).isEqualTo(latex);
    }

    @Test
    void productsOfMatricesAndVectors() {
        Expr wx = W.matmul(x);
        pin("2 W x xᵀ", "2 W x x^{\\top}", Tensors.outer(wx, x).times(2));
        pin("Wᵀ W x", "W^{\\top} W x", W.transpose().matmul(wx));
        pin("A B x", "A B x", A.matmul(B).matmul(x));
        pin("xᵀ A x", "x^{\\top} A x", x.matmul(A).matmul(x));
        pin("xᵀ A x", "x^{\\top} A x", x.matmul(A.matmul(x)));
        pin("xᵀ (A x + x)", "x^{\\top} \\left(A x + x\\right)", A.matmul(x).plus(x).matmul(x));
        pin("A⁻ᵀ x", "A^{-\\top} x",
                MatrixFunction.of(MatrixFunction.Operation.INVERSE, A).transpose().matmul(x));
    }

    @Test
    void gradientOfLeastSquares() {
        Expr residual = X.matmul(w).minus(y);
        pin("2/n Xᵀ (X w − ŷ)", "\\frac{2}{n} X^{\\top} \\left(X w - \\hat{y}\\right)",
                X.transpose().matmul(residual).times(2).dividedBy(Dimension.of(Size.symbol("n"))));
        pin("sum((X w − ŷ).^2)/n",
                "\\frac{\\operatorname{sum}\\left(\\left(X w - \\hat{y}\\right)^{\\odot 2}\\right)}{n}",
                residual.pow(2).sum().dividedBy(Dimension.of(Size.symbol("n"))));
    }

    @Test
    void entryByEntry() {
        pin("x ⊙ z2̄", "x \\odot \\bar{z}_{2}", x.times(z));
        pin("3 (x ⊙ z2̄)", "3 \\left(x \\odot \\bar{z}_{2}\\right)", x.times(z).times(3));
        pin("β₁ A x", "\\beta_{1} A x", A.matmul(x).times(s));
        pin("A diag(x)", "A \\operatorname{diag}\\left(x\\right)", A.times(x));
        pin("diag(x) A", "\\operatorname{diag}\\left(x\\right) A", Tensors.diag(x).matmul(A));
        pin("A + ones(n) xᵀ", "A + \\mathbf{1} x^{\\top}", A.plus(x));
        pin("A + x ones(n)ᵀ", "A + x \\mathbf{1}^{\\top}", A.plus(Tensors.insertAxis(x, 1)));
        pin("ones(n) − sigmoid(x)", "\\mathbf{1} - \\operatorname{sigmoid}\\left(x\\right)",
                Functions.SIGMOID.apply(x).negate().plus(Constant.ONE));
        pin("x ./ ŷ", "\\frac{x}{\\hat{y}}", x.dividedBy(y));
        pin("β₁² + 1", "\\beta_{1}^{2} + 1", s.pow(2).plus(Constant.ONE));
        pin("A.^2", "A^{\\odot 2}", A.pow(2));
        pin("√(β₁ + 1)", "\\sqrt{\\beta_{1} + 1}", Functions.SQRT.apply(s.plus(Constant.ONE)));
    }

    @Test
    void theRest() {
        UnknownFunction sigma = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR, Set.of());
        pin("σ'(x)", "\\sigma'\\left(x\\right)", Application.of(sigma, new int[] {0}, List.of(x)));
        pin("where(x ≥ 0, x, 0)",
                "\\begin{cases} x & \\text{if } x \\ge 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
                Where.of(Functions.LESS_EQUAL.apply(Constant.ZERO, x), x, Constant.ZERO));
        pin("(n − 1)²", "\\left(n - 1\\right)^{2}", Functions.POWER.apply(
                Dimension.of(Size.symbol("n").minus(1)).plus(s).minus(s), Constant.TWO));
        Variable v = Variable.of("v", Shape.of(6));
        pin("v[2:3]", "v\\left[2:3\\right]", Window.slice(v, 0, Size.of(1), 1, Size.of(2)));
        Variable p = Variable.of("P", Shape.of("B", "m", "n"));
        Variable q = Variable.of("Q", Shape.of("B", "n", "d"));
        pin("[sum(P[l, i, j]·Q[l, j, k] for l) for i, j, k]",
                "\\left[\\sum_{l} P_{l i j} \\, Q_{l j k}\\right]_{i j k}",
                Contraction.of(List.of(p, q), List.of(new int[] {3, 0, 1}, new int[] {3, 1, 2}), new int[] {0, 1, 2},
                        Shape.of("m", "n", "d")));
        pin("2 (P @ X)", "2 \\left(P \\, X\\right)", p.matmul(X).times(2));
    }
}
