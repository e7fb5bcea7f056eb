package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/** A factor {@code base^exponent} of a product, with the index of each of its axes. */
record Factor(Expr base, Rational exponent, int[] labels) {

    /** Above the indices of any term. */
    private static final int UNIT_LABELS = 500;

    /** The factors of one term; its own axes are the indices 0, 1, … of what is no product. */
    static List<Factor> of(Expr term) {
        if (!(term instanceof Contraction product)) {
            return List.of(split(term, IntStream.range(0, term.shape().rank()).toArray()));
        }
        List<Factor> factors = new ArrayList<>(product.operandCount());
        for (int k = 0; k < product.operandCount(); k++) {
            factors.add(split(product.operand(k), product.indices(k)));
        }
        return factors;
    }

    static Factor split(Expr factor, int[] labels) {
        if (factor instanceof Elementwise f && f.function() == Functions.SQRT) {
            return new Factor(f.operand(0), Rational.HALF, labels);
        }
        if (factor instanceof Elementwise f && f.function() == Functions.POWER) {
            Rational exponent = Constant.uniform(f.operand(1)).orElse(null);
            if (exponent != null) {
                Factor inner = split(f.operand(0), labels);
                return inner.merges(exponent) ? new Factor(inner.base, inner.exponent.times(exponent), labels)
                        : new Factor(f.operand(0), exponent, labels);
            }
        }
        return new Factor(factor, Rational.ONE, labels);
    }

    /** {@code (yᵃ)^q = y^(aq)} wherever both are real, but for an even a under a root, as {@code √(y²) = |y|}. */
    boolean merges(Rational q) {
        boolean even = exponent.isInteger() && !exponent.numerator().testBit(0);
        return !even || q.isInteger() || Signs.isPositive(base);
    }

    /** The factor as an expression of the shape of its base. */
    Expr node() {
        return exponent.isZero() ? Contraction.ones(base.shape()) : Monomials.rawPower(base, exponent);
    }

    Factor withExponent(Rational other) {
        return new Factor(base, other, labels);
    }

    boolean isSize() {
        return base instanceof Dimension;
    }

    /** Whether no index of the factor is summed over; along an axis of size 1 none ever is. */
    boolean isFree(int rank) {
        return IntStream.range(0, labels.length)
                .allMatch(axis -> labels[axis] < rank || base.shape().get(axis).isOne());
    }

    /** The factor with indices for its axes of size 1 that no other axis has. */
    Factor withFreshUnits() {
        int[] place = labels.clone();
        for (int axis = 0; axis < place.length; axis++) {
            if (base.shape().get(axis).isOne()) {
                place[axis] = UNIT_LABELS + axis;
            }
        }
        return new Factor(base, exponent, place);
    }

    boolean uses(int label) {
        return Arrays.stream(labels).anyMatch(each -> each == label);
    }

    /** The indices with those of axes of size 1, which mean nothing, made equal. */
    List<Integer> place() {
        List<Integer> place = new ArrayList<>(labels.length);
        for (int axis = 0; axis < labels.length; axis++) {
            place.add(base.shape().get(axis).isOne() ? -1 : labels[axis]);
        }
        return place;
    }

    /** The product of the factors as one flat contraction. */
    static Expr product(List<Factor> factors, Shape shape) {
        return Contraction.flattened(factors.stream().map(Factor::node).toList(),
                factors.stream().map(Factor::labels).toList(), IntStream.range(0, shape.rank()).toArray(), shape);
    }
}
