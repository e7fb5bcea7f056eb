package org.adjoint.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.adjoint.expr.Application;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.UnknownFunction;

/**
 * Unknown functions as random polynomials with their true derivatives. Each entry of the result is, with coefficients of
 * its own, a sum of ridge powers
 *
 * <pre>f(x) = Σₚ cₚ (⟨aₚ, x⟩ + bₚ)ᵖ,   ∂f/∂x_i ∂x_j … = Σₚ cₚ p (p−1) … (⟨aₚ, x⟩ + bₚ)^{p−k} aₚᵢ aₚⱼ …</pre>
 *
 * with {@code x} all entries of all arguments, p = 1 … 4, and rational coefficients that depend on the seed, the
 * function's name and the sizes only. Declared linear, only p = 1 with b = 0 is left.
 */
public final class UnknownFunctionModel implements Interpretation {
    private static final int DEGREE = 4;

    private record Key(UnknownFunction function, Sizes sizes) {
    }

    /** {@code c (⟨a, x⟩ + b)ᵖ}; {@code a} holds one array for each argument. */
    private record Ridge(int power, Rational scale, Rational shift, Rational[][] slopes) {
    }

    private final long seed;
    private final Map<Key, List<List<Ridge>>> ridges = new ConcurrentHashMap<>();

    private UnknownFunctionModel(long seed) {
        this.seed = seed;
    }

    /** The model of that seed. */
    public static UnknownFunctionModel seeded(long seed) {
        return new UnknownFunctionModel(seed);
    }

    private List<List<Ridge>> ridges(UnknownFunction function, Sizes sizes) {
        return ridges.computeIfAbsent(new Key(function, sizes), key -> draw(function, sizes));
    }

    private List<List<Ridge>> draw(UnknownFunction function, Sizes sizes) {
        Random random = new Random(seed * 31 + function.name().hashCode());
        List<List<Ridge>> all = new ArrayList<>();
        boolean linear = function.facts().contains(Fact.Named.LINEAR);
        int results = Layout.count(sizes.of(function.result()));
        for (int q = 0; q < results; q++) {
            List<Ridge> sum = new ArrayList<>();
            for (int p = 1; p <= (linear ? 1 : DEGREE); p++) {
                List<Rational[]> slopes = new ArrayList<>();
                for (Shape parameter : function.parameters()) {
                    Rational[] slope = new Rational[Layout.count(sizes.of(parameter))];
                    for (int k = 0; k < slope.length; k++) {
                        slope[k] = nonzero(random, 3);
                    }
                    slopes.add(slope);
                }
                Rational shift = linear ? Rational.ZERO : Rational.of(random.nextInt(-3, 4), 2);
                sum.add(new Ridge(p, nonzero(random, 2 * p), shift, slopes.toArray(Rational[][]::new)));
            }
            all.add(sum);
        }
        return all;
    }

    private static Rational nonzero(Random random, int denominator) {
        return Rational.of(random.nextBoolean() ? 1 : -1, random.nextInt(1, denominator + 1))
                .times(Rational.of(random.nextInt(1, 4)));
    }

    @Override
    public <T> List<T> value(Arithmetic<T> field, Application application, Sizes sizes, List<List<T>> arguments) {
        List<T> result = new ArrayList<>();
        int[] derivatives = application.derivatives();
        for (List<Ridge> sum : ridges(application.function(), sizes)) {
            List<T> powers = sum.stream().map(ridge -> power(field, ridge, derivatives.length, arguments)).toList();
            int block = block(sum.get(0), derivatives);
            for (int k = 0; k < block; k++) {
                T entry = field.of(Rational.ZERO);
                for (int p = 0; p < powers.size(); p++) {
                    if (sum.get(p).power >= derivatives.length) {
                        entry = field.add(entry,
                                field.multiply(field.of(slopes(sum.get(p), derivatives, k)), powers.get(p)));
                    }
                }
                result.add(entry);
            }
        }
        return result;
    }

    /** The k-th derivative of the outer function: {@code c p (p−1) … (⟨a, x⟩ + b)^{p−k}}. */
    private static <T> T power(Arithmetic<T> field, Ridge ridge, int order, List<List<T>> arguments) {
        if (order > ridge.power) {
            return field.of(Rational.ZERO);
        }
        T inner = field.of(ridge.shift);
        for (int j = 0; j < arguments.size(); j++) {
            for (int k = 0; k < arguments.get(j).size(); k++) {
                inner = field.add(inner, field.multiply(field.of(ridge.slopes[j][k]), arguments.get(j).get(k)));
            }
        }
        T product = field.of(outer(ridge, order));
        for (int k = order; k < ridge.power; k++) {
            product = field.multiply(product, inner);
        }
        return product;
    }

    private static Rational outer(Ridge ridge, int order) {
        Rational factor = ridge.scale;
        for (int k = 0; k < order; k++) {
            factor = factor.times(Rational.of(ridge.power - k));
        }
        return factor;
    }

    /** The number of derivatives of one entry of the result: one for each choice of entries to differentiate by. */
    private static int block(Ridge ridge, int[] derivatives) {
        int[] lengths = new int[derivatives.length];
        for (int k = 0; k < lengths.length; k++) {
            lengths[k] = ridge.slopes[derivatives[k]].length;
        }
        return Layout.count(lengths);
    }

    /** The product of the slopes of the entries that the position among the derivatives stands for. */
    private static Rational slopes(Ridge ridge, int[] derivatives, int position) {
        Rational product = Rational.ONE;
        int rest = position;
        for (int k = derivatives.length - 1; k >= 0; k--) {
            Rational[] slope = ridge.slopes[derivatives[k]];
            product = product.times(slope[rest % slope.length]);
            rest /= slope.length;
        }
        return product;
    }

    @Override
    public void value(Application application, Sizes sizes, double[][] arguments, double[] result) {
        int[] derivatives = application.derivatives();
        List<List<Ridge>> entries = ridges(application.function(), sizes);
        int position = 0;
        for (List<Ridge> sum : entries) {
            int block = block(sum.get(0), derivatives);
            for (int k = 0; k < block; k++) {
                double entry = 0;
                for (Ridge ridge : sum) {
                    if (ridge.power >= derivatives.length) {
                        entry += slopes(ridge, derivatives, k).toDouble()
                                * power(ridge, derivatives.length, arguments);
                    }
                }
                result[position++] = entry;
            }
        }
    }

    private static double power(Ridge ridge, int order, double[][] arguments) {
        double inner = ridge.shift.toDouble();
        for (int j = 0; j < ridge.slopes.length; j++) {
            for (int k = 0; k < ridge.slopes[j].length; k++) {
                inner += ridge.slopes[j][k].toDouble() * arguments[j][k];
            }
        }
        double product = outer(ridge, order).toDouble();
        for (int k = order; k < ridge.power; k++) {
            product *= inner;
        }
        return product;
    }
}
