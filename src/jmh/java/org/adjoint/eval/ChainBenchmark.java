package org.adjoint.eval;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adjoint.Timed;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Expr;
import org.adjoint.expr.LongChain;
import org.adjoint.expr.Variable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** A chain of a million scalar operations: nanoseconds for each operation of the chain. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ChainBenchmark.LENGTH)
@Fork(value = 1, jvmArgs = "-Xmx4g")
public class ChainBenchmark extends Timed {
    static final int LENGTH = 1_000_000;

    private final Variable x = Variable.scalar("x");
    private final Values values = Values.of(x, 0.3);
    private List<Expr> graph = List.of();
    private Plan plan = Plan.compile(List.of(x), Sizes.NONE);

    @Setup
    public void compile() {
        Expr f = LongChain.of(x, LENGTH);
        graph = List.of(f, ReverseSweep.gradient(f, x));
        plan = Plan.compile(graph, Sizes.NONE);
    }

    /** The graph of the chain and of its derivative. */
    @Benchmark
    public Expr buildAndDifferentiate() {
        return ReverseSweep.gradient(LongChain.of(x, LENGTH), x);
    }

    @Benchmark
    public Plan compileValueAndGradient() {
        return Plan.compile(graph, Sizes.NONE);
    }

    @Benchmark
    public double evaluateValueAndGradient() {
        List<Tensor> results = plan.evaluate(values);
        return results.get(0).value() + results.get(1).value();
    }
}
