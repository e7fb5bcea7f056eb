package org.adjoint.eval;

import java.util.List;
import org.adjoint.Timed;
import org.adjoint.expr.Variable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Value and all gradients of a small network: two convolutions 3-8-8 with stride 2, batch normalisation and ReLU, the mean of each
 * channel, a linear layer to 1000 classes and cross-entropy, on images 3 × 224 × 224.
 */
public class SmallNetBenchmark extends Timed {
    @Param({"1", "32"})
    int batch;

    private Plan plan = Plan.compile(List.of(), Sizes.NONE);
    private Values values = Values.NONE;

    @Setup
    public void compile() {
        Networks.Network net = Networks.smallNet(batch, 224);
        plan = Plan.compile(net.withGradients(), Sizes.NONE);
        Variable classes = Networks.classes(batch);
        double[] oneHot = new double[batch * 1000];
        for (int b = 0; b < batch; b++) {
            oneHot[b * 1000 + 31 * b % 1000] = 1;
        }
        values = net.values(1).with(classes, Tensor.of(new int[] {batch, 1000}, oneHot));
    }

    @Benchmark
    public double forwardAndBackward() {
        return plan.evaluate(values).get(0).value();
    }
}
