package org.adjoint.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * {@code torch.nn.BatchNorm1d} to {@code BatchNorm3d}: {@code y = (x − μ)/√(σ² + ε) · γ + β} for each channel. In training μ and
 * σ² (biased) are those of the batch, in evaluation the running ones (Ioffe, Szegedy, arXiv:1502.03167).
 *
 * <p>The running statistics move towards those of the batch, the variance towards the unbiased one:
 * {@code running ← (1 − m) running + m batch}. Without momentum they are the mean over all batches so far, m = 1/(t + 1) after t
 * of them.
 *
 * @param rank     how many spatial axes; a BatchNorm1d also takes {@code [B, C]}
 * @param momentum m; empty for the mean over all batches
 * @param affine   whether there are γ (weight) and β (bias)
 * @param tracks   whether there are running statistics; without them evaluation is as training
 */
public record BatchNorm(String path, int rank, Size features, Expr eps, Optional<Expr> momentum, boolean affine,
        boolean tracks) implements Model {
    public BatchNorm {
        Misfit.requirePositive("num_features", features);
    }

    @Override
    public String kind() {
        return "BatchNorm" + rank + "d";
    }

    @Override
    public BatchNorm named(String other) {
        return new BatchNorm(other, rank, features, eps, momentum, affine, tracks);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        Shape shape = Shape.of(features);
        if (affine) {
            parameters.addAll(Parameter.scaleAndShift(path, shape));
        }
        if (tracks) {
            parameters.addAll(running().parameters());
            if (momentum.isEmpty()) {
                parameters.add(batches());
            }
        }
        return parameters;
    }

    private RunningStatistics running() {
        return RunningStatistics.of(path, features);
    }

    private Parameter batches() {
        return new Parameter("num_batches_tracked", Variable.scalar(Parameter.below(path, "num_batches_tracked"),
                Fact.Named.NATURAL), false);
    }

    private boolean ofBatch(Mode mode) {
        return mode.training() || !tracks;
    }

    /** Where the channels are: after the batch, or first in one example. */
    private int channels(Shape input) {
        int r = input.rank();
        return rank == 1 ? Math.min(1, r - 1) : r - rank - 1;
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Misfit.requireEntries(this, input);
        int r = input.rank();
        boolean fits = rank == 1 ? r >= 1 && r <= 3 : r == rank + 1 || r == rank + 2;
        Misfit.require(fits, this, rank == 1 ? "the input is [B, C] or [B, C, L]"
                : "the input has " + rank + " spatial axes after its channels", input);
        Misfit.require(input.get(channels(input)).equals(features), this,
                "the channels of the input are num_features", input);
        Misfit.require(!ofBatch(mode) || !input.without(channels(input)).count().isOne(), this,
                "training takes the variance of more than one value per channel", input);
        return input;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        Expr normalised = ofBatch(mode) ? batch(x).normalised(eps)
                : running().normalised(x, places(x), eps);
        return affine ? Channels.scaled(normalised, parameters(), places(x)) : normalised;
    }

    private Normal batch(Expr x) {
        return new Normal(x, Axes.except(channels(x.shape()), x.shape().rank()));
    }

    private int places(Expr x) {
        return x.shape().rank() - 1 - channels(x.shape());
    }

    @Override
    public Map<Variable, Expr> updates(Expr x, Mode mode) {
        if (!tracks || !mode.training()) {
            return Map.of();
        }
        output(x.shape(), mode);
        Expr m = momentum.orElseGet(() -> Tensors.reciprocal(batches().variable().plus(Constant.ONE)));
        Map<Variable, Expr> updates = new LinkedHashMap<>(running().moved(batch(x).mean(), batch(x).unbiased(), m));
        if (momentum.isEmpty()) {
            updates.put(batches().variable(), batches().variable().plus(Constant.ONE));
        }
        return updates;
    }

    /** In evaluation mean, variance and weights make one factor and one summand for each channel. */
    @Override
    public Counts counts(Shape input) {
        Size entries = output(input).count();
        return new Counts(Parameter.count(parameters()), entries, entries, entries, entries);
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.of(seen);
    }

    @Override
    public String toString() {
        return kind() + "(" + features + ", eps=" + Print.number(eps) + ", momentum="
                + momentum.map(Print::number).orElse("None") + ", affine=" + Print.truth(affine)
                + ", track_running_stats=" + Print.truth(tracks) + ")";
    }
}
