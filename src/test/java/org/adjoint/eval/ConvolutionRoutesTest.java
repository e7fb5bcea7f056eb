package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.adjoint.eval.ConvolutionConfigurations.Configuration;
import org.adjoint.expr.Budget;
import org.adjoint.expr.ShapeError;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.junit.jupiter.api.Test;

/** Direct loops, columns and Toeplitz matrices compute the same convolution and the same adjoints. */
class ConvolutionRoutesTest {
    private static final double TOLERANCE = 1e-12;

    @Provide
    Arbitrary<Configuration> configurations() {
        return ConvolutionConfigurations.all();
    }

    /** To 1e-12 of Σ|a||b|, which the direct route gives on absolute values; what is written was full of rubbish. */
    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void routesAgree(@ForAll("configurations") Configuration configuration) {
        collectDegenerate(configuration.shape());
        List<ConvolutionRoute> routes = ConvolutionConfigurations.routes(configuration.shape());
        double[][] numbers = configuration.numbers();
        double[][] expected = results(routes.get(0), numbers);
        double[][] bounds = results(routes.get(0),
                Arrays.stream(numbers).map(ConvolutionConfigurations::magnitudes).toArray(double[][]::new));
        for (ConvolutionRoute route : routes.subList(1, routes.size())) {
            double[][] actual = results(route, numbers);
            for (int part = 0; part < 3; part++) {
                for (int k = 0; k < expected[part].length; k++) {
                    double error = Math.abs(actual[part][k] - expected[part][k]);
                    if (!(error <= TOLERANCE * bounds[part][k])) {
                        assertThat(actual[part]).as("%s, part %d", configuration, part)
                                .containsExactly(expected[part], within(TOLERANCE));
                    }
                }
            }
        }
    }

    /** At least a hundred of each. */
    private static void collectDegenerate(ConvolutionShape shape) {
        collect("kernel as large as the input", shape.geometry().places() == 1);
        collect("stride larger than the kernel",
                shape.axes().stream().allMatch(axis -> axis.stride() > axis.kernel()));
        collect("1 x 1", shape.geometry().entries() == 1 && shape.axes().size() > 1);
        collect("as many groups as channels", shape.groups() > 1 && shape.channels() == shape.groups());
    }

    private static void collect(String label, boolean holds) {
        Statistics.label(label).collect(holds)
                .coverage(check -> check.check(true).count(count -> count > 100));
    }

    /** The output, the gradient by the input and that by the kernel. */
    private static double[][] results(ConvolutionRoute route, double[][] numbers) {
        double[][] results = new double[3][];
        results[0] = rubbish(numbers[2].length);
        results[1] = rubbish(numbers[0].length);
        results[2] = rubbish(numbers[1].length);
        route.forward(numbers[0], numbers[1], results[0]);
        route.inputGradient(numbers[1], numbers[2], results[1]);
        route.kernelGradient(numbers[0], numbers[2], results[2]);
        return results;
    }

    private static double[] rubbish(int count) {
        double[] numbers = new double[count];
        Arrays.fill(numbers, Double.NaN);
        return numbers;
    }

    /** ⟨A x, y⟩ = ⟨x, A* y⟩, for the map of the input and for that of the kernel. */
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void gradientsAreTheAdjoints(@ForAll("configurations") Configuration configuration) {
        double[][] numbers = configuration.numbers();
        for (ConvolutionRoute route : ConvolutionConfigurations.routes(configuration.shape())) {
            double[][] results = results(route, numbers);
            double bound = TOLERANCE * inner(
                    results(route, Arrays.stream(numbers).map(ConvolutionConfigurations::magnitudes)
                            .toArray(double[][]::new))[0],
                    ConvolutionConfigurations.magnitudes(numbers[2]));
            double value = inner(results[0], numbers[2]);
            assertThat(inner(results[1], numbers[0])).as("%s in x", configuration).isCloseTo(value, within(bound));
            assertThat(inner(results[2], numbers[1])).as("%s in w", configuration).isCloseTo(value, within(bound));
        }
    }

    private static double largestDifference(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(k -> Math.abs(a[k] - b[k])).max().orElseThrow();
    }

    private static double inner(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(k -> a[k] * b[k]).sum();
    }

    private static ConvolutionShape plane(int n, int kernel, int stride, int padding) {
        ConvolutionAxis axis = ConvolutionAxis.of(n, kernel, stride, padding);
        return new ConvolutionShape(1, 1, 1, 1, List.of(axis, axis), Border.ZERO);
    }

    /** A tile that ends inside a row and inside an image, of which the last is smaller than the others. */
    @Test
    void tilesCutImagesAnywhere() {
        ConvolutionAxis axis = new ConvolutionAxis(11, 3, 1, 1, 1, 1);
        ConvolutionShape shape = new ConvolutionShape(7, 300, 5, 1, List.of(axis, axis), Border.ZERO);
        ColumnConvolution columns = new ColumnConvolution(shape.geometry(), MatrixKernel.rows());
        assertThat(columns.memory()).isLessThan(2 * ColumnConvolution.LEAST_PLACES * 2700);
        double[][] numbers = new Configuration(shape, 17).numbers();
        double[][] expected = results(ConvolutionRoute.direct(shape), numbers);
        double[][] actual = results(ConvolutionRoute.columns(shape), numbers);
        for (int part = 0; part < 3; part++) {
            assertThat(largestDifference(actual[part], expected[part])).isLessThan(1e-9);
        }
    }

    /** What columns take does not grow with the batch, nor with the image. */
    @Test
    void memoryIsThatOfATile() {
        List<Integer> memory = new ArrayList<>();
        for (int batch : new int[] {1, 8, 64}) {
            ConvolutionAxis axis = ConvolutionAxis.of(56 * (batch == 64 ? 2 : 1), 3, 1, 1);
            memory.add(new ColumnConvolution(
                    new ConvolutionShape(batch, 64, 64, 1, List.of(axis, axis), Border.ZERO).geometry(),
                    MatrixKernel.rows())
                    .memory());
        }
        assertThat(memory).containsOnly(memory.get(0));
        assertThat(memory.get(0)).isLessThan(ColumnConvolution.TILE + 64 * 576 + 64 * 300);
    }

    /** T of [1, 2, 3] with one zero on each side: correlation, so the kernel stands in a row as it is written. */
    @Test
    void theMatrixOfASignalIsToeplitz() {
        ConvolutionShape shape = new ConvolutionShape(1, 1, 1, 1, List.of(ConvolutionAxis.of(4, 3, 1, 1)),
                Border.ZERO);
        Tensor w = Tensor.of(shape.kernel(), 1, 2, 3);
        DMatrixRMaj dense = ConvolutionRoute.matrix(shape, w);
        assertThat(dense.data).containsExactly(
                2, 3, 0, 0,
                1, 2, 3, 0,
                0, 1, 2, 3,
                0, 0, 1, 2);
        DMatrixSparseCSC sparse = ConvolutionRoute.sparseMatrix(shape, w);
        assertThat(sparse.nz_length).isEqualTo(10);
        assertThat(sparse.get(2, 3)).isEqualTo(3);
        assertThat(sparse.get(3, 0)).isZero();
    }

    /** Two axes: blocks w[i, ·] in the pattern of a Toeplitz matrix, each Toeplitz; a wrapped axis makes it circulant. */
    @Test
    void theMatrixOfAPlaneIsDoublyBlockToeplitz() {
        Tensor w = Tensor.of(new int[] {1, 1, 2, 2}, 1, 2, 3, 4);
        assertThat(ConvolutionRoute.matrix(plane(3, 2, 1, 0), w).data).containsExactly(
                1, 2, 0, 3, 4, 0, 0, 0, 0,
                0, 1, 2, 0, 3, 4, 0, 0, 0,
                0, 0, 0, 1, 2, 0, 3, 4, 0,
                0, 0, 0, 0, 1, 2, 0, 3, 4);
        ConvolutionShape ring = new ConvolutionShape(1, 1, 1, 1, List.of(new ConvolutionAxis(3, 2, 1, 1, 1, 0)),
                Border.CIRCULAR);
        assertThat(ConvolutionRoute.matrix(ring, Tensor.of(new int[] {1, 1, 2}, 1, 2)).data).containsExactly(
                2, 0, 1,
                1, 2, 0,
                0, 1, 2);
    }

    @Test
    void errorsNameTheLawAndTheShapes() {
        assertThatThrownBy(() -> new ConvolutionAxis(4, 3, 0, 1, 0, 0)).isInstanceOf(ShapeError.class)
                .hasMessage("a stride is at least 1, got 0");
        assertThatThrownBy(() -> new ConvolutionAxis(4, 3, 1, 1, -1, 0)).isInstanceOf(ShapeError.class)
                .hasMessage("padding is not negative, got -1");
        assertThatThrownBy(() -> new ConvolutionAxis(4, 3, 1, 3, 1, 1)).isInstanceOf(ShapeError.class)
                .hasMessage("a window fits into its padded input; it is 7 long, and the input 6");
        List<ConvolutionAxis> axes = List.of(ConvolutionAxis.over(4, 3));
        assertThatThrownBy(() -> new ConvolutionShape(0, 1, 1, 1, axes, Border.ZERO)).isInstanceOf(ShapeError.class)
                .hasMessage("a batch has at least one entry, got 0");
        assertThatThrownBy(() -> new ConvolutionShape(1, 5, 4, 2, axes, Border.ZERO)).isInstanceOf(ShapeError.class)
                .hasMessage(
                        "the channels of input and output are divided among the groups; got 5 in, 4 out and 2 groups");
        assertThatThrownBy(() -> new ConvolutionShape(1, 1, 1, 1, List.of(ConvolutionAxis.of(3, 2, 1, 3)),
                Border.REFLECT)).isInstanceOf(ShapeError.class)
                .hasMessage("a mirror repeats entries once; at most 2 can be padded, got 3");
        ConvolutionRoute route = ConvolutionRoute.direct(new ConvolutionShape(2, 3, 4, 1, axes, Border.ZERO));
        assertThatThrownBy(() -> route.forward(Tensor.of(new int[] {2, 3, 5}, new double[30]),
                Tensor.of(new int[] {4, 3, 3}, new double[36]))).isInstanceOf(ShapeError.class)
                .hasMessage("the input has the shape [2, 3, 4], got [2, 3, 5]");
    }

    /** The matrix of a layer of a real network would have 10^10 entries. */
    @Test
    void aMatrixTooLargeIsRefusedBeforeItIsMade() {
        assertThatThrownBy(() -> ConvolutionRoute.toeplitz(plane(1000, 31, 1, 15), true))
                .isInstanceOf(Budget.Exceeded.class);
    }
}
