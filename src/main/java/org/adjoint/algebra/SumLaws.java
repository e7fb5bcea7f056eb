package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.N;
import static org.adjoint.algebra.LawSymbols.P;
import static org.adjoint.algebra.LawSymbols.S;
import static org.adjoint.algebra.LawSymbols.V;
import static org.adjoint.algebra.LawSymbols.W;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.Y;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.number;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;

/** Sums, products, traces, Kronecker deltas and sizes. */
final class SumLaws {
    private SumLaws() {
    }

    static List<Law> all() {
        Expr sum = A.plus(B);
        return List.of(
                law("distributivity", "a(b + c) = ab + ac", P.times(sum), P.times(A).plus(P.times(B))),
                law("binomial square", "(a + b)² = a² + 2ab + b²", sum.pow(2),
                        A.pow(2).plus(A.times(B).times(2)).plus(B.pow(2))),
                law("difference of squares", "(a + b)(a − b) = a² − b²", sum.times(A.minus(B)),
                        A.pow(2).minus(B.pow(2))),
                law("associativity", "W(Vx) = (WV)x with x in Rᵏ", W.matmul(V.matmul(Variable.of("z", Shape.of("k")))),
                        W.matmul(V).matmul(Variable.of("z", Shape.of("k")))),
                law("transpose of a product", "(WV)ᵀ = VᵀWᵀ", W.matmul(V).transpose(),
                        V.transpose().matmul(W.transpose())),
                law("trace of a Gram matrix", "tr(SᵀS) = Σ S²", Tensors.trace(S.transpose().matmul(S)), S.pow(2).sum()),
                law("centred sum", "Σ(x − mean x) = 0", X.minus(Tensors.mean(X, new int[] {0}, true)).sum(),
                        Constant.ZERO),
                law("sum of centred squares", "Σ(x − μ)² = Σx² − nμ²",
                        X.minus(Tensors.mean(X, new int[] {0}, true)).pow(2).sum(),
                        X.pow(2).sum().minus(X.sum().pow(2).dividedBy(N))),
                law("transpose of a diagonal matrix", "diag(x)ᵀ = diag(x)", Tensors.diag(X).transpose(),
                        Tensors.diag(X)),
                law("product with a diagonal matrix", "diag(x) y = x·y", Tensors.diag(X).matmul(Y), X.times(Y)),
                law("delta squared", "I² = I", Delta.of(Size.symbol("n")).times(Delta.of(Size.symbol("n"))),
                        Delta.of(Size.symbol("n"))),
                law("trace of the identity", "tr I = n", Tensors.trace(Delta.of(Size.symbol("n"))), N),
                law("product of sizes", "n(n + 1) = n² + n", N.times(N.plus(Constant.ONE)), N.pow(2).plus(N)),
                law("sum of sizes", "dim(n + m) = n + m", Dimension.of(Size.symbol("n").plus(Size.symbol("m"))),
                        N.plus(Dimension.of(Size.symbol("m")))),
                law("multiple of a size", "a dim(n + 1) = an + a", A.times(Dimension.of(Size.symbol("n").plus(1))),
                        A.times(N).plus(A)),
                law("reciprocal of a size", "1/dim(n + 1) = 1/(n + 1)",
                        Tensors.reciprocal(Dimension.of(Size.symbol("n").plus(1))),
                        Tensors.reciprocal(N.plus(number(1)))),
                law("size over its content", "2/(2n + 4) = 1/(n + 2)", number(2).dividedBy(N.times(2).plus(number(4))),
                        Tensors.reciprocal(N.plus(number(2)))),
                law("quotient of sizes", "(n + 1)/(n + 1) = 1", N.plus(number(1)).dividedBy(N.plus(number(1))),
                        Constant.ONE),
                law("power of a size", "n⁻² = n⁻¹ n⁻¹", N.pow(-2), Tensors.reciprocal(N).times(Tensors.reciprocal(N))),
                law("sum of ones over its size", "Σ over a slice of ones, divided by n + 1",
                        Contraction.ones(Shape.of(Size.symbol("n").plus(1))).sum().times(A)
                                .dividedBy(N.plus(number(1))),
                        A),
                law("quotient of size polynomials", "(n − 1)n/(n² − n) = 1",
                        N.minus(number(1)).times(N).dividedBy(N.pow(2).minus(N)), Constant.ONE),
                law("multiple of a size cancelled", "2n/n = 2", Dimension.of(Size.symbol("n").times(2)).dividedBy(N),
                        number(2)),
                law("constant tensor cancelled", "x + c − c = x for a constant tensor",
                        constantTail().plus(Constant.of(Shape.of(2), List.of(Rational.ONE, Rational.TWO)))
                                .minus(Constant.of(Shape.of(2), List.of(Rational.ONE, Rational.TWO))),
                        constantTail()),
                law("uniform constant", "[3, 3] = 3", Constant.of(Shape.of(2), List.of(Rational.of(3), Rational.of(3))),
                        Linear.fill(Shape.of(2), Rational.of(3))),
                law("linearity of reshape", "reshape is linear",
                        Reshape.of(W.times(2).plus(number(1)), Shape.of(W.shape().count())),
                        Reshape.of(W, Shape.of(W.shape().count())).times(2).plus(number(1))),
                law("linearity of slices", "slices are linear", Window.roll(X.plus(Y.times(3)), 0, Size.ONE),
                        Window.roll(X, 0, Size.ONE).plus(Window.roll(Y, 0, Size.ONE).times(3))));
    }

    private static Variable constantTail() {
        return Variable.of("c", Shape.of(2));
    }
}
