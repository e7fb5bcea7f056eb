package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Window;
import org.adjoint.nn.Model;
import org.adjoint.nn.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models as values: what their constructors make, what their parameters are called, what is said of what does not fit. */
class ModulesTest {
    private static final String NET = "net = Sequential(nn.Conv2d(3, 8, kernel_size=3, stride=2, padding=1), "
            + "torch.nn.ReLU(), Conv2d(8, 4, (3, 5), bias=False)); x : R[3, 9, 9]; u : R[4]; attend = MultiheadAttention(4, 2)";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Linear(4, 2)                              | Linear(in_features=4, out_features=2, bias=True)
            nn.Linear(out_features=2, in_features=4, bias=False) | Linear(in_features=4, out_features=2, bias=False)
            torch.nn.Linear(4, K)                     | Linear(in_features=4, out_features=K, bias=True)
            Conv1d(1, 2, 3)                           | Conv1d(1, 2, kernel_size=(3,), stride=(1,))
            Conv2d(3, 8, 3, 2, 1)                     | Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))
            Conv2d(4, 8, (3, 5), dilation=(1, 2), groups=4, bias=False, padding_mode='circular') | Conv2d(4, 8, kernel_size=(3, 5), stride=(1, 1), dilation=(1, 2), groups=4, bias=False, padding_mode=circular)
            ReLU(inplace=True)                        | ReLU()
            Sequential([Linear(4, 2), Tanh()])        | Sequential( (0): Linear(in_features=4, out_features=2, bias=True) (1): Tanh() )
            """)
    void constructorsArePyTorchs(String text, String printed) {
        Desk desk = Desk.of("K : N positive");
        desk.reader().declareSizes(List.of(Desk.syntax(text, Dialect.NUMPY)), Set.of());

        assertThat(model(desk, text).toString().replaceAll("\\s+", " ")).isEqualTo(printed);
    }

    private static Model model(Desk desk, String text) {
        return ((Value.Module) desk.value(text)).model();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            net = Sequential(Linear(4, 3), Sequential(ReLU(), Linear(3, 2, bias=False)))  | net[0].weight, net[0].bias, net[1][1].weight
            head = Linear(4, 2); net = Sequential(Linear(4, 4), head) | net[0].weight, net[0].bias, head.weight, head.bias
            a = Linear(4, 4); net = Sequential(a, a)                  | a.weight, a.bias
            a = Linear(4, 4); net = a                                 | a.weight, a.bias
            block(c) = Sequential(Linear(c, c), ReLU()); net = Sequential(block(4), block(4)) | net[0][0].weight, net[0][0].bias, net[1][0].weight, net[1][0].bias
            l = [Linear(4, 4) for k in 1..2]; net = Sequential(*l)    | l[0].weight, l[0].bias, l[1].weight, l[1].bias
            f[k] = Linear(k, k + 1) for k in 1..2; net = Sequential(f[1], f[2]) | f[1].weight, f[1].bias, f[2].weight, f[2].bias
            big = Sequential(Linear(4, 4), ReLU(), Linear(4, 2)); net = big[1:] | big[2].weight, big[2].bias
            net = Sequential(*[Linear(k, 4) for k in {4, 3}])         | net[0].weight, net[0].bias, net[1].weight, net[1].bias
            """)
    void parametersAreNamedByWhatBindsThemAndShared(String statements, String names) {
        Desk desk = Desk.of(statements);

        assertThat(desk.problems()).isEmpty();
        assertThat(model(desk, "net").parameters().stream().map(Parameter::variable).map(Variable::name)
                .collect(Collectors.joining(", "))).isEqualTo(names);
    }

    @Test
    void aModelIsAppliedLayerByLayer() {
        Desk desk = Desk.of(NET + "; layer = Linear(4, 2)");
        Expr w = desk.expr("layer.weight");

        assertThat(desk.expr("layer(u)"))
                .isSameAs(desk.expr("u").matmul(w.transpose()).plus(desk.expr("layer.bias")));
        assertThat(desk.expr("net(x)")).isSameAs(desk.expr("net[2](net[1](net[0](x)))"));
        assertThat(desk.expr("net[:2](x)")).isSameAs(Functions.RELU.apply(desk.expr("net[0](x)")));
        assertThat(desk.expr("net(x, training=false)")).isSameAs(desk.expr("net.eval()(x)"));
        assertThat(desk.shape("net(x)")).isEqualTo(Shape.of(4, 3, 1));
    }

    @Test
    void aKernelIsReadBackwardsUnderTheConventionOfTextbooks() {
        Desk plain = Desk.of("c = Conv1d(1, 1, 3, bias=False); d = Sequential(c, c); x : R[1, 7]; w : R[1, 1, 3]; "
                + "y = c(x)");
        Desk flipped = Desk.of("c = Conv1d(1, 1, 3, bias=False); d = Sequential(c, c); x : R[1, 7]; w : R[1, 1, 3]; "
                + "y = c(x)", new Convention("conv", "flipped"));
        Expr w = plain.expr("c.weight");
        Expr backwards = Window.slice(w, 2, Size.of(2), -1, Size.of(3));

        assertThat(flipped.expr("c(x)")).isSameAs(replaced(plain.expr("c(x)"), w, backwards));
        assertThat(flipped.expr("d(x)")).isSameAs(replaced(plain.expr("d(x)"), w, backwards));
        assertThat(flipped.expr("c(c(x))")).isSameAs(flipped.expr("d(x)"));
        assertThat(flipped.expr("conv1d(x, w)")).isSameAs(plain.expr("conv1d(x, w[:, :, ::-1])"));
    }

    private static Expr replaced(Expr expr, Expr variable, Expr image) {
        return Substitution.of(Map.of(variable, image)).apply(expr);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            net[0].stride         | 2
            net[2].kernel_size    | [3, 5]
            net[-1].out_channels  | 4
            net[0].groups         | 1
            len(net)              | 3
            size(attend.out_proj.bias) | 4
            parameters(net)       | 704
            parameters(net[1])    | 0
            receptive_field(net)  | [7, 11]
            receptive_field(net[0]) | 3
            effective_stride(net) | 2
            receptive_start(net)  | -1
            macs(net[0], [1, 3, 9, 9])       | 5400
            operations(net[0], x.shape)      | 10800
            multiplications(net[0], x.shape) | 5400
            additions(net[2], [8, 5, 5])     | 1428
            activations(net, x.shape)        | 412
            """)
    void attributesAndCounts(String text, String value) {
        Desk desk = Desk.of(NET);

        assertThat(desk.expr(text)).isSameAs(desk.expr(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            net(x[1:])             | net(x[1:]): net[0] = Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1)): the channels of the input are in_channels; the input is [2, 9, 9] | 1
            u + net(x[1:])         | net(x[1:]): net[0] = Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1)): the channels of the input are in_channels; the input is [2, 9, 9] | 5
            net[1:](x)             | net[1:](x): net[2] = Conv2d(8, 4, kernel_size=(3, 5), stride=(1, 1), bias=False): the channels of the input are in_channels; the input is [3, 9, 9] | 1
            shape(net[2], [8, 2, 9]) | shape(net[2], [8, 2, 9]): net[2] = Conv2d(8, 4, kernel_size=(3, 5), stride=(1, 1), bias=False): a window fits into its padded input; it is 3 long, and the input 2; the input is [8, 2, 9] | 1
            shape(net, [0, 3, 9, 9]) | shape(net, [0, 3, 9, 9]): net[0] = Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1)): every axis of the input has at least one entry; the input is [0, 3, 9, 9] | 1
            2 * Conv2d(3, 8, 3, padding=-1)(x) | Conv2d(3, 8, 3, padding=-1): padding is not negative, got -1 | 5
            Conv2d(3, 8, 3, stride=0)  | Conv2d(3, 8, 3, stride=0): a stride is at least 1, got 0 | 1
            Conv2d(3, 8, 3, groups=2)  | Conv2d(3, 8, 3, groups=2): in_channels is a multiple of groups; got 3 and 2 | 1
            Linear(0, 3)           | Linear(0, 3): in_features is at least 1, got 0 | 1
            Linear(3)              | the function is Linear(in_features, out_features, bias=True); out_features is missing | 1
            Linear(3, 4, depth=2)  | the function is Linear(in_features, out_features, bias=True); there is no depth | 1
            Linear(3, u)           | u is a tensor of shape [4], not a size; expected an integer or an expression of sizes | 11
            GELU('fast')           | approximate is 'none' or 'tanh' | 6
            Sequential(net, 3)     | a model is made of layers; 3 is a scalar | 17
            net(x, u)              | a model is applied to one tensor; got 2 arguments | 1
            net(x, train=true)     | a model is applied as net(x) or net(x, training=false); there is no train | 1
            net[0].wieght          | net[0].wieght: a model, Conv2d has no attribute wieght | 1
            net[3]                 | index 3 is out of range; there are 3 entries | 5
            net[0][1]              | net[0] is a model, Conv2d, which has no numbered layers | 1
            net + 1                | net is a model, Sequential, not a number | 1
            parameters(u)          | parameters(u) is about a model; u is a tensor of shape [4] | 1
            shape(net)             | the shape of what comes out depends on what goes in: write shape(net, [B, C, H, W]) | 1
            receptive_field(Linear(4, 2)) | receptive_field(Linear(4, 2)): every entry depends on the whole input; ask about the layers before, as in net[0:3] | 1
            f                      | f is a function; call it: f(v) | 1
            """)
    void whatDoesNotFitIsNamedWithItsPlace(String text, String message, int column) {
        Problem problem = Desk.of(NET + "; f(v) = Linear(4, 4)(v)").problem(text);

        assertThat(problem.headline()).isEqualTo(message);
        assertThat(problem.span().column()).isEqualTo(column);
    }

    @Test
    void aLayerWithoutANameHasThatOfItsPlace() {
        Desk desk = Desk.of(NET + "; f(v) = Linear(4, 4)(v)");

        assertThat(Variable.names(Walk.variables(desk.expr("Linear(4, 4)(u) + Linear(4, 4)(u)"))))
                .containsExactly("Linear_1_1.bias", "Linear_1_1.weight", "Linear_1_19.bias", "Linear_1_19.weight", "u");
        assertThat(desk.wrong("f(u)")).isEqualTo("a layer that is made in a function has other parameters at every "
                + "call; define it above the function, as in `layer = Linear(4, 4)`");
    }

    @Test
    void whatUsesAMisfitIsBrokenByIt() {
        Desk desk = Desk.of("net = Sequential(Linear(4, 3), ReLU(), Linear(4, 2)); u : R[4]; y = net(u); z = 2 * y");

        assertThat(desk.problems()).containsExactly(
                "net(u): net[2] = Linear(in_features=4, out_features=2, bias=True): the last axis of the input has "
                        + "in_features entries; the input is [3]",
                "the definition of y at text:1:69 is ill-formed: net(u): net[2] = Linear(in_features=4, "
                        + "out_features=2, bias=True): the last axis of the input has in_features entries; the input is "
                        + "[3]");
    }
}
