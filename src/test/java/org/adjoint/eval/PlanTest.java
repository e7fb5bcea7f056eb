package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable A = Variable.of("A", Shape.of("m", "k"));
    private static final Variable B = Variable.of("B", Shape.of("k", "n"));
    private static final Variable V = Variable.of("v", Shape.of("n"));
    private static final Variable T = Variable.of("T", Shape.of("b", "m", "k"));
    private static final Sizes SIZES = Sizes.of(Map.of("m", 7, "k", 5, "n", 6, "b", 3));

    private static Tensor evaluate(Expr expr, Sizes sizes, Values values) {
        return Plan.compile(List.of(expr), sizes).evaluate(values).get(0);
    }

    private static void assertEqual(Tensor actual, DMatrixRMaj expected) {
        assertThat(actual.toArray()).containsExactly(expected.data, within(1e-12));
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        return CommonOps_DDRM.mult(a, b, null);
    }

    private static DMatrixRMaj transpose(DMatrixRMaj a) {
        return CommonOps_DDRM.transpose(a, null);
    }

    // ---- products, against EJML

    @Test
    void matrixProductsWithEveryTransposeAreThoseOfEjml() {
        Random random = new Random(1);
        DMatrixRMaj a = RandomMatrices_DDRM.rectangle(7, 5, random);
        DMatrixRMaj b = RandomMatrices_DDRM.rectangle(5, 6, random);
        Values values = Values.of(A, a).with(B, b);
        DMatrixRMaj ab = product(a, b);
        assertEqual(evaluate(A.matmul(B), SIZES, values), ab);
        assertEqual(evaluate(B.transpose().matmul(A.transpose()), SIZES, values), transpose(ab));
        assertEqual(evaluate(A.transpose().matmul(A), SIZES, values), product(transpose(a), a));
        assertEqual(evaluate(A.matmul(A.transpose()), SIZES, values), product(a, transpose(a)));
        assertEqual(evaluate(A.matmul(B).matmul(B.transpose()).times(2), SIZES, values),
                product(product(ab, transpose(b)), CommonOps_DDRM.diag(2, 2, 2, 2, 2)));
    }

    @Test
    void vectorsAreColumnsOrRows() {
        DMatrixRMaj column = new DMatrixRMaj(new double[][] {{1}, {2}, {3}, {4}, {5}, {6}});
        DMatrixRMaj row = new DMatrixRMaj(new double[][] {{1, 2, 3, 4, 5, 6}});
        DMatrixRMaj b = RandomMatrices_DDRM.rectangle(5, 6, new Random(2));
        DMatrixRMaj expected = product(b, column);
        assertEqual(evaluate(B.matmul(V), SIZES, Values.of(B, b).with(V, column)), expected);
        assertEqual(evaluate(B.matmul(V), SIZES, Values.of(B, b).with(V, row)), expected);
    }

    @Test
    void batchedProductIsOneProductForEachIndex() {
        Random random = new Random(3);
        double[] t = random.doubles(3 * 7 * 5).toArray();
        double[] b = random.doubles(5 * 6).toArray();
        Values values = Values.NONE.with(T, Tensor.of(new int[] {3, 7, 5}, t)).with(B, Tensor.of(new int[] {5, 6}, b));
        for (Expr product : List.of(T.matmul(B), Tensors.matmul(T, Tensors.permute(T, 0, 2, 1)))) {
            Tensor result = evaluate(product, SIZES, values);
            for (int i = 0; i < 3; i++) {
                DMatrixRMaj left = new DMatrixRMaj(7, 5, true, Arrays.copyOfRange(t, i * 35, i * 35 + 35));
                DMatrixRMaj right = product.shape().get(2).equals(Size.symbol("n"))
                        ? new DMatrixRMaj(5, 6, true, b) : transpose(left);
                DMatrixRMaj expected = product(left, right);
                for (int r = 0; r < expected.numRows; r++) {
                    for (int c = 0; c < expected.numCols; c++) {
                        assertThat(result.get(i, r, c)).isCloseTo(expected.get(r, c), within(1e-12));
                    }
                }
            }
        }
    }

    /** A chain of products of a vector is computed from the vector's side: 3 n² products, not n³. */
    @Test
    void chainsOfProductsAreOrderedWell() {
        int[][] labels = {{0, 1}, {1, 2}, {2, 3}, {3}};
        int[] sizes = {100, 100, 100, 100};
        List<PairOrder.Step> steps = PairOrder.of(labels, new int[] {0}, sizes);
        assertThat(steps).hasSize(3).allSatisfy(step -> assertThat(step.labels()).hasSize(1));
    }

    @Test
    void identityIsNeverBuilt() {
        Variable c = Variable.of("C", Shape.of("N", "N"));
        Sizes large = Sizes.of("N", 300);
        Expr shifted = c.plus(Delta.of(Size.symbol("N")).times(3));
        Expr trace = Contraction.of(List.of(Delta.of(Size.symbol("N")), c),
                List.of(new int[] {0, 1}, new int[] {0, 1}), new int[0], Shape.SCALAR);
        Expr diagonal = Tensors.diag(Tensors.diagonal(c));
        double[] numbers = new Random(4).doubles(90_000).toArray();
        List<Tensor> results = Budget.defaults().withEntries(90_000).call(
                () -> Plan.compile(List.of(shifted, trace, diagonal), large).evaluate(Values.of(c,
                        DMatrixRMaj.wrap(300, 300, numbers))));
        double sum = 0;
        for (int i = 0; i < 300; i++) {
            sum += numbers[i * 301];
        }
        assertThat(results.get(0).get(2, 2)).isEqualTo(numbers[602] + 3);
        assertThat(results.get(0).get(2, 3)).isEqualTo(numbers[603]);
        assertThat(results.get(1).value()).isCloseTo(sum, within(1e-10));
        assertThat(results.get(2).get(7, 7)).isEqualTo(numbers[7 * 301]);
        assertThat(results.get(2).get(7, 8)).isZero();
    }

    // ---- what guards, shares and repeats

    @Test
    void nanOfTheUnselectedBranchDoesNotLeak() {
        Expr positive = Functions.LESS.apply(Linear.zero(V.shape()), V);
        Expr guarded = Where.of(positive, Functions.LOG.apply(V), Tensors.reciprocal(V.minus(V)).times(V));
        Values values = Values.of(V, 1, 2, 3, 4, 5, 6);
        assertThat(evaluate(guarded, SIZES, values).toArray()).containsExactly(
                new double[] {0, Math.log(2), Math.log(3), Math.log(4), Math.log(5), Math.log(6)}, within(1e-15));
        Expr scalar = Where.of(Functions.STEP.apply(X), Functions.SQRT.apply(X), X.negate());
        assertThat(evaluate(scalar, Sizes.NONE, Values.of(X, -4)).value()).isEqualTo(4);
    }

    @Test
    void outputsMayBeVariablesConstantsAndEachOther() {
        Plan plan = Plan.compile(List.of(V, V, Constant.TWO, V.times(V), V.times(V)), SIZES);
        double[] v = {1, 2, 3, 4, 5, 6};
        List<Tensor> results = plan.evaluate(Values.of(V, v));
        assertThat(results.get(0).toArray()).containsExactly(v);
        assertThat(results.get(0).data()).isNotSameAs(v);
        assertThat(results.get(2).value()).isEqualTo(2);
        assertThat(results.get(4).toArray()).containsExactly(1, 4, 9, 16, 25, 36);
    }

    @Test
    void numbersAreReadInPlace() {
        DMatrixRMaj v = new DMatrixRMaj(6, 1);
        Plan plan = Plan.compile(List.of(V.sum()), SIZES);
        Values values = Values.of(V, v);
        assertThat(plan.evaluate(values).get(0).value()).isZero();
        v.set(2, 0, 5);
        assertThat(plan.evaluate(values).get(0).value()).isEqualTo(5);
        assertThat(plan.evaluate(values).get(0).matrix().get(0, 0)).isEqualTo(5);
    }

    @Test
    void definitionsAreFollowed() {
        Variable y = Variable.scalar("y");
        Plan plan = Plan.compile(List.of(y.plus(X)), Definitions.NONE.with(y, X.times(X)), Sizes.NONE);
        assertThat(plan.evaluate(Values.of(X, 3)).get(0).value()).isEqualTo(12);
        assertThat(plan.variables()).containsExactly(X);
    }

    @Test
    void missingAndMisshapenValuesAreNamed() {
        Plan plan = Plan.compile(List.of(A.matmul(B)), SIZES);
        assertThatThrownBy(() -> plan.evaluate(Values.NONE)).hasMessageContaining("has no value");
        assertThatThrownBy(() -> plan.evaluate(Values.of(A, new DMatrixRMaj(7, 4)).with(B, new DMatrixRMaj(5, 6))))
                .hasMessageContaining("value of A must have the shape [m, k], here [7, 5]; got [7, 4]");
        assertThatThrownBy(() -> Plan.compile(List.of(V), Sizes.NONE)).hasMessageContaining("size n has no value");
    }

    /** ⟨gather x, y⟩ = ⟨x, fold y⟩ for zero and circular boundaries, strides and offsets. */
    @Test
    void foldIsTheTransposeOfGather() {
        Random random = new Random(5);
        for (int k = 0; k < 40; k++) {
            Shape source = Shape.of(5, 4);
            Shape window = Shape.of(3, 2, 2);
            List<List<Integer>> strides = new ArrayList<>();
            for (int d = 0; d < 2; d++) {
                strides.add(List.of(random.nextInt(-2, 3), random.nextInt(-1, 3), random.nextInt(0, 3)));
            }
            Window.Access access = new Window.Access(source, window, strides,
                    List.of(Size.of(random.nextInt(-2, 4)), Size.of(random.nextInt(-2, 4))), random.nextBoolean());
            Variable x = Variable.of("x", source);
            Variable y = Variable.of("y", window);
            Values values = Values.of(x, random.doubles(20).toArray()).with(y, random.doubles(12).toArray());
            List<Tensor> sides = Plan.compile(List.of(Tensors.inner(Window.gather(x, access), y),
                    Tensors.inner(x, Window.fold(y, access))), Sizes.NONE).evaluate(values);
            assertThat(sides.get(0).value()).isCloseTo(sides.get(1).value(), within(1e-12));
        }
    }

    @Test
    void matrixFunctionsOfSingularMatrices() {
        Variable m = Variable.of("M", Shape.of(2, 2));
        Values singular = Values.of(m, 1, 2, 2, 4);
        assertThat(evaluate(MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, m), Sizes.NONE, singular).value())
                .isZero();
        assertThat(evaluate(MatrixFunction.of(MatrixFunction.Operation.INVERSE, m), Sizes.NONE, singular).toArray())
                .containsOnly(Double.NaN);
    }

    // ---- unknown functions

    /** The derivative of the model is the limit of its difference quotient; exactly, for the linear one. */
    @Test
    void unknownFunctionsHaveTheirTrueDerivatives() {
        UnknownFunction phi = new UnknownFunction("phi", List.of(Shape.of("n"), Shape.SCALAR), Shape.SCALAR,
                java.util.Set.of());
        UnknownFunction linear = new UnknownFunction("A", List.of(Shape.of("n")), Shape.of(2),
                java.util.Set.of(Fact.Named.LINEAR));
        UnknownFunction sigma = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR, java.util.Set.of());
        Variable direction = Variable.of("d", Shape.of("n"));
        Variable h = Variable.scalar("h");
        Sizes sizes = Sizes.of("n", 3);
        Expr moved = V.plus(direction.times(h));
        Expr slope = Tensors.inner(derivative(phi.apply(List.of(V, X)), 0), direction);
        Expr curvature = derivative(derivative(phi.apply(List.of(V, X)), 0), 0).matmul(direction).matmul(direction);
        Expr value = phi.apply(List.of(V, X));
        Expr around = phi.apply(List.of(moved, X));
        Expr back = phi.apply(List.of(V.minus(direction.times(h)), X));
        Values values = Values.of(V, 0.25, -0.5, 1).with(X, 0.5).with(direction, 1, -1, 0.5).with(h, 1e-4);
        List<Tensor> results = Plan.compile(List.of(slope, around.minus(back).dividedBy(h.times(2)), curvature,
                around.plus(back).minus(value.times(2)).dividedBy(h.times(h)),
                linear.apply(List.of(moved)).minus(linear.apply(List.of(V))).dividedBy(h),
                derivative(linear.apply(List.of(V)), 0).matmul(direction),
                derivative(sigma.apply(List.of(V)), 0)), sizes).evaluate(values);
        double scale = 1 + Math.abs(results.get(0).value()) + Math.abs(results.get(2).value());
        assertThat(results.get(1).value()).isCloseTo(results.get(0).value(), within(1e-4 * scale));
        assertThat(results.get(3).value()).isCloseTo(results.get(2).value(), within(1e-3 * scale));
        assertThat(results.get(4).toArray()).containsExactly(results.get(5).toArray(), within(1e-8));
        assertThat(results.get(6).shape()).containsExactly(3);
        assertThat(results.get(6).toArray()).doesNotContain(0);
    }

    private static Expr derivative(Expr application, int argument) {
        return ((org.adjoint.expr.Application) application).derivative(argument);
    }

    /** Doubles and exact evaluation see the same polynomials. */
    @Test
    void unknownFunctionsAreTheSameInEveryArithmetic() {
        UnknownFunction phi = new UnknownFunction("phi", List.of(Shape.of("n")), Shape.of("n"), java.util.Set.of());
        Expr jacobian = derivative(phi.apply(List.of(V)), 0);
        Sizes sizes = Sizes.of("n", 2);
        Point point = new Sampler(1).point(List.of(V), sizes);
        ExactArithmetic field = new ExactArithmetic();
        NumberTensor<Radical> exact = new Evaluator<>(field, sizes).evaluate(jacobian, point.in(field));
        assertThat(evaluate(jacobian, sizes, point.doubles()).toArray())
                .containsExactly(exact.toDoubles(field), within(1e-9));
    }

    // ---- depth, memory, time

    private static Expr chain(Expr x, int length) {
        Expr y = x;
        List<ScalarFunction> functions = List.of(Functions.SIN, Functions.TANH, Functions.COS);
        for (int k = 0; k < length; k++) {
            y = k % 4 < 3 ? functions.get(k % 4).apply(y) : y.times(x).plus(Constant.HALF);
        }
        return y;
    }

    private static double chain(double x, int length) {
        double y = x;
        for (int k = 0; k < length; k++) {
            y = switch (k % 4) {
                case 0 -> Math.sin(y);
                case 1 -> Math.tanh(y);
                case 2 -> Math.cos(y);
                default -> y * x + 0.5;
            };
        }
        return y;
    }

    @Test
    void aMillionOperationsNeedNoStack() {
        Expr chain = chain(X, 1_000_000);
        assertThat(evaluate(chain, Sizes.NONE, Values.of(X, 0.7)).value()).isCloseTo(chain(0.7, 1_000_000),
                within(1e-12));
    }

    @Test
    void deepChainsOfVectorsNeedNoStack() {
        Expr chain = chain(V, 100_000);
        Tensor result = evaluate(chain, SIZES, Values.of(V, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7));
        assertThat(result.get(5)).isCloseTo(chain(0.7, 100_000), within(1e-12));
    }

    /** Longer than a block of the fused loops. */
    @Test
    void longVectorsAreComputedBlockByBlock() {
        Sizes sizes = Sizes.of("n", 5 * FusedMap.BLOCK + 3);
        double[] v = new Random(6).doubles(5 * FusedMap.BLOCK + 3).toArray();
        double[] result = evaluate(chain(V, 60).plus(V.sum()), sizes, Values.of(V, v)).toArray();
        double sum = Arrays.stream(v).sum();
        for (int i = 0; i < v.length; i++) {
            assertThat(result[i]).isCloseTo(chain(v[i], 60) + sum, within(1e-9));
        }
    }

    @Test
    void steadyStateAllocatesNothing() {
        Expr scalarChain = chain(X, 1000);
        Expr hidden = Functions.TANH.apply(A.matmul(B).plus(V));
        Expr network = Functions.SIGMOID.apply(hidden.times(hidden)).sum(0).plus(Tensors.softmax(V, 0)).sum();
        Values values = Values.of(A, RandomMatrices_DDRM.rectangle(7, 5, new Random(1)))
                .with(B, RandomMatrices_DDRM.rectangle(5, 6, new Random(2))).with(V, 1, 2, 3, 4, 5, 6).with(X, 0.3);
        for (Plan plan : List.of(Plan.compile(List.of(scalarChain), SIZES), Plan.compile(List.of(network), SIZES))) {
            assertThat(allocatedPerCall(plan, values)).isLessThan(64);
        }
    }

    private static double allocatedPerCall(Plan plan, Values values) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int k = 0; k < 2000; k++) {
            plan.evaluate(values);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int k = 0; k < 1000; k++) {
            plan.evaluate(values);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / 1000.0;
    }

    /** Intermediate values share arrays: a long chain of products needs a few, not one each. */
    @Test
    void buffersAreShared() {
        Variable c = Variable.of("C", Shape.of("n", "n"));
        Expr power = c;
        for (int k = 0; k < 200; k++) {
            power = power.matmul(c).plus(c);
        }
        Slots slots = new Slots();
        int first = slots.allocate(4);
        int previous = first;
        for (int k = 0; k < 50; k++) {
            int target = slots.allocate(4);
            slots.emit(new WholeSteps.ConcatenationStep(new int[] {previous}, target, 1, new int[] {4}, 4));
            previous = target;
        }
        double[][] memory = slots.assign(new int[] {previous});
        assertThat(Arrays.stream(memory).filter(array -> array.length > 0).distinct().count()).isEqualTo(2);
        Tensor result = evaluate(power.sum(), Sizes.of("n", 1),
                Values.of(c, DMatrixRMaj.wrap(1, 1, new double[] {0.5})));
        assertThat(result.value()).isCloseTo(1, within(1e-12));
    }

    @Test
    void budgetStopsALargeTensorBeforeItIsMade() {
        Expr outer = Tensors.outer(V, V);
        Budget budget = Budget.defaults().withEntries(1000).withTime(Duration.ofSeconds(10));
        assertThatThrownBy(() -> budget.run(() -> Plan.compile(List.of(outer), Sizes.of("n", 100))))
                .isInstanceOf(Budget.Exceeded.class);
    }
}
