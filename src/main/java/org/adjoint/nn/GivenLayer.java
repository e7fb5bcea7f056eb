package org.adjoint.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;

/**
 * A layer whose parameters are given by expressions, as those of a rewritten model are by the parameters of the model that it was
 * made of. It is as large as the layer, and costs as much.
 *
 * @param layer  the layer with parameters of its own, which stand for their values
 * @param values for each of its parameters what it is, of the same shape
 */
public record GivenLayer(Model layer, List<Expr> values) implements Model {
    /** @throws ShapeError when a value has not the shape of its parameter */
    public GivenLayer {
        values = List.copyOf(values);
        List<Parameter> parameters = layer.parameters();
        if (parameters.size() != values.size()) {
            throw new ShapeError("every parameter of " + layer + " has a value; there are " + parameters.size()
                    + " parameters and " + values.size() + " values");
        }
        for (int k = 0; k < values.size(); k++) {
            if (!parameters.get(k).variable().shape().equals(values.get(k).shape())) {
                throw new ShapeError("a parameter and its value have one shape", parameters.get(k).variable(),
                        values.get(k));
            }
        }
    }

    /** The layer itself where its parameters are its own. */
    static Model of(Model layer, List<Expr> values) {
        return values.isEmpty() ? layer : new GivenLayer(layer, values);
    }

    @Override
    public String path() {
        return layer.path();
    }

    @Override
    public String kind() {
        return layer.kind();
    }

    @Override
    public GivenLayer named(String other) {
        return new GivenLayer(layer.named(other), values);
    }

    @Override
    public List<Parameter> parameters() {
        return layer.parameters();
    }

    /** What the parameter of that name is. */
    public Optional<Expr> value(String name) {
        List<Parameter> parameters = layer.parameters();
        for (int k = 0; k < values.size(); k++) {
            if (parameters.get(k).name().equals(name)) {
                return Optional.of(values.get(k));
            }
        }
        return Optional.empty();
    }

    @Override
    public Shape output(Shape input, Mode mode) {
        return layer.output(input, mode);
    }

    @Override
    public List<Size> rooms(Shape input, Mode mode) {
        return layer.rooms(input, mode);
    }

    @Override
    public Expr apply(Expr x, Mode mode) {
        return valued(x).apply(layer.apply(input(x), mode));
    }

    private Variable input(Expr x) {
        return Variable.of("input of " + path(), x.shape());
    }

    /** The values in the place of the parameters, and the input in the place of what stands for it. */
    private Substitution valued(Expr x) {
        Map<Variable, Expr> images = new LinkedHashMap<>(Map.of(input(x), x));
        List<Parameter> parameters = layer.parameters();
        for (int k = 0; k < values.size(); k++) {
            images.put(parameters.get(k).variable(), values.get(k));
        }
        return Substitution.of(images);
    }

    @Override
    public Counts counts(Shape input) {
        return layer.counts(input);
    }

    @Override
    public Optional<List<Field>> fields(List<Field> seen) {
        return layer.fields(seen);
    }

    @Override
    public String toString() {
        return layer.toString();
    }
}
