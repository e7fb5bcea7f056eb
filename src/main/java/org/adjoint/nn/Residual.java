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
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/** {@code y = body(x) + shortcut(x)}: a residual block (He, Zhang, Ren, Sun, arXiv:1512.03385, equations 1 and 2). */
public record Residual(String path, Model body, Model shortcut) implements Model {
    @Override
    public String kind() {
        return "Residual";
    }

    /** {@code net.body} and {@code net.shortcut}; a part that has a name keeps it, and shares its parameters. */
    @Override
    public Residual named(String other) {
        return new Residual(other, named(body, Parameter.below(other, "body")),
                named(shortcut, Parameter.below(other, "shortcut")));
    }

    private static Model named(Model part, String path) {
        return part.path().isEmpty() ? part.named(path) : part;
    }

    @Override
    public List<Model> children() {
        return List.of(body, shortcut);
    }

    @Override
    public List<Parameter> parameters() {
        Set<Parameter> parameters = new LinkedHashSet<>(body.parameters());
        parameters.addAll(shortcut.parameters());
        return List.copyOf(parameters);
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        Shape shape = body.output(input, mode);
        Shape other = shortcut.output(input, mode);
        if (!shape.equals(other)) {
            throw new ShapeError(
                    (path.isEmpty() ? "" : path + " = ") + "Residual: body and shortcut have the same output"
                            + "; the body gives " + shape + ", and the shortcut " + other + "; the input is " + input);
        }
        return shape;
    }

    @Override
    public List<Size> rooms(Shape input, Mode mode) {
        List<Size> rooms = new ArrayList<>(body.rooms(input, mode));
        rooms.addAll(shortcut.rooms(input, mode));
        return rooms;
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        output(x.shape(), mode);
        return body.apply(x, mode).plus(shortcut.apply(x, mode));
    }

    @Override
    public Counts counts(Shape input) {
        Size entries = output(input).count();
        Counts counts = body.counts(input).plus(shortcut.counts(input))
                .plus(new Counts(Size.ZERO, Size.ZERO, entries, Size.ZERO, entries));
        return counts.with(Parameter.count(parameters()));
    }

    /** The smallest interval around both fields, which move with the same jump. */
    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        Optional<List<Field>> left = body.fields(seen);
        Optional<List<Field>> right = shortcut.fields(seen);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        List<Field> a = left.get().isEmpty() ? Field.entries(right.get().size()) : left.get();
        List<Field> b = right.get().isEmpty() ? Field.entries(a.size()) : right.get();
        List<Field> both = new ArrayList<>();
        for (int k = 0; k < a.size(); k++) {
            both.add(a.get(k).around(b.get(k)));
        }
        return Optional.of(both);
    }

    @Override
    public Map<Variable, Expr> updates(Expr x, Mode mode) {
        Map<Variable, Expr> updates = new LinkedHashMap<>(body.updates(x, mode));
        updates.putAll(shortcut.updates(x, mode));
        return updates;
    }

    @Override
    public String toString() {
        return "Residual(\n  (body): " + body.toString().replace("\n", "\n  ") + "\n  (shortcut): "
                + shortcut.toString().replace("\n", "\n  ") + "\n)";
    }
}
