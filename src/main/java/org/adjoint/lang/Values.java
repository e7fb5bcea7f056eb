package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** Reading a value as another sort of value. */
public final class Values {
    private Values() {
    }

    /**
     * The tensor that a value is: lists and shapes stack, truth is 1 or 0.
     *
     * @throws IllFormed when it is no tensor
     */
    public static Value.Tensor tensor(Value value, Span span) {
        return switch (value) {
            case Value.Tensor tensor -> tensor;
            case Value.ListValue list -> stack(list, span);
            case Value.ShapeValue shape -> stack(new Value.ListValue(shape.shape().sizes().stream()
                    .<Value>map(size -> Value.Tensor.of(Dimension.of(size))).toList()), span);
            case Value.Truth truth -> Value.Tensor.of(truth.holds() ? Constant.ONE : Constant.ZERO);
            case Value.SetValue set -> throw new IllFormed(IllFormed.Kind.TYPE, span, "a set is not a number");
            case Value.Module module -> throw new IllFormed(IllFormed.Kind.TYPE, Problem
                    .at(span, Failures.excerpt(span) + " is " + describe(module) + ", not a number")
                    .hint("apply it, as in net(x); equivalent(net1, net2, x) compares two models"));
            case Value.Text text -> throw new IllFormed(IllFormed.Kind.TYPE, span, "text is not a number");
            case Value.Sequence sequence -> throw new IllFormed(IllFormed.Kind.TYPE, span, sequence.text()
                    + " is a sequence, not a number; take an entry, as in " + sequence.text() + "(n)");
            case Value.Fields fields -> throw new IllFormed(IllFormed.Kind.TYPE, span,
                    "several quantities are not a number; name one of them: " + fields.text());
            case Value.Criterion loss -> throw new IllFormed(IllFormed.Kind.TYPE, span, loss.constructor()
                    + " is not a number; call it, as in " + loss.constructor() + "()(input, target)");
        };
    }

    private static Value.Tensor stack(Value.ListValue list, Span span) {
        if (list.items().isEmpty()) {
            throw new IllFormed(IllFormed.Kind.TYPE, span, "an empty list is not a tensor; sizes are at least 1");
        }
        List<Value.Tensor> items = new ArrayList<>(list.items().size());
        for (Value item : list.items()) {
            Value.Tensor tensor = tensor(item, span);
            if (!items.isEmpty() && !tensor.shape().equals(items.get(0).shape())) {
                throw new IllFormed(IllFormed.Kind.SHAPE, span, Failures.excerpt(span)
                        + ": the entries of a list must have one shape; entry 1 is " + items.get(0).shape()
                        + ", entry " + (items.size() + 1) + " is " + tensor.shape());
            }
            items.add(tensor);
        }
        Indices.Aligned aligned = Indices.align(items);
        Expr stacked = Tensors.stack(aligned.exprs());
        int named = aligned.axes().size();
        if (named > 0) {
            int[] order = new int[stacked.shape().rank()];
            for (int k = 0; k < order.length; k++) {
                order[k] = k < named ? k + 1 : k == named ? 0 : k;
            }
            stacked = Tensors.permute(stacked, order);
        }
        return new Value.Tensor(stacked, aligned.axes());
    }

    /** The shape that a value is: {@code shape(x)}, or a list of sizes such as {@code [n, 2]}. */
    public static Optional<Shape> shape(Value value, Environment environment) {
        return switch (value) {
            case Value.ShapeValue shape -> Optional.of(shape.shape());
            case Value.ListValue list -> {
                List<Size> sizes = new ArrayList<>();
                for (Value item : list.items()) {
                    Optional<Size> size = size(item, environment);
                    if (size.isEmpty()) {
                        yield Optional.empty();
                    }
                    sizes.add(size.get());
                }
                yield Optional.of(Shape.of(sizes));
            }
            case Value.Tensor tensor when tensor.expr() instanceof Variable variable
                    && environment.list(variable).isPresent() ->
                shape(environment.list(variable).get(), environment);
            case Value.Tensor tensor -> size(tensor, environment).map(Shape::of);
            case Value.SetValue set -> Optional.empty();
            case Value.Module module -> Optional.empty();
            case Value.Text text -> Optional.empty();
            case Value.Criterion loss -> Optional.empty();
            case Value.Sequence sequence -> Optional.empty();
            case Value.Fields fields -> Optional.empty();
            case Value.Truth truth -> Optional.empty();
        };
    }

    /** The size that a value is, definitions replaced by their values. */
    public static Optional<Size> size(Value value, Environment environment) {
        return value instanceof Value.Tensor tensor && tensor.axes().isEmpty()
                ? SizeArithmetic.resolve(tensor.expr(), environment)
                : Optional.empty();
    }

    /** What sort of thing a value is, for messages. */
    static String describe(Value value) {
        return switch (value) {
            case Value.Tensor tensor -> tensor.shape().isScalar() ? "a scalar" : "a tensor of shape " + tensor.shape();
            case Value.ShapeValue shape -> "the shape " + shape.shape();
            case Value.ListValue list -> "a list";
            case Value.SetValue set -> "a set";
            case Value.Module module -> "a model, " + module.model().kind();
            case Value.Text text -> "text";
            case Value.Criterion loss -> "a loss";
            case Value.Sequence sequence -> "a sequence";
            case Value.Fields fields -> "the quantities " + fields.text();
            case Value.Truth truth -> "a truth value";
        };
    }
}
