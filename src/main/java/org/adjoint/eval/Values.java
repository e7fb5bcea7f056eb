package org.adjoint.eval;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Variable;
import org.ejml.data.DMatrixRMaj;

/**
 * An immutable binding of variables to doubles. The numbers themselves are not copied: change them in place and evaluate
 * again.
 */
public final class Values {
    public static final Values NONE = new Values(Map.of());

    private final Map<Variable, Tensor> values;
    private final NodeMap<Tensor> lookup = new NodeMap<>();

    private Values(Map<Variable, Tensor> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach(lookup::put);
    }

    public static Values of(Map<Variable, Tensor> values) {
        return new Values(values);
    }

    /** One variable bound to a matrix: see {@link #with(Variable, DMatrixRMaj)}. */
    public static Values of(Variable variable, DMatrixRMaj matrix) {
        return NONE.with(variable, matrix);
    }

    /** One variable bound to numbers: see {@link #with(Variable, double...)}. */
    public static Values of(Variable variable, double... numbers) {
        return NONE.with(variable, numbers);
    }

    /** This binding with one variable bound, or bound anew. */
    public Values with(Variable variable, Tensor value) {
        Map<Variable, Tensor> more = new LinkedHashMap<>(values);
        more.put(variable, value);
        return new Values(more);
    }

    /** A matrix; for a variable that is a vector n × 1 or 1 × n, for a scalar 1 × 1. Not copied. */
    public Values with(Variable variable, DMatrixRMaj matrix) {
        return with(variable, Tensor.wrap(matrix));
    }

    /**
     * All entries in row-major order, for a scalar, a vector, or a variable whose sizes are integers. Not copied.
     *
     * @throws IllegalArgumentException when that does not give the shape
     */
    public Values with(Variable variable, double... numbers) {
        if (variable.shape().isConcrete()) {
            return with(variable, Tensor.of(Sizes.NONE.of(variable.shape()), numbers));
        }
        if (variable.shape().rank() != 1) {
            throw new IllegalArgumentException("the sizes of " + variable.name() + " " + variable.shape()
                    + " are symbolic; give its numbers as a Tensor or a DMatrixRMaj");
        }
        return with(variable, Tensor.of(new int[] {numbers.length}, numbers));
    }

    public Optional<Tensor> value(Variable variable) {
        return Optional.ofNullable(lookup.get(variable));
    }

    /** Variables and their values. */
    public Map<Variable, Tensor> values() {
        return values;
    }

    /** The array of the variable's value, which has those lengths. */
    double[] data(Variable variable, int[] lengths) {
        Tensor value = lookup.get(variable);
        if (value == null) {
            throw new IllegalArgumentException("the variable " + variable.name() + " has no value");
        }
        if (!value.fits(lengths)) {
            throw new IllegalArgumentException("the value of " + variable.name() + " must have the shape "
                    + variable.shape() + ", here " + Arrays.toString(lengths) + "; got "
                    + Arrays.toString(value.lengths()));
        }
        return value.data();
    }
}
