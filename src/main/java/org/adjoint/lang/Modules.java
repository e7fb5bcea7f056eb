package org.adjoint.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;
import org.adjoint.nn.Attention;
import org.adjoint.nn.ConvLayer;
import org.adjoint.nn.Dropout;
import org.adjoint.nn.GivenLayer;
import org.adjoint.nn.Mode;
import org.adjoint.nn.Model;
import org.adjoint.nn.Parameter;
import org.adjoint.nn.Sequential;

/** What is done with models: {@code net(x)}, {@code net[0]}, {@code net[1:3]}, {@code net[0].weight}, {@code net.eval()}. */
final class Modules {
    private final Elaborator reader;

    Modules(Elaborator reader) {
        this.reader = reader;
    }

    // ---- names

    /** The model under a name; one that has a name already keeps it, and with it its parameters. */
    static Value.Module named(Value.Module module, String name) {
        return module.model().path().isEmpty() ? new Value.Module(module.model().named(name), module.training())
                : module;
    }

    static boolean areIn(Value.ListValue list) {
        return list.items().stream().anyMatch(Value.Module.class::isInstance);
    }

    /** A list of layers: each is named by its place. */
    static Value.ListValue named(Value.ListValue list, String name) {
        return new Value.ListValue(IntStream.range(0, list.items().size())
                .mapToObj(k -> list.items().get(k) instanceof Value.Module module ? named(module, name + "[" + k + "]")
                        : list.items().get(k))
                .toList());
    }

    /** A layer that no definition names has the name of its place in the text. */
    private Value.Module placed(Syntax at, Value.Module module) {
        if (!module.model().path().isEmpty() || module.model().parameters().isEmpty()
                && !(module.model() instanceof Dropout)) {
            return module;
        }
        if (reader.isInCall()) {
            throw Failures.type(at, "a layer that is made in a function has other parameters at every call; define it "
                    + "above the function, as in `layer = " + Failures.excerpt(at) + "`");
        }
        Position start = at.span().position();
        return named(module, module.model().kind() + "_" + start.line() + "_" + start.column());
    }

    // ---- net(x)

    Value apply(Syntax.Call call, Value.Module applied) {
        Value.Module module = placed(call.callee(), applied);
        boolean training = module.training();
        Optional<Syntax> masks = Optional.empty();
        Optional<Expr> scores = Optional.empty();
        boolean attends = module.model() instanceof Attention;
        for (Syntax.Keyword keyword : call.keywords()) {
            String name = keyword.name().id();
            if (name.equals("training") && reader.value(keyword.value()) instanceof Value.Truth on) {
                training = on.holds();
            } else if (name.equals("mask") && !attends) {
                masks = Optional.of(keyword.value());
            } else if (name.equals("attn_mask") && attends) {
                scores = Optional.of(plain(keyword.value()));
            } else {
                throw Failures.type(call,
                        "a model is applied as net(x) or net(x, training=false); there is no " + name);
            }
        }
        if (attends && call.arguments().size() <= 3) {
            return ModelInputs.attended(call, (Attention) module.model(), call.arguments().stream().map(this::plain)
                    .toList(), scores);
        }
        if (call.arguments().size() != 1) {
            throw Failures.type(call, "a model is applied to one tensor; got " + call.arguments().size()
                    + " arguments");
        }
        Value.Tensor x = reader.tensorOf(call.arguments().get(0));
        Mode mode = mode(training);
        try {
            if (!Samples.areIndependent(module.model(), x.shape(), x.axes().size())) {
                throw new Undecided("this model is not computed for every value of an index at once", call.span());
            }
            require(module.model(), x.expr().shape());
            Expr output = reader.under("conv", "flipped") ? flipped(module.model(), x.expr(), mode)
                    : module.model().apply(x.expr(), mode);
            return new Value.Tensor(masks
                    .map(given -> ModelInputs.masked(call, module.model(), output, given, this::plain)).orElse(output),
                    x.axes());
        } catch (ShapeError error) {
            throw Failures.shape(call, error, List.of());
        }
    }

    private Expr plain(Syntax argument) {
        Value.Tensor x = reader.tensorOf(argument);
        if (!x.axes().isEmpty()) {
            throw new Undecided("a model of entries named by an index is not computed", argument.span());
        }
        return x.expr();
    }

    /** Strides round down unless {@code division = exact} is stated. */
    Mode mode(boolean training) {
        Mode mode = training ? Mode.TRAINING : Mode.EVALUATION;
        return reader.under("division", "exact") ? mode.exact() : mode;
    }

    /** Where sizes are symbolic, that every window fits is required of them, and that strides divide where they must. */
    void require(Model model, org.adjoint.expr.Shape input) {
        model.output(input, mode(false));
        for (Size room : model.rooms(input, mode(false))) {
            if (!room.isNonNegative()) {
                reader.environment.requireNonNegative(room);
            }
        }
    }

    /** Under {@code conv = flipped} a layer convolves, as textbooks define it: its kernel is read backwards. */
    private static Expr flipped(Model model, Expr x, Mode mode) {
        Variable input = Variable.of("input of " + model.path(), x.shape());
        Map<Variable, Expr> images = new LinkedHashMap<>(Map.of(input, x));
        List<Model> todo = new ArrayList<>(List.of(model));
        while (!todo.isEmpty()) {
            Model next = todo.removeLast();
            todo.addAll(next.children());
            if (next instanceof GivenLayer) {
                throw new Undecided("a rewritten model is not computed under conv = flipped");
            }
            if (next instanceof ConvLayer layer) {
                Variable weight = layer.weight().variable();
                images.put(weight, flipped(weight, layer.axes().size()));
            }
        }
        return Substitution.of(images).apply(model.apply(input, mode));
    }

    /** The last axes read backwards. */
    static Expr flipped(Expr kernel, int axes) {
        Expr flipped = kernel;
        int rank = kernel.shape().rank();
        for (int axis = Math.max(0, rank - axes); axis < rank; axis++) {
            Size size = kernel.shape().get(axis);
            flipped = size.isOne() ? flipped : Window.slice(flipped, axis, size.minus(1), -1, size);
        }
        return flipped;
    }

    // ---- net[0], net[1:3]

    Value part(Syntax.Index index, Value.Module module) {
        if (!(module.model() instanceof Sequential)) {
            throw Failures.type(index, Failures.excerpt(index.base()) + " is " + Values.describe(module)
                    + ", which has no numbered layers");
        }
        if (index.items().size() != 1) {
            throw Failures.type(index, "layers are counted by one index");
        }
        Value.Module whole = placed(index.base(), module);
        List<Model> layers = whole.model().children();
        Model part = index.items().get(0) instanceof Syntax.Slice slice
                ? new Sequential(Failures.excerpt(index), slice(layers, slice))
                : new Indexing(reader).element(layers, index.items().get(0));
        return new Value.Module(part, module.training());
    }

    private List<Model> slice(List<Model> layers, Syntax.Slice slice) {
        int step = slice.step().map(reader::integer).orElse(1);
        if (step < 1) {
            throw Failures.type(slice, "layers are taken in their order; the step is " + step);
        }
        int from = slice.start().map(s -> bounded(s, layers.size())).orElse(0);
        int to = slice.stop().map(s -> bounded(s, layers.size())).orElse(layers.size());
        List<Model> some = new ArrayList<>();
        for (int k = from; k < to; k += step) {
            some.add(layers.get(k));
        }
        return some;
    }

    private int bounded(Syntax item, int count) {
        int k = reader.integer(item);
        return Math.max(0, Math.min(count, k < 0 ? k + count : k));
    }

    // ---- net[0].weight, net.eval()

    Value attribute(Syntax.Attribute attribute, Value.Module given) {
        Value.Module module = placed(attribute.base(), given);
        String name = attribute.name();
        Optional<Value> found = LayerAttributes.of(module, name);
        if (found.isPresent()) {
            return found.get();
        }
        List<String> known = LayerAttributes.names(module.model());
        Problem problem = Problem.at(attribute.span(),
                Failures.excerpt(attribute) + ": " + Values.describe(module) + " has no attribute " + name);
        throw new IllFormed(IllFormed.Kind.UNKNOWN_NAME,
                known.isEmpty() ? problem : problem.hint("its attributes are " + String.join(", ", known)));
    }

    Value method(Syntax.Call call, Syntax.Attribute method, Value.Module module) {
        return switch (method.name()) {
            case "eval" -> new Value.Module(module.model(), false);
            case "train" -> new Value.Module(module.model(),
                    call.arguments().isEmpty() || reader.value(call.arguments().get(0)) instanceof Value.Truth on
                            && on.holds());
            case "double", "float" -> module;
            case "parameters" -> new Value.ListValue(module.model().parameters().stream().filter(Parameter::trainable)
                    .<Value>map(p -> Value.Tensor.of(p.variable())).toList());
            case "forward" -> apply(new Syntax.Call(method.base(), call.arguments(), call.keywords(), call.span()),
                    module);
            default -> {
                Value part = attribute(method, module);
                if (part instanceof Value.Module inner) {
                    yield apply(call, inner);
                }
                throw Failures.type(call, Failures.excerpt(method) + " is " + Values.describe(part)
                        + ", not a function");
            }
        };
    }
}
