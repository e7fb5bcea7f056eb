package org.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.Values;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Every layout against central differences of plain loops, the stacking of columns written out. */
class DerivativeLayoutTest {
    private static final int M = 3;
    private static final int N = 2;
    private static final Sizes SIZES = Sizes.of(Map.of("m", M, "n", N));
    private static final double H = 1e-5;
    private static final Variable X = Variable.of("X", Shape.of("m", "n"));
    private static final Variable A = Variable.of("A", Shape.of("n", "m"));
    private static final Variable S = Variable.of("S", Shape.of("n", "n"), Fact.Named.SYMMETRIC);
    private static final Variable T = Variable.scalar("t");

    private final Random random = new Random(7);
    private final double[] a = numbers(N * M);

    private double[] numbers(int count) {
        return random.doubles(count, -1, 1).toArray();
    }

    private static Derived derived(Expr f, Variable x, Layout layout) {
        return (Derived) new Deriver(Definitions.NONE, 1).derive(f, x, layout);
    }

    private static double[] value(Expr expr, Values values) {
        return Plan.compile(List.of(expr), SIZES).evaluate(values).get(0).data();
    }

    private static double[] slope(Function<double[], double[]> f, double[] x, double[] direction) {
        double[] ahead = x.clone();
        double[] behind = x.clone();
        for (int k = 0; k < x.length; k++) {
            ahead[k] += H * direction[k];
            behind[k] -= H * direction[k];
        }
        double[] up = f.apply(ahead);
        double[] down = f.apply(behind);
        for (int k = 0; k < up.length; k++) {
            up[k] = (up[k] - down[k]) / (2 * H);
        }
        return up;
    }

    private static double[] unit(int length, int k) {
        double[] unit = new double[length];
        unit[k] = 1;
        return unit;
    }

    /** {@code (X A X)_ij}, row by row. */
    private double[] product(double[] x) {
        double[] f = new double[M * N];
        for (int i = 0; i < M; i++) {
            for (int j = 0; j < N; j++) {
                for (int p = 0; p < N; p++) {
                    for (int q = 0; q < M; q++) {
                        f[i * N + j] += x[i * N + p] * a[p * M + q] * x[q * N + j];
                    }
                }
            }
        }
        return f;
    }

    @Test
    void columnsAreStacked() {
        Derived jacvec = derived(X.matmul(A).matmul(X), X, Layout.JACVEC);
        double[] x = numbers(M * N);
        Values at = Values.NONE.with(X, Tensor.of(new int[] {M, N}, x)).with(A, Tensor.of(new int[] {N, M}, a));
        for (Expr form : List.of(jacvec.value(), jacvec.raw())) {
            assertThat(form.shape().rank()).isEqualTo(2);
            double[] matrix = value(form, at);
            for (int k = 0; k < M; k++) {
                for (int l = 0; l < N; l++) {
                    double[] moved = slope(this::product, x, unit(M * N, k * N + l));
                    for (int i = 0; i < M; i++) {
                        for (int j = 0; j < N; j++) {
                            assertThat(matrix[(j * M + i) * M * N + l * M + k]).isCloseTo(moved[i * N + j],
                                    within(1e-8));
                        }
                    }
                }
            }
        }
    }

    @Test
    void secondDerivativesAreStackedAlike() {
        Expr f = X.matmul(A).matmul(X).pow(2).sum();
        Derived hessvec = derived(f, X, Layout.HESSVEC);
        double[] x = numbers(M * N);
        Values at = Values.NONE.with(X, Tensor.of(new int[] {M, N}, x)).with(A, Tensor.of(new int[] {N, M}, a));
        double[] matrix = value(hessvec.value(), at);
        Expr gradient = derived(f, X, Layout.GRADIENT).raw();
        for (int k = 0; k < M; k++) {
            for (int l = 0; l < N; l++) {
                double[] moved = slope(
                        y -> value(gradient, at.with(X, Tensor.of(new int[] {M, N}, y))).clone(), x,
                        unit(M * N, k * N + l));
                for (int i = 0; i < M; i++) {
                    for (int j = 0; j < N; j++) {
                        assertThat(matrix[(j * M + i) * M * N + l * M + k]).isCloseTo(moved[i * N + j], within(1e-6));
                    }
                }
            }
        }
    }

    /** {@code log det S} and {@code aᵀS²b}: mirrored entries move together. */
    @Test
    void mirroredEntriesMoveTogether() {
        Variable b = Variable.of("b", Shape.of("n"));
        Variable c = Variable.of("c", Shape.of("n"));
        Derived bilinear = derived(Tensors.inner(b, S.matmul(S).matmul(c)), S, Layout.SYMGRADIENT);
        double[] s = {1.5, 0.25, 0.25, -0.75};
        double[] vb = {0.5, -1.25};
        double[] vc = {2, 0.75};
        Values at = Values.NONE.with(S, Tensor.of(new int[] {N, N}, s)).with(b, vb).with(c, vc);
        double[] gradient = value(bilinear.value(), at);
        Function<double[], double[]> f = y -> {
            double total = 0;
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < N; j++) {
                    for (int k = 0; k < N; k++) {
                        total += vb[i] * y[i * N + j] * y[j * N + k] * vc[k];
                    }
                }
            }
            return new double[] {total};
        };
        assertThat(gradient[0]).isCloseTo(slope(f, s, new double[] {1, 0, 0, 0})[0], within(1e-8));
        assertThat(gradient[1]).isCloseTo(slope(f, s, new double[] {0, 1, 1, 0})[0], within(1e-8));
        assertThat(gradient[2]).isCloseTo(gradient[1], within(1e-12));
        assertThat(gradient[3]).isCloseTo(slope(f, s, new double[] {0, 0, 0, 1})[0], within(1e-8));
    }

    @Test
    void aScalarLeavesNoDeltas() {
        Variable b = Variable.of("B", Shape.of("m", "m"));
        Expr f = Functions.SIN.apply(T.times(X)).matmul(A).matmul(b);
        Derived derived = derived(f, T, Layout.DSCALAR);
        assertThat(derived.raw().shape()).isEqualTo(f.shape());
        assertThat(org.adjoint.expr.Walk.postorder(derived.raw()))
                .noneMatch(node -> node instanceof org.adjoint.expr.Delta);
        assertThat(derived(T.times(T), T, Layout.DSCALAR).value()).isEqualTo(T.times(2));
    }

    /** A derivative stacked row by row, a symmetric gradient with the diagonal doubled: seen at once. */
    @Test
    void anotherOrderIsSeen() {
        Variable cotangent = Variable.of("c", Shape.of(X.shape().count()));
        Expr jacobian = derived(X.matmul(A).matmul(X), X, Layout.JACOBIAN).raw();
        Expr byRows = Reshape.of(jacobian, Shape.of(X.shape().count(), X.shape().count()));
        Expr f = X.matmul(A).matmul(X);
        Expr scalar = Tensors.inner(cotangent, Stacked.vec(f));
        Expr wrong = Stacked.unvec(Tensors.pull(cotangent, byRows), X.shape());
        assertThatThrownBy(() -> DifferenceCheck.check(scalar, X, wrong, 1))
                .isInstanceOf(DifferenceCheck.Withheld.class);
        Variable spd = Variable.of("S", Shape.of("n", "n"), Fact.Named.POSITIVE_DEFINITE);
        Expr logdet = MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, spd);
        Expr inverse = MatrixFunction.of(MatrixFunction.Operation.INVERSE, spd);
        for (Expr slip : List.of(inverse, inverse.times(2))) {
            assertThatThrownBy(() -> DifferenceCheck.check(logdet, spd, slip, Motion.SYMMETRIC, 1))
                    .isInstanceOf(DifferenceCheck.Withheld.class);
        }
    }

    @Test
    void misfitsSayWhichLayoutFits() {
        assertThatThrownBy(() -> derived(X.matmul(A), X, Layout.GRADIENT)).isInstanceOf(ShapeError.class)
                .hasMessageContaining("the layout gradient is of a scalar").hasMessageContaining("jacvec");
        assertThatThrownBy(() -> derived(X.times(T), T, Layout.GRADIENT)).hasMessageContaining("dscalar fits");
        assertThatThrownBy(() -> derived(X.sum(), X, Layout.DSCALAR)).hasMessageContaining("gradient fits");
        assertThat(new Deriver(Definitions.NONE, 1).derive(X.sum(), X, Layout.SYMGRADIENT))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).contains("declared symmetric"));
    }

    /** {@code d²/dX² log det X} at a symmetric X: {@code −(X⁻¹)_{jk}(X⁻¹)_{li}}, entries moving on their own. */
    @Test
    void declaredSymmetryIsNotDifferentiated() {
        Variable spd = Variable.of("S", Shape.of("n", "n"), Fact.Named.POSITIVE_DEFINITE);
        Derived hessian = derived(MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, spd), spd,
                Layout.HESSIAN);
        double[] s = {2, 0.5, 0.5, 1};
        double determinant = 1.75;
        double[] inverse = {1 / determinant, -0.5 / determinant, -0.5 / determinant, 2 / determinant};
        double[] values = value(hessian.value(), Values.NONE.with(spd, Tensor.of(new int[] {N, N}, s)));
        for (int k = 0; k < 16; k++) {
            int i = k / 8;
            int j = k / 4 % 2;
            int p = k / 2 % 2;
            int q = k % 2;
            assertThat(values[k]).isCloseTo(-inverse[j * 2 + p] * inverse[q * 2 + i], within(1e-12));
        }
        Variable z = Variable.of("z", Shape.of("n"), Fact.Named.PROBABILITY);
        Expr squared = z.sum().pow(2).times(z.pow(2).sum());
        assertThat(new Deriver(Definitions.NONE, 1).derive(squared, z, Layout.HESSIAN)).isInstanceOf(Derived.class);
    }
}
