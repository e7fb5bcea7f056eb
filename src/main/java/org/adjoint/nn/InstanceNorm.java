package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * {@code torch.nn.InstanceNorm1d} to {@code InstanceNorm3d}: {@code y = (x − μ)/√(σ² + ε) · γ + β}, μ and σ² (biased) over the
 * places of each channel of each example (Ulyanov, Vedaldi, Lempitsky, arXiv:1607.08022). With running statistics, which move
 * towards the mean over the batch (of unbiased variances), evaluation takes these.
 *
 * @param rank how many spatial axes
 */
public record InstanceNorm(String path, int rank, Size features, Expr eps, Expr momentum, boolean affine,
        boolean tracks)
        implements
            Model {
    public InstanceNorm {
        Misfit.requirePositive("num_features", features);
    }

    @Override
    public String kind() {
        return "InstanceNorm" + rank + "d";
    }

    @Override
    public InstanceNorm named(String other) {
        return new InstanceNorm(other, rank, features, eps, momentum, affine, tracks);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        if (affine) {
            parameters.addAll(Parameter.scaleAndShift(path, Shape.of(features)));
        }
        if (tracks) {
            parameters.addAll(running().parameters());
        }
        return parameters;
    }

    private RunningStatistics running() {
        return RunningStatistics.of(path, features);
    }

    private boolean ofInput(Mode mode) {
        return mode.training() || !tracks;
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Channels.requireImage(this, input, rank);
        int r = input.rank();
        Misfit.require(input.get(r - rank - 1).equals(features), this, "the channels of the input are num_features",
                input);
        Misfit.require(!ofInput(mode) || !input.slice(r - rank, r).count().isOne(), this,
                "the variance is that of more than one place", input);
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        Expr y = ofInput(mode) ? normal(x).normalised(eps)
                : running().normalised(x, rank, eps);
        return affine ? Channels.scaled(y, parameters(), rank) : y;
    }

    private Normal normal(Expr x) {
        int r = x.shape().rank();
        return new Normal(x, Axes.range(r - rank, r));
    }

    @Override
    public Map<Variable, Expr> updates(Expr x, Mode mode) {
        if (!tracks || !mode.training()) {
            return Map.of();
        }
        output(x.shape(), mode);
        return running().moved(overBatch(normal(x).mean()), overBatch(normal(x).unbiased()), momentum);
    }

    /** The mean over the examples of {@code [B, C, 1, …]}. */
    private Expr overBatch(Expr statistic) {
        return statistic.shape().rank() == rank + 2 ? Tensors.mean(statistic, new int[] {0}, false) : statistic;
    }

    @Override
    public Counts counts(Shape input) {
        Size entries = output(input).count();
        Size parameters = Parameter.count(parameters());
        if (tracks) {
            return new Counts(parameters, entries, entries, entries, entries);
        }
        return Counts.normalised(parameters, entries, input.slice(0, input.rank() - rank).count(), affine, affine);
    }

    /** Without running statistics each entry depends on all places. */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return tracks ? Optional.of(seen) : Optional.empty();
    }

    @Override
    public String toString() {
        return kind() + "(" + features + ", eps=" + Print.number(eps) + ", momentum=" + Print.number(momentum)
                + ", affine=" + Print.truth(affine) + ", track_running_stats=" + Print.truth(tracks) + ")";
    }
}
