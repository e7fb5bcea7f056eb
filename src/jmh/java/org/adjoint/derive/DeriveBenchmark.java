package org.adjoint.derive;

import org.adjoint.Timed;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.show.TextPrinter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One gradient derived, presented, proved equal to the raw sweep, held against differences, and printed. */
public class DeriveBenchmark extends Timed {
    @Param({"least squares", "logistic loss", "softmax cross-entropy"})
    private String loss = "least squares";

    private final Variable x = Variable.of("X", Shape.of("m", "n"));
    private final Variable y = Variable.of("y", Shape.of("m"));
    private final Variable w = Variable.of("w", Shape.of("n"));
    private final Variable p = Variable.of("p", Shape.of("n"), Fact.Named.PROBABILITY);
    private Expr f = w;
    private long seed;

    @Setup
    public void build() {
        Expr prediction = x.matmul(w);
        f = switch (loss) {
            case "least squares" -> prediction.minus(y).pow(2).sum();
            case "logistic loss" -> Functions.LOG
                    .apply(Functions.EXP.apply(y.times(prediction).negate()).plus(Constant.ONE)).sum();
            default -> p.times(Functions.LOG.apply(Tensors.softmax(w, 0))).sum().negate();
        };
    }

    /** The gradient by {@code w}, as text, with the evidence made anew. */
    @Benchmark
    public String derive() {
        // Another seed each time: new sizes and points, as for a new question.
        return new TextPrinter()
                .print(Derivatives.shown(new Deriver(Definitions.NONE, ++seed).derive(f, w, Layout.GRADIENT)));
    }
}
