package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.S;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.Y;
import static org.adjoint.algebra.LawSymbols.law;

import java.util.List;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** Matrices: symmetry, inverses. */
final class MatrixLaws {
    private MatrixLaws() {
    }

    static List<Law> all() {
        Variable c = Variable.of("C", S.shape(), Fact.Named.SYMMETRIC);
        Variable d = Variable.of("D", S.shape(), Fact.Named.POSITIVE_DEFINITE);
        Expr inverse = MatrixFunction.of(MatrixFunction.Operation.INVERSE, d);
        Expr shifted = MatrixFunction.of(MatrixFunction.Operation.INVERSE,
                d.plus(Delta.of(Size.symbol("n"))).plus(S.transpose().matmul(S)));
        return List.of(
                law("symmetric transpose", "Cᵀ = C", c.transpose(), c),
                law("symmetric bilinear form", "xᵀCy = yᵀCx", X.matmul(c).matmul(Y), Y.matmul(c).matmul(X)),
                law("symmetric product doubled", "Cx + Cᵀx = 2Cx", c.matmul(X).plus(c.transpose().matmul(X)),
                        c.matmul(X).times(2)),
                law("trace with a symmetric factor", "tr(CS) = tr(CSᵀ)", Tensors.trace(c.matmul(S)),
                        Tensors.trace(c.matmul(S.transpose()))),
                law("transpose of a product of symmetric matrices", "(CD)ᵀ = DC", c.matmul(d).transpose(), d.matmul(c)),
                law("inverse of a symmetric matrix", "D⁻ᵀ = D⁻¹", inverse.transpose(), inverse),
                law("bilinear form of an inverse", "xᵀD⁻¹y = yᵀD⁻¹x", X.matmul(inverse).matmul(Y),
                        Y.matmul(inverse).matmul(X)),
                law("inverse of a symmetric sum", "(D + I + SᵀS)⁻¹ is symmetric", shifted.transpose(), shifted),
                law("entrywise square of a symmetric matrix", "(Cᵀ)² = C², entry by entry", c.transpose().pow(2),
                        c.pow(2)));
    }
}
