package org.adjoint.lang;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.nn.Model;

/** What an expression of the language means. */
public sealed interface Value {

    /**
     * A tensor.
     *
     * @param expr the node; its leading axes are those named by {@code axes}
     * @param axes the index names of the leading axes, outermost first: from {@code for}, and from declared indices
     * @param row  in dialect matlab, whether a tensor of rank 1 is a row; else it is a column
     */
    record Tensor(Expr expr, List<String> axes, boolean row) implements Value {
        /** Copies the names. */
        public Tensor {
            axes = List.copyOf(axes);
        }

        /** A tensor that is no row. */
        public Tensor(Expr expr, List<String> axes) {
            this(expr, axes, false);
        }

        /** A tensor without named axes. */
        public static Tensor of(Expr expr) {
            return new Tensor(expr, List.of());
        }

        /** The shape without the named axes: what the user sees at one value of every index. */
        public Shape shape() {
            return expr.shape().slice(axes.size(), expr.shape().rank());
        }
    }

    /** The shape of something, as {@code shape(x)} and {@code x.shape}. */
    record ShapeValue(Shape shape) implements Value {
    }

    /** {@code [a, b]} and {@code (a, b)}; see {@link Values#tensor} for the tensor they stack to. */
    record ListValue(List<Value> items) implements Value {
        /** Copies the items. */
        public ListValue {
            items = List.copyOf(items);
        }
    }

    /** {@code {a, b}}. */
    record SetValue(List<Value> items) implements Value {
        /** Copies the items. */
        public SetValue {
            items = List.copyOf(items);
        }
    }

    /**
     * A layer, or layers put together.
     *
     * @param training whether it is run as PyTorch's {@code train()} has it, which is the default; else as {@code eval()}
     */
    record Module(Model model, boolean training) implements Value {
    }

    /** {@code "same"}. */
    record Text(String text) implements Value {
    }

    /**
     * A function some of whose arguments are given: {@code CrossEntropyLoss(reduction='sum')}, which is called with the others.
     *
     * @param constructor what it was made by
     * @param function    the function that it calls
     * @param settings    the arguments that are given, by the names of its parameters
     */
    record Criterion(String constructor, String function, Map<String, Setting> settings) implements Value {
        /** Copies the arguments. */
        public Criterion {
            settings = Map.copyOf(settings);
        }

        /** An argument as written, and what it means where it was written. */
        public record Setting(Syntax syntax, Value value) {
        }
    }

    /** Several tensors by their names, as the state after a step of an optimiser: {@code step.theta}. */
    record Fields(Map<String, Tensor> fields) implements Value {
        /** Copies them, in their order. */
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** The names, as they are read: {@code .theta, .v}. */
        public String text() {
            return "." + String.join(", .", fields.keySet());
        }
    }

    /** A sequence on the integers that is no tensor: {@code conv(x, h)}. */
    record Sequence(String text, int arity, Entries at) implements Value {
        /** The entry at places, as it is read there. */
        interface Entries {
            /** A scalar. */
            Expr of(Elaborator where, List<Expr> places);
        }
    }

    /** {@code true}, or a relation of numbers and sizes that is settled as it is read. */
    record Truth(boolean holds) implements Value {
    }
}
