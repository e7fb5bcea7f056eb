package org.adjoint.nn;

import java.util.List;
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

    static Parameter buffer(String path, String name, Shape shape) {
        return new Parameter(name, Variable.of(below(path, name), shape), false);
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
