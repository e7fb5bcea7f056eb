package org.adjoint.graphs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** Random expressions of every kind, of a given shape, over variables named after their shapes. Equal seeds draw equal graphs. */
public final class RandomGraph {
    private static final List<Size> SIZES = List.of(Size.symbol("m"), Size.symbol("n"), Size.of(2), Size.ONE);
    private static final List<ScalarFunction> SMOOTH = List.of(Functions.EXP, Functions.SIN, Functions.COS,
            Functions.TANH, Functions.SIGMOID, Functions.SOFTPLUS, Functions.ATAN, Functions.ERF, Functions.SILU,
            Functions.GELU, Functions.SINH, Functions.EXPM1);
    private static final List<ScalarFunction> KINKED = List.of(Functions.RELU, Functions.ABS, Functions.SIGN,
            Functions.STEP, Functions.FLOOR);
    private static final UnknownFunction SIGMA = new UnknownFunction("sigma", List.of(Shape.SCALAR), Shape.SCALAR,
            Set.of());
    private static final UnknownFunction BINARY = new UnknownFunction("g", List.of(Shape.SCALAR, Shape.SCALAR),
            Shape.SCALAR, Set.of());

    private final Random random;
    private final boolean kinks;

    public RandomGraph(long seed) {
        this(seed, true);
    }

    /** @param kinks whether functions with kinks and jumps may occur */
    public RandomGraph(long seed, boolean kinks) {
        this.random = new Random(seed);
        this.kinks = kinks;
    }

    public Size size() {
        return SIZES.get(random.nextInt(SIZES.size()));
    }

    public Shape shape(int maxRank) {
        List<Size> sizes = new ArrayList<>();
        for (int rank = random.nextInt(maxRank + 1); rank > 0; rank--) {
            sizes.add(size());
        }
        return Shape.of(sizes);
    }

    public Rational coefficient() {
        int numerator = random.nextInt(1, 5) * (random.nextBoolean() ? 1 : -1);
        return Rational.of(numerator, random.nextInt(1, 4));
    }

    /** One of three variables of the shape; the third is positive. */
    public Variable variable(Shape shape) {
        String name = "x" + shape.toString().replaceAll("\\W+", "");
        int which = random.nextInt(3);
        return which == 2 ? Variable.of("p" + name, shape, Fact.Named.POSITIVE)
                : Variable.of((which == 0 ? "u" : "v") + name, shape);
    }

    private Expr leaf(Shape shape) {
        int pick = random.nextInt(10);
        if (pick == 0) {
            return Linear.fill(shape, coefficient());
        }
        if (pick == 1 && shape.rank() == 2 && shape.get(0).equals(shape.get(1))) {
            return Delta.of(shape.get(0));
        }
        if (pick == 1 && shape.rank() == 1) {
            return Range.of(shape.get(0));
        }
        if (pick == 1 && shape.isScalar()) {
            return Dimension.of(Size.symbol(random.nextBoolean() ? "m" : "n"));
        }
        if (pick == 2 && shape.isConcrete()) {
            List<Rational> values = new ArrayList<>();
            for (long k = shape.count().value(); k > 0; k--) {
                values.add(Rational.of(random.nextInt(-3, 4)));
            }
            return Constant.of(shape, values);
        }
        return variable(shape);
    }

    /** An expression of the shape, about {@code depth} nodes deep. */
    public Expr of(Shape shape, int depth) {
        if (depth <= 0) {
            return leaf(shape);
        }
        int next = depth - 1;
        return switch (random.nextInt(16)) {
            case 0, 1 -> sum(shape, next);
            case 2, 3 -> product(shape, next);
            case 4, 5, 6 -> contraction(shape, next);
            case 7, 8 -> function(shape, next);
            case 9 -> guarded(shape, next);
            case 10 -> reduction(shape, next);
            case 11 -> window(shape, next);
            case 12 -> layout(shape, next);
            case 13 -> kinks ? selection(shape, next) : sum(shape, next);
            case 14 -> matrix(shape, next);
            default -> unknown(shape, next);
        };
    }

    private Expr sum(Shape shape, int depth) {
        List<Expr> terms = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        for (int k = random.nextInt(1, 4); k > 0; k--) {
            terms.add(of(shape, depth));
            coefficients.add(coefficient());
        }
        return Linear.of(shape, terms, coefficients);
    }

    private Expr product(Shape shape, int depth) {
        List<Expr> factors = new ArrayList<>();
        factors.add(of(shape, depth));
        for (int k = random.nextInt(1, 3); k > 0; k--) {
            Shape part = shape.slice(random.nextInt(shape.rank() + 1), shape.rank());
            for (int axis = 0; axis < part.rank(); axis++) {
                part = random.nextInt(4) == 0 ? part.with(axis, Size.ONE) : part;
            }
            factors.add(of(part, depth));
        }
        return Tensors.product(factors);
    }

    /** Random labels: repeated, summed, broadcast, with size-1 axes. */
    public Expr contraction(Shape shape, int depth) {
        List<Size> sizes = new ArrayList<>(shape.sizes());
        for (int k = random.nextInt(3); k > 0; k--) {
            sizes.add(size());
        }
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int k = random.nextInt(1, 4); k > 0; k--) {
            int rank = sizes.isEmpty() ? 0 : random.nextInt(Math.min(3, sizes.size() + 1) + 1);
            int[] label = random.ints(rank, 0, Math.max(1, sizes.size())).toArray();
            factors.add(of(Shape.of(Arrays.stream(label).mapToObj(sizes::get).toList()), depth));
            labels.add(label);
        }
        int[] output = new int[shape.rank()];
        Arrays.setAll(output, axis -> axis);
        return Contraction.of(factors, labels, output, shape);
    }

    private Expr function(Shape shape, int depth) {
        List<ScalarFunction> choices = kinks && random.nextInt(3) == 0 ? KINKED : SMOOTH;
        ScalarFunction f = choices.get(random.nextInt(choices.size()));
        // Halved and bounded, so that towers of exponentials stay within reach.
        Expr x = of(shape, depth);
        return f == Functions.EXP || f == Functions.SINH || f == Functions.EXPM1 ? f.apply(Functions.SIN.apply(x))
                : f.apply(x);
    }

    private Expr positive(Shape shape, int depth) {
        return random.nextBoolean() ? of(shape, depth).pow(2).plus(Constant.ONE)
                : Functions.EXP.apply(Functions.SIN.apply(of(shape, depth)));
    }

    /** Functions with a domain, of arguments that are in it. */
    private Expr guarded(Shape shape, int depth) {
        Expr x = positive(shape, depth);
        return switch (random.nextInt(6)) {
            case 0 -> Functions.LOG.apply(x);
            case 1 -> Functions.SQRT.apply(x);
            case 2 -> Tensors.reciprocal(x);
            case 3 -> x.pow(Constant.of(Rational.of(random.nextInt(-5, 6), 2)));
            case 4 -> x.pow(Functions.SIN.apply(of(shape, depth)));
            default -> of(shape, depth).pow(random.nextInt(2, 4));
        };
    }

    private Expr reduction(Shape shape, int depth) {
        List<Reduction.Operation> operations = kinks ? List.of(Reduction.Operation.values())
                : List.of(Reduction.Operation.LOG_SUM_EXP, Reduction.Operation.PRODUCT);
        Reduction.Operation operation = operations.get(random.nextInt(operations.size()));
        if (operation == Reduction.Operation.FIRST_MAX) {
            return shape.rank() == 0 ? of(shape, depth)
                    : Reduction.of(operation, of(shape, depth), random.nextInt(shape.rank()));
        }
        int axis = random.nextInt(shape.rank() + 1);
        List<Size> sizes = new ArrayList<>(shape.sizes());
        sizes.add(axis, size());
        if (random.nextInt(3) == 0) {
            sizes.add(Size.of(2));
            return Reduction.of(operation, of(Shape.of(sizes), depth), axis, sizes.size() - 1);
        }
        return Reduction.of(operation, of(Shape.of(sizes), depth), axis);
    }

    private Expr window(Shape shape, int depth) {
        if (shape.isScalar()) {
            return Window.entry(of(Shape.of(Size.symbol("n")), depth), 0, Size.ZERO);
        }
        int axis = random.nextInt(shape.rank());
        Size length = shape.get(axis);
        return switch (random.nextInt(5)) {
            case 0 -> Window.slice(of(shape.with(axis, length.plus(1)), depth), axis, Size.ONE, 1, length);
            case 1 -> Window.slice(of(shape, depth), axis, Size.of(-1), 1, length);
            case 2 -> Window.roll(of(shape, depth), axis, Size.of(random.nextInt(-2, 3)));
            case 3 -> Window.slice(of(shape.with(axis, length.times(2)), depth), axis, Size.ZERO, 2, length);
            default -> Window.fold(of(shape.with(axis, Size.of(3)), depth), spread(shape, axis));
        };
    }

    /** {@code out[i] = in[i]} for i below 3, and the last entries of a longer axis are zero. */
    private static Window.Access spread(Shape shape, int axis) {
        Expr whole = Window.slice(Contraction.ones(shape.with(axis, shape.get(axis).plus(7))), axis, Size.of(-1), 1,
                Size.of(3));
        Window.Access access = ((Window) whole).access();
        return new Window.Access(shape, access.window(), access.strides(), access.offsets(), false);
    }

    private Expr layout(Shape shape, int depth) {
        if (shape.rank() >= 2 && random.nextBoolean()) {
            List<Size> merged = new ArrayList<>(shape.sizes());
            Size last = merged.remove(shape.rank() - 1);
            merged.set(shape.rank() - 2, merged.get(shape.rank() - 2).times(last));
            return Reshape.of(of(Shape.of(merged), depth), shape);
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.get(axis).equals(Size.of(2))) {
                return Concatenation.of(List.of(of(shape.with(axis, Size.ONE), depth),
                        of(shape.with(axis, Size.ONE), depth)), axis);
            }
        }
        return Tensors.transpose(of(Shape.of(shape.sizes().reversed()), depth));
    }

    private Expr selection(Shape shape, int depth) {
        Expr a = of(shape, depth);
        Expr b = of(shape, depth);
        return switch (random.nextInt(4)) {
            case 0 -> Functions.MAXIMUM.apply(a, b);
            case 1 -> Functions.MINIMUM.apply(a, b);
            case 2 -> Where.of(Functions.LESS_EQUAL.apply(a, b), of(shape, depth), a);
            default -> Where.of(Functions.LESS.apply(a, b), of(shape, depth), of(shape, depth));
        };
    }

    private Expr matrix(Shape shape, int depth) {
        boolean square = shape.rank() == 2 && shape.get(0).equals(shape.get(1));
        if (!square && !shape.isScalar()) {
            return contraction(shape, depth);
        }
        Size n = square ? shape.get(0) : size();
        // Strictly diagonally dominant for the sizes and values that are sampled.
        Expr x = Delta.of(n).times(20).plus(Functions.SIN.apply(of(Shape.of(n, n), depth)));
        return MatrixFunction.of(square ? MatrixFunction.Operation.INVERSE
                : random.nextBoolean() ? MatrixFunction.Operation.LOG_DETERMINANT
                        : MatrixFunction.Operation.DETERMINANT,
                x);
    }

    private Expr unknown(Shape shape, int depth) {
        Expr x = Functions.SIN.apply(of(shape, depth));
        if (shape.isScalar() && random.nextBoolean()) {
            Shape argument = Shape.of(size(), size());
            UnknownFunction phi = new UnknownFunction("phi" + argument.toString().replaceAll("\\W+", ""),
                    List.of(argument), Shape.SCALAR, Set.of());
            return phi.apply(List.of(Functions.SIN.apply(of(argument, depth))));
        }
        return random.nextBoolean() ? SIGMA.apply(List.of(x))
                : Application.of(BINARY, new int[] {random.nextInt(2)},
                        List.of(x, Elementwise.of(Functions.COS, List.of(of(shape, depth)))));
    }
}
