package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.A;
import static org.adjoint.algebra.LawSymbols.B;
import static org.adjoint.algebra.LawSymbols.P;
import static org.adjoint.algebra.LawSymbols.V;
import static org.adjoint.algebra.LawSymbols.W;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.Y;
import static org.adjoint.algebra.LawSymbols.law;

import java.util.List;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** The laws by which a proof moves parts of expressions about, and the law by which each kind of node is normalised. */
final class StructureLaws {
    static final String DISTRIBUTED = "distributivity";
    static final String ASSOCIATED = "associativity";
    static final String COLLECTED = "like terms";
    static final String EXPANDED = "multiplied out and collected";
    static final String COMMON_FACTOR = "common factor";
    static final String POLISHED = "signs and grouping";
    static final String ENTRIES = "entry by entry";
    static final String SQUEEZED = "axes of length 1";

    static final String SQUARES = "squares of what is not negative";

    private StructureLaws() {
    }

    static List<Law> all() {
        Variable z = Variable.of("z", Shape.of("k"));
        Variable z01 = Variable.scalar("z", Fact.Named.ZERO_ONE);
        Variable u = Variable.of("u", Shape.of(2));
        return List.of(
                law(COLLECTED, "W(Vz) + (WV)z = 2WVz", W.matmul(V.matmul(z)).plus(W.matmul(V).matmul(z)),
                        W.matmul(V.matmul(z)).times(2)),
                law(EXPANDED, "(a + b)² − (a − b)² = 4ab", A.plus(B).pow(2).minus(A.minus(B).pow(2)),
                        A.times(B).times(4)),
                law(COMMON_FACTOR, "Σ ax + Σ bx = Σ (a + b)x", A.times(X).sum().plus(B.times(X).sum()),
                        A.plus(B).times(X).sum()),
                law(POLISHED, "−(a − b) = b − a", A.minus(B).negate(), B.minus(A)),
                law("common number of a sum", "(2a + 2b)² = 4(a + b)²", A.times(2).plus(B.times(2)).pow(2),
                        A.plus(B).pow(2).times(4)),
                law("sum of a sum", "Σ(x + y) = Σx + Σy", X.plus(Y).sum(), X.sum().plus(Y.sum())),
                law(SQUARES, "√(a² + 1) √(a² + 2) = √(a⁴ + 3a² + 2)",
                        LawSymbols.sqrt(A.pow(2).plus(Constant.ONE))
                                .times(LawSymbols.sqrt(A.pow(2).plus(Constant.TWO))),
                        LawSymbols.sqrt(A.pow(4).plus(A.pow(2).times(3)).plus(Constant.TWO))),
                law(ENTRIES, "u = [u₀, u₁]", u, Concatenation.of(List.of(Window.slice(u, 0, Size.of(0), 1, Size.ONE),
                        Window.slice(u, 0, Size.ONE, 1, Size.ONE)), 0)),
                law(EndToEnd.LAW, "Σ [x, z]² = Σ x² + Σ z²", Concatenation.of(List.of(X, z), 0).pow(2).sum(),
                        X.pow(2).sum().plus(z.pow(2).sum())),
                law("reversal of parts laid end to end", "[x, z][::−1] = [z[::−1], x[::−1]]",
                        Window.flip(Concatenation.of(List.of(X, z), 0), 0),
                        Concatenation.of(List.of(Window.flip(z, 0), Window.flip(X, 0)), 0)),
                law("reversal of parts but the first entry", "[x, z][:0:−1] and x[:1] are [z[::−1], x[::−1]]",
                        Concatenation.of(List.of(
                                Window.slice(Concatenation.of(List.of(X, z), 0), 0,
                                        Size.symbol("n").plus(Size.symbol("k")).minus(1), -1,
                                        Size.symbol("n").plus(Size.symbol("k")).minus(1)),
                                Window.slice(X, 0, Size.ZERO, 1, Size.ONE)), 0),
                        Concatenation.of(List.of(Window.flip(z, 0), Window.flip(X, 0)), 0)),
                law("function of parts laid end to end", "exp([x, z] + [y, 2z]) = [eˣ⁺ʸ, e³ᶻ]",
                        LawSymbols.exp(Concatenation.of(List.of(X, z), 0)
                                .plus(Concatenation.of(List.of(Y, z.times(2)), 0))),
                        Concatenation.of(List.of(LawSymbols.exp(X.plus(Y)), LawSymbols.exp(z.times(3))), 0)),
                law("maximum of parts laid end to end", "max [x, z] = max(max x, max z)",
                        Reduction.of(Reduction.Operation.MAX, Concatenation.of(List.of(X, z), 0), 0),
                        LawSymbols.f(Functions.MAXIMUM, Reduction.of(Reduction.Operation.MAX, X, 0),
                                Reduction.of(Reduction.Operation.MAX, z, 0))),
                law(SQUEEZED, "exp(x[:, None]) = exp(x)[:, None]", LawSymbols.exp(Tensors.insertAxis(X, 1)),
                        Tensors.insertAxis(LawSymbols.exp(X), 1)),
                law("merged axes", "reshape(W) xᵀ over merged axes is W ⊗ x",
                        Tensors.outer(Reshape.of(W, Shape.of(W.shape().count())), X),
                        Reshape.of(Tensors.outer(W, X), Shape.of(W.shape().count(), X.shape().get(0)))),
                law("sum in a denominator", "a/(a + b) = 1 − b/(a + b)", A.dividedBy(A.plus(B)),
                        LawSymbols.number(1).minus(B.dividedBy(A.plus(B)))),
                law("powers of sums are multiplied out", "(a + p)^(3/2) = a√(a + p) + p√(a + p)",
                        LawSymbols.root(A.plus(P), 3, 2),
                        A.times(LawSymbols.sqrt(A.plus(P))).plus(P.times(LawSymbols.sqrt(A.plus(P))))),
                law("indicators exclude each other", "[a > b][b > a] = 0",
                        LawSymbols.f(Functions.STEP, A.minus(B)).times(LawSymbols.f(Functions.STEP, B.minus(A))),
                        Constant.ZERO),
                law("indicator of the other sign", "a[−a > 0] = a − a[a > 0]",
                        A.times(LawSymbols.f(Functions.STEP, A.negate())),
                        A.minus(A.times(LawSymbols.f(Functions.STEP, A)))),
                law("function of a quantity of two values", "eᶻ = 1 + (e − 1)z for z in {0, 1}", LawSymbols.exp(z01),
                        LawSymbols.number(1).plus(LawSymbols.exp(LawSymbols.number(1)).minus(Constant.ONE).times(z01))),
                law("detached value", "detach x has the value of x", Detach.of(X.times(Y)), X.times(Y)));
    }

    /** The law by which the prover normalises a node whose operands are normal. */
    static String of(Expr node) {
        return switch (node) {
            case Variable leaf -> COLLECTED;
            case Constant leaf -> "uniform constant";
            case Dimension leaf -> "sum of sizes";
            case Range leaf -> COLLECTED;
            case Delta leaf -> COLLECTED;
            case Linear sum -> COLLECTED;
            case Contraction product -> DISTRIBUTED;
            case Elementwise f -> FunctionLaws.of(f);
            case Reduction reduction when reduction.operation() == Reduction.Operation.LOG_SUM_EXP -> "log-sum-exp";
            case Reduction reduction -> "product of a product";
            case Window window -> "linearity of slices";
            case Reshape reshape -> "linearity of reshape";
            case Where where -> "selection";
            case MatrixFunction f -> FunctionLaws.of(f.operation());
            case Concatenation all -> ENTRIES;
            case Application f -> COLLECTED;
            case Detach detach -> "detached value";
        };
    }
}
