package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.P;
import static org.adjoint.algebra.LawSymbols.Q;
import static org.adjoint.algebra.LawSymbols.R;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.exp;
import static org.adjoint.algebra.LawSymbols.f;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.log;
import static org.adjoint.algebra.LawSymbols.number;
import static org.adjoint.algebra.LawSymbols.sqrt;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;

/** Exponentials and logarithms. */
final class ExpLogLaws {
    private ExpLogLaws() {
    }

    static List<Law> all() {
        Variable t = Variable.of("t", Shape.of("n"), Fact.Named.POSITIVE);
        return List.of(
                law("exponential of a sum", "eᵃ eᵇ = eᵃ⁺ᵇ", exp(A).times(exp(B)), exp(A.plus(B))),
                law("exponential of a multiple", "e²ᵃ = (eᵃ)²", exp(A.times(2)), exp(A).pow(2)),
                law("exponential of a negative", "eᵃ e⁻ᵃ = 1", exp(A).times(exp(A.negate())), Constant.ONE),
                law("root of an exponential", "√eᵃ = e^(a/2)", sqrt(exp(A)), exp(A.times(Rational.HALF))),
                law("constant factor of an exponential", "eᵃ⁺² = e² eᵃ", exp(A.plus(number(2))),
                        exp(number(2)).times(exp(A))),
                law("logarithm of an exponential", "log eᵃ = a", log(exp(X)), X),
                law("exponential of a logarithm", "e^(log a) = a", exp(log(A)), A),
                law("exponential of logarithms and others", "e^(2 log a + b) = a² eᵇ", exp(log(A).times(2).plus(B)),
                        A.pow(2).times(exp(B))),
                law("logarithm of a square", "log p² = 2 log p", log(P.pow(2)), log(P).times(2)),
                law("logarithm of a product", "log(pr) = log p + log r", log(P.times(R)), log(P).plus(log(R))),
                law("logarithm of a quotient", "log(p/r) = log p − log r", log(P.dividedBy(R)), log(P).minus(log(R))),
                law("logarithm of a multiple", "log(2p) = log 2 + log p", log(P.times(2)), log(number(2)).plus(log(P))),
                law("logarithm of an entrywise product", "log(q t) entry by entry", log(Q.times(t)),
                        log(Q).plus(log(t))),
                law("logarithm of a broadcast product", "log(p q) broadcasts", log(P.times(Q)), log(P).plus(log(Q))),
                law("logarithm of a root", "log √p = ½ log p", log(sqrt(P)), log(P).times(Rational.HALF)),
                law("logarithm of a mixed product", "log(e^x q) = x + log q", log(exp(X).times(Q)), X.plus(log(Q))),
                law("log1p", "log1p x = log(1 + x)", f(Functions.LOG1P, X), log(X.plus(number(1)))),
                law("expm1", "expm1 x = eˣ − 1", f(Functions.EXPM1, X), exp(X).minus(number(1))),
                law("logarithm of one", "log 1 = 0", log(Constant.ONE), Constant.ZERO),
                law("logarithm of a number", "log 3 + log 3 = 2 log 3", log(number(3)).plus(log(number(3))),
                        log(number(3)).times(2)));
    }
}
