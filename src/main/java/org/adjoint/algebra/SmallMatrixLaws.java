package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.inv;
import static org.adjoint.algebra.LawSymbols.law;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;

/** Matrices of two and three rows by their entries. Source: Horn and Johnson, Matrix Analysis, 0.3, 0.8.2 and 2.4.3. */
final class SmallMatrixLaws {
    private SmallMatrixLaws() {
    }

    static List<Law> all() {
        Expr x = Variable.of("X", Shape.of(2, 2));
        Expr y = Variable.of("Y", Shape.of(3, 3));
        Expr trace = Tensors.trace(y);
        Expr square = y.matmul(y);
        Expr second = trace.pow(2).minus(Tensors.trace(square)).times(Rational.HALF);
        return List.of(
                law(Cofactors.DETERMINANT, "det X = x₀₀x₁₁ − x₀₁x₁₀", det(x),
                        entry(x, 0, 0).times(entry(x, 1, 1)).minus(entry(x, 0, 1).times(entry(x, 1, 0)))),
                law(Cofactors.INVERSE, "X⁻¹ = (tr(X)I − X)/det X for two rows", inv(x),
                        identity(2).times(Tensors.trace(x)).minus(x).times(Tensors.reciprocal(det(x)))),
                law("Cayley-Hamilton for two rows", "X² = tr(X)X − det(X)I", x.matmul(x),
                        x.times(Tensors.trace(x)).minus(identity(2).times(det(x)))),
                law("Cayley-Hamilton for three rows", "Y³ = tr(Y)Y² − (tr(Y)² − tr(Y²))/2 · Y + det(Y)I",
                        square.matmul(y),
                        square.times(trace).minus(y.times(second)).plus(identity(3).times(det(y)))),
                law("determinant by traces", "det X = (tr(X)² − tr(X²))/2 for two rows", det(x),
                        Tensors.trace(x).pow(2).minus(Tensors.trace(x.matmul(x))).dividedBy(Constant.TWO)));
    }

    private static Expr entry(Expr x, int i, int j) {
        return Window.entry(Window.entry(x, 0, Size.of(i)), 0, Size.of(j));
    }

    private static Expr identity(int n) {
        return Delta.of(Size.of(n));
    }

    private static Expr det(Expr x) {
        return MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, x);
    }
}
