package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** Tensors with named leading axes: bringing them to the same names, summing names out, turning names into axes. */
public final class Indices {
    private Indices() {
    }

    /**
     * Tensors with the same named axes in the same order, and trailing axes of one rank; an index that one lacks, and a
     * missing trailing axis, is an axis of size 1.
     *
     * @param axes  the names
     * @param exprs the nodes, to be broadcast against each other
     */
    public record Aligned(List<String> axes, List<Expr> exprs) {
        /** Joins the aligned nodes to one. */
        Value.Tensor join(Function<List<Expr>, Expr> builder) {
            return new Value.Tensor(builder.apply(exprs), axes);
        }
    }

    /** The tensors aligned on the names of all, in the order in which they are met. */
    public static Aligned align(List<Value.Tensor> tensors) {
        if (tensors.stream().allMatch(t -> t.axes().isEmpty())) {
            return new Aligned(List.of(), tensors.stream().map(Value.Tensor::expr).toList());
        }
        LinkedHashSet<String> names = new LinkedHashSet<>();
        int rank = 0;
        for (Value.Tensor tensor : tensors) {
            names.addAll(tensor.axes());
            rank = Math.max(rank, tensor.shape().rank());
        }
        List<String> axes = List.copyOf(names);
        List<Expr> exprs = new ArrayList<>(tensors.size());
        for (Value.Tensor tensor : tensors) {
            exprs.add(arrange(tensor, axes, rank));
        }
        return new Aligned(axes, exprs);
    }

    /**
     * The product of the tensors, entry by entry, as one contraction: a factor keeps its node, since giving it further
     * axes would merge it with what it is made of.
     */
    static Value.Tensor product(List<Value.Tensor> factors) {
        List<Expr> exprs = factors.stream().map(Value.Tensor::expr).toList();
        if (factors.stream().allMatch(factor -> factor.axes().isEmpty())) {
            return Value.Tensor.of(Tensors.product(exprs));
        }
        Map<String, Size> named = new LinkedHashMap<>();
        for (Value.Tensor factor : factors) {
            for (int k = 0; k < factor.axes().size(); k++) {
                named.putIfAbsent(factor.axes().get(k), factor.expr().shape().get(k));
            }
        }
        List<String> axes = List.copyOf(named.keySet());
        Shape trailing = Tensors.broadcastShape(factors.stream().map(f -> Contraction.ones(f.shape())).toList());
        Shape shape = Shape.of(List.copyOf(named.values())).concat(trailing);
        int fresh = shape.rank();
        List<int[]> labels = new ArrayList<>(factors.size());
        for (Value.Tensor factor : factors) {
            int own = factor.axes().size();
            int[] label = new int[factor.expr().shape().rank()];
            for (int k = 0; k < label.length; k++) {
                int axis = k < own ? axes.indexOf(factor.axes().get(k)) : k + shape.rank() - label.length;
                boolean stretched = k >= own && !factor.expr().shape().get(k).equals(shape.get(axis));
                label[k] = stretched ? fresh++ : axis;
            }
            labels.add(label);
        }
        int[] output = new int[shape.rank()];
        Arrays.setAll(output, k -> k);
        return new Value.Tensor(Contraction.of(exprs, labels, output, shape), axes);
    }

    /** The node with exactly these named axes, size 1 where it lacks one, and that many trailing axes. */
    private static Expr arrange(Value.Tensor tensor, List<String> axes, int rank) {
        int own = tensor.axes().size();
        int padding = rank - tensor.shape().rank();
        if (tensor.axes().equals(axes) && padding == 0) {
            return tensor.expr();
        }
        int[] labels = new int[tensor.expr().shape().rank()];
        List<Size> sizes = new ArrayList<>();
        for (String axis : axes) {
            int at = tensor.axes().indexOf(axis);
            if (at >= 0) {
                labels[at] = sizes.size();
            }
            sizes.add(at >= 0 ? tensor.expr().shape().get(at) : Size.ONE);
        }
        for (int k = 0; k < padding; k++) {
            sizes.add(Size.ONE);
        }
        for (int k = own; k < labels.length; k++) {
            labels[k] = sizes.size();
            sizes.add(tensor.expr().shape().get(k));
        }
        return view(tensor.expr(), labels, Shape.of(sizes));
    }

    /** The contraction of one node onto the shape; labels below the rank are output axes. */
    static Expr view(Expr expr, int[] labels, Shape shape) {
        int[] output = new int[shape.rank()];
        for (int k = 0; k < output.length; k++) {
            output[k] = k;
        }
        // an axis of size 1 that is also missing elsewhere must not clash: the contractor gives it its own index
        return Contraction.of(List.of(expr), List.of(labels), output, shape);
    }

    /** Everything aligned, broadcast to one shape: all nodes have equal shapes. */
    public static Aligned broadcast(List<Value.Tensor> tensors) {
        Aligned aligned = align(tensors);
        return new Aligned(aligned.axes(), Tensors.broadcast(aligned.exprs()));
    }

    /** The tensor with these names among its named axes; sizes of those it lacks are taken from the map. */
    static Value.Tensor withAxes(Value.Tensor tensor, Map<String, Size> sizes) {
        if (tensor.axes().containsAll(sizes.keySet())) {
            return tensor;
        }
        List<String> axes = new ArrayList<>(tensor.axes());
        Map<String, Size> missing = new LinkedHashMap<>(sizes);
        axes.forEach(missing::remove);
        axes.addAll(missing.keySet());
        int rank = tensor.shape().rank();
        Expr arranged = arrange(tensor, axes, rank);
        List<Size> all = new ArrayList<>(tensor.expr().shape().sizes().subList(0, tensor.axes().size()));
        all.addAll(missing.values());
        all.addAll(tensor.shape().sizes());
        return new Value.Tensor(Tensors.broadcast(arranged, Shape.of(all)), axes);
    }

    /** The positions of some of the named axes. */
    static int[] positions(Value.Tensor tensor, List<String> names) {
        return names.stream().mapToInt(tensor.axes()::indexOf).toArray();
    }

    /** The tensor without these named axes, reduced over them by the operation on the node. */
    static Value.Tensor reduce(Value.Tensor tensor, Map<String, Size> sizes, Reducer reducer) {
        Value.Tensor full = withAxes(tensor, sizes);
        List<String> names = List.copyOf(sizes.keySet());
        List<String> left = new ArrayList<>(full.axes());
        left.removeAll(names);
        return new Value.Tensor(reducer.reduce(full.expr(), positions(full, names)), left);
    }

    /** The tensor whose trailing axes start with these named ones, in this order. */
    static Value.Tensor unname(Value.Tensor tensor, Map<String, Size> sizes) {
        Value.Tensor full = withAxes(tensor, sizes);
        List<String> axes = new ArrayList<>(full.axes());
        axes.removeAll(sizes.keySet());
        List<String> order = new ArrayList<>(axes);
        order.addAll(sizes.keySet());
        Expr arranged = arrange(full, order, full.shape().rank());
        return new Value.Tensor(arranged, axes);
    }

    /** Reduces the given axes of a node away. */
    interface Reducer {
        Expr reduce(Expr expr, int[] axes);
    }
}
