package org.adjoint.nn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/**
 * A module in PyTorch's sense: hyperparameters, parameters named by their path, and what it does to an expression. Immutable.
 *
 * <p>Hyperparameters that only enter shapes are sizes, which may be symbols; {@link #apply} needs strides, dilations and groups
 * that are numbers. Inputs may have an axis of batches first: {@code [B, C, H, W]} or {@code [C, H, W]}. Names, order of
 * arguments, defaults and the printed form are those of {@code torch.nn} 2.x.
 */
public sealed interface Model permits LinearLayer, ConvLayer, ConvTransposeLayer, Activation, PReLU, Softmax, BatchNorm,
        LayerNorm, GroupNorm, InstanceNorm, Dropout, Pool, AdaptivePool, Flatten, Unflatten, Embedding, Attention,
        Identity, Sequential, GivenLayer, Residual {
    /** Where the layer stands, as in {@code net[2]}; empty before it has a name. */
    String path();

    /** The name of the class in PyTorch: {@code Conv2d}. */
    String kind();

    /** The same with fresh parameters under that path: {@code net} becomes {@code net[0].weight}. */
    Model named(String path);

    /** Its own and its children's, in PyTorch's order; each once, where children share them. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** The parts of a container. */
    default List<Model> children() {
        return List.of();
    }

    /**
     * The shape of what comes out, without building a graph.
     *
     * @throws ShapeError when the input does not fit: kind, path, law and shape
     */
    Shape output(Shape input, Mode mode);

    /** The output in evaluation, where strides that do not divide round down. */
    default Shape output(Shape input) {
        return output(input, Mode.EVALUATION);
    }

    /**
     * What must not be negative for symbolic sizes to fit: how far each window can move; where strides divide, minus what they
     * leave. Empty where nothing is asked.
     */
    default List<Size> rooms(Shape input, Mode mode) {
        return List.of();
    }

    /** As {@link #rooms(Shape, Mode)}, where strides that do not divide round down. */
    default List<Size> rooms(Shape input) {
        return rooms(input, Mode.EVALUATION);
    }

    /**
     * The output as an expression, of the shape {@link #output}.
     *
     * @throws ShapeError as {@link #output}; or when a stride, a dilation or the groups are symbols
     */
    Expr apply(Expr x, Mode mode);

    /** What a forward pass in evaluation costs, by the conventions of {@link Counts}. */
    Counts counts(Shape input);

    /**
     * Which entries of the input an entry of the output depends on, along each spatial axis.
     *
     * @param seen what an entry of this layer's input depends on; empty before anything slid
     * @return empty when an entry depends on the whole input
     */
    Optional<List<Field>> fields(List<Field> seen);

    /** What buffers are after a step of training on this input: running statistics. */
    default Map<Variable, Expr> updates(Expr x, Mode mode) {
        return Map.of();
    }
}
