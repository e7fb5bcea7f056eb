package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.W;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.exp;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.log;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/** Softmax and log-sum-exp. */
final class SoftmaxLaws {
    private SoftmaxLaws() {
    }

    static List<Law> all() {
        Expr lse = Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, X, new int[] {0}, false);
        Expr softmax = Tensors.softmax(X, 0);
        Expr shifted = Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, X.plus(A), new int[] {0}, false);
        Expr rows = Tensors.softmax(W, 1);
        return List.of(
                law("log-sum-exp", "logsumexp x = log Σ eˣ", lse, log(exp(X).sum())),
                law("log-sum-exp shifted", "logsumexp(x + a) = a + logsumexp x", shifted, lse.plus(A)),
                law("softmax", "softmax x = eˣ/Σeˣ", softmax, exp(X).dividedBy(exp(X).sum())),
                law("sum of softmax", "Σ softmax = 1", softmax.sum(), Constant.ONE),
                law("row sums of softmax", "Σⱼ softmax(W)ᵢⱼ = 1", rows.sum(1), Contraction.ones(Shape.of("m"))),
                law("softmax shifted", "softmax(x + a) = softmax x", Tensors.softmax(X.plus(A), 0), softmax),
                law("log-softmax", "log softmax x = x − logsumexp x", log(softmax), X.minus(lse)),
                law("entropy of softmax", "Σ softmax(x) (x − logsumexp x) = Σ softmax(x) x − logsumexp x",
                        softmax.times(X.minus(lse)).sum(), softmax.times(X).sum().minus(lse)));
    }
}
