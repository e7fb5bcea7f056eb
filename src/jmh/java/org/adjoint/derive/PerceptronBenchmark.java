package org.adjoint.derive;

import java.util.LinkedHashMap;
import java.util.Map;
import org.adjoint.Timed;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The gradient by the first layer of a perceptron with symbolic widths; the time should grow linearly with the depth. */
public class PerceptronBenchmark extends Timed {
    @Param({"25", "50", "100", "200"})
    private int depth = 25;

    private Definitions definitions = Definitions.NONE;
    private Expr loss = Constant.ZERO;
    private long seed;

    /** {@code aₖ = tanh(Wₖ aₖ₋₁ + bₖ)}, {@code L = Σ (a − y)²}. */
    @Setup
    public void build() {
        Map<Variable, Expr> layers = new LinkedHashMap<>();
        Variable activation = Variable.of("a0", Shape.of("n0"));
        for (int k = 1; k <= depth; k++) {
            Variable weights = Variable.of("W" + k, Shape.of("n" + k, "n" + (k - 1)));
            Variable bias = Variable.of("b" + k, Shape.of("n" + k));
            Expr value = Functions.TANH.apply(weights.matmul(activation).plus(bias));
            activation = Variable.of("a" + k, Shape.of("n" + k));
            layers.put(activation, value);
        }
        definitions = Definitions.NONE.withAll(layers);
        loss = activation.minus(Variable.of("y", Shape.of("n" + depth))).pow(2).sum();
    }

    @Benchmark
    public Expr derive() {
        Variable first = Variable.of("W1", Shape.of("n1", "n0"));
        return Derivatives.shown(new Deriver(definitions, ++seed).derive(loss, first, Layout.GRADIENT));
    }
}
