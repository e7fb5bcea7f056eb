package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.f;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.number;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Where;

/** Indicators: relu, absolute value, maximum, minimum, selection. */
final class IndicatorLaws {
    private IndicatorLaws() {
    }

    static List<Law> all() {
        Expr step = f(Functions.STEP, A);
        Expr less = f(Functions.LESS, A, B);
        return List.of(
                law("relu", "relu a = a [a > 0]", f(Functions.RELU, X), X.times(f(Functions.STEP, X))),
                law("relu of a positive multiple", "relu(2a) = 2 relu a", f(Functions.RELU, A.times(2)),
                        f(Functions.RELU, A).times(2)),
                law("absolute value", "|a| = a sign a", f(Functions.ABS, A), A.times(f(Functions.SIGN, A))),
                law("indicator squared", "[a > 0]² = [a > 0]", step.times(step), step),
                law("indicator cubed", "[a > 0]³ = [a > 0]", step.pow(3), step),
                law("indicator of a positive multiple", "[3a > 0] = [a > 0]", f(Functions.STEP, A.times(3)), step),
                law("less", "[a < b] = [b − a > 0]", less, f(Functions.STEP, B.minus(A))),
                law("less or equal", "[a ≤ b] = 1 − [b < a]", f(Functions.LESS_EQUAL, A, B),
                        Constant.ONE.minus(f(Functions.LESS, B, A))),
                law("silu", "silu a = a sigmoid a", f(Functions.SILU, A), A.times(f(Functions.SIGMOID, A))),
                law("relu and its indicator", "relu relu = relu times its indicator", f(Functions.RELU, A).times(step),
                        f(Functions.RELU, A)),
                law("selection", "where([a < b], a, b) = a[a < b] + b(1 − [a < b])", Where.of(less, A, B),
                        A.times(less).plus(B.times(Constant.ONE.minus(less)))),
                law("selection minus a branch", "where(c, x, x + 1) − x = 1 − c",
                        Where.of(less, A, A.plus(number(1))).minus(A), Constant.ONE.minus(less)),
                law("relu of both signs", "relu a − relu(−a) = a",
                        f(Functions.RELU, A).minus(f(Functions.RELU, A.negate())), A),
                law("relu of both signs of a sum", "relu a − relu(−a) = a for a sum", f(Functions.RELU, A.minus(B)),
                        A.minus(B).plus(f(Functions.RELU, B.minus(A)))),
                law("reciprocal of an absolute value", "1/|a| = sign(a)/a", Tensors.reciprocal(f(Functions.ABS, A)),
                        f(Functions.SIGN, A).dividedBy(A)),
                law("sign squared where it divides", "sign(a)²/a = 1/a", f(Functions.SIGN, A).pow(2).dividedBy(A),
                        Tensors.reciprocal(A)),
                law("absolute value of a product", "|a(a + b)| = |a| |a + b|", f(Functions.ABS, A.times(A.plus(B))),
                        f(Functions.ABS, A).times(f(Functions.ABS, A.plus(B)))),
                law("maximum exchanged", "max(a, b) = max(b, a)", f(Functions.MAXIMUM, A, B),
                        f(Functions.MAXIMUM, B, A)),
                law("maximum and minimum", "max(a, b) + min(a, b) = a + b",
                        f(Functions.MAXIMUM, A, B).plus(f(Functions.MINIMUM, A, B)), A.plus(B)),
                law("relu of a number", "relu 3 = 3", f(Functions.RELU, number(3)), number(3)));
    }
}
