package org.adjoint.eval;

import static org.adjoint.expr.MatrixFunction.Operation.EXPONENTIAL_SLOPE;
import static org.adjoint.expr.MatrixFunction.Operation.POWER_SLOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Exponentials and powers of matrices, and their Fréchet derivatives, against series and products in plain loops. */
class MatrixPowersTest {
    private static final PreciseArithmetic DIGITS = new PreciseArithmetic(60);
    private static final Variable K = Variable.scalar("k", Fact.Named.INTEGER);

    private static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] c = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    /** {@code Σ Xʳ/r!}, term by term. */
    private static double[][] series(double[][] x) {
        double[][] sum = identity(x.length);
        double[][] term = identity(x.length);
        for (int r = 1; r < 200; r++) {
            term = product(term, x);
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    term[i][j] /= r;
                    sum[i][j] += term[i][j];
                }
            }
        }
        return sum;
    }

    private static double[] flat(double[][] x) {
        double[] all = new double[x.length * x.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = x[i / x.length][i % x.length];
        }
        return all;
    }

    private static double[][] random(Random random, int n, double size) {
        double[][] x = new double[n][n];
        for (double[] row : x) {
            for (int j = 0; j < n; j++) {
                row[j] = size * random.nextInt(-8, 9) / 8;
            }
        }
        return x;
    }

    private static Variable matrix(String name, int n) {
        return Variable.of(name, Shape.of(n, n));
    }

    private static double[] doubles(Expr expr, Values values) {
        return Plan.compile(List.of(expr), Sizes.NONE).evaluate(values).get(0).data().clone();
    }

    private static NumberTensor<Precise> sixty(Expr expr, Map<Variable, double[]> values) {
        Map<Variable, NumberTensor<Precise>> exact = new java.util.LinkedHashMap<>();
        values.forEach((variable, numbers) -> {
            List<Precise> entries = new ArrayList<>();
            for (double number : numbers) {
                entries.add(DIGITS.of(Rational.ofDouble(number)));
            }
            exact.put(variable, NumberTensor.of(Sizes.NONE.of(variable.shape()), entries));
        });
        return new Evaluator<>(DIGITS, Sizes.NONE).evaluate(expr, exact);
    }

    private static void assertClose(double[] actual, double[] expected, double relative) {
        double size = 0;
        for (double x : expected) {
            size = Math.max(size, Math.abs(x));
        }
        assertThat(actual).containsExactly(expected, within(relative * size));
    }

    @Test
    void exponentialsAreTheSeries() {
        Random random = new Random(3);
        for (int n = 1; n <= 4; n++) {
            for (double size : new double[] {1e-3, 0.5, 4}) {
                double[][] x = random(random, n, size);
                Variable v = matrix("X", n);
                Expr exponential = MatrixFunction.exponential(v);
                double[] fast = doubles(exponential, Values.NONE.with(v, Tensor.of(new int[] {n, n}, flat(x))));
                assertClose(fast, flat(series(x)), 1e-11);
                List<Precise> precise = sixty(exponential, Map.of(v, flat(x))).entries();
                double[] rounded = precise.stream().mapToDouble(DIGITS::toDouble).toArray();
                assertClose(rounded, flat(series(x)), 1e-11);
                assertClose(fast, rounded, 1e-13);
            }
        }
    }

    /** {@code e^[[0, −t], [t, 0]]} is the rotation by t, to 60 digits. */
    @Test
    void rotations() {
        Variable v = matrix("X", 2);
        List<Precise> entries = sixty(MatrixFunction.exponential(v), Map.of(v, new double[] {0, -3.5, 3.5, 0}))
                .entries();
        Precise t = DIGITS.of(Rational.of(7, 2));
        for (Precise error : List.of(DIGITS.subtract(entries.get(0), DIGITS.cos(t)),
                DIGITS.subtract(entries.get(2), DIGITS.sin(t)))) {
            assertThat(Math.abs(DIGITS.toDouble(error))).isLessThan(1e-55);
            assertThatThrownBy(() -> DIGITS.signum(error)).isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void nilpotentMatricesHaveExactExponentials() {
        ExactArithmetic field = new ExactArithmetic();
        Expr nilpotent = Constant.of(Shape.of(2, 2),
                List.of(Rational.ZERO, Rational.of(3), Rational.ZERO, Rational.ZERO));
        NumberTensor<Radical> value = new Evaluator<>(field, Sizes.NONE)
                .evaluate(MatrixFunction.of(MatrixFunction.Operation.EXPONENTIAL, nilpotent), Map.of());
        assertThat(value.entries().stream().map(field::toDouble)).containsExactly(1.0, 3.0, 0.0, 1.0);
        Expr identity = Constant.of(Shape.of(1, 1), List.of(Rational.ONE));
        assertThat(new Evaluator<>(field, Sizes.NONE)
                .evaluate(MatrixFunction.of(MatrixFunction.Operation.EXPONENTIAL, identity), Map.of()).isDefined(0))
                .isFalse();
    }

    @Test
    void powersAreProducts() {
        Random random = new Random(5);
        Variable v = matrix("X", 3);
        for (int k = -3; k <= 13; k++) {
            double[][] x = random(random, 3, 1.0);
            x[0][0] += 3;
            x[1][1] -= 3;
            x[2][2] += 4;
            double[][] expected = identity(3);
            for (int r = 0; r < Math.abs(k); r++) {
                expected = product(expected, x);
            }
            Values at = Values.NONE.with(v, Tensor.of(new int[] {3, 3}, flat(x))).with(K, k);
            for (Expr form : List.of(MatrixFunction.power(v, K), MatrixFunction.power(v, Constant.of(k)))) {
                double[] power = doubles(form, at);
                if (k >= 0) {
                    assertClose(power, flat(expected), 1e-12);
                } else {
                    double[][] square = new double[3][3];
                    for (int i = 0; i < 9; i++) {
                        square[i / 3][i % 3] = power[i];
                    }
                    assertClose(flat(product(square, expected)), flat(identity(3)), 1e-9);
                }
            }
        }
    }

    /** {@code Σ Xʳ E Xᵏ⁻¹⁻ʳ}, and {@code (e^(X+hE) − e^(X−hE))/2h}. */
    @Test
    void frechetDerivatives() {
        Random random = new Random(11);
        Variable v = matrix("X", 3);
        Variable e = matrix("E", 3);
        double[][] x = random(random, 3, 1.0);
        double[][] d = random(random, 3, 1.0);
        Values at = Values.NONE.with(v, Tensor.of(new int[] {3, 3}, flat(x)))
                .with(e, Tensor.of(new int[] {3, 3}, flat(d)));
        double[] expected = new double[9];
        for (int r = 0; r < 12; r++) {
            double[][] term = d;
            for (int k = 0; k < 11; k++) {
                term = k < r ? product(x, term) : product(term, x);
            }
            for (int i = 0; i < 9; i++) {
                expected[i] += flat(term)[i];
            }
        }
        assertClose(doubles(MatrixFunction.of(POWER_SLOPE, List.of(v, Constant.of(12), e)), at), expected, 1e-12);
        double[][] ahead = identity(3);
        double[][] behind = identity(3);
        double h = 1e-4;
        for (int i = 0; i < 9; i++) {
            ahead[i / 3][i % 3] = x[i / 3][i % 3] + h * d[i / 3][i % 3];
            behind[i / 3][i % 3] = x[i / 3][i % 3] - h * d[i / 3][i % 3];
        }
        double[] up = flat(series(ahead));
        double[] down = flat(series(behind));
        for (int i = 0; i < 9; i++) {
            up[i] = (up[i] - down[i]) / (2 * h);
        }
        assertClose(doubles(MatrixFunction.of(EXPONENTIAL_SLOPE, List.of(v, e)), at), up, 1e-6);
    }

    /** L(X, E) is linear in E, however large E is against X. */
    @Test
    void frechetDerivativesAlongLargeDirections() {
        Variable v = matrix("X", 3);
        Variable e = matrix("E", 3);
        Expr slope = MatrixFunction.of(EXPONENTIAL_SLOPE, List.of(v, e));
        double[] x = {0.2, -1.1, 0.4, 0.9, 0.3, -0.5, 0, 0.7, 1.2};
        double[] direction = {1, 0.5, -0.25, 0, 1, 3, -2, 0.75, 0.1};
        double[] base = doubles(slope,
                Values.NONE.with(v, Tensor.of(new int[] {3, 3}, x)).with(e, Tensor.of(new int[] {3, 3}, direction)));
        for (int power : new int[] {-40, 40, 300}) {
            double[] scaled = direction.clone();
            java.util.Arrays.setAll(scaled, i -> Math.scalb(direction[i], power));
            double[] large = doubles(slope,
                    Values.NONE.with(v, Tensor.of(new int[] {3, 3}, x)).with(e, Tensor.of(new int[] {3, 3}, scaled)));
            java.util.Arrays.setAll(large, i -> Math.scalb(large[i], -power));
            assertClose(large, base, 1e-13);
        }
    }

    @Test
    void laws() {
        Variable v = matrix("X", 3);
        assertThatThrownBy(() -> MatrixFunction.power(v, Variable.scalar("t"))).isInstanceOf(ShapeError.class)
                .hasMessageContaining("the exponent of a matrix power is an integer");
        assertThatThrownBy(() -> MatrixFunction.exponential(Variable.of("Y", Shape.of(2, 3))))
                .isInstanceOf(ShapeError.class).hasMessageContaining("square");
        assertThat(MatrixFunction.power(v, Constant.ONE)).isEqualTo(v);
    }
}
