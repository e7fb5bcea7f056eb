package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.exp;
import static org.adjoint.algebra.LawSymbols.f;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.number;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Functions;

/** The sigmoid family: sigmoid, tanh, softplus. */
final class SigmoidLaws {
    private SigmoidLaws() {
    }

    static List<Law> all() {
        return List.of(
                law("sigmoid of a negative", "sigmoid(−x) = 1 − sigmoid x", f(Functions.SIGMOID, X.negate()),
                        number(1).minus(f(Functions.SIGMOID, X))),
                law("sigmoid of a negative difference", "sigmoid(b − a) = 1 − sigmoid(a − b)",
                        f(Functions.SIGMOID, B.minus(A)), number(1).minus(f(Functions.SIGMOID, A.minus(B)))),
                law("tanh by sigmoid", "tanh x = 2 sigmoid 2x − 1", f(Functions.TANH, X),
                        f(Functions.SIGMOID, X.times(2)).times(2).minus(number(1))),
                law("tanh of a negative", "tanh(−x) = −tanh x", f(Functions.TANH, X.negate()),
                        f(Functions.TANH, X).negate()),
                law("softplus of both signs", "softplus x − softplus(−x) = x",
                        f(Functions.SOFTPLUS, X).minus(f(Functions.SOFTPLUS, X.negate())), X),
                law("exponential of softplus", "exp softplus x = 1 + eˣ", exp(f(Functions.SOFTPLUS, X)),
                        exp(X).plus(number(1))),
                law("sigmoid of zero", "sigmoid 0 = ½", f(Functions.SIGMOID, Constant.ZERO), Constant.HALF));
    }
}
