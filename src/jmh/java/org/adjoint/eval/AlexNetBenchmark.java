package org.adjoint.eval;

import java.util.List;
import org.adjoint.Timed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Setup;

/** AlexNet forward on one image 3 × 227 × 227 in 1200 MiB of heap, of which the 61 million weights are 466. */
@Fork(value = 1, jvmArgsAppend = "-Xmx1200m")
public class AlexNetBenchmark extends Timed {
    private Plan plan = Plan.compile(List.of(), Sizes.NONE);
    private Values values = Values.NONE;

    @Setup
    public void compile() {
        Networks.Network net = Networks.alexNet();
        plan = Plan.compile(List.of(net.output()), Sizes.NONE);
        values = net.values(1);
    }

    @Benchmark
    public Tensor forward() {
        return plan.evaluate(values).get(0);
    }
}
