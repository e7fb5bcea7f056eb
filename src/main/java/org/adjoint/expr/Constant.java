package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number, or a dense tensor of numbers of integer sizes, in row-major order. Numbers are exact rationals; a constant
 * made from floating-point data remembers that it was, since claims about data are never proved.
 */
public final class Constant extends Leaf {
    private static final long DATA = Digest.hash("data");
    private static final long EXACT = Digest.hash("constant");

    /** Small whole numbers, which occur in almost every derivative, are not looked up. */
    private static final int LARGEST_SMALL = 16;
    private static final @Nullable Constant[] SMALL = new Constant[2 * LARGEST_SMALL + 1];

    public static final Constant ZERO = of(Rational.ZERO);
    public static final Constant ONE = of(Rational.ONE);
    public static final Constant TWO = of(Rational.TWO);
    public static final Constant HALF = of(Rational.HALF);

    private final Rational[] values;
    private final boolean data;

    private Constant(Shape shape, Rational[] values, boolean data) {
        super(shape, digest(values, data));
        this.values = values;
        this.data = data;
    }

    private static Digest digest(Rational[] values, boolean data) {
        Digest digest = new Digest(data ? DATA : EXACT);
        for (Rational value : values) {
            digest.add(value);
        }
        return digest;
    }

    public static Constant of(Rational value) {
        long number = value.fitsLong() ? value.longValueExact() : Long.MAX_VALUE;
        if (number < -LARGEST_SMALL || number > LARGEST_SMALL) {
            return make(value);
        }
        int place = (int) number + LARGEST_SMALL;
        Constant known = SMALL[place];
        if (known == null) {
            known = make(value);
            SMALL[place] = known;
        }
        return known;
    }

    private static Constant make(Rational value) {
        return Interner.intern(new Constant(Shape.SCALAR, new Rational[] {value}, false));
    }

    public static Constant of(long value) {
        return of(Rational.of(value));
    }

    /**
     * An exact tensor.
     *
     * @throws ShapeError when the shape is symbolic or does not hold that many values
     */
    public static Constant of(Shape shape, List<Rational> values) {
        return make(shape, values.toArray(new Rational[0]), false);
    }

    /** Floating-point data, row-major; the values are copied. */
    public static Constant data(Shape shape, double... values) {
        Rational[] exact = new Rational[values.length];
        for (int i = 0; i < values.length; i++) {
            exact[i] = Rational.ofDouble(values[i]);
        }
        return make(shape, exact, true);
    }

    private static Constant make(Shape shape, Rational[] values, boolean data) {
        if (!shape.isConcrete() || shape.count().value() != values.length) {
            throw new ShapeError("a constant of shape " + shape + " cannot hold " + values.length + " values");
        }
        Budget.current().checkEntries(values.length);
        return Interner.intern(new Constant(shape, values, data));
    }

    /** Whether the numbers came from floating-point data. */
    public boolean isData() {
        return data;
    }

    /** The number, of a scalar. */
    public Rational value() {
        if (values.length != 1) {
            throw new IllegalStateException("a constant of shape " + shape() + " is not one number");
        }
        return values[0];
    }

    public List<Rational> values() {
        return List.of(values);
    }

    public Rational value(int flatIndex) {
        return values[flatIndex];
    }

    /** This constant with every entry multiplied. */
    Constant scaled(Rational factor) {
        List<Rational> scaled = new ArrayList<>(values.length);
        for (Rational value : values) {
            scaled.add(value.times(factor));
        }
        return make(shape(), scaled.toArray(new Rational[0]), data);
    }

    /** The sum entry by entry of two constants of one shape. */
    Constant plus(Constant other) {
        Rational[] sum = new Rational[values.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = values[i].plus(other.values[i]);
        }
        return make(shape(), sum, data || other.data);
    }

    /** Whether this is a tensor of exact zeros. */
    boolean isExactZero() {
        return !data && Arrays.stream(values).allMatch(Rational::isZero);
    }

    /** The exact number every entry of the expression is known to be, when it is a constant spread over its shape. */
    public static Optional<Rational> uniform(Expr expr) {
        return switch (expr) {
            case Constant constant when constant.shape().isScalar() && !constant.data ->
                Optional.of(constant.values[0]);
            case Linear linear when linear.termCount() == 0 -> Optional.of(Rational.ZERO);
            case Linear linear when linear.termCount() == 1 && isOnes(linear.term(0)) -> Optional
                    .of(linear.coefficient(0));
            case Contraction contraction when isOnes(contraction) -> Optional.of(Rational.ONE);
            default -> Optional.empty();
        };
    }

    private static boolean isOnes(Expr expr) {
        return expr == ONE || (expr instanceof Contraction contraction && contraction.operandCount() == 0);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Constant constant && data == constant.data && Arrays.equals(values, constant.values);
    }
}
