package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Range;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;
import org.junit.jupiter.api.Test;

/** Index names are named leading axes, in the order in which they are met. */
class IndexNotationTest {
    private static final String LAYER = "W : R[m, n]; x : R[n]; A : R[n, n]; q = W @ x";
    private final Desk desk = Desk.of(LAYER);
    private final Size n = Size.symbol("n");
    private final Size m = Size.symbol("m");
    private final Variable x = Variable.of("x", Shape.of("n"));
    private final Variable w = Variable.of("W", Shape.of("m", "n"));
    private final Variable a = Variable.of("A", Shape.of("n", "n"));

    @Test
    void anIndexRemovesItsAxisAndNamesIt() {
        assertThat(desk.indexed("W[i, j]", "i", "j")).isEqualTo(new Value.Tensor(w, List.of("i", "j")));
        assertThat(desk.indexed("W[i]", "i")).isEqualTo(new Value.Tensor(w, List.of("i")));
        assertThat(desk.indexed("W[:, j]", "j")).isEqualTo(new Value.Tensor(w.transpose(), List.of("j")));
    }

    @Test
    void aRepeatedIndexTakesTheDiagonal() {
        assertThat(desk.indexed("A[i, i]", "i")).isEqualTo(new Value.Tensor(Tensors.diagonal(a), List.of("i")));
        assertThat(desk.indexed("A[i, j] * x[i] * x[j]", "i", "j").expr())
                .isSameAs(Tensors.product(List.of(a, Tensors.insertAxis(x, 1), x)));
    }

    @Test
    void sumContracts() {
        assertThat(desk.indexed("sum(W[i, k] * x[k] for k)", "i"))
                .isEqualTo(new Value.Tensor(w.matmul(x), List.of("i")));
        assertThat(desk.expr("sum(W[i, k] * x[k] for i, k)")).isSameAs(w.matmul(x).sum());
        assertThat(desk.expr("sum(sum(W[i, k] * x[k] for k) for i)")).isSameAs(w.matmul(x).sum());
    }

    @Test
    void entriesOfAJacobian() {
        // ∂q_k/∂W_ij = δ_ki x_j, whichever side finds the ranges
        Expr expected = Contraction.of(List.of(Delta.of(m), x), List.of(new int[] {0, 1}, new int[] {2}),
                new int[] {0, 1, 2}, Shape.of(m, m, n));
        assertThat(desk.indexed("deriv(q[k], W[i, j])", "i", "j", "k"))
                .isEqualTo(new Value.Tensor(expected, List.of("k", "i", "j")));
        assertThat(desk.indexed("delta(k, i) * x[j] + 0 * q[k]", "i", "j", "k").expr()).isSameAs(expected);
    }

    @Test
    void rangesAreFoundThroughDeltasAndFunctions() {
        assertThat(desk.indexed("delta(k, i) * x[k]", "i", "k").expr().shape()).isEqualTo(Shape.of(n, n));
        Desk functions = Desk.of(LAYER + "; h(i) = x[i]**2");
        assertThat(functions.expr("sum(h(i) for i)")).isSameAs(x.pow(2).sum());
    }

    @Test
    void gradientsOfEntriesAreRowsOfTheJacobian() {
        assertThat(desk.indexed("grad(q[k], x)", "k")).isEqualTo(new Value.Tensor(w, List.of("k")));
        assertThat(desk.indexed("partial(q[i], x[j])", "i", "j")).isEqualTo(new Value.Tensor(w, List.of("i", "j")));
        assertThat(desk.indexed("deriv(x[i], x[i])", "i")).isEqualTo(
                new Value.Tensor(Contraction.ones(Shape.of(n)), List.of("i")));
    }

    @Test
    void shiftedAndWrittenRanges() {
        assertThat(desk.expr("sum(x[i + 1] - x[i] for i in 0..n-2)")).isSameAs(
                Window.slice(x, 0, Size.ONE, 1, n.minus(Size.ONE))
                        .minus(Window.slice(x, 0, Size.ZERO, 1, n.minus(Size.ONE))).sum());
        assertThat(desk.expr("sum(i * x[i - 1] for i in 1..n)"))
                .isSameAs(Tensors.sum(List.of(Range.of(n), Constant.ONE)).times(x).sum());
        assertThat(desk.reader().environment().nonNegativeSizes()).contains(n.minus(Size.of(2)));
    }

    @Test
    void declaredIndices() {
        Desk declared = Desk.of(LAYER + "; i, j : index(n)");
        assertThat(declared.value("A[i, j]")).isEqualTo(new Value.Tensor(a, List.of("i", "j")));
        assertThat(declared.value("A[j, i]")).isEqualTo(new Value.Tensor(a, List.of("j", "i")));
        assertThat(declared.value("delta(i, j)")).isEqualTo(new Value.Tensor(Delta.of(n), List.of("i", "j")));
    }

    @Test
    void definitionsByIndices() {
        Desk defined = Desk.of(LAYER + "; y[i] = sum(A[i, k] * x[k] for k); B[i, j] = x[j] * x[i]**2");
        assertThat(defined.problems()).isEmpty();
        assertThat(defined.reader().environment().definitions().value(Variable.of("y", Shape.of("n"))))
                .contains(a.matmul(x));
        assertThat(defined.shape("B")).isEqualTo(Shape.of("n", "n"));
    }

    @Test
    void integersOneByOneWhereAnAxisWillNotDo() {
        Desk families = Desk.of(LAYER + "; z[k] = x**k for k in 1..3");
        assertThat(families.problems()).isEmpty();
        Expr z1 = families.variable("x");
        assertThat(families.expr("sum(z[k] for k in 1..3)").shape()).isEqualTo(z1.shape());
        assertThat(families.reader().environment().definitions().value(Variable.of("z[1]", Shape.of("n"))))
                .contains(x);
        assertThat(families.expr("[sum(ones(k)) for k in 1..3]")).isSameAs(families.expr("[1, 2, 3]"));
    }

    @Test
    void whatIsWrongWithIndices() {
        assertThat(desk.wrong("sum(W[k, k] for k)")).isEqualTo(
                "W[k, k]: the axes that k indexes must have one size; axis 1 has n, and k runs over m");
        assertThat(desk.wrong("sum(k for k)"))
                .isEqualTo("the range of k is not known: it indexes no axis by itself");
        assertThat(desk.wrong("x[0, 1]"))
                .isEqualTo("x[0, 1]: there are more indices than axes; x is [n]");
        assertThat(Desk.of("v : R[3]").wrong("v[3]"))
                .isEqualTo("v[3]: index 3 is out of range; axis 0 has the entries 0 to 2");
        assertThat(Desk.of("v : R[3]").wrong("sum(v[i] for i in 1..3)"))
                .isEqualTo("v[i]: index i is out of range; axis 0 has the entries 0 to 2");
        assertThat(desk.wrong("sum(x[n] for n)")).isEqualTo("n is already defined, at text:1:10");
        assertThat(desk.undecided("sum(ones(k) for k in 1..n)")).isEqualTo(
                "an integer is needed where k stands, and it runs over a range whose ends are not integers");
    }
}
