package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.N;
import static org.adjoint.algebra.LawSymbols.ONE_HOT;
import static org.adjoint.algebra.LawSymbols.PROBABILITY;
import static org.adjoint.algebra.LawSymbols.Q;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.Y;
import static org.adjoint.algebra.LawSymbols.exp;
import static org.adjoint.algebra.LawSymbols.law;
import static org.adjoint.algebra.LawSymbols.log;
import static org.adjoint.algebra.LawSymbols.number;
import static org.adjoint.algebra.LawSymbols.sqrt;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** Declared facts: quantities of few values, probabilities. */
final class FactLaws {
    private FactLaws() {
    }

    static List<Law> all() {
        Variable s = Variable.of("s", Shape.of("n"), Fact.Named.PLUS_MINUS_ONE);
        Variable z = Variable.of("z", Shape.of("n"), Fact.Named.ZERO_ONE);
        Expr rows = PROBABILITY.sum(1);
        Shape m = Shape.of("m");
        Variable w = Variable.of("w", m);
        Variable g = Variable.of("g", Shape.of("m", "n"), Fact.Named.ONE_HOT);
        Expr selected = Tensors.inner(ONE_HOT, X);
        return List.of(
                law("square of a sign", "s² = 1 for ±1", s.pow(2), Contraction.ones(s.shape())),
                law("reciprocal of a sign", "s⁻¹ = s", s.pow(-1), s),
                law("cube of a sign", "s³ x = s x", s.pow(3).times(X), s.times(X)),
                law("square of a zero-one", "z² = z for 0, 1", z.pow(2), z),
                law("root of a zero-one", "√z = z", sqrt(z), z),
                law("zero-one and its complement", "z(1 − z) = 0", z.times(number(1).minus(z)), Linear.zero(z.shape())),
                law("square of one-hot", "h² = h for one-hot h", ONE_HOT.pow(2), ONE_HOT),
                law("squared norm of signs", "Σ s² = n", s.pow(2).sum(), N),
                law("sum of probabilities", "Σⱼ πᵢⱼ = 1", rows, Contraction.ones(m)),
                law("sum of all probabilities", "Σᵢⱼ πᵢⱼ = m", PROBABILITY.sum(), Dimension.of(Size.symbol("m"))),
                law("weighted sum of probabilities", "Σⱼ wᵢ πᵢⱼ = wᵢ", w.times(rows), w),
                law("square of a sum of probabilities", "(Σⱼ πᵢⱼ)² = 1", rows.times(rows), Contraction.ones(m)),
                law("products of sums of probabilities", "Σᵢⱼₖ πᵢⱼ πᵢₖ = m", Tensors.inner(rows, rows),
                        Dimension.of(Size.symbol("m"))),
                law("sum of one-hot", "Σ h = 1 for one-hot h", ONE_HOT.sum(), Constant.ONE),
                law("sum of one-hot as a factor", "Σᵢⱼ hᵢ hⱼ xⱼ = Σ h x",
                        ONE_HOT.sum().times(Tensors.inner(ONE_HOT, X)), Tensors.inner(ONE_HOT, X)),
                law(OneHotRule.PRODUCT, "Σ hxy = (Σ hx)(Σ hy)", ONE_HOT.times(X).times(Y).sum(),
                        selected.times(Tensors.inner(ONE_HOT, Y))),
                law("one-hot selects in every factor, unsummed", "hᵢxᵢ = hᵢ Σ hx", ONE_HOT.times(X),
                        ONE_HOT.times(selected)),
                law(OneHotRule.FUNCTION, "Σ h log q = log Σ hq", Tensors.inner(ONE_HOT, log(Q)),
                        log(Tensors.inner(ONE_HOT, Q))),
                law("function of selected entries of rows", "Σⱼ gᵢⱼ exp(Wᵢⱼ xⱼ) = exp(Σⱼ gᵢⱼ Wᵢⱼ · Σⱼ gᵢⱼ xⱼ)",
                        g.times(exp(LawSymbols.W.times(X))).sum(1),
                        exp(g.times(LawSymbols.W).sum(1).times(g.matmul(X)))),
                law("reciprocal of a selected entry", "Σ h x⁻¹ = (Σ hx)⁻¹", Tensors.inner(ONE_HOT, X.pow(-1)),
                        selected.pow(-1)),
                law(OneHotRule.EXCLUSIVE, "hᵢhⱼ = hᵢδᵢⱼ", Tensors.outer(ONE_HOT, ONE_HOT), Tensors.diag(ONE_HOT)));
    }
}
