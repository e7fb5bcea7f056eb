package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.P;
import static org.adjoint.algebra.LawSymbols.S;
import static org.adjoint.algebra.LawSymbols.W;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.Y;
import static org.adjoint.algebra.LawSymbols.exp;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.number;
import static org.adjoint.algebra.LawSymbols.sqrt;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** Sums that cancel against powers of themselves. */
final class CancellationLaws {
    private CancellationLaws() {
    }

    static List<Law> all() {
        Expr row = Tensors.sum(W.pow(2), new int[] {0}, true).plus(number(1));
        Expr centred = W.minus(Tensors.mean(W, new int[] {0}, true));
        Expr deviation = sqrt(Tensors.mean(centred.pow(2), new int[] {0}, true).plus(P));
        Expr e = exp(W);
        Expr rows = e.sum(1);
        Expr inverse = Tensors.insertAxis(Tensors.reciprocal(rows), 1);
        Expr gram = S.matmul(S.transpose());
        Expr dot = Tensors.inner(X, Y);
        Expr squares = X.pow(2).sum();
        return List.of(
                law("roots over kept axes", "n^(1/2) n^(1/2) = n over kept axes", sqrt(row).times(sqrt(row)), row),
                law("powers over kept axes", "W r⁻¹ r⁻² = W r⁻³", W.times(Tensors.reciprocal(row)).times(row.pow(-2)),
                        W.times(row.pow(-3))),
                law("centred over deviation twice", "Σ (c/s)/s = Σ c/s²",
                        centred.dividedBy(deviation).dividedBy(deviation), centred.times(deviation.pow(-2))),
                law("row sum over itself", "Σⱼ eᵢⱼ/Σₖ eᵢₖ = 1", e.times(inverse).sum(1),
                        Contraction.ones(Shape.of("m"))),
                law("all rows over their sums", "Σᵢⱼ eᵢⱼ/Σₖ eᵢₖ = m", e.times(inverse).sum(),
                        Dimension.of(Size.symbol("m"))),
                law("inner product over itself", "⟨x, y⟩/⟨x, y⟩ = 1", dot.times(Tensors.reciprocal(dot)), Constant.ONE),
                law("inner product over its square", "⟨x, y⟩ ⟨x, y⟩⁻² = ⟨x, y⟩⁻¹", dot.times(dot.pow(-2)),
                        Tensors.reciprocal(dot)),
                law("squares over the norm", "⟨x, x⟩/‖x‖ = ‖x‖", squares.dividedBy(sqrt(squares)), sqrt(squares)),
                law("norm squared", "‖x‖ ‖x‖ = Σ x²", sqrt(squares).times(sqrt(squares)), squares),
                law("Gram matrix over itself", "(SSᵀ)ᵢⱼ/(SSᵀ)ᵢⱼ = 1", gram.times(Tensors.reciprocal(gram)),
                        Contraction.ones(S.shape())));
    }
}
