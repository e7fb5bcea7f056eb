package org.adjoint.nn;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/**
 * A parameter or a buffer of a layer.
 *
 * @param name      as in PyTorch, without the path: {@code weight}
 * @param variable  the quantity, named by its path: {@code net[0].weight}
 * @param trainable false for buffers, as running statistics are
 */
public record Parameter(String name, Variable variable, boolean trainable) {
    static Parameter trainable(String path, String name, Shape shape) {
        return new Parameter(name, Variable.of(below(path, name), shape), true);
    }

    /** A bias for each output, if there is one. */
    static Optional<Parameter> offset(boolean bias, String path, Size outputs) {
        return bias ? Optional.of(trainable(path, "bias", Shape.of(outputs))) : Optional.empty();
    }

    /** γ and β of a normalisation. */
    static List<Parameter> scaleAndShift(String path, Shape shape) {
        return List.of(trainable(path, "weight", shape), trainable(path, "bias", shape));
    }

    /** A weight, and the bias if there is one. */
    static List<Parameter> of(Parameter weight, Optional<Parameter> offset) {
        return Stream.concat(Stream.of(weight), offset.stream()).toList();
    }

    /** {@code net[0].weight}. */
    static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** How many numbers are trained. */
    public static Size count(List<Parameter> parameters) {
        Size count = Size.ZERO;
        for (Parameter parameter : parameters) {
            count = parameter.trainable ? count.plus(parameter.variable.shape().count()) : count;
        }
        return count;
    }
}
