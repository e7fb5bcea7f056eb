package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Window;

/**
 * {@code torch.nn.MultiheadAttention}: for each head {@code softmax(Q Kᵀ/√d) V} of projected queries, keys and values, d =
 * embed_dim/num_heads; the heads side by side are projected once more (Vaswani et al., arXiv:1706.03762, sections 3.2.1 and
 * 3.2.2). Applied to one input it attends to itself.
 *
 * <p>Inputs are {@code [L, B, E]}, or {@code [B, L, E]} with batch_first, or {@code [L, E]}. There is no dropout of the weights.
 *
 * @param embed      E, of which the heads take equal parts
 * @param keys       kdim, the entries of a key
 * @param values     vdim, the entries of a value
 * @param batchFirst whether the batch stands before the places
 */
public record Attention(String path, Size embed, Size heads, boolean bias, Size keys, Size values, boolean batchFirst)
        implements
            Model {
    public Attention {
        Misfit.requirePositive("embed_dim", embed);
        Misfit.requirePositive("num_heads", heads);
        if (embed.divideExact(heads).isEmpty()) {
            throw new ShapeError("embed_dim is a multiple of num_heads; got " + embed + " and " + heads);
        }
    }

    @Override
    public String kind() {
        return "MultiheadAttention";
    }

    @Override
    public Attention named(String other) {
        return new Attention(other, embed, heads, bias, keys, values, batchFirst);
    }

    /** Whether the three projections are one matrix, as in PyTorch where keys and values have embed_dim entries. */
    private boolean together() {
        return keys.equals(embed) && values.equals(embed);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        if (together()) {
            parameters.add(Parameter.trainable(path, "in_proj_weight", Shape.of(embed.times(3), embed)));
        } else {
            parameters.add(Parameter.trainable(path, "q_proj_weight", Shape.of(embed, embed)));
            parameters.add(Parameter.trainable(path, "k_proj_weight", Shape.of(embed, keys)));
            parameters.add(Parameter.trainable(path, "v_proj_weight", Shape.of(embed, values)));
        }
        if (bias) {
            parameters.add(Parameter.trainable(path, "in_proj_bias", Shape.of(embed.times(3))));
        }
        parameters.add(Parameter.trainable(path, "out_proj.weight", Shape.of(embed, embed)));
        if (bias) {
            parameters.add(Parameter.trainable(path, "out_proj.bias", Shape.of(embed)));
        }
        return parameters;
    }

    private Expr parameter(String name) {
        return parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow().variable();
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        return output(input, input, input);
    }

    /** The shape for queries, keys and values of these shapes: that of the queries. */
    public Shape output(Shape query, Shape key, Shape value) {
        for (Shape shape : List.of(query, key, value)) {
            Misfit.requireEntries(this, shape);
            Misfit.require((shape.rank() == 2 || shape.rank() == 3) && shape.rank() == query.rank(), this,
                    batchFirst ? "the input is [B, L, E] or [L, E]" : "the input is [L, B, E] or [L, E]", shape);
        }
        last(query, embed, "embed_dim");
        last(key, keys, "kdim");
        last(value, values, "vdim");
        Misfit.require(key.slice(0, key.rank() - 1).equals(value.slice(0, key.rank() - 1)), this,
                "there is a value for each key, " + key, value);
        if (query.rank() == 3) {
            int batch = batchFirst ? 0 : 1;
            Misfit.require(query.get(batch).equals(key.get(batch)), this, "queries and keys have the same batch, "
                    + query, key);
        }
        return query;
    }

    private void last(Shape shape, Size size, String name) {
        Misfit.require(shape.get(shape.rank() - 1).equals(size), this, "the last axis of the input has " + name
                + " entries", shape);
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        return apply(x, x, x, Optional.empty());
    }

    /**
     * Attention of queries to keys.
     *
     * @param mask what is added to the scores before the softmax, broadcast over {@code [B, H, L, S]}
     */
    public Expr apply(Expr query, Expr key, Expr value, Optional<Expr> mask) {
        Shape output = output(query.shape(), key.shape(), value.shape());
        Expr q = headsOf(projected(query, "q", 0));
        Expr k = headsOf(projected(key, "k", 1));
        Expr v = headsOf(projected(value, "v", 2));
        int rank = q.shape().rank();
        Expr attended = swapped(scaled(q, k, v, mask), rank - 3, rank - 2);
        Shape joined = attended.shape().slice(0, rank - 2).concat(Shape.of(embed));
        Expr result = turned(Reshape.of(attended, joined)).matmul(parameter("out_proj.weight").transpose());
        result = bias ? result.plus(parameter("out_proj.bias")) : result;
        if (!result.shape().equals(output)) {
            throw new IllegalStateException("attention made " + result.shape() + " of " + output);
        }
        return result;
    }

    /**
     * {@code softmax(Q Kᵀ/√d + M) V} for {@code [.., L, d]}, {@code [.., S, d]}, {@code [.., S, v]} and a mask that broadcasts to
     * {@code [.., L, S]} ({@code F.scaled_dot_product_attention}).
     */
    public static Expr scaled(Expr q, Expr k, Expr v, Optional<Expr> mask) {
        int rank = q.shape().rank();
        if (rank < 2 || k.shape().rank() != rank || v.shape().rank() != rank) {
            throw new ShapeError("attention takes queries [.., L, d], keys [.., S, d] and values [.., S, v]", q, k, v);
        }
        Expr scores = q.matmul(swapped(k, rank - 2, rank - 1))
                .dividedBy(Functions.SQRT.apply(Dimension.of(q.shape().get(rank - 1))));
        return Tensors.softmax(mask.map(scores::plus).orElse(scores), rank - 1).matmul(v);
    }

    private Size each() {
        return embed.divideExact(heads).orElseThrow();
    }

    /** {@code x Wᵀ + b} with the rows of one of the three projections. */
    private Expr projected(Expr x, String letter, int part) {
        Expr weight = together() ? rows(parameter("in_proj_weight"), part) : parameter(letter + "_proj_weight");
        Expr y = turned(x).matmul(weight.transpose());
        return bias ? y.plus(rows(parameter("in_proj_bias"), part)) : y;
    }

    private Expr rows(Expr matrix, int part) {
        return Window.slice(matrix, 0, embed.times(part), 1, embed);
    }

    /** Batch and places in the other order, where the batch stands second. */
    private Expr turned(Expr x) {
        return batchFirst || x.shape().rank() == 2 ? x : swapped(x, 0, 1);
    }

    /** {@code [.., L, E]} to {@code [.., H, L, d]}. */
    private Expr headsOf(Expr x) {
        int rank = x.shape().rank();
        Expr split = Reshape.of(x, x.shape().slice(0, rank - 1).concat(Shape.of(heads, each())));
        return swapped(split, rank - 2, rank - 1);
    }

    private static Expr swapped(Expr x, int a, int b) {
        int[] order = Axes.range(0, x.shape().rank());
        order[a] = b;
        order[b] = a;
        return Tensors.permute(x, order);
    }

    /** Attention to itself: four projections, {@code Q Kᵀ}, its division by √d, the softmax, and the weighted sums. */
    @Override
    public Counts counts(Shape input) {
        output(input);
        Size places = input.rank() == 3 && batchFirst ? input.get(1) : input.get(0);
        Size all = input.slice(0, input.rank() - 1).count();
        Size scores = all.times(places).times(heads);
        Counts counts = Counts.products(Size.ZERO, all.times(embed), embed, bias)
                .plus(Counts.products(Size.ZERO, all.times(embed), keys, bias))
                .plus(Counts.products(Size.ZERO, all.times(embed), values, bias))
                .plus(Counts.products(Size.ZERO, scores, each(), false))
                .plus(new Counts(Size.ZERO, scores.times(2), scores.minus(all.times(heads)), Size.ZERO, scores))
                .plus(Counts.products(Size.ZERO, all.times(embed), places, false))
                .plus(Counts.products(Size.ZERO, all.times(embed), embed, bias));
        return counts.with(Parameter.count(parameters()));
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "MultiheadAttention(embed_dim=" + embed + ", num_heads=" + heads + (bias ? "" : ", bias=False")
                + (together() ? "" : ", kdim=" + keys + ", vdim=" + values) + (batchFirst ? ", batch_first=True" : "")
                + ")";
    }
}
