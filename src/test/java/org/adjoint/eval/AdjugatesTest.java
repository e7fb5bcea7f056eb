package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Expr;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.MatrixFunction.Operation;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** The derivative of a determinant is compared with signed minors, which are determinants of smaller matrices. */
class AdjugatesTest {
    private static final Variable A = Variable.of("A", Shape.of("n", "n"));
    private static final Variable B = Variable.of("B", Shape.of("n", "n"));
    private static final Expr DET = MatrixFunction.of(Operation.DETERMINANT, A);

    private static Expr det(Expr x) {
        return MatrixFunction.of(Operation.DETERMINANT, x);
    }

    private static double[] evaluate(Expr expr, int n, double[] a, double[] b) {
        Values values = Values.NONE.with(A, Tensor.of(new int[] {n, n}, a)).with(B, Tensor.of(new int[] {n, n}, b));
        return Plan.compile(List.of(expr), Sizes.of("n", n)).evaluate(values).get(0).toArray();
    }

    /** The matrix of signed minors, exactly. */
    private static double[] cofactors(int n, double[] a) {
        ExactArithmetic field = new ExactArithmetic();
        double[] cofactors = new double[n * n];
        Variable minor = Variable.of("M", Shape.of("n", "n"));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                List<Radical> entries = new ArrayList<>();
                for (int k = 0; k < n * n; k++) {
                    if (k / n != i && k % n != j) {
                        entries.add(field.of(Rational.ofDouble(a[k])));
                    }
                }
                NumberTensor<Radical> rest = NumberTensor.of(new int[] {n - 1, n - 1}, entries);
                double value = new Evaluator<>(field, Sizes.of("n", n - 1)).evaluate(det(minor), Map.of(minor, rest))
                        .toDoubles(field)[0];
                cofactors[i * n + j] = (i + j) % 2 == 0 ? value : -value;
            }
        }
        return cofactors;
    }

    private static void assertClose(double[] actual, double[] expected, double tolerance) {
        double scale = 0;
        for (double x : expected) {
            scale = Math.max(scale, Math.abs(x));
        }
        assertThat(actual).containsExactly(expected, within(tolerance * scale));
    }

    @Test
    void gradientOfTheDeterminantAtSingularMatrices() {
        Expr gradient = ReverseSweep.gradient(DET, A);
        double[][] singular = {{0}, {1, 2, 2, 4}, {0, 0, 0, 0}, {0, 1, 0, 0}, {1, 2, 3, 4, 5, 6, 7, 8, 9},
                {1, 2, 3, 2, 4, 6, 3, 6, 9}, {0, 0, 0, 0, 0, 0, 0, 0, 5},
                {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}};
        for (double[] a : singular) {
            int n = (int) Math.round(Math.sqrt(a.length));
            assertClose(evaluate(gradient, n, a, a), cofactors(n, a), 1e-14);
        }
    }

    @Test
    void gradientOfTheDeterminantAtMatricesOfEveryConditionAndRank() {
        Expr gradient = ReverseSweep.gradient(DET, A);
        Random random = new Random(7);
        for (int trial = 0; trial < 60; trial++) {
            int n = 2 + trial % 5;
            int rank = Math.max(1, n - trial % 3);
            double[] a = new double[n * n];
            for (int r = 0; r < rank; r++) {
                double weight = Math.pow(10, -random.nextInt(7));
                double[] u = random.ints(n, -9, 10).asDoubleStream().toArray();
                double[] v = random.ints(n, -9, 10).asDoubleStream().toArray();
                for (int k = 0; k < n * n; k++) {
                    a[k] += weight * u[k / n] * v[k % n];
                }
            }
            double largest = 0;
            for (double x : a) {
                largest = Math.max(largest, Math.abs(x));
            }
            // The adjugate is a polynomial of degree n − 1: rounding of A itself changes it by that much.
            double scale = n * Math.pow(largest, n - 1);
            assertThat(evaluate(gradient, n, a, a)).containsExactly(cofactors(n, a), within(1e-14 * scale));
        }
    }

    @Test
    void products() {
        double[] a = {1, 2, 2, 4};
        double[] b = {1, 0, 3, 1};
        double[] adjugate = {4, -2, -2, 1};
        Expr inverse = MatrixFunction.of(Operation.INVERSE, A);
        assertThat(evaluate(DET.times(inverse), 2, a, b)).containsExactly(adjugate, within(1e-15));
        // tr(adj(A) B)
        assertThat(evaluate(DET.times(Tensors.trace(inverse.matmul(B))), 2, a, b)).containsExactly(new double[] {-1},
                within(1e-15));
        assertThat(evaluate(DET.pow(2).times(inverse), 2, a, b))
                .containsExactly(new double[4], within(0.0));
        // Two matrices in one plan.
        Expr both = ReverseSweep.gradient(DET, A).plus(ReverseSweep.gradient(det(B), B));
        assertThat(evaluate(both, 2, a, new double[] {0, 0, 3, 0})).containsExactly(
                new double[] {4, -2 - 3, -2, 1}, within(1e-15));
        Expr inner = det(A.matmul(B).plus(A));
        assertThat(evaluate(ReverseSweep.gradient(inner, B), 2, a, b)).isNotEmpty().doesNotContain(Double.NaN);
    }

    @Test
    void entriesThatAreNoNumbersStaySo() {
        assertThat(evaluate(ReverseSweep.gradient(DET, A), 2, new double[] {1, Double.NaN, 2, 3}, new double[4]))
                .contains(Double.NaN);
    }

    @Test
    void secondDerivativesAreThoseOfTheProduct() {
        Expr gradient = ReverseSweep.gradient(DET, A);
        Expr second = ReverseSweep.gradient(Tensors.inner(gradient, B), A);
        double[] a = {2, 1, 1, 3};
        double[] b = {1, 2, 5, 7};
        // For 2 × 2 matrices the derivative of the adjugate is the adjugate of the direction.
        assertThat(evaluate(second, 2, a, b)).containsExactly(new double[] {7, -5, -2, 1}, within(1e-13));
    }
}
