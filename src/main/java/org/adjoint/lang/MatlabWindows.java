package org.adjoint.lang;

import java.util.List;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Window;

/**
 * Convolutions of dialect matlab: {@code conv} and {@code conv2} flip and are full, {@code corr} and {@code corr2} do not and
 * are valid. Each is a window of one operand contracted with the other.
 */
final class MatlabWindows {
    private MatlabWindows() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("conv(x, w)", a -> {
            Expr x = MatlabFunctions.column(a, "x");
            Expr w = MatlabFunctions.column(a, "w");
            return along(shifted(x, full(x, 0, w, 0), w.shape().get(0)), w);
        });
        table.row("corr(x, w)", a -> {
            Expr x = MatlabFunctions.column(a, "x");
            Expr w = MatlabFunctions.column(a, "w");
            return along(sliding(a, x, w.shape().get(0)), w);
        });
        table.row("toep(w, n)", a -> {
            Expr w = MatlabFunctions.column(a, "w");
            Size n = a.size("n");
            return Matrix.of(shifted(w, n.plus(w.shape().get(0)).minus(1), n)).value();
        });
        table.row("im2col(x, k)", a -> Matrix.of(sliding(a, MatlabFunctions.column(a, "x"), a.size("k"))).value());
        table.row("corr2(x, w)", a -> planes(a, false));
        table.row("conv2(x, w)", a -> planes(a, true));
        table.row("flip(x)", a -> {
            Matrix x = MatlabFunctions.matrix(a, "x");
            return x.row() || x.isScalar() ? x.value() : x.with(Window.flip(x.expr(), 0)).value();
        });
        table.row("rot180(x)", a -> {
            Matrix x = MatlabFunctions.matrix(a, "x");
            Expr turned = x.expr();
            for (int axis = 0; axis < x.rank(); axis++) {
                turned = Window.flip(turned, axis);
            }
            return x.with(turned).value();
        });
    }

    /** {@code out[i] = Σ_j windows[i, j]·w[j]}. */
    private static Value.Tensor along(Expr windows, Expr w) {
        return Matrix.of(Tensors.matmul(windows, w)).value();
    }

    /** {@code out[i, j] = x[i + j]}, inside x only. */
    private static Expr sliding(Arguments a, Expr x, Size k) {
        Size count = valid(a, x, 0, k);
        return Window.gather(x, new Window.Access(x.shape(), Shape.of(count, k), List.of(List.of(1, 1)),
                List.of(Size.ZERO), false));
    }

    /** {@code out[i, j] = x[i − j]}, zero outside. */
    private static Expr shifted(Expr x, Size count, Size k) {
        return Window.gather(x, new Window.Access(x.shape(), Shape.of(count, k), List.of(List.of(1, -1)),
                List.of(Size.ZERO), false));
    }

    /** {@code out[i, j] = Σ w[a, b]·x[i ± a, j ± b]}. */
    private static Value planes(Arguments a, boolean flipped) {
        Matrix image = MatlabFunctions.matrix(a, "x");
        Matrix kernel = MatlabFunctions.matrix(a, "w");
        if (kernel.isScalar()) {
            return image.with(Tensors.product(List.of(kernel.expr(), image.expr()))).value();
        }
        Expr x = image.full();
        Expr w = kernel.full();
        Size rows = flipped ? full(x, 0, w, 0) : valid(a, x, 0, w.shape().get(0));
        Size columns = flipped ? full(x, 1, w, 1) : valid(a, x, 1, w.shape().get(1));
        int sign = flipped ? -1 : 1;
        Expr windows = Window.gather(x, new Window.Access(x.shape(), Shape.of(rows, columns).concat(w.shape()),
                List.of(List.of(1, 0, sign, 0), List.of(0, 1, 0, sign)), List.of(Size.ZERO, Size.ZERO), false));
        return Matrix.of(Contraction.of(List.of(windows, w), List.of(new int[] {0, 1, 2, 3}, new int[] {2, 3}),
                new int[] {0, 1}, Shape.of(rows, columns))).value();
    }

    private static Size full(Expr x, int xAxis, Expr w, int wAxis) {
        return x.shape().get(xAxis).plus(w.shape().get(wAxis)).minus(1);
    }

    /** {@code n − k + 1}, of which at least one window must fit. */
    private static Size valid(Arguments a, Expr x, int axis, Size k) {
        Size room = x.shape().get(axis).minus(k);
        if (room.isInteger() && room.value() < 0) {
            throw Failures.type(a.call(), Failures.excerpt(a.call()) + ": a window of " + k + " does not fit into "
                    + x.shape().get(axis) + " entries");
        }
        if (!room.isNonNegative()) {
            a.reader().environment.requireNonNegative(room);
        }
        return room.plus(1);
    }
}
