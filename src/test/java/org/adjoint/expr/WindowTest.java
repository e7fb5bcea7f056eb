package org.adjoint.expr;

import static org.adjoint.expr.Loops.At.sum;
import static org.adjoint.expr.Loops.assertEntries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** Affine access against loops: slices, flips, padding, entries, rolls, sliding windows, and their transposes. */
class WindowTest {
    private static final Size N = Size.symbol("n");
    private static final Variable V = Variable.of("v", Shape.of(N));
    private static final Variable A = Variable.of("A", Shape.of(Size.symbol("m"), N));

    @Test
    void slices() {
        assertEntries(Window.slice(V, 0, Size.ONE, 1, N.minus(1)), (at, o) -> at.of(V, o[0] + 1));
        assertEntries(Window.slice(V, 0, Size.ZERO, 2, N.plus(1).floorDivide(Size.of(2))),
                (at, o) -> at.of(V, 2 * o[0]));
        assertEntries(Window.slice(A, 1, N.minus(1), -1, N), (at, o) -> at.of(A, o[0], at.size("n") - 1 - o[1]));
        assertEntries(Window.slice(A, 0, Size.of(-2), 1, Size.of(5)), (at, o) -> at.of(A, o[0] - 2, o[1]));
        assertEntries(Window.entry(A, 0, Size.ZERO), (at, o) -> at.of(A, 0, o[0]));
        assertEntries(Window.entry(A, 1, N.minus(1)), (at, o) -> at.of(A, o[0], at.size("n") - 1));
    }

    @Test
    void rolls() {
        for (int shift : new int[] {-5, -1, 0, 1, 2, 7}) {
            assertEntries(Window.roll(A, 1, Size.of(shift)),
                    (at, o) -> at.of(A, o[0], Math.floorMod(o[1] - shift, at.size("n"))));
        }
        assertThat(Window.roll(A, 0, Size.ZERO)).isSameAs(A);
    }

    private static Window.Access sliding(boolean circular) {
        return new Window.Access(Shape.of(N), Shape.of(N, Size.of(3)), List.of(List.of(2, 3)), List.of(Size.of(-1)),
                circular);
    }

    /** out[o, w] = in[2o + 3w − 1]: stride 2, dilation 3, padding 1. */
    @Test
    void slidingWindows() {
        assertEntries(Window.gather(V, sliding(false)), (at, o) -> at.of(V, 2 * o[0] + 3 * o[1] - 1));
        assertEntries(Window.gather(V, sliding(true)),
                (at, o) -> at.of(V, Math.floorMod(2 * o[0] + 3 * o[1] - 1, at.size("n"))));
    }

    /** out[i] = Σ of what a gather would have read there. */
    @Test
    void folds() {
        Variable w = Variable.of("w", Shape.of(N, Size.of(3)));
        assertEntries(Window.fold(w, sliding(false)), (at, i) -> sum(at.size("n"), o -> sum(3,
                k -> 2 * o + 3 * k - 1 == i[0] ? at.of(w, o, k) : Rational.ZERO)));
        assertEntries(Window.fold(w, sliding(true)), (at, i) -> sum(at.size("n"), o -> sum(3,
                k -> Math.floorMod(2 * o + 3 * k - 1, at.size("n")) == i[0] ? at.of(w, o, k) : Rational.ZERO)));
    }

    /** ⟨gather x, w⟩ = ⟨x, fold w⟩. */
    @Test
    void gatherAndFoldAreTransposes() {
        Variable w = Variable.of("w", Shape.of(N, Size.of(3)));
        for (boolean circular : new boolean[] {false, true}) {
            Numerically.assertSame("⟨gather x, w⟩ = ⟨x, fold w⟩",
                    Tensors.inner(Window.gather(V, sliding(circular)), w),
                    Tensors.inner(V, Window.fold(w, sliding(circular))), 11);
        }
    }

    @Test
    void theIdentityDisappears() {
        assertThat(Window.slice(A, 0, Size.ZERO, 1, Size.symbol("m"))).isSameAs(A);
        assertThat(Window.slice(A, 1, Size.ZERO, 1, N)).isSameAs(A);
    }

    @Test
    void shapeErrors() {
        assertThatThrownBy(() -> Window.gather(A, sliding(false))).isInstanceOf(ShapeError.class)
                .hasMessage("a gather reads [n]; got A [m, n]");
        assertThatThrownBy(() -> Window.fold(V, sliding(false))).hasMessage("a fold reads [n, 3]; got v [n]");
        assertThatThrownBy(() -> Window.slice(V, 1, Size.ZERO, 1, N)).isInstanceOf(ShapeError.class)
                .hasMessage("axis 1 does not exist; got v [n]");
        assertThatThrownBy(() -> Window.entry(V, -1, Size.ZERO)).isInstanceOf(ShapeError.class);
        assertThatThrownBy(() -> Window.roll(V, 3, Size.ONE)).isInstanceOf(ShapeError.class);
        assertThatThrownBy(() -> new Window.Access(Shape.of(N), Shape.of(N), List.of(), List.of(), false))
                .isInstanceOf(ShapeError.class).hasMessageContaining("one stride for each axis of the window");
    }
}
