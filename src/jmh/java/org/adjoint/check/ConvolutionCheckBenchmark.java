package org.adjoint.check;

import java.util.SplittableRandom;
import org.adjoint.Timed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The check of a convolution layer by both its inputs: 2×3×12×12 with 4×3×3×3 kernels, a Jacobian of 800×972. */
public class ConvolutionCheckBenchmark extends Timed {

    private static final int BATCH = 2;
    private static final int IN = 3;
    private static final int OUT = 4;
    private static final int SIDE = 12;
    private static final int KERNEL = 3;
    private static final int LEFT = SIDE - KERNEL + 1;

    /** How much the check spends. */
    @Param({"THOROUGH", "FAST"})
    public Effort effort = Effort.FAST;

    private final double[] x = new SplittableRandom(1).doubles(BATCH * IN * SIDE * SIDE, -1, 1).toArray();
    private final double[] w = new SplittableRandom(2).doubles(OUT * IN * KERNEL * KERNEL, -1, 1).toArray();

    /** One multiplication of a convolution, by the places of its factors and of its result. */
    private interface Term {
        void at(int x, int w, int y);
    }

    private static void each(Term term) {
        for (int b = 0; b < BATCH; b++) {
            for (int o = 0; o < OUT; o++) {
                for (int c = 0; c < IN; c++) {
                    for (int k = 0; k < KERNEL * KERNEL; k++) {
                        for (int i = 0; i < LEFT; i++) {
                            int from = ((b * IN + c) * SIDE + i + k / KERNEL) * SIDE + k % KERNEL;
                            int to = ((b * OUT + o) * LEFT + i) * LEFT;
                            for (int j = 0; j < LEFT; j++) {
                                term.at(from + j, (o * IN + c) * KERNEL * KERNEL + k, to + j);
                            }
                        }
                    }
                }
            }
        }
    }

    private static double[] forward(double[][] in) {
        var y = new double[BATCH * OUT * LEFT * LEFT];
        each((p, q, r) -> y[r] += in[0][p] * in[1][q]);
        return y;
    }

    private static double[][] backward(double[][] in, double[] g) {
        var byX = new double[in[0].length];
        var byW = new double[in[1].length];
        each((p, q, r) -> {
            byX[p] += g[r] * in[1][q];
            byW[q] += g[r] * in[0][p];
        });
        return new double[][] {byX, byW};
    }

    /** The whole check at one point. */
    @Benchmark
    public GradientReport convolution() {
        var report = GradientCheck.ofArrays(ConvolutionCheckBenchmark::forward)
                .vjp(ConvolutionCheckBenchmark::backward).at(x, w).effort(effort).check();
        if (!report.confirmed()) {
            throw new AssertionError(report.toString());
        }
        return report;
    }
}
