package org.adjoint.eval;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.adjoint.Timed;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Value and gradients of {@code sum((tanh(X W) V − Y)²)} for square matrices, beside the same written by hand on EJML, and
 * one matrix product alone.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NetworkBenchmark extends Timed {
    @Param({"10", "100"})
    int n;

    private Plan plan = Plan.compile(List.of(), Sizes.NONE);
    private Values values = Values.NONE;
    private DMatrixRMaj x = new DMatrixRMaj(1, 1);
    private DMatrixRMaj w = x;
    private DMatrixRMaj v = x;
    private DMatrixRMaj y = x;
    private DMatrixRMaj h = x;
    private DMatrixRMaj e = x;
    private DMatrixRMaj t = x;
    private DMatrixRMaj wBar = x;
    private DMatrixRMaj vBar = x;

    @Setup
    public void compile() {
        Shape square = Shape.of(n, n);
        Variable[] variables = {Variable.of("X", square), Variable.of("W", square), Variable.of("V", square),
                Variable.of("Y", square)};
        Expr residual = Functions.TANH.apply(variables[0].matmul(variables[1])).matmul(variables[2])
                .minus(variables[3]);
        Expr loss = Tensors.inner(residual, residual);
        plan = Plan.compile(List.of(loss, ReverseSweep.gradient(loss, variables[1]),
                ReverseSweep.gradient(loss, variables[2])), Sizes.NONE);
        Random random = new Random(1);
        DMatrixRMaj[] matrices = new DMatrixRMaj[4];
        values = Values.NONE;
        for (int k = 0; k < 4; k++) {
            matrices[k] = RandomMatrices_DDRM.rectangle(n, n, -1, 1, random);
            values = values.with(variables[k], matrices[k]);
        }
        x = matrices[0];
        w = matrices[1];
        v = matrices[2];
        y = matrices[3];
        h = new DMatrixRMaj(n, n);
        e = new DMatrixRMaj(n, n);
        t = new DMatrixRMaj(n, n);
        wBar = new DMatrixRMaj(n, n);
        vBar = new DMatrixRMaj(n, n);
    }

    @Benchmark
    public double plan() {
        return plan.evaluate(values).get(0).value();
    }

    @Benchmark
    public double byHand() {
        CommonOps_DDRM.mult(x, w, h);
        double loss = 0;
        for (int i = 0; i < n * n; i++) {
            h.data[i] = Math.tanh(h.data[i]);
        }
        CommonOps_DDRM.mult(h, v, e);
        for (int i = 0; i < n * n; i++) {
            e.data[i] -= y.data[i];
            loss += e.data[i] * e.data[i];
        }
        CommonOps_DDRM.multTransA(2, h, e, vBar);
        CommonOps_DDRM.multTransB(2, e, v, t);
        for (int i = 0; i < n * n; i++) {
            t.data[i] *= 1 - h.data[i] * h.data[i];
        }
        CommonOps_DDRM.multTransA(x, t, wBar);
        return loss;
    }

    @Benchmark
    public DMatrixRMaj oneProduct() {
        CommonOps_DDRM.mult(x, w, h);
        return h;
    }
}
