package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.P;
import static org.adjoint.algebra.LawSymbols.R;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.number;
import static org.adjoint.algebra.LawSymbols.root;
import static org.adjoint.algebra.LawSymbols.sqrt;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;

/** Powers, roots and quotients. */
final class PowerLaws {
    private PowerLaws() {
    }

    static List<Law> all() {
        return List.of(
                law("powers of one base", "xᵃ xᵇ = xᵃ⁺ᵇ", X.pow(2).times(X.pow(3)), X.pow(5)),
                law("reciprocal cancelled", "x x⁻¹ = 1", X.times(Tensors.reciprocal(X)), Contraction.ones(X.shape())),
                law("root as a power", "√a = a^(1/2)", sqrt(A), Monomials.rawPower(A, Rational.HALF)),
                law("power of a power", "√(p³) = p^(3/2) for positive p", sqrt(P.pow(3)), root(P, 3, 2)),
                law("root squared", "√x √x = x", sqrt(X).times(sqrt(X)), X),
                law("quotient by a root", "x/√x = √x", P.dividedBy(sqrt(P)), sqrt(P)),
                law("reciprocal root squared", "(1/√a)² = 1/a", Tensors.reciprocal(sqrt(A)).pow(2),
                        Tensors.reciprocal(A)),
                law("cube roots", "a^(1/3) a^(2/3) = a", root(A, 1, 3).times(root(A, 2, 3)), A),
                law("power of a product", "(ab)⁻² = a⁻² b⁻²", A.times(B).pow(-2), A.pow(-2).times(B.pow(-2))),
                law("root of a product of positives", "(pr)^(1/2) = √p √r for positive p, r", sqrt(P.times(R)),
                        sqrt(P).times(sqrt(R))),
                law("root of a positive square", "√(p²) = p for positive p", sqrt(P.pow(2)), P),
                law("fourth power of a root", "(√a)⁴ = a²", sqrt(A).pow(4), A.pow(2)),
                law("powers of zero", "0^(3/2) = 0, and a factor 0^(1/2) is no harm", root(A.minus(A), 3, 2).plus(B),
                        B.plus(sqrt(Constant.ZERO))),
                law("root of a square number", "√4 = 2", sqrt(number(4)), number(2)),
                law("roots of numbers", "√6 p = √2 √3 p", sqrt(number(6)).times(P),
                        sqrt(number(2)).times(sqrt(number(3))).times(P)),
                law("root of a fraction", "√(3/4) = ½√3", sqrt(Constant.of(Rational.of(3, 4))),
                        sqrt(number(3)).times(Rational.HALF)),
                law("high power of a sum", "(a + b)⁷ = (a + b)⁶a + (a + b)⁶b", A.plus(B).pow(7),
                        A.plus(B).pow(6).times(A).plus(A.plus(B).pow(6).times(B))),
                law("square number out of a root", "√(9p) = 3√p", sqrt(P.times(9)), sqrt(P).times(3)),
                law("square number out of the root of anything", "√(4a) = 2√a", sqrt(A.times(4)), sqrt(A).times(2)),
                law("cube root of a cube", "(a³)^(1/3) = a where it is real", root(A.pow(3), 1, 3), A),
                law("common denominator", "a/(a + b) + b/(a + b) = 1",
                        A.dividedBy(A.plus(B)).plus(B.dividedBy(A.plus(B))), A.plus(B).dividedBy(A.plus(B))),
                law("sum over itself", "(a + b)(a + b)⁻¹ = 1", A.plus(B).times(Tensors.reciprocal(A.plus(B))),
                        Constant.ONE),
                law("number out of a reciprocal", "(2a + 2b)⁻¹ = ½ (a + b)⁻¹",
                        Tensors.reciprocal(A.times(2).plus(B.times(2))),
                        Tensors.reciprocal(A.plus(B)).times(Rational.HALF)),
                law("sign out of a reciprocal", "(a − b)⁻¹ = −(b − a)⁻¹", Tensors.reciprocal(A.minus(B)),
                        Tensors.reciprocal(B.minus(A)).negate()),
                law("roots of proportional sums", "p(a + b)^(1/2)(2a + 2b)^(1/2) = √2 p (a + b)",
                        P.times(sqrt(A.plus(B))).times(sqrt(A.times(2).plus(B.times(2)))),
                        sqrt(number(2)).times(P).times(A.plus(B))),
                law("power of a sum cancelled", "(x² + 1)⁻²(x² + 1) = (x² + 1)⁻¹",
                        X.pow(2).plus(number(1)).pow(-2).times(X.pow(2).plus(number(1))),
                        Tensors.reciprocal(X.pow(2).plus(number(1)))),
                law("root of a sum multiplied out", "(a + b)^(3/2) = a√(a + b) + b√(a + b)",
                        A.plus(B).times(sqrt(A.plus(B))), A.times(sqrt(A.plus(B))).plus(B.times(sqrt(A.plus(B))))));
    }
}
