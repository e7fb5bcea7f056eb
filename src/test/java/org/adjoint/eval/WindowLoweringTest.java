package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.eval.ConvolutionConfigurations.Configuration;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Sliding;
import org.junit.jupiter.api.Test;

/** Plans compute convolutions, pools and their gradients without making the windows, and get what the graph says. */
class WindowLoweringTest {
    @Provide
    Arbitrary<Configuration> configurations() {
        return ConvolutionConfigurations.all();
    }

    private static Shape shape(int... lengths) {
        return Shape.of(Arrays.stream(lengths).mapToObj(Size::of).toList());
    }

    private static Convolution convolution(ConvolutionShape shape) {
        Padding padding = switch (shape.border()) {
            case ZERO -> Padding.ZERO;
            case CIRCULAR -> Padding.CIRCULAR;
            case REFLECT -> Padding.REFLECT;
            case SYMMETRIC -> Padding.SYMMETRIC;
            case REPLICATE -> Padding.REPLICATE;
        };
        return new Convolution(shape.axes().stream().map(axis -> new Sliding(Size.of(axis.kernel()), axis.stride(),
                Size.of(axis.before()), Size.of(axis.after()), axis.dilation())).toList(), padding, shape.groups());
    }

    /** The plan's values beside those of the graph's own evaluation, node by node. */
    private static void assertAgree(List<Expr> roots, Map<Variable, double[]> values, Object what) {
        Values doubles = Values.NONE;
        Map<Variable, NumberTensor<Double>> numbers = new HashMap<>();
        for (Map.Entry<Variable, double[]> entry : values.entrySet()) {
            int[] lengths = Sizes.NONE.of(entry.getKey().shape());
            doubles = doubles.with(entry.getKey(), Tensor.of(lengths, entry.getValue()));
            numbers.put(entry.getKey(), NumberTensor.of(lengths, Arrays.stream(entry.getValue()).boxed().toList()));
        }
        DoubleArithmetic field = new DoubleArithmetic();
        List<NumberTensor<Double>> expected = new Evaluator<>(field, Sizes.NONE).evaluate(roots, numbers);
        Plan plan = Plan.compile(roots, Sizes.NONE);
        for (int repeat = 0; repeat < 2; repeat++) {
            List<Tensor> actual = plan.evaluate(doubles);
            for (int r = 0; r < roots.size(); r++) {
                double[] wanted = expected.get(r).toDoubles(field);
                double scale = 1e-12 * (1 + Arrays.stream(wanted).map(Math::abs).max().orElse(0))
                        * Math.max(10, wanted.length);
                assertThat(actual.get(r).toArray()).as("%s, root %d", what, r).containsExactly(wanted, within(scale));
            }
        }
    }

    /** {@code y = conv(x, w)}, then {@code u·y} by x and w, beside the routes, whose code the evaluator shares nothing with. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void convolutionsOfTheGraphAreThoseOfTheRoutes(@ForAll("configurations") Configuration configuration) {
        ConvolutionShape shape = configuration.shape();
        Variable x = Variable.of("x", shape(shape.input()));
        Variable w = Variable.of("w", shape(shape.kernel()));
        Variable u = Variable.of("u", shape(shape.output()));
        double[][] numbers = configuration.numbers();
        Expr y = convolution(shape).of(x, w);
        ReverseSweep sweep = ReverseSweep.of(y, u, List.of(x, w));
        List<Expr> roots = List.of(y, sweep.cotangent(x), sweep.cotangent(w));
        assertAgree(roots, Map.of(x, numbers[0], w, numbers[1], u, numbers[2]), configuration);
        ConvolutionRoute route = ConvolutionRoute.direct(shape);
        List<Tensor> values = Plan.compile(roots, Sizes.NONE).evaluate(
                Values.of(Map.of(x, Tensor.of(shape.input(), numbers[0]), w, Tensor.of(shape.kernel(), numbers[1]), u,
                        Tensor.of(shape.output(), numbers[2]))));
        double[] output = new double[numbers[2].length];
        route.forward(numbers[0], numbers[1], output);
        assertThat(values.get(0).toArray()).containsExactly(output, within(1e-11));
    }

    /** A layer after the convolution, a loss, and the gradients by both, twice: the second time of a gradient's norm. */
    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void networksWithPoolsAgree(@ForAll("configurations") Configuration configuration) {
        ConvolutionShape shape = configuration.shape();
        Random random = new Random(configuration.seed());
        Variable x = Variable.of("x", shape(shape.input()));
        Variable w = Variable.of("w", shape(shape.kernel()));
        Expr y = convolution(shape).of(x, w);
        Expr active = random.nextBoolean() ? Functions.RELU.apply(y) : Functions.TANH.apply(y);
        Expr pooled = pooled(active, shape.axes().size(), random);
        Expr loss = Tensors.inner(pooled, pooled).times(Constant.HALF);
        Expr xBar = ReverseSweep.gradient(loss, x);
        Expr wBar = ReverseSweep.gradient(loss, w);
        double[][] numbers = configuration.numbers();
        List<Expr> roots = new ArrayList<>(List.of(loss, xBar, wBar, pooled));
        if (shape.geometry().inputCount() < 60) {
            roots.add(ReverseSweep.gradient(Tensors.inner(wBar, wBar), x));
        }
        assertAgree(roots, Map.of(x, numbers[0], w, numbers[1]), configuration);
    }

    private static Expr pooled(Expr x, int rank, Random random) {
        int lead = x.shape().rank() - rank;
        List<Sliding> slides = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int n = (int) x.shape().get(lead + axis).value();
            int kernel = 1 + random.nextInt(Math.min(3, n));
            int padding = random.nextInt(kernel);
            slides.add(new Sliding(Size.of(kernel), 1 + random.nextInt(3), Size.of(padding), Size.of(padding / 2), 1));
        }
        Expr windows = new Convolution(slides, Padding.ZERO, 1).windows(x);
        int[] entries = IntStream.range(lead + rank, windows.shape().rank()).toArray();
        return random.nextBoolean() ? Tensors.reduce(Reduction.Operation.MAX, windows, entries, false)
                : Tensors.mean(windows, entries, false);
    }

    /** Conv, max pool, conv, average pool, and all gradients: no step follows a table of positions. */
    @Test
    void windowsAreNotMade() {
        Variable x = Variable.of("x", shape(2, 3, 16, 16));
        Variable v = Variable.of("v", shape(8, 3, 3, 3));
        Variable w = Variable.of("w", shape(6, 4, 3, 3));
        Sliding slide = new Sliding(Size.of(3), 1, Size.ONE, Size.ONE, 1);
        Sliding pool = new Sliding(Size.of(2), 2, Size.ZERO, Size.ZERO, 1);
        Expr first = Functions.RELU.apply(new Convolution(List.of(slide, slide), Padding.ZERO, 1).of(x, v));
        Expr maxima = Tensors.reduce(Reduction.Operation.MAX,
                new Convolution(List.of(pool, pool), Padding.ZERO, 1).windows(first), new int[] {4, 5}, false);
        Expr second = Functions.RELU.apply(new Convolution(List.of(slide, slide), Padding.ZERO, 2).of(maxima, w));
        Expr means = Tensors.mean(new Convolution(List.of(pool, pool), Padding.ZERO, 1).windows(second),
                new int[] {4, 5}, false);
        Expr loss = Tensors.inner(means, means);
        List<Expr> roots = List.of(loss, ReverseSweep.gradient(loss, x), ReverseSweep.gradient(loss, v),
                ReverseSweep.gradient(loss, w));
        TensorProgram program = TensorCompiler.compile(roots, Walk.postorder(roots), Sizes.NONE,
                UnknownFunctionModel.seeded(0));
        assertThat(program.steps()).noneMatch(step -> step instanceof TableSteps.WindowStep
                || step instanceof TableSteps.ReductionStep);
        assertThat(program.steps().stream().filter(step -> step instanceof ConvolutionStep)).hasSize(6);
        // The sum over windows stands in the gradient once more, repeated along its windows.
        assertThat(program.steps().stream().filter(step -> step instanceof PoolStep)).hasSize(5);
        Random random = new Random(3);
        assertAgree(roots, Map.of(x, random.doubles(1536, -1, 1).toArray(), v, random.doubles(216, -1, 1).toArray(), w,
                random.doubles(216, -1, 1).toArray()), "two layers");
    }

    /** Windows that somebody reads whole are made after all. */
    @Test
    void windowsThatAreAskedForAreMade() {
        Variable x = Variable.of("x", shape(2, 6));
        Sliding slide = Sliding.over(Size.of(3));
        Expr windows = new Convolution(List.of(slide), Padding.ZERO, 1).windows(x);
        Expr exponentials = Functions.EXP.apply(windows);
        Expr total = Tensors.inner(windows, windows);
        assertAgree(List.of(windows, exponentials, total, ReverseSweep.gradient(total, x), windows.sum()),
                Map.of(x, new Random(4).doubles(12).toArray()), "windows");
    }

    /** Convolutions, normalisation by the batch, a mean over all places and cross-entropy, with every gradient. */
    @Test
    void aNetworkWithBatchNormalisationAgrees() {
        Networks.Network net = Networks.smallNet(2, 8);
        Variable t = Networks.classes(2);
        Map<Variable, double[]> values = new HashMap<>();
        net.values(5, t).values().forEach((variable, tensor) -> values.put(variable, tensor.toArray()));
        assertAgree(net.withGradients(), values, "batch of 2");
    }

    /** What lies between the layers of AlexNet; the weights are read where they are. */
    @Test
    void alexNetNeedsLittleMemoryBesideItsWeights() {
        List<Expr> output = List.of(Networks.alexNet().output());
        TensorProgram program = TensorCompiler.compile(output, Walk.postorder(output), Sizes.NONE,
                UnknownFunctionModel.seeded(0));
        assertThat(program.entries()).isLessThan(8 << 17);
        assertThat(program.steps()).noneMatch(step -> step instanceof TableSteps.WindowStep);
    }

    @Test
    void memoryForColumnsDoesNotGrowWithTheBatch() {
        List<Integer> tiles = new ArrayList<>();
        for (int batch : new int[] {8, 16}) {
            tiles.add(program(batch).steps().stream().mapToInt(step -> step instanceof ConvolutionStep convolution
                    && convolution.kernel() instanceof ColumnConvolution columns ? columns.memory() : 0).sum());
        }
        assertThat(tiles.get(1)).isEqualTo(tiles.get(0));
    }

    private static TensorProgram program(int batch) {
        List<Expr> roots = Networks.smallNet(batch, 112).withGradients();
        return TensorCompiler.compile(roots, Walk.postorder(roots), Sizes.NONE, UnknownFunctionModel.seeded(0));
    }
}
