package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/**
 * Random expressions that provoke the laws of the prover: powers with every sign and denominator, roots and logarithms of
 * anything, indicators at ties, probabilities, sums in denominators, sizes. Few variables, so that equal ones meet.
 */
final class WildGraph {
    private static final List<ScalarFunction> FUNCTIONS = List.of(Functions.EXP, Functions.LOG, Functions.SQRT,
            Functions.RELU, Functions.ABS, Functions.SIGN, Functions.STEP, Functions.LOG1P, Functions.EXPM1,
            Functions.SILU, Functions.SIGMOID, Functions.TANH, Functions.SOFTPLUS, Functions.SIN, Functions.COS,
            Functions.TAN, Functions.ASIN, Functions.ATAN, Functions.SINH, Functions.COSH, Functions.ERF, Functions.ABS,
            Functions.SQRT, Functions.EXP, Functions.LOG, Functions.SIGN, Functions.STEP);
    private static final List<ScalarFunction> BINARY = List.of(Functions.LESS, Functions.LESS_EQUAL, Functions.EQUAL,
            Functions.MAXIMUM, Functions.MINIMUM, Functions.LEAKY_RELU, Functions.ELU, Functions.POWER);
    private static final List<Size> SIZES = List.of(Size.symbol("n"), Size.symbol("n"), Size.symbol("m"), Size.ONE,
            Size.of(2));

    private static final List<Size> INTEGERS = List.of(Size.of(2), Size.of(3), Size.ONE);

    private final Random random;
    private final List<Size> sizes;

    WildGraph(long seed) {
        this(seed, false);
    }

    /** @param concrete whether sizes are integers, so that layouts can be taken apart into entries */
    WildGraph(long seed, boolean concrete) {
        this.random = new Random(seed);
        this.sizes = concrete ? INTEGERS : SIZES;
    }

    private Size size() {
        return sizes.get(random.nextInt(sizes.size()));
    }

    Shape shape() {
        List<Size> shape = new ArrayList<>();
        for (int rank = random.nextInt(3); rank > 0; rank--) {
            shape.add(size());
        }
        return Shape.of(shape);
    }

    private Expr leaf(Shape shape) {
        String suffix = shape.toString().replaceAll("\\W+", "");
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> Variable.of("u" + suffix, shape);
            case 3 -> Variable.of("v" + suffix, shape);
            case 4, 5 -> Variable.of("p" + suffix, shape, Fact.Named.POSITIVE);
            case 6 -> shape.rank() > 0 ? Variable.of("q" + suffix, shape, Fact.Named.PROBABILITY)
                    : Variable.of("t" + suffix, shape, Fact.Named.UNIT);
            case 7 -> shape.rank() > 0 ? Variable.of("h" + suffix, shape, Fact.Named.ONE_HOT)
                    : Variable.of("i" + suffix, shape, new Fact.Interval(Rational.MINUS_ONE, Rational.ONE));
            case 8 -> shape.rank() == 2 && shape.get(0).equals(shape.get(1))
                    ? square(suffix, shape)
                    : Variable.of("z" + suffix, shape,
                            random.nextBoolean() ? Fact.Named.ZERO_ONE : Fact.Named.PLUS_MINUS_ONE);
            case 9 -> Tensors.broadcast(sizes == INTEGERS ? Variable.scalar("u")
                    : Dimension.of(random.nextBoolean() ? Size.symbol("n") : Size.symbol("n").minus(1)), shape);
            default -> Linear.fill(shape, number());
        };
    }

    private Expr square(String suffix, Shape shape) {
        return switch (random.nextInt(5)) {
            case 0 -> Delta.of(shape.get(0));
            case 1 -> Variable.of("s" + suffix, shape, Fact.Named.SYMMETRIC);
            case 2 -> Variable.of("d" + suffix, shape, Fact.Named.POSITIVE_DEFINITE);
            case 3 -> Variable.of("o" + suffix, shape, Fact.Named.ORTHOGONAL);
            default -> Variable.of("j" + suffix, shape, Fact.Named.INVERTIBLE);
        };
    }

    /** A determinant where a scalar is wanted, an inverse or a product of matrices where a square matrix is. */
    private Expr matrices(Shape shape, int depth) {
        if (shape.isScalar()) {
            Size n = size();
            return MatrixFunction.of(random.nextBoolean() ? MatrixFunction.Operation.DETERMINANT
                    : MatrixFunction.Operation.LOG_DETERMINANT, matrix(Shape.of(n, n), depth));
        }
        return shape.rank() == 2 && shape.get(0).equals(shape.get(1)) ? matrix(shape, depth + 1)
                : normalised(shape, depth);
    }

    private Expr matrix(Shape shape, int depth) {
        if (depth <= 0) {
            return square("", shape);
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> MatrixFunction.of(MatrixFunction.Operation.INVERSE, matrix(shape, depth - 1));
            case 2, 3 -> matrix(shape, depth - 1).matmul(matrix(shape, depth - 1));
            case 4 -> matrix(shape, depth - 1).transpose();
            default -> matrix(shape, depth - 1).plus(matrix(shape, depth - 1).times(number()));
        };
    }

    private Rational number() {
        return Rational.of(random.nextInt(-3, 4), random.nextInt(1, 3));
    }

    Expr of(Shape shape, int depth) {
        if (depth <= 0) {
            return leaf(shape);
        }
        int next = depth - 1;
        return switch (random.nextInt(15)) {
            case 0, 1 -> Linear.of(shape, List.of(of(shape, next), of(shape, next)), List.of(number(), number()));
            case 2, 3 -> of(shape, next).times(of(part(shape), next));
            case 4, 5 -> of(shape, next).pow(Constant.of(exponent()));
            case 6, 7 -> FUNCTIONS.get(random.nextInt(FUNCTIONS.size())).apply(of(shape, next));
            case 8 -> BINARY.get(random.nextInt(BINARY.size())).apply(of(shape, next), of(shape, next));
            case 9, 10 -> contraction(shape, next);
            case 11 -> Where.of(Functions.LESS.apply(of(shape, next), of(shape, next)), of(shape, next),
                    of(shape, next));
            case 14 -> matrices(shape, next);
            case 12 -> sizes == INTEGERS || random.nextInt(3) == 0 ? layout(shape, next) : normalised(shape, next);
            default -> reduction(shape, next);
        };
    }

    private Rational exponent() {
        return Rational.of(random.nextInt(-4, 5), random.nextInt(1, 4));
    }

    private Shape part(Shape shape) {
        return shape.slice(random.nextInt(shape.rank() + 1), shape.rank());
    }

    private Expr layout(Shape shape, int depth) {
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!shape.get(axis).isOne()) {
                return Concatenation.of(List.of(of(shape.with(axis, Size.ONE), depth),
                        of(shape.with(axis, shape.get(axis).minus(1)), depth)), axis);
            }
        }
        int place = random.nextInt(shape.rank() + 1);
        List<Size> longer = new ArrayList<>(shape.sizes());
        longer.add(place, Size.of(3));
        return Window.entry(of(Shape.of(longer), depth), place, Size.of(random.nextInt(3)));
    }

    /** Something divided by a sum over it, so that sums cancel. */
    private Expr normalised(Shape shape, int depth) {
        Expr x = of(shape, depth);
        Expr y = random.nextInt(3) == 0 ? of(shape, depth) : x;
        if (shape.isScalar()) {
            return x.dividedBy(y);
        }
        Expr sum = Tensors.sum(y, new int[] {random.nextInt(shape.rank())}, true);
        return x.times(sum.pow(Constant.of(random.nextBoolean() ? Rational.MINUS_ONE : exponent())));
    }

    private Expr contraction(Shape shape, int depth) {
        List<Size> all = new ArrayList<>(shape.sizes());
        for (int k = random.nextInt(3); k > 0; k--) {
            all.add(size());
        }
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int k = random.nextInt(1, 4); k > 0; k--) {
            int rank = all.isEmpty() ? 0 : random.nextInt(3);
            int[] label = random.ints(rank, 0, Math.max(1, all.size())).toArray();
            factors.add(of(Shape.of(Arrays.stream(label).mapToObj(all::get).toList()), depth));
            labels.add(label);
        }
        if (!all.isEmpty() && random.nextInt(6) == 0) {
            // something one-hot that selects from the others
            int[] label = random.ints(random.nextInt(1, 3), 0, all.size()).toArray();
            Shape hot = Shape.of(Arrays.stream(label).mapToObj(all::get).toList());
            factors.add(Variable.of("h" + hot.toString().replaceAll("\\W+", ""), hot, Fact.Named.ONE_HOT));
            labels.add(label);
        }
        int[] output = new int[shape.rank()];
        Arrays.setAll(output, axis -> axis);
        return Contraction.of(factors, labels, output, shape);
    }

    private Expr reduction(Shape shape, int depth) {
        Expr wide = of(shape.concat(Shape.of(size())), depth);
        int axis = shape.rank();
        return switch (random.nextInt(5)) {
            case 0 -> Reduction.of(Reduction.Operation.LOG_SUM_EXP, wide, axis);
            case 1 -> Reduction.of(Reduction.Operation.MAX, wide, axis);
            case 2 -> Reduction.of(Reduction.Operation.PRODUCT, wide, axis);
            case 3 -> shape.rank() > 0 ? Tensors.softmax(of(shape, depth), 0) : Detach.of(of(shape, depth));
            default -> shape.rank() > 0 ? Window.slice(of(shape, depth), 0, Size.ONE, 1, shape.get(0))
                    : Tensors.inner(wide, wide);
        };
    }
}
