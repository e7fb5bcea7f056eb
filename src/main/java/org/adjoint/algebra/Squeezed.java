package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;

/**
 * Axes of length 1 that were put in, by {@code keepdims} or {@code x[:, None]}, taken out again: {@code f(x[:, None])} is
 * {@code f(x)[:, None]} for every f that works entry by entry, and a product does not see them at all. What is computed along
 * kept axes then reads as if they had never been kept. Axes that variables have stay.
 */
public final class Squeezed {
    /**
     * A node without some of its axes.
     *
     * @param axes the axes of the node that the core still has, ascending; all others have length 1
     */
    private record Form(Expr core, int[] axes) {
        boolean has(int axis) {
            return IntStream.of(axes).anyMatch(k -> k == axis);
        }
    }

    private final NodeMap<Form> forms = new NodeMap<>();

    private Squeezed() {
    }

    /** An equal expression of the same shape. */
    public static Expr of(Expr root) {
        List<Expr> nodes = Walk.postorder(root);
        if (nodes.stream().noneMatch(Squeezed::putsIn)) {
            return root;
        }
        Squeezed squeezed = new Squeezed();
        nodes.forEach(node -> squeezed.forms.put(node, squeezed.form(node)));
        return squeezed.whole(root);
    }

    /** Whether the node has an axis of length 1 that none of its operands has. */
    private static boolean putsIn(Expr node) {
        return node instanceof Contraction && node.shape().sizes().stream().anyMatch(Size::isOne);
    }

    private Form known(Expr node) {
        return Objects.requireNonNull(forms.get(node));
    }

    /** The node with all of its axes. */
    private Expr whole(Expr node) {
        return spread(known(node), node.shape(), IntStream.range(0, node.shape().rank()).toArray());
    }

    /** The form with the given axes of its node, among them those that it has. */
    private static Expr spread(Form form, Shape shape, int[] axes) {
        if (form.axes.length == axes.length) {
            return form.core;
        }
        return Contraction.of(List.of(form.core), List.of(form.axes), axes, pick(shape, axes));
    }

    private static Shape pick(Shape shape, int[] axes) {
        return Shape.of(IntStream.of(axes).mapToObj(shape::get).toList());
    }

    private Form form(Expr node) {
        return switch (node) {
            case Contraction product -> product(product);
            case Elementwise map -> entrywise(map);
            case Linear sum -> entrywise(sum);
            case Where where -> entrywise(where);
            case Detach detach -> entrywise(detach);
            case Reduction reduction when reduction.operation() != Reduction.Operation.FIRST_MAX -> reduce(reduction);
            case Expr other -> all(rebuilt(other));
        };
    }

    private static Form all(Expr node) {
        return new Form(node, IntStream.range(0, node.shape().rank()).toArray());
    }

    private Expr rebuilt(Expr node) {
        List<Expr> operands = node.operands().stream().map(this::whole).toList();
        return operands.equals(node.operands()) ? node : node.withOperands(operands);
    }

    /** An axis of length 1 of the result is in no factor; one of a factor is summed on its own. */
    private Form product(Contraction product) {
        int[] axes = longer(product.shape());
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        boolean same = axes.length == product.shape().rank();
        for (int k = 0; k < product.operandCount(); k++) {
            Form form = known(product.operand(k));
            int[] indices = product.indices(k);
            factors.add(form.core);
            labels.add(IntStream.of(form.axes).map(axis -> indices[axis]).toArray());
            same &= form.core == product.operand(k);
        }
        return same ? all(product)
                : new Form(Contraction.of(factors, labels, axes, pick(product.shape(), axes)), axes);
    }

    private static int[] longer(Shape shape) {
        return IntStream.range(0, shape.rank()).filter(axis -> !shape.get(axis).isOne()).toArray();
    }

    /** What works entry by entry keeps the axes that one of its operands still has. */
    private Form entrywise(Expr node) {
        Shape shape = node.shape();
        int[] axes = IntStream.range(0, shape.rank())
                .filter(axis -> !shape.get(axis).isOne()
                        || node.operands().stream()
                                .anyMatch(operand -> isFull(operand, shape) && known(operand).has(axis)))
                .toArray();
        List<Expr> operands = new ArrayList<>();
        for (Expr operand : node.operands()) {
            operands.add(isFull(operand, shape) ? spread(known(operand), shape, axes) : whole(operand));
        }
        if (axes.length == shape.rank()) {
            return all(operands.equals(node.operands()) ? node : node.withOperands(operands));
        }
        return new Form(node instanceof Linear sum
                ? Linear.of(pick(shape, axes), operands,
                        IntStream.range(0, sum.termCount()).mapToObj(sum::coefficient).toList())
                : node.withOperands(operands), axes);
    }

    /** A scalar operand stands for every entry. */
    private static boolean isFull(Expr operand, Shape shape) {
        return operand.shape().equals(shape);
    }

    /** An axis that is reduced stays, whatever its length. */
    private Form reduce(Reduction reduction) {
        Expr operand = reduction.operand(0);
        Shape shape = operand.shape();
        int[] reduced = reduction.axes();
        Form form = known(operand);
        int[] axes = IntStream.range(0, shape.rank())
                .filter(axis -> form.has(axis) || IntStream.of(reduced).anyMatch(k -> k == axis)).toArray();
        int[] places = IntStream.of(reduced)
                .map(axis -> (int) IntStream.of(axes).filter(k -> k < axis).count()).toArray();
        Expr core = Reduction.of(reduction.operation(), spread(form, shape, axes), places);
        int[] left = IntStream.range(0, shape.rank())
                .filter(axis -> IntStream.of(reduced).noneMatch(k -> k == axis)).toArray();
        int[] kept = IntStream.range(0, left.length).filter(k -> form.has(left[k])).toArray();
        return new Form(core, kept);
    }
}
