package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Counted by hand. */
class MultiplicationsTest {
    private static final Size M = Size.symbol("m");
    private static final Size N = Size.symbol("n");
    private static final Size K = Size.symbol("k");
    private static final Variable A = Variable.of("A", Shape.of(M, K));
    private static final Variable B = Variable.of("B", Shape.of(K, N));
    private static final Variable X = Variable.of("x", Shape.of(N));

    @Test
    void products() {
        assertThat(Multiplications.of(A)).isEqualTo(Size.ZERO);
        assertThat(Multiplications.of(A.transpose())).isEqualTo(Size.ZERO);
        assertThat(Multiplications.of(A.sum())).isEqualTo(Size.ZERO);
        assertThat(Multiplications.of(A.matmul(B))).isEqualTo(M.times(K).times(N));
        assertThat(Multiplications.of(A.times(A))).isEqualTo(M.times(K));
        assertThat(Multiplications.of(Functions.EXP.apply(A))).isEqualTo(Size.ZERO);
    }

    /** {@code A B x} as one product of three factors: from the right, {@code kn + mk}; and a shared part once. */
    @Test
    void chainsAndSharedParts() {
        Expr chain = Contraction.of(List.of(A, B, X), List.of(new int[] {0, 1}, new int[] {1, 2}, new int[] {2}),
                new int[] {0}, Shape.of(M));
        assertThat(Multiplications.of(chain)).isEqualTo(K.times(N).plus(M.times(K)));
        Expr shared = Functions.EXP.apply(A.matmul(B));
        assertThat(Multiplications.of(shared.plus(Functions.SIN.apply(A.matmul(B)))))
                .isEqualTo(M.times(K).times(N));
    }

    /** As many as the layer is said to take; and its gradients as many each. */
    @Test
    void convolutions() {
        ConvLayer layer = new ConvLayer("net", Size.of(3), Size.of(4), Collections.nCopies(2,
                new Sliding(Size.of(3), 2, Size.ONE, Size.ONE, 1)), Padding.ZERO, Size.ONE, false);
        Variable x = Variable.of("x", Shape.of(2, 3, 7, 9));
        Expr y = layer.apply(x, Mode.EVALUATION);
        Size count = layer.counts(x.shape()).multiplications();
        assertThat(Multiplications.of(y)).isEqualTo(count).isEqualTo(Size.of(2 * 4 * 4 * 5 * 3 * 9));
        Variable u = Variable.of("u", y.shape());
        ReverseSweep sweep = ReverseSweep.of(y, u, List.of(x, layer.weight().variable()));
        assertThat(Multiplications.of(sweep.cotangent(x))).isEqualTo(count);
        assertThat(Multiplications.of(sweep.cotangent(layer.weight().variable()))).isEqualTo(count);
    }
}
