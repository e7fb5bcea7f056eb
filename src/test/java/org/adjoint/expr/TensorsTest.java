package org.adjoint.expr;

import static org.adjoint.expr.Loops.At.sum;
import static org.adjoint.expr.Loops.assertEntries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operations of tensor algebra against loops over their entries, and the laws of broadcasting. */
class TensorsTest {
    private static final Size ONE = Size.ONE;
    private static final Size M = Size.symbol("m");
    private static final Size N = Size.symbol("n");
    private static final Size K = Size.symbol("k");
    private static final Variable A = Variable.of("A", Shape.of(M, K));
    private static final Variable B = Variable.of("B", Shape.of(K, N));
    private static final Variable S = Variable.of("S", Shape.of(N, N));
    private static final Variable U = Variable.of("u", Shape.of(K));
    private static final Variable V = Variable.of("v", Shape.of(K));
    private static final Variable T = Variable.of("T", Shape.of(Size.of(2), M, K));
    private static final Variable X = Variable.scalar("x");

    /** (AB)ᵢⱼ = Σₖ Aᵢₖ Bₖⱼ, with vectors at either side, and leading axes that broadcast. */
    @Test
    void matrixProducts() {
        assertEntries(A.matmul(B), (at, o) -> sum(at.size("k"), k -> at.of(A, o[0], k).times(at.of(B, k, o[1]))));
        assertEntries(A.matmul(V), (at, o) -> sum(at.size("k"), k -> at.of(A, o[0], k).times(at.of(V, k))));
        assertEntries(V.matmul(B), (at, o) -> sum(at.size("k"), k -> at.of(V, k).times(at.of(B, k, o[0]))));
        assertEntries(U.matmul(V), (at, o) -> sum(at.size("k"), k -> at.of(U, k).times(at.of(V, k))));
        assertEntries(T.matmul(B),
                (at, o) -> sum(at.size("k"), k -> at.of(T, o[0], o[1], k).times(at.of(B, k, o[2]))));
        assertEntries(T.matmul(V), (at, o) -> sum(at.size("k"), k -> at.of(T, o[0], o[1], k).times(at.of(V, k))));
        Variable batched = Variable.of("C", Shape.of(ONE, K, N));
        assertEntries(T.matmul(batched),
                (at, o) -> sum(at.size("k"), k -> at.of(T, o[0], o[1], k).times(at.of(batched, 0, k, o[2]))));
    }

    @Test
    void broadcasting() {
        Variable row = Variable.of("r", Shape.of(ONE, N));
        Variable column = Variable.of("c", Shape.of(M, ONE));
        assertEntries(row.plus(column), (at, o) -> at.of(row, 0, o[1]).plus(at.of(column, o[0], 0)));
        assertEntries(row.times(column).times(X),
                (at, o) -> at.of(row, 0, o[1]).times(at.of(column, o[0], 0)).times(at.of(X)));
        assertEntries(A.minus(V), (at, o) -> at.of(A, o[0], o[1]).minus(at.of(V, o[1])));
        assertEntries(T.times(A), (at, o) -> at.of(T, o).times(at.of(A, o[1], o[2])));
        assertEntries(Tensors.broadcast(X, Shape.of(M, N)), (at, o) -> at.of(X));
        assertEntries(Tensors.broadcast(row, Shape.of(Size.of(2), M, N)), (at, o) -> at.of(row, 0, o[2]));
    }

    /** Broadcasting of shapes is commutative, associative, idempotent, and has the scalar as its unit. */
    @Test
    void broadcastLaws() {
        List<Expr> shapes = List.of(X, V, Variable.of("r", Shape.of(ONE, K)), A, T,
                Variable.of("c", Shape.of(M, ONE)), Variable.of("o", Shape.of(ONE)));
        for (Expr a : shapes) {
            assertThat(Tensors.broadcastShape(List.of(a, a))).isEqualTo(a.shape());
            assertThat(Tensors.broadcastShape(List.of(a, X))).isEqualTo(a.shape());
            for (Expr b : shapes) {
                Shape ab = Tensors.broadcastShape(List.of(a, b));
                assertThat(Tensors.broadcastShape(List.of(b, a))).isEqualTo(ab);
                assertThat(a.plus(b)).isSameAs(b.plus(a));
                assertThat(a.times(b)).isSameAs(b.times(a));
                for (Expr c : shapes) {
                    assertThat(Tensors.broadcastShape(List.of(Contraction.ones(ab), c)))
                            .isEqualTo(Tensors.broadcastShape(List.of(a, b, c)));
                }
            }
        }
    }

    @Test
    void sumsAndMeans() {
        assertEntries(T.sum(1), (at, o) -> sum(at.size("m"), i -> at.of(T, o[0], i, o[1])));
        assertEntries(T.sum(-1), (at, o) -> sum(at.size("k"), i -> at.of(T, o[0], o[1], i)));
        assertEntries(T.sum(), (at, o) -> sum(2,
                a -> sum(at.size("m"), b -> sum(at.size("k"), c -> at.of(T, a, b, c)))));
        assertEntries(Tensors.sum(T, new int[] {0, 2}, true),
                (at, o) -> sum(2, a -> sum(at.size("k"), c -> at.of(T, a, o[1], c))));
        assertEntries(Tensors.mean(A, new int[] {0}, false), (at, o) -> sum(at.size("m"), i -> at.of(A, i, o[0]))
                .dividedBy(Rational.of(at.size("m"))));
    }

    @Test
    void transposesAndDiagonals() {
        assertEntries(A.transpose(), (at, o) -> at.of(A, o[1], o[0]));
        assertEntries(T.transpose(), (at, o) -> at.of(T, o[2], o[1], o[0]));
        assertEntries(Tensors.permute(T, 2, 0, 1), (at, o) -> at.of(T, o[1], o[2], o[0]));
        assertEntries(Tensors.trace(S), (at, o) -> sum(at.size("n"), i -> at.of(S, i, i)));
        assertEntries(Tensors.diagonal(S), (at, o) -> at.of(S, o[0], o[0]));
        assertEntries(Tensors.diag(V), (at, o) -> o[0] == o[1] ? at.of(V, o[0]) : Rational.ZERO);
        assertEntries(Tensors.outer(V, A), (at, o) -> at.of(V, o[0]).times(at.of(A, o[1], o[2])));
        assertEntries(Tensors.inner(A, A),
                (at, o) -> sum(at.size("m"), i -> sum(at.size("k"), j -> at.of(A, i, j).pow(2))));
        assertEntries(Tensors.pull(V, B), (at, o) -> sum(at.size("k"), i -> at.of(V, i).times(at.of(B, i, o[0]))));
    }

    @Test
    void layout() {
        assertEntries(Tensors.insertAxis(A, 1), (at, o) -> at.of(A, o[0], o[2]));
        assertEntries(Tensors.insertAxis(A, 2), (at, o) -> at.of(A, o[0], o[1]));
        assertEntries(Tensors.stack(List.of(U, V, X)), (at, o) -> o[0] == 0 ? at.of(U, o[1])
                : o[0] == 1 ? at.of(V, o[1]) : at.of(X));
    }

    /** One call makes one node: n-ary sums and products are the same in any order. */
    @Test
    void chainsAreOrderless() {
        assertThat(Tensors.sum(List.of(X, V, U))).isSameAs(Tensors.sum(List.of(U, X, V)));
        assertThat(Tensors.product(List.of(X, V, U))).isSameAs(Tensors.product(List.of(V, U, X)));
        assertThat(Tensors.sum(List.of())).isSameAs(Constant.ZERO);
        assertThat(Tensors.product(List.of())).isSameAs(Constant.ONE);
    }

    /** A product of scalars is the same node whether a size, a view or neither is among them. */
    @Test
    void scalarProductsAreCanonical() {
        Expr n = Dimension.of(N);
        Expr view = Reshape.of(Variable.of("o", Shape.of(ONE)), Shape.SCALAR);
        Variable y = Variable.scalar("y");
        assertThat(n.times(X.times(view))).isSameAs(n.times(X).times(view));
        assertThat(y.times(X.times(view))).isSameAs(y.times(X).times(view));
    }

    /** Bad operands are refused with the law, the names and the shapes. */
    @Test
    void shapeErrors() {
        assertThatThrownBy(() -> A.plus(B)).isInstanceOf(ShapeError.class)
                .hasMessage("shapes must match or broadcast; got A [m, k] and B [k, n]");
        assertThatThrownBy(() -> A.matmul(A)).isInstanceOf(ShapeError.class)
                .hasMessageContaining("the last axis on the left must match the second-last axis on the right")
                .hasMessageContaining("A [m, k] and A [m, k]");
        assertThatThrownBy(() -> A.matmul(X)).hasMessageContaining("not scalars; got A [m, k] and x []");
        assertThatThrownBy(() -> Tensors.trace(A)).hasMessage("trace needs a square matrix; got A [m, k]");
        assertThatThrownBy(() -> Tensors.diag(A)).hasMessage("diag takes a vector; got A [m, k]");
        assertThatThrownBy(() -> Tensors.inner(A, B)).hasMessageContaining("an inner product takes equal shapes");
        assertThatThrownBy(() -> A.sum(2)).isInstanceOf(ShapeError.class)
                .hasMessage("axes must exist and differ, got [2]; got A [m, k]");
        assertThatThrownBy(() -> Tensors.sum(A, new int[] {0, -2}, false)).isInstanceOf(ShapeError.class);
        assertThatThrownBy(() -> Tensors.pull(V, A)).hasMessageContaining("begins with the shape of its cotangent");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 2", "-1, 0", "5, 1"})
    void permutationsNameEveryAxisOnce(int first, int second) {
        assertThatThrownBy(() -> Tensors.permute(A, first, second)).isInstanceOf(ShapeError.class)
                .hasMessage("a permutation names every axis once, got [" + first + ", " + second + "]; got A [m, k]");
    }

    @ParameterizedTest
    @CsvSource({"-1", "3"})
    void newAxesHaveAPlace(int position) {
        assertThatThrownBy(() -> Tensors.insertAxis(A, position)).isInstanceOf(ShapeError.class)
                .hasMessageContaining("a new axis goes to one of the positions 0 to 2, got " + position)
                .hasMessageContaining("A [m, k]");
    }
}
