package org.adjoint.eval;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random convolutions along one to three axes, the degenerate ones among them. */
final class ConvolutionConfigurations {
    /** The room that a window has to move in, so that three axes are not much slower than one. */
    private static final int[] ROOM = {9, 5, 2};

    private ConvolutionConfigurations() {
    }

    /** A shape and the seed of the numbers. */
    record Configuration(ConvolutionShape shape, long seed) {
        /** Three arrays of the sizes of x, w and y, of numbers in [-1, 1]. */
        double[][] numbers() {
            Random random = new Random(seed);
            return new double[][] {random.doubles(Layout.count(shape.input()), -1, 1).toArray(),
                    random.doubles(Layout.count(shape.kernel()), -1, 1).toArray(),
                    random.doubles(Layout.count(shape.output()), -1, 1).toArray()};
        }
    }

    static Arbitrary<Configuration> all() {
        Arbitrary<Border> borders = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Border.ZERO)),
                net.jqwik.api.Tuple.of(2, Arbitraries.of(Border.class)));
        return Arbitraries.integers().between(1, 3).flatMap(rank -> Combinators.combine(small(1, 3), small(1, 3),
                small(1, 3), small(1, 3), borders.flatMap(border -> axis(ROOM[rank - 1], border).list().ofSize(rank)
                        .map(axes -> new ConvolutionShape(1, 1, 1, 1, axes, border))),
                Arbitraries.longs())
                .as((batch, channels, outputs, groups, one, seed) -> new Configuration(new ConvolutionShape(batch,
                        channels * groups, outputs * groups, groups, one.axes(), one.border()), seed)));
    }

    private static Arbitrary<Integer> small(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    /** No room at all is a window as large as the padded input. */
    private static Arbitrary<ConvolutionAxis> axis(int most, Border border) {
        return Combinators.combine(small(1, 4), small(1, 4), small(1, 3), small(0, 3), small(0, 3), small(0, most))
                .as((kernel, stride, dilation, before, after, room) -> {
                    int length = dilation * (kernel - 1) + 1;
                    int input = Math.max(1, length + room - before - after);
                    int limit = Math.min(border.most(input), 3);
                    int p = Math.min(before, limit);
                    int q = Math.min(after, limit);
                    return new ConvolutionAxis(Math.max(input, length - p - q), kernel, stride, dilation, p, q);
                });
    }

    static List<ConvolutionRoute> routes(ConvolutionShape shape) {
        return List.of(ConvolutionRoute.direct(shape), ConvolutionRoute.columns(shape),
                ConvolutionRoute.columns(shape, MatrixKernel.ejml()),
                ConvolutionRoute.toeplitz(shape, false), ConvolutionRoute.toeplitz(shape, true));
    }

    static double[] magnitudes(double[] numbers) {
        return IntStream.range(0, numbers.length).mapToDouble(k -> Math.abs(numbers[k])).toArray();
    }
}
