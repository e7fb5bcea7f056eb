package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.P;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.exp;
import static org.adjoint.algebra.LawSymbols.f;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.number;
import static org.adjoint.algebra.LawSymbols.sqrt;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;

/** Circular and hyperbolic functions. Sources: DLMF 4.21, 4.24, 4.35. */
final class TrigonometryLaws {
    private TrigonometryLaws() {
    }

    static List<Law> all() {
        Expr pi = Functions.PI.apply();
        Expr sinA = f(Functions.SIN, A);
        Expr cosA = f(Functions.COS, A);
        Expr sinB = f(Functions.SIN, B);
        Expr cosB = f(Functions.COS, B);
        Expr cosX = f(Functions.COS, X);
        Expr one = number(1);
        return List.of(
                law("sine squared", "sin² x = 1 − cos² x", f(Functions.SIN, X).pow(2),
                        Contraction.ones(X.shape()).minus(cosX.pow(2))),
                law("sine of a sum", "sin(a + b) = sin a cos b + cos a sin b", f(Functions.SIN, A.plus(B)),
                        sinA.times(cosB).plus(cosA.times(sinB))),
                law("cosine of a difference", "cos(a − b) = cos a cos b + sin a sin b", f(Functions.COS, A.minus(B)),
                        cosA.times(cosB).plus(sinA.times(sinB))),
                law("sine of a negative", "sin(−a) = −sin a", f(Functions.SIN, A.negate()), sinA.negate()),
                law("cosine of a negative", "cos(−a) = cos a", f(Functions.COS, A.negate()), cosA),
                law("sine of the double angle", "sin 2x = 2 sin x cos x", f(Functions.SIN, X.times(2)),
                        f(Functions.SIN, X).times(cosX).times(2)),
                law("cosine of a multiple", "cos 2a = 2 cos² a − 1", f(Functions.COS, A.times(2)),
                        f(Functions.COS, A).pow(2).times(2).minus(number(1))),
                law("sine of a multiple", "sin 3a = 3 sin a − 4 sin³ a", f(Functions.SIN, A.times(3)),
                        f(Functions.SIN, A).times(3).minus(f(Functions.SIN, A).pow(3).times(4))),
                law("cosine of the triple angle", "cos 3a = 4 cos³ a − 3 cos a", f(Functions.COS, A.times(3)),
                        cosA.pow(3).times(4).minus(cosA.times(3))),
                law("half angle", "2 sin²(a/2) = 1 − cos a", f(Functions.SIN, A.times(Rational.HALF)).pow(2).times(2),
                        one.minus(cosA)),
                law("tangent", "tan a = sin a / cos a", f(Functions.TAN, A), sinA.dividedBy(cosA)),
                law("secant squared", "1 + tan² a = 1/cos² a", one.plus(f(Functions.TAN, A).pow(2)), cosA.pow(-2)),
                law("sine shifted by a right angle", "sin(a + π/2) = cos a",
                        f(Functions.SIN, A.plus(pi.times(Rational.HALF))), cosA),
                law("sine of a multiple of π", "sin(π/6) = ½", f(Functions.SIN, pi.times(Rational.of(1, 6))),
                        Constant.HALF),
                law("sum of arc sine and arc cosine", "asin a + acos a = π/2",
                        f(Functions.ASIN, A).plus(f(Functions.ACOS, A)), pi.times(Rational.HALF)),
                law("sine of an arc sine", "sin(asin a) = a", f(Functions.SIN, f(Functions.ASIN, A)), A),
                law("cosine of an arc sine", "cos(asin a) = √(1 − a²)", f(Functions.COS, f(Functions.ASIN, A)),
                        sqrt(one.minus(A.pow(2)))),
                law("cosine of an arc tangent", "cos(atan a) = 1/√(1 + a²)", f(Functions.COS, f(Functions.ATAN, A)),
                        Tensors.reciprocal(sqrt(one.plus(A.pow(2))))),
                law(ClosedNumbers.ALGEBRAIC, "√2 + √3 = √(5 + 2√6)", sqrt(number(2)).plus(sqrt(number(3))),
                        sqrt(number(5).plus(sqrt(number(6)).times(2)))),
                law(ClosedNumbers.LOGARITHMS, "log(2 + √3) = −log(2 − √3)",
                        LawSymbols.log(number(2).plus(sqrt(number(3)))),
                        LawSymbols.log(number(2).minus(sqrt(number(3)))).negate()),
                law(ClosedNumbers.ARCS, "atan ½ + atan ⅓ = π/4", f(Functions.ATAN, Constant.HALF)
                        .plus(f(Functions.ATAN, Constant.of(Rational.of(1, 3)))), pi.times(Rational.of(1, 4))),
                law("arc tangent of a negative", "atan(−a) = −atan a", f(Functions.ATAN, A.negate()),
                        f(Functions.ATAN, A).negate()),
                law("hyperbolic sine squared", "cosh² a − sinh² a = 1",
                        f(Functions.COSH, A).pow(2).minus(f(Functions.SINH, A).pow(2)), Constant.ONE),
                law("hyperbolic functions by exponentials", "cosh x + sinh x = eˣ",
                        f(Functions.COSH, X).plus(f(Functions.SINH, X)), exp(X)),
                law("hyperbolic sine of a sum", "sinh(a + b) = sinh a cosh b + cosh a sinh b",
                        f(Functions.SINH, A.plus(B)),
                        f(Functions.SINH, A).times(f(Functions.COSH, B))
                                .plus(f(Functions.COSH, A).times(f(Functions.SINH, B)))),
                law("hyperbolic tangent", "tanh a = sinh a / cosh a", f(Functions.TANH, A),
                        f(Functions.SINH, A).dividedBy(f(Functions.COSH, A))),
                law("error function of a negative", "erf(−x) = −erf x", f(Functions.ERF, X.negate()),
                        f(Functions.ERF, X).negate()),
                law("symbolic power by exponentials", "pᵃ = e^(a log p) for positive p", P.pow(A),
                        exp(A.times(LawSymbols.log(P)))),
                law("symbolic powers of one base", "pᵃ pᵇ = pᵃ⁺ᵇ for positive p", P.pow(A).times(P.pow(B)),
                        P.pow(A.plus(B))),
                law("symbolic power of a product", "(pr)ᵃ = pᵃ rᵃ for positive p, r", P.times(LawSymbols.R).pow(A),
                        P.pow(A).times(LawSymbols.R.pow(A))),
                law("symbolic power of a power", "(pᵃ)ᵇ = pᵃᵇ for positive p", P.pow(A).pow(B), P.pow(A.times(B))),
                law("slope of a symbolic power", "pᵃ/p = pᵃ⁻¹ for positive p", P.pow(A).dividedBy(P),
                        P.pow(A.minus(one))));
    }
}
