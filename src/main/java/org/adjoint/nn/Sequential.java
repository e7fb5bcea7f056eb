package org.adjoint.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/** One layer after the other ({@code torch.nn.Sequential}). */
public record Sequential(String path, List<Model> children) implements Model {
    public Sequential {
        children = List.copyOf(children);
    }

    @Override
    public String kind() {
        return "Sequential";
    }

    /** Each child by its place, {@code net[0]}, {@code net[1]}; one that has a name keeps it, and shares its parameters. */
    @Override
    public Sequential named(String other) {
        List<Model> named = new ArrayList<>();
        for (int k = 0; k < children.size(); k++) {
            Model child = children.get(k);
            named.add(child.path().isEmpty() ? child.named(other + "[" + k + "]") : child);
        }
        return new Sequential(other, named);
    }

    @Override
    public List<Parameter> parameters() {
        Set<Parameter> parameters = new LinkedHashSet<>();
        children.forEach(child -> parameters.addAll(child.parameters()));
        return List.copyOf(parameters);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Shape shape = input;
        for (Model child : children) {
            shape = child.output(shape, mode);
        }
        return shape;
    }

    @Override
    public List<Size> rooms(Shape input, Mode mode) {
        List<Size> rooms = new ArrayList<>();
        Shape shape = input;
        for (Model child : children) {
            rooms.addAll(child.rooms(shape, mode));
            shape = child.output(shape);
        }
        return rooms;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        Expr y = x;
        for (Model child : children) {
            y = child.apply(y, mode);
        }
        return y;
    }

    /** The sum of its layers' counts; a parameter that layers share is counted once. */
    @Override
    public Counts counts(Shape input) {
        Counts counts = Counts.NONE;
        Shape shape = input;
        for (Model child : children) {
            counts = counts.plus(child.counts(shape));
            shape = child.output(shape);
        }
        return counts.with(Parameter.count(parameters()));
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        Optional<List<Field>> fields = Optional.of(seen);
        for (Model child : children) {
            fields = fields.flatMap(child::fields);
        }
        return fields;
    }

    @Override
    public Map<Variable, Expr> updates(Expr x, Mode mode) {
        Map<Variable, Expr> updates = new LinkedHashMap<>();
        Expr y = x;
        for (Model child : children) {
            updates.putAll(child.updates(y, mode));
            y = child.apply(y, mode);
        }
        return updates;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Sequential(");
        for (int k = 0; k < children.size(); k++) {
            text.append("\n  (").append(k).append("): ").append(children.get(k).toString().replace("\n", "\n  "));
        }
        return text.append(children.isEmpty() ? ")" : "\n)").toString();
    }
}
