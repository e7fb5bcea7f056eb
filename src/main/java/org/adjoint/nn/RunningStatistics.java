package org.adjoint.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/** Running mean and running variance of each channel, two buffers of a layer; variances are positive. */
record RunningStatistics(Variable mean, Variable variance) {
    static RunningStatistics of(String path, Size features) {
        Shape shape = Shape.of(features);
        return new RunningStatistics(Variable.of(Parameter.below(path, "running_mean"), shape),
                Variable.of(Parameter.below(path, "running_var"), shape, Fact.Named.POSITIVE));
    }

    List<Parameter> parameters() {
        return List.of(new Parameter("running_mean", mean, false), new Parameter("running_var", variance, false));
    }

    /** x normalised by them; so many axes of x come after its channels. */
    Expr normalised(Expr x, int places, Expr eps) {
        return Normal.by(x, Channels.column(mean, places), Channels.column(variance, places), eps);
    }

    /** Both moved towards these statistics of a batch, of one entry for each channel. */
    Map<Variable, Expr> moved(Expr batchMean, Expr batchVariance, Expr momentum) {
        Map<Variable, Expr> moved = new LinkedHashMap<>();
        moved.put(mean, Normal.moved(mean, Reshape.of(batchMean, mean.shape()), momentum));
        moved.put(variance, Normal.moved(variance, Reshape.of(batchVariance, variance.shape()), momentum));
        return moved;
    }
}
