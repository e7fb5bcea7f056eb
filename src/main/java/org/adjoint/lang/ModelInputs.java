package org.adjoint.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.expr.Expr;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.nn.Attention;
import org.adjoint.nn.Dropout;
import org.adjoint.nn.Mode;
import org.adjoint.nn.Model;
import org.adjoint.nn.Parameter;

/**
 * What models are given beside their input, {@code net(x, mask=M)} for dropout and {@code attention(q, k, v, attn_mask=M)}; and
 * what training on an input makes of their buffers.
 */
final class ModelInputs {
    private ModelInputs() {
    }

    /** The output with its masks: one, or a list with one for each dropout, in the order of the layers. */
    static Expr masked(Syntax.Call call, Model model, Expr output, Syntax given, Function<Syntax, Expr> read) {
        List<Dropout> dropouts = dropouts(model);
        List<Syntax> masks = dropouts.size() != 1 && given instanceof Syntax.ListLit list ? list.items()
                : List.of(given);
        if (masks.size() != dropouts.size()) {
            throw Failures.type(call, "mask= gives one mask to each dropout, of which there "
                    + (dropouts.size() == 1 ? "is 1" : "are " + dropouts.size()) + "; got " + masks.size());
        }
        Map<String, Expr> named = new LinkedHashMap<>();
        for (int k = 0; k < masks.size(); k++) {
            named.put(dropouts.get(k).maskName(), read.apply(masks.get(k)));
        }
        Map<Variable, Expr> images = new LinkedHashMap<>();
        for (Expr node : Walk.postorder(List.of(output))) {
            if (node instanceof Variable variable && named.containsKey(variable.name())) {
                Expr mask = named.get(variable.name());
                if (mask != null) {
                    images.put(variable, Tensors.broadcast(mask, variable.shape()));
                }
            }
        }
        return Substitution.of(images).apply(output);
    }

    private static List<Dropout> dropouts(Model model) {
        List<Dropout> dropouts = new ArrayList<>();
        List<Model> todo = new ArrayList<>(List.of(model));
        while (!todo.isEmpty()) {
            Model next = todo.removeLast();
            todo.addAll(next.children().reversed());
            if (next instanceof Dropout dropout) {
                dropouts.add(dropout);
            }
        }
        return dropouts;
    }

    static void addTo(Vocabulary.Table table) {
        table.row("running_statistics(net, x)", ModelInputs::runningStatistics);
    }

    /** What the buffers of a normalisation are after a step of training on an input, by their names. */
    private static Value runningStatistics(Arguments a) {
        Model model = ModelFunctions.module(a).model();
        Map<Variable, Expr> updates = model.updates(a.expr("x"), Mode.TRAINING);
        if (!model.children().isEmpty() || updates.isEmpty()) {
            throw Failures.type(a.call(), Failures.excerpt(a.syntax("net")) + " is " + Values.describe(a.value("net"))
                    + "; running statistics are those of one layer that tracks them, such as BatchNorm2d(8)");
        }
        Map<String, Value.Tensor> fields = new LinkedHashMap<>();
        for (Parameter buffer : model.parameters()) {
            Optional.ofNullable(updates.get(buffer.variable()))
                    .ifPresent(update -> fields.put(buffer.name(), Value.Tensor.of(update)));
        }
        return new Value.Fields(fields);
    }

    /** Attention of queries to keys and values. */
    static Value attended(Syntax.Call call, Attention attention, List<Expr> inputs, Optional<Expr> mask) {
        try {
            Expr key = inputs.size() > 1 ? inputs.get(1) : inputs.get(0);
            Expr value = inputs.size() > 2 ? inputs.get(2) : key;
            return Value.Tensor.of(attention.apply(inputs.get(0), key, value, mask));
        } catch (ShapeError error) {
            throw Failures.shape(call, error, List.of());
        }
    }
}
