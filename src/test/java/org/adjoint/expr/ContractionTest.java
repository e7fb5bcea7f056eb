package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.graphs.JavaCode;

/** The canonical contraction against nested loops over the factors as they were given, exactly, at many sizes. */
class ContractionTest {
    private static final List<Size> SIZES = List.of(Size.symbol("m"), Size.symbol("n"), Size.symbol("n"), Size.of(2),
            Size.ONE);

    /** An einsum as it is written, before anything is made canonical. */
    private record Einsum(List<Expr> factors, List<int[]> labels, int[] output, Shape shape) {
        Expr node() {
            return Contraction.of(factors, labels, output, shape);
        }

        String code() {
            StringBuilder text = new StringBuilder(JavaCode.of(factors.toArray(Expr[]::new)));
            text.append("labels ");
            labels.forEach(label -> text.append(Arrays.toString(label)));
            return text.append(" -> ").append(Arrays.toString(output)).append(shape).toString();
        }
    }

    private static Einsum einsum(Random random) {
        int count = random.nextInt(1, 5);
        List<Size> sizes = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            sizes.add(SIZES.get(random.nextInt(SIZES.size())));
        }
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int k = random.nextInt(1, 5); k > 0; k--) {
            int[] label = random.ints(random.nextInt(4), 0, count).toArray();
            factors.add(factor(Shape.of(Arrays.stream(label).mapToObj(sizes::get).toList()), random));
            labels.add(label);
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, random);
        int[] output = order.subList(0, random.nextInt(Math.min(count, 3) + 1)).stream().mapToInt(x -> x).toArray();
        return new Einsum(factors, labels, output, Shape.of(Arrays.stream(output).mapToObj(sizes::get).toList()));
    }

    /** From a small pool, so that equal factors are frequent; views, products, multiples, sizes and deltas among them. */
    private static Expr factor(Shape shape, Random random) {
        Variable x = Variable.of("x" + shape.toString().replaceAll("\\W+", ""), shape);
        if (shape.isScalar()) {
            Expr n = Dimension.of(Size.symbol("n"));
            List<Expr> scalars = List.of(x, n, Tensors.reciprocal(n), Dimension.of(Size.symbol("m").times(2)),
                    n.pow(-2), Constant.of(Rational.of(-2, 3)), x.times(n), Variable.of("y", Shape.of("n")).sum(),
                    Reshape.of(Variable.of("o", Shape.of(Size.ONE)), Shape.SCALAR));
            return scalars.get(random.nextInt(scalars.size()));
        }
        boolean square = shape.rank() == 2 && shape.get(0).equals(shape.get(1));
        return switch (random.nextInt(10)) {
            case 0 -> Contraction.ones(shape);
            case 1 -> Linear.fill(shape, Rational.of(3, 2));
            case 2 -> x.times(random.nextInt(-2, 3));
            case 3 -> Tensors.transpose(Variable.of("t", Shape.of(shape.sizes().reversed())));
            case 4, 5 -> square ? Delta.of(shape.get(0)) : x;
            case 6 -> x.times(Variable.of("z", Shape.of(shape.get(shape.rank() - 1))));
            case 7 -> Tensors.sum(Variable.of("s", shape.concat(Shape.of("m"))), new int[] {shape.rank()}, false);
            case 8 -> x.plus(Variable.of("z", Shape.of(shape.get(shape.rank() - 1))));
            default -> x;
        };
    }

    private static List<Point> points(Einsum einsum, Expr node, long seed) {
        List<Expr> all = new ArrayList<>(einsum.factors);
        all.add(node);
        // The output may have a size that no factor has any more.
        all.add(Contraction.ones(einsum.shape));
        Sampler sampler = new Sampler(seed);
        List<Point> points = new ArrayList<>();
        for (Sizes sizes : sampler.sizes(all, 5)) {
            points.add(sampler.point(Walk.variables(all), sizes));
        }
        return points;
    }

    /** out[o] = Σ_s Π_k factor_k[labels_k], incl. repeated, broadcast, loose and size-1 indices, deltas, n · 1/n. */
    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void hasTheValueOfItsDefinition(@ForAll long seed) {
        Einsum einsum = einsum(new Random(seed));
        Expr node = einsum.node();
        assertThat(node.shape()).isEqualTo(einsum.shape);
        for (Point point : points(einsum, node, seed)) {
            ExactArithmetic field = new ExactArithmetic();
            Evaluator<Radical> evaluator = new Evaluator<>(field, point.sizes());
            List<NumberTensor<Radical>> values = evaluator.evaluate(einsum.factors, point.in(field));
            NumberTensor<Radical> expected = NaiveSum.of(values, einsum.labels, einsum.output, einsum.shape,
                    point.sizes());
            assertThat(evaluator.evaluate(node, point.in(field)))
                    .as(() -> "seed " + seed + " at " + point + "\n" + einsum.code()).isEqualTo(expected);
        }
    }

    /** The order of the factors and the names of the indices do not matter. */
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void orderAndNamesDoNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        Einsum einsum = einsum(random);
        Expr node = einsum.node();
        List<Integer> names = new ArrayList<>(IntStream.range(0, 9).boxed().toList());
        for (int k = 0; k < 6; k++) {
            Collections.shuffle(names, random);
            List<Integer> order = new ArrayList<>(IntStream.range(0, einsum.factors.size()).boxed().toList());
            Collections.shuffle(order, random);
            List<int[]> labels = order.stream().map(f -> renamed(einsum.labels.get(f), names)).toList();
            Expr other = Contraction.of(order.stream().map(einsum.factors::get).toList(), labels,
                    renamed(einsum.output, names), einsum.shape);
            assertThat(other).as(() -> "seed " + seed + "\n" + einsum.code()).isSameAs(node);
        }
    }

    private static int[] renamed(int[] labels, List<Integer> names) {
        return Arrays.stream(labels).map(names::get).toArray();
    }

    /** Equal factors: xᵢⱼ xⱼₖ xₖᵢ is one node, whichever factor is called which. */
    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void equalFactorsAreInterchangeable(@ForAll long seed) {
        Random random = new Random(seed);
        int count = random.nextInt(2, 6);
        Variable x = Variable.of("X", Shape.of("n", "n"));
        List<int[]> labels = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            labels.add(random.ints(2, 0, 4).toArray());
        }
        int[] output = random.nextBoolean() ? new int[0] : new int[] {random.nextInt(4)};
        Shape shape = output.length == 0 ? Shape.SCALAR : Shape.of("n");
        Expr node = Contraction.of(Collections.nCopies(count, x), labels, output, shape);
        for (int k = 0; k < 10; k++) {
            Collections.shuffle(labels, random);
            assertThat(Contraction.of(Collections.nCopies(count, x), labels, output, shape)).as("seed %s", seed)
                    .isSameAs(node);
        }
    }

    /** A canonical node is a fixed point of its factory. */
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void rebuildingGivesTheSameNode(@ForAll long seed) {
        Einsum einsum = einsum(new Random(seed));
        for (Expr node : Walk.postorder(einsum.node())) {
            assertThat(node.withOperands(node.operands())).as(() -> "seed " + seed + "\n" + einsum.code())
                    .isSameAs(node);
        }
    }

    /** Absorbing inner sums changes the form, not the value. */
    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void flatteningKeepsTheValue(@ForAll long seed) {
        Einsum einsum = einsum(new Random(seed));
        Expr node = einsum.node();
        Expr flat = Contraction.flattened(einsum.factors, einsum.labels, einsum.output, einsum.shape);
        for (Point point : points(einsum, node, seed)) {
            ExactArithmetic field = new ExactArithmetic();
            List<NumberTensor<Radical>> both = new Evaluator<>(field, point.sizes()).evaluate(List.of(node, flat),
                    point.in(field));
            assertThat(both.get(1)).as(() -> "seed " + seed + " at " + point + "\n" + einsum.code())
                    .isEqualTo(both.get(0));
        }
    }

    @Example
    void sizesCancel() {
        Expr n = Dimension.of(Size.symbol("n"));
        Expr m = Dimension.of(Size.symbol("m"));
        Variable x = Variable.scalar("x");
        assertThat(n.dividedBy(n)).isSameAs(Constant.ONE);
        assertThat(x.times(n).dividedBy(n)).isSameAs(x);
        assertThat(Contraction.ones(Shape.of("m", "n")).sum().dividedBy(m)).isSameAs(n);
        assertThat(n.times(m).dividedBy(n.times(n))).isSameAs(m.dividedBy(n));
        assertThat(Tensors.trace(Delta.of(Size.symbol("n"))).dividedBy(n)).isSameAs(Constant.ONE);
        assertThat(Contraction.ones(Shape.of(0)).sum().dividedBy(n)).isSameAs(Constant.ZERO);
    }

    @Example
    void deltasAreSubstitutedAway() {
        Size n = Size.symbol("n");
        Variable a = Variable.of("A", Shape.of("n", "n"));
        Variable v = Variable.of("v", Shape.of("n"));
        assertThat(Delta.of(n).matmul(a)).isSameAs(a);
        assertThat(a.matmul(Delta.of(n))).isSameAs(a);
        assertThat(Tensors.inner(a, Delta.of(n))).isSameAs(Tensors.trace(a));
        assertThat(Tensors.diag(v).transpose()).isSameAs(Tensors.diag(v));
        assertThat(Tensors.diagonal(Tensors.diag(v))).isSameAs(v);
        assertThat(Tensors.trace(Tensors.diag(v))).isSameAs(v.sum());
        assertThat(Delta.of(Size.ONE).matmul(Variable.of("r", Shape.of(Size.ONE, n))))
                .isSameAs(Variable.of("r", Shape.of(Size.ONE, n)));
    }

    @Example
    void doubleTransposeIsTheSame() {
        Variable a = Variable.of("A", Shape.of("m", "n"));
        assertThat(a.transpose().transpose()).isSameAs(a);
        assertThat(a.transpose().matmul(a).transpose()).isSameAs(a.transpose().matmul(a));
    }
}
