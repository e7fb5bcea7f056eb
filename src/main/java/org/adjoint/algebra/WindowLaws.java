package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.N;
import static org.adjoint.algebra.LawSymbols.X;
import static org.adjoint.algebra.LawSymbols.Y;
import static org.adjoint.algebra.LawSymbols.law;

import java.util.List;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;

/**
 * Windows, folds and convolutions at any size: the adjoint of a gather is a fold, windows of windows are windows, and the
 * forms of one convolution agree. Source: Dumoulin, Visin, A guide to convolution arithmetic for deep learning, 2016.
 */
final class WindowLaws {
    private static final Size LONG = Size.symbol("n");
    private static final Size SHORT = Size.symbol("k");
    /** n + k − 1, the length of a full convolution. */
    private static final Size FULL = LONG.plus(SHORT).minus(1);
    private static final Variable KERNEL = Variable.of("w", Shape.of(SHORT));
    private static final Variable OTHER = Variable.of("v", Shape.of(SHORT));
    private static final Variable COTANGENT = Variable.of("u", Shape.of(FULL));
    private static final Variable SECOND = Variable.of("v", Shape.of(FULL));

    private WindowLaws() {
    }

    static List<Law> all() {
        Window.Access windows = access(FULL, Shape.of(LONG, SHORT), List.of(1, 1), Size.ZERO, false);
        Expr slid = Window.gather(COTANGENT, windows);
        Variable places = Variable.of("P", Shape.of(LONG, SHORT));
        Expr inner = Window.slice(COTANGENT, 0, SHORT.minus(1), 1, LONG);
        Expr turned = Window.slice(X, 0, LONG.minus(1), -1, LONG);
        return List.of(
                law(WindowRule.FORM, "<fold P, u> = <P, windows of u>",
                        Window.fold(places, windows).times(COTANGENT).sum(), places.times(slid).sum()),
                law(WindowRule.COMPOSED, "u[k−1:][::−1][::−1] = u[k−1:]", reversed(reversed(inner)), inner),
                law(WindowRule.COUNTED, "Σ windows of ones = number of windows",
                        Window.gather(Contraction.ones(Shape.of(FULL)), windows).sum(),
                        N.times(Dimension.of(SHORT))),
                law(WindowRule.ENTRY, "(x + y)[::−1][0] = x[n−1] + y[n−1]",
                        Window.entry(reversed(X.plus(Y)), 0, Size.ZERO), Window.entry(X, 0, LONG.minus(1))
                                .plus(Window.entry(Y, 0, LONG.minus(1)))),
                law(FunctionWindows.INSIDE, "Σₖ exp(u)[t + k] w[k] = Σₖ exp(u[t + k]) w[k]",
                        Window.gather(Functions.EXP.apply(COTANGENT), windows).matmul(KERNEL),
                        Functions.EXP.apply(slid).matmul(KERNEL)),
                law(Orientation.AXES, "exp(P ⊙ Q)ᵀ = exp(Pᵀ ⊙ Qᵀ)",
                        Functions.EXP.apply(places.times(slid)).transpose(),
                        Functions.EXP.apply(places.transpose().times(slid.transpose()))),
                law(FunctionWindows.SHARED, "(u ⊙ v)[k−1:] = u[k−1:] ⊙ v[k−1:]",
                        Window.slice(COTANGENT.times(SECOND), 0, SHORT.minus(1), 1, LONG),
                        inner.times(Window.slice(SECOND, 0, SHORT.minus(1), 1, LONG))),
                law("flip of a flip", "x[::−1][::−1] = x", reversed(turned), X),
                law("convolution commutes", "w * x = x * w", full(X, KERNEL), full(KERNEL, X)),
                law("convolution is associative", "(x * w) * v = x * (w * v)", full(full(X, KERNEL), OTHER),
                        full(X, full(KERNEL, OTHER))),
                law("convolution is a Toeplitz matrix", "w * x = T(w) x", full(X, KERNEL),
                        toeplitz(KERNEL, FULL, LONG).matmul(X)),
                law("adjoint of a convolution in its input", "<w * x, u> = <x, corr(u, w)>",
                        full(X, KERNEL).times(COTANGENT).sum(), X.times(slid.matmul(KERNEL)).sum()),
                law("adjoint of a convolution in its kernel", "<w * x, u> = <w, corr(u, x)>",
                        full(X, KERNEL).times(COTANGENT).sum(),
                        KERNEL.times(Tensors.matmul(slid.transpose(), X)).sum()),
                law("rolls add up", "roll(roll(x, a), b) = roll(x, a + b)",
                        Window.roll(Window.roll(X, 0, Size.of(1)), 0, Size.of(2)), Window.roll(X, 0, Size.of(3))),
                law(RolledFunctions.ROLLED, "exp(roll x) = roll exp(x)",
                        Functions.EXP.apply(circular(Window.roll(X, 0, Size.of(2)), Y)),
                        Window.roll(Functions.EXP.apply(circular(X, Y)), 0, Size.of(2))),
                law(RolledFunctions.FOLLOWED, "roll(exp(x) ⊙ (x ⊛ y)) = exp(roll x) ⊙ (roll x ⊛ y)",
                        Window.roll(Functions.EXP.apply(X).times(circular(X, Y)), 0, Size.of(2)),
                        Functions.EXP.apply(Window.roll(X, 0, Size.of(2)))
                                .times(circular(Window.roll(X, 0, Size.of(2)), Y))),
                law("roll is orthogonal", "<roll x, roll y> = <x, y>",
                        Window.roll(X, 0, Size.of(2)).times(Window.roll(Y, 0, Size.of(2))).sum(), X.times(Y).sum()),
                law("circular convolution commutes", "x ⊛ y = y ⊛ x", circular(X, Y), circular(Y, X)),
                law("sum of a convolution", "Σ w * x = Σ w · Σ x", full(X, KERNEL).sum(),
                        KERNEL.sum().times(X.sum())));
    }

    private static Window.Access access(Size source, Shape window, List<Integer> strides, Size offset,
            boolean circular) {
        return new Window.Access(Shape.of(source), window, List.of(strides), List.of(offset), circular);
    }

    private static Expr reversed(Expr x) {
        Size n = x.shape().get(0);
        return Window.slice(x, 0, n.minus(1), -1, n);
    }

    /** {@code T[i, j] = w[i − j]}. */
    private static Expr toeplitz(Expr w, Size rows, Size columns) {
        return Window.gather(w,
                access(w.shape().get(0), Shape.of(rows, columns), List.of(1, -1), Size.ZERO, false));
    }

    /** {@code y[i] = Σ_j w[j] x[i − j]}. */
    private static Expr full(Expr x, Expr w) {
        Size k = w.shape().get(0);
        return toeplitz(x, x.shape().get(0).plus(k).minus(1), k).matmul(w);
    }

    private static Expr circular(Expr x, Expr y) {
        Size n = x.shape().get(0);
        return Window.gather(x, access(n, Shape.of(n, n), List.of(1, -1), Size.ZERO, true)).matmul(y);
    }
}
