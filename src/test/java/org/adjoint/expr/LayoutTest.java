package org.adjoint.expr;

import static org.adjoint.expr.Loops.assertEntries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reshape, concatenation and selection against loops. */
class LayoutTest {
    private static final Size M = Size.symbol("m");
    private static final Size N = Size.symbol("n");
    private static final Variable A = Variable.of("A", Shape.of(M, N));
    private static final Variable T = Variable.of("T", Shape.of(Size.of(2), M, N));
    private static final Variable V = Variable.of("v", Shape.of(N));

    /** Entries keep their row-major order. */
    @Test
    void reshape() {
        assertEntries(Reshape.of(A, Shape.of(M.times(N))),
                (at, o) -> at.of(A, o[0] / at.size("n"), o[0] % at.size("n")));
        assertEntries(Reshape.of(T, Shape.of(M.times(2), N)),
                (at, o) -> at.of(T, o[0] / at.size("m"), o[0] % at.size("m"), o[1]));
        assertEntries(Reshape.of(A, Shape.of(N, M)), (at, o) -> {
            int position = o[0] * at.size("m") + o[1];
            return at.of(A, position / at.size("n"), position % at.size("n"));
        });
        assertEntries(Reshape.of(A, Shape.of(Size.ONE, M, Size.ONE, N)), (at, o) -> at.of(A, o[1], o[3]));
    }

    @Test
    void reshapesComposeAndDisappear() {
        Expr flat = Reshape.of(A, Shape.of(M.times(N)));
        assertThat(Reshape.of(flat, A.shape())).isSameAs(A);
        assertThat(Reshape.of(flat, Shape.of(N, M))).isSameAs(Reshape.of(A, Shape.of(N, M)));
        assertThat(Reshape.of(A, A.shape())).isSameAs(A);
        assertThat(Reshape.of(Reshape.of(A, Shape.of(M, Size.ONE, N)), A.shape())).isSameAs(A);
        assertThat(Reshape.of(Contraction.ones(A.shape()), Shape.of(M.times(N))))
                .isSameAs(Contraction.ones(Shape.of(M.times(N))));
    }

    @Test
    void concatenation() {
        assertEntries(Concatenation.of(List.of(A, T.sum(0), A), 1), (at, o) -> {
            int n = at.size("n");
            int j = o[1] % n;
            return o[1] / n == 1 ? at.of(T, 0, o[0], j).plus(at.of(T, 1, o[0], j)) : at.of(A, o[0], j);
        });
        Variable b = Variable.of("B", Shape.of(Size.of(3), N));
        assertEntries(Concatenation.of(List.of(b, A), 0),
                (at, o) -> o[0] < 3 ? at.of(b, o[0], o[1]) : at.of(A, o[0] - 3, o[1]));
        assertThat(Concatenation.of(List.of(A), 0)).isSameAs(A);
        assertThat(Concatenation.of(List.of(A, A), 0).shape()).isEqualTo(Shape.of(M.times(2), N));
    }

    @Test
    void constantsConcatenate() {
        Constant one = Constant.of(Shape.of(1, 2), List.of(Rational.ONE, Rational.TWO));
        Constant two = Constant.of(Shape.of(1, 2), List.of(Rational.HALF, Rational.ZERO));
        assertThat(Concatenation.of(List.of(one, two), 0)).isSameAs(Constant.of(Shape.of(2, 2),
                List.of(Rational.ONE, Rational.TWO, Rational.HALF, Rational.ZERO)));
    }

    @Test
    void selection() {
        Expr where = Where.of(Functions.LESS.apply(A, V), V, A.times(2));
        assertEntries(where, (at, o) -> at.of(A, o).compareTo(at.of(V, o[1])) < 0 ? at.of(V, o[1])
                : at.of(A, o).times(Rational.TWO));
        assertThat(Where.of(Constant.ONE, A, V)).isSameAs(A);
        assertThat(Where.of(Constant.of(-2), A, V)).isSameAs(A);
        assertThat(Where.of(Constant.ZERO, A, V)).isSameAs(Tensors.broadcast(V, A.shape()));
        assertThat(Where.of(Functions.STEP.apply(A), V, V)).isSameAs(Tensors.broadcast(V, A.shape()));
    }

    @Test
    void shapeErrors() {
        assertThatThrownBy(() -> Reshape.of(A, Shape.of(M, M))).isInstanceOf(ShapeError.class)
                .hasMessage("a reshape keeps the number of entries; [m, m] has m*m, not m*n; got A [m, n]");
        assertThatThrownBy(() -> Concatenation.of(List.of(A, V), 0)).isInstanceOf(ShapeError.class)
                .hasMessage("shapes must agree except along the axis of concatenation; got A [m, n] and v [n]");
        assertThatThrownBy(() -> Concatenation.of(List.of(A), 2)).hasMessage("axis 2 does not exist; got A [m, n]");
        assertThatThrownBy(() -> Concatenation.of(List.of(), 0)).isInstanceOf(ShapeError.class);
        assertThatThrownBy(() -> Where.of(A, V, Variable.of("w", Shape.of(M)))).isInstanceOf(ShapeError.class)
                .hasMessageContaining("shapes must match or broadcast");
    }

    /** {@code δ_(ik)(jl) = δ_ij δ_kl}, counted row by row. */
    @Test
    void identitiesSplit() {
        Size m = Size.symbol("m");
        Size n = Size.symbol("n");
        Expr split = Reshape.of(Delta.of(m.times(n)), Shape.of(m, n, m, n));
        assertThat(split).isEqualTo(Tensors.permute(Tensors.outer(Delta.of(m), Delta.of(n)), 0, 2, 1, 3));
        assertThat(Reshape.of(Delta.of(m.times(n)), Shape.of(m, n, n, m))).isInstanceOf(Reshape.class);
        assertThat(Reshape.of(split, Shape.of(m.times(n), m.times(n)))).isNotEqualTo(split);
    }
}
