package org.adjoint.eval;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/**
 * Exact values of some variables for some sizes.
 *
 * @param sizes  the values of the size symbols
 * @param values the values of the variables, in the order in which they were asked for
 */
public record Point(Sizes sizes, Map<Variable, NumberTensor<Rational>> values) {
    public Point {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value of one of the variables. */
    public NumberTensor<Rational> value(Variable variable) {
        NumberTensor<Rational> value = values.get(variable);
        if (value == null) {
            throw new IllegalArgumentException("the variable " + variable.name() + " has no value");
        }
        return value;
    }

    /** The values as numbers of the arithmetic. */
    public <T> Map<Variable, NumberTensor<T>> in(Arithmetic<T> field) {
        Map<Variable, NumberTensor<T>> images = new LinkedHashMap<>();
        values.forEach((variable, value) -> images.put(variable, value.map(field::of)));
        return images;
    }

    /** The values as doubles. */
    public Values doubles() {
        Map<Variable, Tensor> doubles = new LinkedHashMap<>();
        values.forEach((variable, value) -> {
            double[] data = new double[value.count()];
            Arrays.setAll(data, k -> value.get(k).toDouble());
            doubles.put(variable, Tensor.of(value.shape(), data));
        });
        return Values.of(doubles);
    }

    /** This point with one variable given another value. */
    public Point with(Variable variable, NumberTensor<Rational> value) {
        Map<Variable, NumberTensor<Rational>> changed = new LinkedHashMap<>(values);
        changed.put(variable, value);
        return new Point(sizes, changed);
    }
}
