package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

/** Names, shapes, counts, receptive fields and errors of models. */
class ModelTest {
    private static ConvLayer conv(long in, long out, long kernel, int stride, long padding) {
        return new ConvLayer("", Size.of(in), Size.of(out), Collections.nCopies(2,
                new Sliding(Size.of(kernel), stride, Size.of(padding), Size.of(padding), 1)), Padding.ZERO, Size.ONE,
                true);
    }

    private static LinearLayer linear(long in, long out) {
        return new LinearLayer("", Size.of(in), Size.of(out), true);
    }

    private static Sequential net(Model... layers) {
        return new Sequential("", List.of(layers)).named("net");
    }

    @Test
    void parametersAreNamedByTheirPath() {
        Sequential net = net(conv(3, 8, 3, 2, 1), ActivationKind.RELU.layer(),
                new Sequential("", List.of(linear(4, 5))));
        assertThat(net.parameters()).extracting(p -> p.variable().name() + " " + p.variable().shape()).containsExactly(
                "net[0].weight [8, 3, 3, 3]", "net[0].bias [8]", "net[2][0].weight [5, 4]", "net[2][0].bias [5]");
        assertThat(net.toString()).isEqualTo("""
                Sequential(
                  (0): Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))
                  (1): ReLU()
                  (2): Sequential(
                    (0): Linear(in_features=4, out_features=5, bias=True)
                  )
                )""");
    }

    @Test
    void theGraphHasTheShapeThatIsForetold() {
        Sequential net = net(conv(3, 8, 3, 2, 1), ActivationKind.RELU.layer(), conv(8, 2, 2, 1, 0), linear(6, 4));
        for (Shape shape : List.of(Shape.of(3, 5, 13), Shape.of(7, 3, 6, 14))) {
            Shape output = net.output(shape);
            assertThat(net.apply(Variable.of("x", shape), Mode.TRAINING).shape()).isEqualTo(output);
            assertThat(output.slice(output.rank() - 3, output.rank())).isEqualTo(Shape.of(2, 2, 4));
        }
    }

    private static Pool maxPool() {
        return new Pool("", new Pooling(true, Collections.nCopies(2, new Sliding(Size.of(3), 2, Size.ZERO, Size.ZERO,
                1)), false, true, Optional.empty()));
    }

    /** Krizhevsky, arXiv:1404.5997, without padding in the first layer: its input is 3x227x227. */
    private static Sequential alexNet() {
        Model relu = ActivationKind.RELU.layer();
        Model half = new Dropout("", 0, Constant.HALF);
        return net(conv(3, 64, 11, 4, 0), relu, maxPool(), conv(64, 192, 5, 1, 2), relu, maxPool(),
                conv(192, 384, 3, 1, 1), relu, conv(384, 256, 3, 1, 1), relu, conv(256, 256, 3, 1, 1), relu, maxPool(),
                new Flatten("", 0, -1), half, linear(9216, 4096), relu, half, linear(4096, 4096), relu,
                linear(4096, 1000));
    }

    /** The published numbers of multiply-adds and parameters, layer by layer. */
    @Test
    void countsOfAlexNet() {
        List<Long> products = new ArrayList<>();
        Shape shape = Shape.of(3, 227, 227);
        for (Model layer : alexNet().children()) {
            Counts counts = layer.counts(shape);
            if (!counts.multiplyAdds().equals(Size.ZERO)) {
                products.add(counts.multiplyAdds().value());
                // n products and n - 1 sums for each output, and its bias.
                assertThat(counts.multiplications()).isEqualTo(counts.multiplyAdds()).isEqualTo(counts.additions());
            }
            shape = layer.output(shape);
        }
        assertThat(products).containsExactly(70_276_800L, 223_948_800L, 112_140_288L, 149_520_384L, 99_680_256L,
                37_748_736L, 16_777_216L, 4_096_000L);
        assertThat(shape).isEqualTo(Shape.of(1000));
        Counts all = alexNet().counts(Shape.of(3, 227, 227));
        assertThat(all.multiplyAdds()).isEqualTo(Size.of(714_188_480));
        assertThat(all.parameters()).isEqualTo(Size.of(61_100_840));
    }

    /** Receptive field and effective stride of the last pool: 195 and 32, as Araujo, Norris and Sim tabulate for AlexNet. */
    @Test
    void receptiveFieldOfAlexNet() {
        Sequential features = new Sequential("", alexNet().children().subList(0, 13));
        assertThat(features.fields(List.of()).orElseThrow()).hasSize(2).allMatch(
                field -> field.size().equals(Size.of(195)) && field.jump().equals(Size.of(32)));
        assertThat(alexNet().fields(List.of())).isEmpty();
    }

    /** A batch of any size costs as many times as much; parameters it does not. */
    @Test
    void countsOfABatch() {
        Size b = Size.symbol("B");
        Sequential features = new Sequential("", alexNet().children().subList(0, 13));
        Counts one = features.counts(Shape.of(3, 227, 227));
        Counts batch = features.counts(Shape.of(b).concat(Shape.of(3, 227, 227)));
        assertThat(batch.multiplyAdds()).isEqualTo(one.multiplyAdds().times(b));
        assertThat(batch.activations()).isEqualTo(one.activations().times(b));
        assertThat(batch.parameters()).isEqualTo(one.parameters());
    }

    @Test
    void symbolicHyperparameters() {
        Size w = Size.symbol("W");
        Size f = Size.symbol("F");
        Size p = Size.symbol("P");
        Size s = Size.symbol("S");
        Size c = Size.symbol("C");
        Size k = Size.symbol("K");
        ConvLayer layer = new ConvLayer("net", c, k, List.of(new Sliding(f, s, p, p, Size.ONE),
                new Sliding(f, s, p, p, Size.ONE)), Padding.ZERO, Size.ONE, true);
        assertThat(layer.output(Shape.of(c, w, w)))
                .hasToString("[K, (-F + 2*P + W)//S + 1, (-F + 2*P + W)//S + 1]");
        assertThat(layer.counts(Shape.of(c, w, w)).parameters()).isEqualTo(k.times(f.times(f).times(c).plus(1)));
        assertThat(layer.rooms(Shape.of(c, w, w))).containsOnly(w.plus(p).plus(p).minus(f));
        assertThat(conv(1, 1, 3, 2, 0).rooms(Shape.of(Size.ONE, w, w), Mode.TRAINING.exact())).extracting(
                room -> room.at(name -> 8)).containsExactly(5L, -1L, 5L, -1L);
        Variable x = Variable.of("x", Shape.of(c, w, w));
        assertThatThrownBy(() -> layer.apply(x, Mode.TRAINING)).isInstanceOf(ShapeError.class)
                .hasMessageContaining("a stride that is a number, got S");
    }

    /** L layers of kernel K and stride 1 see L(K − 1) + 1 entries; a stride multiplies what follows. */
    @Test
    void receptiveFields() {
        Size k = Size.symbol("K");
        Model layer = new ConvLayer("", Size.ONE, Size.ONE, List.of(Sliding.over(k)), Padding.ZERO, Size.ONE, true);
        for (int layers = 1; layers <= 4; layers++) {
            Field field = new Sequential("", Collections.nCopies(layers, layer)).fields(List.of()).orElseThrow().get(0);
            assertThat(field).isEqualTo(new Field(k.minus(1).times(layers).plus(1), Size.ONE, Size.ZERO));
        }
        assertThat(net(conv(1, 1, 3, 2, 1), ActivationKind.TANH.layer(), conv(1, 1, 5, 3, 2)).fields(List.of())
                .orElseThrow()).containsOnly(new Field(Size.of(11), Size.of(6), Size.of(-5)));
        assertThat(net(conv(1, 1, 3, 2, 1), linear(2, 3)).fields(List.of())).isEmpty();
    }

    @Test
    void whatDoesNotFit() {
        Sequential net = net(conv(3, 8, 3, 2, 1), ActivationKind.RELU.layer(), conv(8, 16, 3, 1, 0));
        assertThatThrownBy(() -> net.output(Shape.of(5, 4, 32, 32))).isInstanceOf(ShapeError.class)
                .hasMessage("net[0] = Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1)): the channels of"
                        + " the input are in_channels; the input is [5, 4, 32, 32]");
        assertThatThrownBy(() -> net.output(Shape.of(3, 3, 3)))
                .hasMessage("net[2] = Conv2d(8, 16, kernel_size=(3, 3), stride=(1, 1)): a window fits into its padded"
                        + " input; it is 3 long, and the input 2; the input is [8, 2, 2]");
        assertThatThrownBy(() -> net.output(Shape.of(3, 8))).hasMessageEndingWith(
                "the input has two axes after its channels: [B, C, H, W] or [C, H, W]; the input is [3, 8]");
        assertThatThrownBy(() -> net.output(Shape.of(0, 3, 8, 8))).hasMessageContaining("at least one entry");
        assertThat(net.output(Shape.of(3, 8, 9))).isEqualTo(Shape.of(16, 2, 3));
        assertThatThrownBy(() -> net.output(Shape.of(3, 8, 9), Mode.EVALUATION.exact()))
                .hasMessageContaining("net[0] = Conv2d").hasMessageContaining("2 does not divide 7");
        assertThatThrownBy(() -> linear(3, 4).named("fc").output(Shape.of(2, 5))).hasMessage("fc = Linear("
                + "in_features=3, out_features=4, bias=True): the last axis of the input has in_features entries; the"
                + " input is [2, 5]");
        assertThatThrownBy(() -> new ConvLayer("", Size.of(3), Size.of(8), List.of(), Padding.ZERO, Size.of(2), true))
                .hasMessage("in_channels is a multiple of groups; got 3 and 2");
    }
}
