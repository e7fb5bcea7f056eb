package org.adjoint.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kronecker products, convolutions and what has no matrix notation, in the dialect {@code matlab}. */
class MatlabNotationTest {
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));
    private static final Variable B = Variable.of("B", Shape.of("d", "d"));
    private static final Variable X = Variable.of("X", Shape.of("n", "d"));

    private final Reader reader = new Reader();

    @ParameterizedTest
    @ValueSource(strings = {"kron(A,B)", "kron(W,A)*ones(n*n)", "vec(A)*vec(W)'", "conv(x,u)", "conv(x,y)", "corr(v,x)",
            "toep(x,m)", "toep(x,m)'*conv(x,u)", "conv2(A,W)", "flip(x)", "rot180(W)", "diag(conv(x,y))",
            "einsum(\"ijk,k->ij\",P,x)", "tr(kron(A,B))", "kron(x',A)", "kron(A+2*B,C)", "conv2(W,A)-conv2(W,B)"})
    void whatIsPrintedSaysTheSame(String text) {
        Expr node = reader.matlab(text);
        String printed = new MatlabPrinter().closed(node).orElseThrow();
        assertThat(Agreement.of(reader.matlab(printed), node)).as(printed).isTrue();
        assertThat(printed.length()).as(printed).isLessThanOrEqualTo(text.length() + 2);
    }

    /** Magnus and Neudecker, "Matrix Differential Calculus", chapter 9: {@code d vec F / d vec(X)'}. */
    @Test
    void jacobiansOfMatrices() {
        assertThat(stacked(A.matmul(X).matmul(B))).isEqualTo("kron(B',A)");
        assertThat(stacked(X.transpose())).isEqualTo("comm(n,d)");
        assertThat(stacked(X.times(X))).isEqualTo("2*diag(vec(X))");
        assertThat(stacked(X.transpose().matmul(A))).isEqualTo("kron(A',eye(d))*comm(n,d)");
        assertThat(stacked(X.sum().times(X))).isEqualTo("sum(X)*eye(d*n)+vec(X)*vec(ones(n,d))'");
        assertThat(stacked(X)).isEqualTo("eye(d*n)");
    }

    /** The Jacobian with the axes of F and those of X stacked by columns. */
    private static String stacked(Expr f) {
        Expr jacobian = ReverseSweep.jacobian(f, X);
        Expr columns = Tensors.permute(jacobian, 1, 0, 3, 2);
        Shape shape = Shape.of(f.shape().count(), X.shape().count());
        Expr stacked = Reshape.of(columns, shape);
        return new MatlabPrinter().closed(stacked).orElseThrow();
    }

    @Test
    void theGradientOfACorrelationIsAConvolution() {
        Size n = Size.symbol("n");
        Size k = Size.symbol("k");
        Variable x = Variable.of("x", Shape.of(n.plus(k).minus(1)));
        Variable w = Variable.of("w", Shape.of(k));
        Variable g = Variable.of("g", Shape.of(n));
        Expr windows = Window.gather(x, new Window.Access(x.shape(), Shape.of(n, k),
                List.of(List.of(1, 1)), List.of(Size.ZERO), false));
        Expr f = g.matmul(windows.matmul(w));
        assertThat(new MatlabPrinter().closed(windows.matmul(w))).contains("corr(x,w)");
        assertThat(new MatlabPrinter().closed(ReverseSweep.gradient(f, x))).contains("conv(g,w)");
        assertThat(new MatlabPrinter().closed(ReverseSweep.gradient(f, w))).contains("corr(x,g)");
    }

    @Test
    void sumsOfTensorsAreMultipliedOut() {
        Variable p = Variable.of("P", Shape.of("n", "n", "n"));
        Variable q = Variable.of("Q", Shape.of("n", "n", "n"));
        Variable x = Variable.of("x", Shape.of("n"));
        Expr sum = p.plus(q.times(3));
        Expr contracted = Contraction.of(List.of(sum, x), List.of(new int[] {0, 1, 2}, new int[] {2}), new int[] {0, 1},
                Shape.of("n", "n"));
        assertThat(new MatlabPrinter().closed(contracted)).get().asString().contains("einsum(\"ijk,k->ij\",P,x)")
                .contains("3*einsum(\"ijk,k->ij\",Q,x)");
    }
}
