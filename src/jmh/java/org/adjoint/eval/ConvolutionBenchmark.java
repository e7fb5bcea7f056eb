package org.adjoint.eval;

import java.util.List;
import java.util.Random;
import org.adjoint.Timed;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Sliding;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A convolution 56 × 56 × 64 to 64, kernel 3, padding 1: forward and both gradients by columns, with either product of matrices, and by
 * the plan of its graph; beside the three products of matrices that it contains, alone, on EJML.
 */
public class ConvolutionBenchmark extends Timed {
    private static final int SIDE = 56;
    private static final int CHANNELS = 64;
    private static final int KERNEL = 3;

    @Param({"1", "8"})
    int batch;

    private final Random random = new Random(1);
    private final DMatrixRMaj w = matrix(CHANNELS, CHANNELS * KERNEL * KERNEL);
    private final DMatrixRMaj columns = matrix(CHANNELS * KERNEL * KERNEL, SIDE * SIDE);
    private final DMatrixRMaj rows = matrix(SIDE * SIDE, CHANNELS * KERNEL * KERNEL);
    private final DMatrixRMaj y = matrix(CHANNELS, SIDE * SIDE);
    private final DMatrixRMaj wBar = matrix(CHANNELS, CHANNELS * KERNEL * KERNEL);
    private double[] x = {};
    private double[] output = {};
    private double[] cotangent = {};
    private double[] xBar = {};
    private ConvolutionRoute fast = ConvolutionRoute.direct(shape(1));
    private ConvolutionRoute ejml = fast;
    private Plan plan = Plan.compile(List.of(), Sizes.NONE);
    private Values values = Values.NONE;

    private DMatrixRMaj matrix(int m, int n) {
        return RandomMatrices_DDRM.rectangle(m, n, -1, 1, random);
    }

    private static ConvolutionShape shape(int batch) {
        ConvolutionAxis axis = ConvolutionAxis.of(SIDE, KERNEL, 1, 1);
        return new ConvolutionShape(batch, CHANNELS, CHANNELS, 1, List.of(axis, axis), Border.ZERO);
    }

    @Setup
    public void make() {
        ConvolutionShape shape = shape(batch);
        int count = batch * CHANNELS * SIDE * SIDE;
        x = random.doubles(count, -1, 1).toArray();
        cotangent = random.doubles(count, -1, 1).toArray();
        output = new double[count];
        xBar = new double[count];
        fast = ConvolutionRoute.columns(shape);
        ejml = ConvolutionRoute.columns(shape, MatrixKernel.ejml());
        Variable input = Variable.of("x", Networks.shape(shape.input()));
        Variable kernel = Variable.of("w", Networks.shape(shape.kernel()));
        Variable given = Variable.of("u", Networks.shape(shape.output()));
        Sliding slide = new Sliding(Size.of(KERNEL), 1, Size.ONE, Size.ONE, 1);
        Expr convolution = new Convolution(List.of(slide, slide), Padding.ZERO, 1).of(input, kernel);
        ReverseSweep sweep = ReverseSweep.of(convolution, given, List.of(input, kernel));
        plan = Plan.compile(List.of(convolution, sweep.cotangent(input), sweep.cotangent(kernel)), Sizes.NONE);
        values = Values.NONE.with(input, Tensor.of(shape.input(), x)).with(kernel, Tensor.of(shape.kernel(), w.data))
                .with(given, Tensor.of(shape.output(), cotangent));
    }

    private double[] all(ConvolutionRoute route) {
        route.forward(x, w.data, output);
        route.inputGradient(w.data, cotangent, xBar);
        route.kernelGradient(x, cotangent, wBar.data);
        return xBar;
    }

    @Benchmark
    public double[] columns() {
        return all(fast);
    }

    @Benchmark
    public double[] columnsOnEjml() {
        return all(ejml);
    }

    @Benchmark
    public List<Tensor> plan() {
        return plan.evaluate(values);
    }

    /** On EJML, with every operand in place. */
    @Benchmark
    public DMatrixRMaj productsAlone() {
        for (int b = 0; b < batch; b++) {
            CommonOps_DDRM.mult(w, columns, y);
            CommonOps_DDRM.multTransA(w, y, columns);
            CommonOps_DDRM.multAdd(y, rows, wBar);
        }
        return wBar;
    }
}
