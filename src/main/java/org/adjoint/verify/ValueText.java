package org.adjoint.verify;

import java.util.List;
import java.util.stream.Collectors;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Value;
import org.adjoint.show.TextPrinter;

/** Values that are no tensors, as they are written in the language: {@code {(3, 2, 1), (5, 2, 2)}}, {@code [B, 8]}. */
public final class ValueText {
    private ValueText() {
    }

    /** The value. */
    public static String of(Value value) {
        return switch (value) {
            case Value.Tensor tensor when tensor.expr() instanceof Constant c && c.shape().isScalar() ->
                Numerals.of(c.value());
            case Value.Tensor tensor when tensor.expr() instanceof Variable variable -> variable.name();
            case Value.Tensor tensor -> Text.line(TextPrinter.text(tensor.expr()));
            case Value.ShapeValue shape -> shape.shape().toString();
            case Value.ListValue list -> joined(list.items(), "[", "]");
            case Value.SetValue set -> set(set.items());
            case Value.Module module -> module.model().toString();
            case Value.Text text -> "'" + text.text() + "'";
            case Value.Criterion loss -> loss.constructor();
            case Value.Sequence sequence -> sequence.text();
            case Value.Fields fields -> joined(List.copyOf(fields.fields().values()), "(", ")");
            case Value.Truth truth -> String.valueOf(truth.holds());
        };
    }

    /** {@code {a, b}}. */
    static String set(List<Value> items) {
        return items.stream()
                .map(item -> item instanceof Value.ListValue pair ? joined(pair.items(), "(", ")") : of(item))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String joined(List<Value> items, String open, String close) {
        return items.stream().map(ValueText::of).collect(Collectors.joining(", ", open, close));
    }

    /** Whether all items are numbers, or lists of numbers: then they are the same when they are equal. */
    static boolean isSettled(List<Value> items) {
        return items.stream().allMatch(item -> switch (item) {
            case Value.Tensor tensor -> tensor.axes().isEmpty() && tensor.expr() instanceof Constant c
                    && c.shape().isScalar() && !c.isData();
            case Value.ListValue list -> isSettled(list.items());
            case Value.ShapeValue shape -> shape.shape().isConcrete();
            case Value.Text text -> true;
            case Value.Truth truth -> true;
            case Value.SetValue set -> false;
            case Value.Criterion loss -> false;
            case Value.Sequence sequence -> false;
            case Value.Fields fields -> false;
            case Value.Module module -> false;
        });
    }
}
