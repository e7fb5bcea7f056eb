package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.nn.Counts;
import org.adjoint.nn.Field;
import org.adjoint.nn.Model;
import org.adjoint.nn.Multiplications;
import org.adjoint.nn.Parameter;

/**
 * Questions about models: how many parameters, which shapes, how many operations, which receptive field. The shape of an input
 * is a list of sizes, {@code [B, 3, 32, 32]}, or {@code x.shape}. Answers are polynomials in symbolic sizes.
 */
final class ModelFunctions {
    private ModelFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("parameters(net)", a -> LayerAttributes.number(a.value("net") instanceof Value.Criterion ? Size.ZERO
                : Parameter.count(module(a).model().parameters())));
        table.row("shapes(net, input)", ModelFunctions::shapes);
        table.row("multiplications(net, input=None)", a -> LayerAttributes.number(!a.has("input")
                && a.value("net") instanceof Value.Tensor tensor ? Multiplications.of(tensor.expr())
                        : counts(a).multiplications()));
        count(table, "additions", Counts::additions);
        count(table, "macs", Counts::multiplyAdds);
        count(table, "activations", Counts::activations);
        table.row("operations(net, input)", a -> {
            Counts counts = counts(a);
            return LayerAttributes.number(a.reader().under("ops", "mac") ? counts.multiplyAdds()
                    : counts.multiplications().plus(counts.additions()));
        });
        field(table, "receptive_field", Field::size);
        field(table, "effective_stride", Field::jump);
        field(table, "receptive_start", Field::start);
    }

    static Value.Module module(Arguments a) {
        if (a.value("net") instanceof Value.Module module) {
            return module;
        }
        throw Failures.type(a.call(), Failures.excerpt(a.call()) + " is about a model; "
                + Failures.excerpt(a.syntax("net")) + " is " + Values.describe(a.value("net")));
    }

    // ---- shapes

    /** The shape of an input, as it is given in a list or by a tensor. */
    static Shape input(Arguments a) {
        if (!a.has("input")) {
            throw Failures.type(a.call(), "the shape of what comes out depends on what goes in: write "
                    + Failures.excerpt(a.call()).replaceAll("\\)$", "") + ", [B, C, H, W])");
        }
        if (a.value("input") instanceof Value.Tensor tensor && tensor.shape().rank() > 1) {
            throw Failures.type(a.syntax("input"), "the shape of an input is a list of sizes; write "
                    + Failures.excerpt(a.syntax("input")) + ".shape");
        }
        return a.shape("input");
    }

    /** {@code shape(net, [B, 3, 32, 32])}: what comes out. */
    static Shape output(Arguments a, Value.Module module) {
        return output(a, module.model(), input(a));
    }

    private static Shape output(Arguments a, Model model, Shape input) {
        Modules modules = new Modules(a.reader());
        modules.require(model, input);
        return model.output(input, modules.mode(false));
    }

    /** What comes out of each layer, one after the other. */
    private static Value shapes(Arguments a) {
        Model model = module(a).model();
        Shape shape = input(a);
        List<Value> shapes = new ArrayList<>();
        for (Model layer : model.children().isEmpty() ? List.of(model) : model.children()) {
            shape = output(a, layer, shape);
            shapes.add(new Value.ShapeValue(shape));
        }
        return new Value.ListValue(shapes);
    }

    // ---- counts

    private static void count(Vocabulary.Table table, String name, Function<Counts, Size> which) {
        table.row(name + "(net, input)", a -> LayerAttributes.number(which.apply(counts(a))));
    }

    private static Counts counts(Arguments a) {
        Model model = module(a).model();
        Shape input = input(a);
        output(a, model, input);
        return model.counts(input);
    }

    // ---- receptive fields

    private static void field(Vocabulary.Table table, String name, Function<Field, Size> which) {
        table.row(name + "(net)", a -> {
            Optional<List<Field>> fields;
            try {
                fields = module(a).model().fields(List.of());
            } catch (ShapeError error) {
                throw Failures.shape(a.call(), error, List.of());
            }
            List<Size> sizes = fields.orElseThrow(() -> Failures.type(a.call(), Failures.excerpt(a.call())
                    + ": every entry depends on the whole input; ask about the layers before, as in net[0:3]"))
                    .stream().map(which).toList();
            // Nothing slides: an entry depends on one entry.
            return sizes.isEmpty() ? LayerAttributes.number(which.apply(Field.ENTRY)) : LayerAttributes.perAxis(sizes);
        });
    }
}
