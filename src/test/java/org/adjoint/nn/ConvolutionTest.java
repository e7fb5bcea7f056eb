package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The convolution and its adjoints against loops over every entry, in integers. */
class ConvolutionTest {
    /** A tensor of small integers, and its entries by their indices. */
    private record Filled(int[] shape, long[] data) {
        static Filled of(Random random, int... shape) {
            return new Filled(shape,
                    random.longs(Arrays.stream(shape).reduce(1, (a, b) -> a * b), -4, 5).toArray());
        }

        static Filled zero(int... shape) {
            return new Filled(shape, new long[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
        }

        int at(int... index) {
            int at = 0;
            for (int k = 0; k < shape.length; k++) {
                at = at * shape[k] + index[k];
            }
            return at;
        }

        Shape size() {
            return Shape.of(Arrays.stream(shape).mapToObj(Size::of).toList());
        }

        NumberTensor<Radical> value() {
            return NumberTensor.of(shape,
                    Arrays.stream(data).mapToObj(entry -> Radical.of(Rational.of(entry))).toList());
        }
    }

    /** A configuration along two axes. */
    private record Setting(int batch, int groups, int channels, int outputs, int[] n, int[] k, int[] stride,
            int[] padding,
            int[] dilation) {
        static Setting random(Random random) {
            return new Setting(1 + random.nextInt(2), 1 + random.nextInt(3), 1 + random.nextInt(2),
                    1 + random.nextInt(2),
                    new int[] {1 + random.nextInt(6), 1 + random.nextInt(6)},
                    new int[] {1 + random.nextInt(3), 1 + random.nextInt(3)},
                    new int[] {1 + random.nextInt(3), 1 + random.nextInt(3)},
                    new int[] {random.nextInt(3), random.nextInt(3)},
                    new int[] {1 + random.nextInt(2), 1 + random.nextInt(2)});
        }

        int places(int axis) {
            int room = n[axis] + 2 * padding[axis] - dilation[axis] * (k[axis] - 1) - 1;
            return room < 0 ? 0 : room / stride[axis] + 1;
        }

        Convolution convolution() {
            List<Sliding> axes = new ArrayList<>();
            for (int a = 0; a < 2; a++) {
                axes.add(new Sliding(Size.of(k[a]), stride[a], Size.of(padding[a]), Size.of(padding[a]), dilation[a]));
            }
            return new Convolution(axes, Padding.ZERO, groups);
        }

        /** Calls back with every product of the sum: positions in x, w and y. */
        void products(Filled x, Filled w, Filled y, Product product) {
            for (int b = 0; b < batch; b++) {
                for (int o = 0; o < groups * outputs; o++) {
                    for (int c = 0; c < channels; c++) {
                        for (int code = 0; code < places(0) * places(1) * k[0] * k[1]; code++) {
                            int s = code % places(0);
                            int t = code / places(0) % places(1);
                            int i = code / (places(0) * places(1)) % k[0];
                            int j = code / (places(0) * places(1) * k[0]);
                            int row = s * stride[0] + i * dilation[0] - padding[0];
                            int column = t * stride[1] + j * dilation[1] - padding[1];
                            if (row >= 0 && row < n[0] && column >= 0 && column < n[1]) {
                                product.at(x.at(b, o / outputs * channels + c, row, column), w.at(o, c, i, j),
                                        y.at(b, o, s, t));
                            }
                        }
                    }
                }
            }
        }
    }

    private interface Product {
        void at(int x, int w, int y);
    }

    private static final long SEED = 20161;

    private static void assertEntries(Expr actual, Map<Variable, Filled> inputs, Filled expected, Object setting) {
        Map<Variable, NumberTensor<Radical>> values = new HashMap<>();
        inputs.forEach((variable, filled) -> values.put(variable, filled.value()));
        NumberTensor<Radical> value = new Evaluator<>(new ExactArithmetic(), Sizes.NONE).evaluate(actual, values);
        assertThat(value).as("%s, seed %s", setting, SEED).isEqualTo(expected.value());
    }

    @Test
    void andItsAdjointsAgainstLoops() {
        Random random = new Random(SEED);
        int compared = 0;
        while (compared < 400) {
            Setting setting = Setting.random(random);
            if (setting.places(0) == 0 || setting.places(1) == 0) {
                continue;
            }
            int inputs = setting.groups * setting.channels;
            int outputs = setting.groups * setting.outputs;
            Filled x = Filled.of(random, setting.batch, inputs, setting.n[0], setting.n[1]);
            Filled w = Filled.of(random, outputs, setting.channels, setting.k[0], setting.k[1]);
            Filled u = Filled.of(random, setting.batch, outputs, setting.places(0), setting.places(1));
            Filled y = Filled.zero(u.shape);
            Filled xBar = Filled.zero(x.shape);
            Filled wBar = Filled.zero(w.shape);
            setting.products(x, w, y, (i, j, k) -> {
                y.data[k] += x.data[i] * w.data[j];
                xBar.data[i] += u.data[k] * w.data[j];
                wBar.data[j] += u.data[k] * x.data[i];
            });
            Variable xs = Variable.of("x", x.size());
            Variable ws = Variable.of("w", w.size());
            Variable us = Variable.of("u", u.size());
            Convolution convolution = setting.convolution();
            Map<Variable, Filled> values = Map.of(xs, x, ws, w, us, u);
            assertEntries(convolution.of(xs, ws), values, y, setting);
            assertEntries(convolution.ofInput(x.size().slice(2, 4), ws, us), values, xBar, setting);
            assertEntries(convolution.ofKernel(xs, us), values, wBar, setting);
            ReverseSweep sweep = ReverseSweep.of(convolution.of(xs, ws), us, List.of(xs, ws));
            assertEntries(sweep.cotangent(xs), values, xBar, setting);
            assertEntries(sweep.cotangent(ws), values, wBar, setting);
            compared++;
        }
    }

    /** Windows moved by one and not padded, without batch and channels: x [n], w [k]. */
    @Test
    void bareSignals() {
        Variable x = Variable.of("x", Shape.of(Size.of(5)));
        Variable w = Variable.of("w", Shape.of(Size.of(3)));
        Map<Variable, Filled> values = Map.of(x, new Filled(new int[] {5}, new long[] {1, 2, 4, 8, 16}), w,
                new Filled(new int[] {3}, new long[] {1, 10, 100}));
        Convolution convolution = new Convolution(List.of(Sliding.over(Size.of(3))), Padding.ZERO, 1);
        assertEntries(convolution.of(x, w), values, new Filled(new int[] {3}, new long[] {421, 842, 1684}), "bare");
        assertEntries(convolution.transposed(w, w, List.of(0)), values,
                new Filled(new int[] {5}, new long[] {1, 20, 300, 2000, 10000}), "square of 1 + 10 z + 100 z^2");
    }

    /** {@code a b c d} with two more entries on each side, as PyTorch and NumPy document their modes. */
    @ParameterizedTest
    @CsvSource({"ZERO, 0 0 1 2 3 4 0 0", "CIRCULAR, 3 4 1 2 3 4 1 2", "REFLECT, 3 2 1 2 3 4 3 2",
            "SYMMETRIC, 2 1 1 2 3 4 4 3", "REPLICATE, 1 1 1 2 3 4 4 4"})
    void paddings(Padding padding, String expected) {
        Variable x = Variable.of("x", Shape.of(Size.of(4)));
        long[] entries = Arrays.stream(expected.split(" ")).mapToLong(Long::parseLong).toArray();
        assertEntries(padding.pad(x, 0, Size.of(2), Size.of(2)),
                Map.of(x, new Filled(new int[] {4}, new long[] {1, 2, 3, 4})), new Filled(new int[] {8}, entries),
                padding);
    }

    /** {@code ⟨pad x, u⟩ = ⟨x, unpad u⟩} for each unit vector x, against the entries of what is padded. */
    @ParameterizedTest
    @EnumSource(Padding.class)
    void unpaddingIsTheAdjoint(Padding padding) {
        Variable x = Variable.of("x", Shape.of(Size.of(4)));
        Variable u = Variable.of("u", Shape.of(Size.of(7)));
        Filled cotangent = new Filled(new int[] {7}, new long[] {1, 10, 100, 1000, 10000, 100000, 1000000});
        Filled expected = Filled.zero(new int[] {4});
        Expr padded = padding.pad(x, 0, Size.of(2), Size.ONE);
        for (int k = 0; k < 4; k++) {
            Filled unit = Filled.zero(new int[] {4});
            unit.data[k] = 1;
            NumberTensor<Radical> entries = new Evaluator<>(new ExactArithmetic(), Sizes.NONE).evaluate(padded,
                    Map.of(x, unit.value()));
            for (int t = 0; t < 7; t++) {
                expected.data[k] += entries.get(t).equals(Radical.ZERO) ? 0 : cotangent.data[t];
            }
        }
        assertEntries(padding.unpad(u, 0, Size.of(4), Size.of(2), Size.ONE), Map.of(u, cotangent), expected, padding);
    }

    @Test
    void whatDoesNotFit() {
        Convolution twoGroups = new Convolution(List.of(Sliding.over(Size.of(3))), Padding.ZERO, 2);
        Variable x = Variable.of("x", Shape.of(Size.symbol("B"), Size.of(4), Size.symbol("n")));
        Variable w = Variable.of("w", Shape.of(Size.of(6), Size.of(4), Size.of(3)));
        assertThatThrownBy(() -> twoGroups.of(x, w)).isInstanceOf(ShapeError.class)
                .hasMessage("the channels of the input"
                        + " are those of the kernel times the 2 groups; got x [B, 4, n] and w [6, 4, 3]");
        Variable odd = Variable.of("w", Shape.of(Size.of(5), Size.of(2), Size.of(3)));
        assertThatThrownBy(() -> twoGroups.of(x, odd)).hasMessageContaining("channels are divided among 2 groups");
        assertThatThrownBy(() -> twoGroups.of(x, Variable.of("w", Shape.of(Size.of(3)))))
                .hasMessageContaining("a convolution along 1 axis takes an input [B, C, n…]");
        assertThatThrownBy(() -> new Convolution(List.of(), Padding.ZERO, 1)).hasMessageContaining("at least one axis");
        assertThatThrownBy(() -> Padding.REFLECT.pad(Variable.of("x", Shape.of(Size.of(3))), 0, Size.of(3), Size.ZERO))
                .hasMessageContaining("at most 2 can be padded, got 3");
    }
}
