package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Sliding;

/** Networks of images as graphs, with their parameters. */
final class Networks {
    private final List<Variable> parameters = new ArrayList<>();

    private Networks() {
    }

    /** An output, the input, and what else it depends on. */
    record Network(Expr output, Variable input, List<Variable> parameters) {
        /** The output and its gradients by all parameters. */
        List<Expr> withGradients() {
            ReverseSweep sweep = ReverseSweep.of(output, Constant.ONE, parameters);
            List<Expr> roots = new ArrayList<>(List.of(output));
            parameters.forEach(parameter -> roots.add(sweep.cotangent(parameter)));
            return roots;
        }

        /** Numbers between -c and c for everything, c = 1/√(entries that a weight is one of). */
        Values values(long seed, Variable... more) {
            Random random = new Random(seed);
            Map<Variable, Tensor> values = new LinkedHashMap<>();
            List<Variable> all = new ArrayList<>(parameters);
            all.add(input);
            all.addAll(List.of(more));
            for (Variable variable : all) {
                int[] lengths = Sizes.NONE.of(variable.shape());
                double[] data = new double[Layout.count(lengths)];
                double scale = lengths.length > 1 ? 1 / Math.sqrt(data.length / (double) lengths[0]) : 1;
                for (int k = 0; k < data.length; k++) {
                    data[k] = scale * (2 * random.nextDouble() - 1);
                }
                values.put(variable, Tensor.of(lengths, data));
            }
            return Values.of(values);
        }
    }

    static Shape shape(int... lengths) {
        return Shape.of(Arrays.stream(lengths).mapToObj(Size::of).toList());
    }

    private Variable parameter(String name, int... lengths) {
        Variable variable = Variable.of(name, shape(lengths));
        parameters.add(variable);
        return variable;
    }

    private static Convolution windows(int kernel, int stride, int padding) {
        Sliding slide = new Sliding(Size.of(kernel), stride, Size.of(padding), Size.of(padding), 1);
        return new Convolution(List.of(slide, slide), Padding.ZERO, 1);
    }

    private Expr convolution(String name, Expr x, int in, int out, int kernel, int stride, int padding) {
        return windows(kernel, stride, padding).of(x, parameter(name + ".weight", out, in, kernel, kernel));
    }

    /** A number for each channel of [B, C, h, w]. */
    private Expr channels(String name, int count) {
        return Tensors.insertAxis(Tensors.insertAxis(parameter(name, count), 1), 2);
    }

    private static Expr maxPool(Expr x, int kernel, int stride) {
        return Tensors.reduce(Reduction.Operation.MAX, windows(kernel, stride, 0).windows(x), new int[] {4, 5}, false);
    }

    private Expr linear(String name, Expr x, int in, int out) {
        return x.matmul(parameter(name + ".weight", out, in).transpose()).plus(parameter(name + ".bias", out));
    }

    /** By the statistics of the batch, with γ and β. */
    private Expr normalised(String name, Expr x, int count) {
        int[] axes = {0, 2, 3};
        Expr centred = x.minus(Tensors.mean(x, axes, true));
        Expr variance = Tensors.mean(centred.times(centred), axes, true).plus(Constant.of(Rational.of(1, 100_000)));
        return centred.times(variance.pow(Constant.HALF.negate())).times(channels(name + ".weight", count))
                .plus(channels(name + ".bias", count));
    }

    /**
     * The network with convolutions 64-192-384-256-256, kernel/stride/padding 11/4/0, 5/1/2, 3/1/1 three times, max pools 3/2 after
     * the first, second and fifth, and linear layers 9216-4096-4096-1000, for one image 3 × 227 × 227.
     */
    static Network alexNet() {
        Networks net = new Networks();
        int[][] layers = {{3, 64, 11, 4, 0}, {64, 192, 5, 1, 2}, {192, 384, 3, 1, 1}, {384, 256, 3, 1, 1},
                {256, 256, 3, 1, 1}};
        Variable input = Variable.of("x", shape(1, 3, 227, 227));
        Expr x = input;
        for (int k = 0; k < layers.length; k++) {
            int[] layer = layers[k];
            x = net.convolution("conv" + k, x, layer[0], layer[1], layer[2], layer[3], layer[4]);
            x = Functions.RELU.apply(x.plus(net.channels("conv" + k + ".bias", layer[1])));
            x = k == 2 || k == 3 ? x : maxPool(x, 3, 2);
        }
        x = Reshape.of(x, shape(1, 9216));
        x = Functions.RELU.apply(net.linear("fc1", x, 9216, 4096));
        x = Functions.RELU.apply(net.linear("fc2", x, 4096, 4096));
        return new Network(net.linear("fc3", x, 4096, 1000), input, net.parameters);
    }

    /** What a class is for each image, as a one-hot row. */
    static Variable classes(int batch) {
        return Variable.of("t", shape(batch, 1000));
    }

    /**
     * The cross-entropy of two convolutions 3-8-8, kernel 3, stride 2, padding 1, each with batch normalisation and ReLU, the mean of
     * each channel and a linear layer 8-1000, for images 3 × 224 × 224.
     */
    static Network smallNet(int batch, int side) {
        Networks net = new Networks();
        Variable input = Variable.of("x", shape(batch, 3, side, side));
        Expr x = input;
        for (int k = 0; k < 2; k++) {
            x = net.convolution("conv" + k, x, k == 0 ? 3 : 8, 8, 3, 2, 1);
            x = Functions.RELU.apply(net.normalised("bn" + k, x, 8));
        }
        Expr pooled = Tensors.mean(windows(side / 4, side / 4, 0).windows(x), new int[] {4, 5}, false);
        Expr logits = net.linear("fc", Reshape.of(pooled, shape(batch, 8)), 8, 1000);
        Expr loss = Tensors.reduce(Reduction.Operation.LOG_SUM_EXP, logits, new int[] {1}, false).sum()
                .minus(Tensors.inner(logits, classes(batch))).times(Constant.of(Rational.of(1, batch)));
        return new Network(loss, input, net.parameters);
    }
}
