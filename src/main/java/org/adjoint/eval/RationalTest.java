package org.adjoint.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/**
 * Two rational expressions at random points of a prime field. With different values they differ, as rational functions and so
 * on every open set. With equal values a difference whose numerator has degree d was missed with probability at most
 * {@code d/p} at each point (Schwartz, Fast probabilistic algorithms for verification of polynomial identities, J. ACM 27,
 * 1980, Lemma 1); that is never a proof.
 */
public final class RationalTest {
    private static final int SIZES = 3;

    /**
     * What was seen.
     *
     * @param differ  whether some point tells the two apart
     * @param points  at how many points, at the sizes with the fewest of them, both had a value
     * @param degree  a bound on the degree of the numerator of their difference, at all of the sizes
     */
    public record Outcome(boolean differ, int points, double degree) {
        /** {@code log₂ (d/p)^points}: how likely it is that two that differ at these sizes agree at so many points. */
        public double logOfError() {
            return points * (Math.log(Math.max(1, degree)) / Math.log(2) - 61);
        }
    }

    /** A bound on the degrees of the numerators and the denominators of all entries. */
    private record Degree(double above, double below) {
        static final Degree ZERO = new Degree(0, 0);

        Degree plus(Degree other) {
            return new Degree(Math.max(above + other.below, other.above + below), below + other.below);
        }

        Degree times(Degree other) {
            return new Degree(above + other.above, below + other.below);
        }

        /** A sum of so many terms, each with a denominator of its own. */
        Degree summed(double terms) {
            return new Degree(above + Math.max(0, terms - 1) * below, terms * below);
        }

        Degree power(double exponent) {
            return exponent < 0 ? new Degree(-exponent * below, -exponent * above)
                    : new Degree(exponent * above, exponent * below);
        }

        /** All entries over one denominator; then n rows in each product of the determinant. */
        Degree determinant(double n) {
            double common = n * n * below;
            return new Degree(n * (above + common), n * common);
        }

        Degree most(Degree other) {
            return new Degree(Math.max(above, other.above), Math.max(below, other.below));
        }
    }

    private RationalTest() {
    }

    /** What random points say; nothing where a side is no rational function of variables that are free, or has no value. */
    public static Optional<Outcome> of(Expr a, Expr b, int points, long seed) {
        List<Expr> nodes = Walk.postorder(List.of(a, b));
        if (!nodes.stream().allMatch(RationalTest::isRational)) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed);
        int fewest = Integer.MAX_VALUE;
        double degree = 0;
        for (Sizes sizes : new Sampler(seed).sizes(List.of(a, b), SIZES)) {
            int seen = 0;
            for (int k = 0; k < points; k++) {
                Optional<Boolean> same = same(a, b, nodes, sizes, random);
                if (same.isPresent() && !same.get()) {
                    return Optional.of(new Outcome(true, 1, 0));
                }
                seen += same.isPresent() ? 1 : 0;
            }
            fewest = Math.min(fewest, seen);
            degree = Math.max(degree, degree(nodes, a, b, sizes));
        }
        return fewest == 0 || fewest == Integer.MAX_VALUE ? Optional.empty()
                : Optional.of(new Outcome(false, fewest, degree));
    }

    private static Optional<Boolean> same(Expr a, Expr b, List<Expr> nodes, Sizes sizes, SplittableRandom random) {
        Map<Variable, NumberTensor<Long>> values = new HashMap<>();
        for (Expr node : nodes) {
            if (node instanceof Variable variable) {
                values.put(variable, drawn(variable, sizes, random));
            }
        }
        try {
            List<NumberTensor<Long>> sides = new Evaluator<>(new PrimeField(), sizes).evaluate(List.of(a, b), values);
            for (int k = 0; k < sides.get(0).count(); k++) {
                if (!sides.get(0).isDefined(k) || !sides.get(1).isDefined(k)) {
                    return Optional.empty();
                }
            }
            return Optional.of(sides.get(0).entries().equals(sides.get(1).entries()));
        } catch (ArithmeticException noValue) {
            return Optional.empty();
        }
    }

    private static NumberTensor<Long> drawn(Variable variable, Sizes sizes, SplittableRandom random) {
        int[] shape = sizes.of(variable.shape());
        int count = Layout.count(shape);
        List<Long> entries = new ArrayList<>(count);
        boolean symmetric = variable.is(Fact.Named.SYMMETRIC) || variable.is(Fact.Named.POSITIVE_DEFINITE);
        for (int k = 0; k < count; k++) {
            int row = symmetric ? k / shape[1] : 0;
            int column = symmetric ? k % shape[1] : 0;
            entries.add(column < row ? entries.get(column * shape[1] + row)
                    : Long.valueOf(random.nextLong(PrimeField.PRIME)));
        }
        return NumberTensor.of(shape, entries);
    }

    // ---- rational functions, and their degrees

    /** Whether the node makes rational functions of rational functions, of variables that fill an open set. */
    private static boolean isRational(Expr node) {
        return switch (node) {
            case Variable variable -> variable.facts().stream().allMatch(RationalTest::isOpen);
            case Constant constant -> !constant.isData();
            case Elementwise map -> map.function() == Functions.POWER && exponent(map).isPresent();
            case MatrixFunction function -> function.operation() == MatrixFunction.Operation.INVERSE
                    || function.operation() == MatrixFunction.Operation.DETERMINANT;
            case Dimension size -> true;
            case Range range -> true;
            case Delta delta -> true;
            case Linear linear -> true;
            case Contraction contraction -> true;
            case Window window -> true;
            case Reshape reshape -> true;
            case Concatenation concatenation -> true;
            case Detach detach -> true;
            case Reduction reduction -> false;
            case Where where -> false;
            case Application application -> false;
        };
    }

    private static boolean isOpen(Fact fact) {
        return fact instanceof Fact.Interval || fact == Fact.Named.POSITIVE || fact == Fact.Named.NONZERO
                || fact == Fact.Named.INVERTIBLE || fact == Fact.Named.SYMMETRIC || fact == Fact.Named.POSITIVE_DEFINITE
                || fact == Fact.Named.UNIT;
    }

    /** A small integer. */
    private static Optional<Double> exponent(Elementwise power) {
        return Constant.uniform(power.operand(1)).filter(Rational::isInteger).map(Rational::toDouble)
                .filter(e -> Math.abs(e) <= 64);
    }

    private static double degree(List<Expr> nodes, Expr a, Expr b, Sizes sizes) {
        NodeMap<Degree> degrees = new NodeMap<>();
        nodes.forEach(node -> degrees.put(node, degree(node, degrees, sizes)));
        return get(degrees, a).plus(get(degrees, b)).above();
    }

    private static Degree get(NodeMap<Degree> degrees, Expr node) {
        Degree degree = degrees.get(node);
        return degree == null ? Degree.ZERO : degree;
    }

    private static Degree degree(Expr node, NodeMap<Degree> degrees, Sizes sizes) {
        Degree product = Degree.ZERO;
        Degree sum = Degree.ZERO;
        Degree most = Degree.ZERO;
        for (Expr operand : node.operands()) {
            Degree degree = get(degrees, operand);
            product = product.times(degree);
            sum = sum.plus(degree);
            most = most.most(degree);
        }
        return switch (node) {
            case Variable variable -> new Degree(1, 0);
            case Linear linear -> sum;
            case Contraction contraction -> {
                double terms = 1;
                for (Size size : contraction.indexSizes().subList(contraction.shape().rank(),
                        contraction.indexCount())) {
                    terms *= sizes.of(size);
                }
                yield product.summed(terms);
            }
            case Elementwise map -> get(degrees, map.operand(0)).power(exponent(map).orElse(1.0));
            case MatrixFunction function -> {
                double n = sizes.of(function.operand(0).shape().get(0));
                Degree determinant = most.determinant(n);
                yield function.operation() == MatrixFunction.Operation.DETERMINANT ? determinant
                        : most.determinant(n - 1).times(determinant.power(-1));
            }
            case Window window ->
                window.isFold() ? most.summed(Layout.count(sizes.of(window.operand(0).shape()))) : most;
            default -> most;
        };
    }
}
