package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

/** Depth, memory and time of plans. */
class PlanResourcesTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable A = Variable.of("A", Shape.of("m", "k"));
    private static final Variable B = Variable.of("B", Shape.of("k", "n"));
    private static final Variable V = Variable.of("v", Shape.of("n"));
    private static final Sizes SIZES = Sizes.of(Map.of("m", 7, "k", 5, "n", 6));

    private static Tensor evaluate(Expr expr, Sizes sizes, Values values) {
        return Plan.compile(List.of(expr), sizes).evaluate(values).get(0);
    }

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
            assertThat(allocatedPerCall(plan, values, 1000)).isLessThan(64);
        }
    }

    /** Tiles are kept from call to call. */
    @Test
    void networksOfImagesAllocateNothingEither() {
        Networks.Network net = Networks.smallNet(2, 16);
        Plan plan = Plan.compile(net.withGradients(), Sizes.NONE);
        assertThat(allocatedPerCall(plan, net.values(1, Networks.classes(2)), 200)).isLessThan(64);
    }

    private static double allocatedPerCall(Plan plan, Values values, int calls) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int k = 0; k < 2 * calls; k++) {
            plan.evaluate(values);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int k = 0; k < calls; k++) {
            plan.evaluate(values);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) calls;
    }

    /** Of fifty steps in a row each reads what the one before it wrote: two arrays do. */
    @Test
    void buffersAreShared() {
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
    }

    @Test
    void budgetStopsALargeTensorBeforeItIsMade() {
        Expr outer = Tensors.outer(V, V);
        Budget budget = Budget.defaults().withEntries(1000).withTime(Duration.ofSeconds(10));
        assertThatThrownBy(() -> budget.run(() -> Plan.compile(List.of(outer), Sizes.of("n", 100))))
                .isInstanceOf(Budget.Exceeded.class);
    }
}
