package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.adjoint.graphs.RandomGraph;
import org.junit.jupiter.api.Test;

/** Equal nodes are one object, in every order and on every thread, and are collected when nobody needs them. */
class InternerTest {
    private static Expr graph(long seed) {
        RandomGraph graphs = new RandomGraph(seed);
        return graphs.of(graphs.shape(2), 3);
    }

    @Test
    void equalGraphsAreOneObject() {
        for (long seed = 0; seed < 2000; seed++) {
            Expr first = graph(seed);
            assertThat(graph(seed)).as("seed %s", seed).isSameAs(first);
            assertThat(first.hashCode()).isEqualTo(graph(seed).hashCode());
        }
    }

    @Test
    void differentLeavesDiffer() {
        Variable x = Variable.scalar("x");
        assertThat(List.of(Variable.scalar("y"), Variable.of("x", Shape.of(1)),
                Variable.scalar("x", Fact.Named.POSITIVE), Constant.ONE, Constant.data(Shape.SCALAR, 1.0)))
                .doesNotContain(x).doesNotHaveDuplicates();
        assertThat(Variable.of("x", Shape.SCALAR, Fact.Named.POSITIVE, Fact.Named.INTEGER))
                .isSameAs(Variable.scalar("x").with(Fact.Named.INTEGER).with(Fact.Named.POSITIVE));
        assertThat(Constant.of(Shape.of(2), List.of(Rational.ONE, Rational.ZERO)))
                .isNotSameAs(Constant.of(Shape.of(2, 1), List.of(Rational.ONE, Rational.ZERO)));
    }

    /** The order of operands comes from their structure: another order of creation and another run give the same. */
    @Test
    void digestsAreTheSameInEveryRun() throws Exception {
        String here = FreshRun.text(1);
        assertThat(FreshRun.text(2)).isEqualTo(here);
        Process run = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), FreshRun.class.getName(), "3")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String there = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).isZero();
        assertThat(there.replace("\r", "")).isEqualTo(here);
    }

    @Test
    void threadsMeet() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Expr>> builders = new ArrayList<>();
            for (int k = 0; k < 400; k++) {
                int seed = 50_000 + k / 8;
                builders.add(() -> graph(seed));
            }
            List<Future<Expr>> built = pool.invokeAll(builders);
            for (int k = 0; k < 400; k++) {
                assertThat(built.get(k).get()).isSameAs(built.get(k / 8 * 8).get());
            }
        }
    }

    @Test
    void unusedNodesAreCollected() throws InterruptedException {
        WeakReference<Expr> node = new WeakReference<>(Variable.scalar("collected").plus(Constant.of(77)));
        for (int k = 0; k < 50 && node.get() != null; k++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(node.get()).isNull();
    }

    /** Memory is flat over thousands of graphs that are thrown away. */
    @Test
    void memoryStaysFlat() throws InterruptedException {
        throwAway(0);
        long before = used();
        throwAway(1);
        throwAway(2);
        assertThat(used() - before).isLessThan(20L << 20);
    }

    private static void throwAway(int round) {
        for (int k = 0; k < 3000; k++) {
            Expr sum = Variable.scalar("t" + round + "_" + k);
            for (int j = 0; j < 40; j++) {
                sum = Functions.SIN.apply(sum.plus(Constant.of(j)));
            }
            assertThat(sum.operandCount()).isEqualTo(1);
        }
    }

    private static long used() throws InterruptedException {
        for (int k = 0; k < 4; k++) {
            System.gc();
            Thread.sleep(20);
            // The table forgets collected entries when it is used.
            graph(k);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
