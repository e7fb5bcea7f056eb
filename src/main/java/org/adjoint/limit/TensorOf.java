package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** The tensor of which a scalar form is the entry at given labels. */
final class TensorOf {
    private final Symbols symbols;
    private final List<Integer> labels;
    private final Shape shape;

    TensorOf(Symbols symbols, List<Integer> labels, Shape shape) {
        this.symbols = symbols;
        this.labels = labels;
        this.shape = shape;
    }

    Expr of(Expr form) {
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : Walk.postorder(form)) {
            images.put(node, image(node, images));
        }
        return Tensors.broadcast(Objects.requireNonNull(images.get(form)), shape);
    }

    private Expr image(Expr node, NodeMap<Expr> images) {
        if (node instanceof Variable variable) {
            Entry entry = symbols.entry(variable);
            return switch (entry) {
                case null -> node;
                case Entry.Of of -> view(of);
                case Entry.Listed listed -> Tensors.stack(listed.scalars());
                case Entry.Sum sum -> summed(sum.term(), sum.bound());
                case Entry.ExponentialSum sum -> summed(sum.term(), sum.bound());
                case Entry.Maximum max -> below(max.term(), max.bound(),
                        (tensor, axes) -> Reduction.of(Reduction.Operation.MAX, tensor, axes));
            };
        }
        return Broadened.of(node, images);
    }

    private Expr summed(Expr term, Map<Integer, Size> bound) {
        Optional<List<Expr>> list = bound.size() == 1 ? symbols.unrolled(term, bound.keySet().iterator().next())
                : Optional.empty();
        return list.map(terms -> symbols.tensor(Tensors.sum(terms), labels, shape))
                .orElseGet(() -> below(term, bound, (tensor, axes) -> Tensors.sum(tensor, axes, false)));
    }

    /** A reduction of what stands under a sum: a tensor with an axis for each label that occurs, spread over the others. */
    private Expr below(Expr term, Map<Integer, Size> bound, BiFunction<Expr, int[], Expr> reduction) {
        List<Integer> free = new ArrayList<>(symbols.labels(term));
        free.removeAll(bound.keySet());
        List<Integer> all = new ArrayList<>(free);
        List<Size> sizes = new ArrayList<>();
        free.forEach(label -> sizes.add(shape.get(labels.indexOf(label))));
        new TreeMap<>(bound).forEach((label, size) -> {
            all.add(label);
            sizes.add(size);
        });
        Expr tensor = symbols.tensor(term, all, Shape.of(sizes));
        int[] axes = IntStream.range(free.size(), all.size()).toArray();
        return view(new Entry.Of(reduction.apply(tensor, axes), free));
    }

    /** {@code T[l…]} spread over all labels. */
    private Expr view(Entry.Of of) {
        if (of.labels().isEmpty()) {
            return of.tensor();
        }
        int[] index = of.labels().stream().mapToInt(labels::indexOf).toArray();
        return Contraction.of(List.of(of.tensor()), List.of(index), IntStream.range(0, shape.rank()).toArray(), shape);
    }
}
