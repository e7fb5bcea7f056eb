package org.adjoint.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
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
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** Draws graphs of all kinds over a few variables of symbolic sizes. */
final class RandomGraphs {
    static final List<Variable> VARIABLES = List.of(Variable.scalar("s"), Variable.of("u", Shape.of("n")),
            Variable.of("v", Shape.of("m")), Variable.of("A", Shape.of("m", "n")), Variable.of("B", Shape.of("n", "m")),
            Variable.of("C", Shape.of("n", "n")), Variable.of("T", Shape.of("m", "n", "k")),
            Variable.of("R", Shape.of(List.of(Size.ONE, Size.symbol("n")))));

    /** Continuous, and not sensitive to the rounding of large arguments. */
    private static final List<ScalarFunction> TOTAL = List.of(Functions.TANH, Functions.SIGMOID, Functions.RELU,
            Functions.SOFTPLUS, Functions.ABS, Functions.ATAN, Functions.ERF, Functions.GELU);
    private static final List<ScalarFunction> RATIONAL = List.of(Functions.RELU, Functions.ABS, Functions.STEP,
            Functions.SIGN);

    private final Random random;
    private final boolean rational;
    private final List<Expr> pool = new ArrayList<>(VARIABLES);

    /** @param rational whether only functions with rational values at rationals may occur */
    RandomGraphs(long seed, boolean rational) {
        this.random = new Random(seed);
        this.rational = rational;
        pool.add(Delta.of(Size.symbol("n")));
        pool.add(Range.of(Size.symbol("m")));
        pool.add(Dimension.of(Size.symbol("n").plus(1)));
        pool.add(Constant.of(Shape.of(2, 2),
                List.of(Rational.ONE, Rational.of(-2), Rational.HALF, Rational.of(3))));
    }

    /** Some of the last nodes of a random sequence of operations on earlier ones. */
    List<Expr> draw(int operations) {
        for (int k = 0; k < operations; k++) {
            Expr next = next();
            if (next.shape().rank() <= 4) {
                pool.add(next);
            }
        }
        return List.of(pool.getLast(), pick(), pool.get(pool.size() - 2));
    }

    private Expr pick() {
        int recent = random.nextInt(2) == 0 ? Math.max(0, pool.size() - 6) : 0;
        return pool.get(random.nextInt(recent, pool.size()));
    }

    private Expr next() {
        Expr x = pick();
        int rank = x.shape().rank();
        return switch (random.nextInt(rational ? 14 : 16)) {
            case 0, 1 -> {
                List<ScalarFunction> functions = rational ? RATIONAL : TOTAL;
                yield functions.get(random.nextInt(functions.size())).apply(x);
            }
            case 2 -> Linear.of(x.shape(), List.of(x, sameShape(x), Contraction.ones(x.shape())),
                    List.of(Rational.of(2), Rational.of(-1, 3), Rational.of(random.nextInt(3))));
            case 3, 4, 5 -> contraction();
            case 6 -> Where.of(Functions.LESS.apply(x, sameShape(x)), x, sameShape(x).negate());
            case 7 -> rank == 0 ? x.times(x) : reduction(x, rank);
            case 8 -> rank == 0 ? x.negate() : window(x, rank, false);
            case 9 -> rank == 0 ? x.negate() : window(x, rank, true);
            case 10 ->
                rank == 0 ? x.plus(Constant.ONE) : Concatenation.of(List.of(x, sameShape(x)), random.nextInt(rank));
            case 11 -> rank == 2 ? Reshape.of(x, Shape.of(x.shape().count())) : Detach.of(x);
            case 12 -> matrix();
            case 13 -> Functions.MAXIMUM.apply(x, sameShape(x));
            default -> exponential(x, rank);
        };
    }

    /** The forms that plans rewrite, as they are typed. */
    private Expr exponential(Expr x, int rank) {
        Expr exp = Functions.EXP.apply(Functions.TANH.apply(x));
        Expr other = Functions.EXP.apply(Functions.ATAN.apply(sameShape(x)));
        int[] axes = IntStream.range(0, rank).filter(axis -> random.nextBoolean()).toArray();
        return switch (random.nextInt(7)) {
            case 0 -> Functions.LOG.apply(Tensors.sum(exp, axes, random.nextBoolean()));
            case 1 -> exp.dividedBy(Tensors.sum(exp, axes, true));
            case 2 -> Functions.LOG.apply(exp.times(random.nextInt(1, 3)).plus(other).plus(Constant.HALF));
            case 3 -> exp.times(2).plus(other).minus(Constant.of(random.nextInt(1, 4)));
            case 4 -> Functions.LOG.apply(Constant.ONE.minus(Functions.SIGMOID.apply(Functions.TANH.apply(x))));
            case 5 -> Functions.LOG.apply(Tensors.mean(exp, axes, random.nextBoolean()));
            default -> Functions.LOG.apply(exp.dividedBy(Tensors.sum(exp, axes, true).pow(2)).times(exp));
        };
    }

    private Expr sameShape(Expr x) {
        List<Expr> same = pool.stream().filter(y -> y.shape().equals(x.shape())).toList();
        return same.get(random.nextInt(same.size()));
    }

    /** Up to three factors whose axes share indices at random where their sizes agree; some indices are kept. */
    private Expr contraction() {
        int count = random.nextInt(1, 4);
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        List<Size> sizes = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Expr factor = pick();
            int[] own = new int[factor.shape().rank()];
            for (int axis = 0; axis < own.length; axis++) {
                Size size = factor.shape().get(axis);
                int[] fitting = IntStream.range(0, sizes.size()).filter(l -> sizes.get(l).equals(size)).toArray();
                if (fitting.length > 0 && random.nextInt(4) > 0) {
                    own[axis] = fitting[random.nextInt(fitting.length)];
                } else {
                    own[axis] = sizes.size();
                    sizes.add(size);
                }
            }
            factors.add(factor);
            labels.add(own);
        }
        List<Integer> kept = new ArrayList<>(IntStream.range(0, sizes.size()).filter(l -> random.nextInt(2) == 0)
                .limit(3).boxed().toList());
        java.util.Collections.shuffle(kept, random);
        if (random.nextInt(4) == 0) {
            kept.add(sizes.size());
            sizes.add(Size.symbol("k"));
        }
        return Contraction.of(factors, labels, kept.stream().mapToInt(l -> l).toArray(),
                Shape.of(kept.stream().map(sizes::get).toList()));
    }

    private Expr reduction(Expr x, int rank) {
        Reduction.Operation[] operations = Reduction.Operation.values();
        Reduction.Operation operation = operations[random.nextInt(operations.length)];
        if (operation == Reduction.Operation.LOG_SUM_EXP && rational) {
            operation = Reduction.Operation.MAX;
        }
        int[] axes = IntStream.range(0, rank).filter(axis -> random.nextBoolean()).toArray();
        return Reduction.of(operation, x, axes);
    }

    /** Patches of length 2 along one axis, with stride, padding and boundary at random; or their fold. */
    private Expr window(Expr x, int rank, boolean fold) {
        int axis = random.nextInt(rank);
        boolean circular = random.nextBoolean();
        List<Size> window = new ArrayList<>(x.shape().sizes());
        window.add(Size.of(2));
        List<List<Integer>> strides = new ArrayList<>();
        List<Size> offsets = new ArrayList<>();
        int step = random.nextInt(-1, 3);
        int dilation = random.nextInt(1, 3);
        for (int d = 0; d < rank; d++) {
            Integer[] row = new Integer[rank + 1];
            java.util.Arrays.fill(row, 0);
            row[d] = d == axis ? step : 1;
            row[rank] = d == axis ? dilation : 0;
            strides.add(List.of(row));
            offsets.add(d == axis ? Size.of(random.nextInt(-2, 2)) : Size.ZERO);
        }
        Window.Access access = new Window.Access(x.shape(), Shape.of(window), strides, offsets, circular);
        Expr gathered = Window.gather(x, access);
        return fold ? Window.fold(gathered.times(gathered), access) : gathered;
    }

    /** The inverse or a determinant of I + C∘C, or of I + x yᵀ small. */
    private Expr matrix() {
        Expr c = pool.stream().filter(y -> y.shape().equals(Shape.of("n", "n"))).findFirst().orElseThrow();
        Expr shifted = Delta.of(Size.symbol("n")).times(7).plus(c);
        MatrixFunction.Operation operation = random.nextBoolean() ? MatrixFunction.Operation.INVERSE
                : rational || random.nextBoolean() ? MatrixFunction.Operation.DETERMINANT
                        : MatrixFunction.Operation.LOG_DETERMINANT;
        return MatrixFunction.of(operation, shifted);
    }
}
