package org.adjoint.eval;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;

/** Whether declared facts hold of exact values. */
public final class Facts {
    private Facts() {
    }

    /** Whether the fact holds of the value. Facts of functions, and distributions, hold of every value. */
    public static boolean holds(Fact fact, NumberTensor<Rational> value) {
        return switch (fact) {
            case Fact.Named named -> switch (named) {
                case SYMMETRIC -> everyMatrix(value, RationalMatrix::isSymmetric);
                case POSITIVE_DEFINITE -> everyMatrix(value, RationalMatrix::isPositiveDefinite);
                case ORTHOGONAL -> everyMatrix(value, Facts::isOrthogonal);
                case INVERTIBLE -> everyMatrix(value, m -> m.rows() == m.columns() && m.inverse().isPresent());
                case ONE_HOT -> isZeroOne(value) && rowsSumToOne(value);
                case PROBABILITY -> value.entries().stream().allMatch(x -> x.signum() > 0) && rowsSumToOne(value);
                case POSITIVE, NONZERO, INTEGER, NATURAL, PLUS_MINUS_ONE, ZERO_ONE, UNIT -> value.entries().stream()
                        .allMatch(x -> holds(fact, x));
                case LINEAR, FINITE_SUPPORT -> true;
            };
            case Fact.Interval interval -> value.entries().stream().allMatch(x -> holds(interval, x));
            case Fact.Bound bound -> value.entries().stream().allMatch(bound::admits);
            case Fact.Random random -> true;
        };
    }

    /** Whether a single entry may have the value, as far as facts about entries go. */
    static boolean holds(Fact fact, Rational x) {
        return switch (fact) {
            case Fact.Named named -> switch (named) {
                case POSITIVE -> x.signum() > 0;
                case NONZERO -> x.signum() != 0;
                case INTEGER -> x.isInteger();
                case NATURAL -> x.isInteger() && x.signum() >= 0;
                case PLUS_MINUS_ONE -> x.abs().isOne();
                case ZERO_ONE -> x.isZero() || x.isOne();
                case UNIT -> x.signum() >= 0 && x.compareTo(Rational.ONE) <= 0;
                case SYMMETRIC, POSITIVE_DEFINITE, ORTHOGONAL, INVERTIBLE, ONE_HOT, PROBABILITY, LINEAR,
                        FINITE_SUPPORT ->
                    true;
            };
            case Fact.Interval(Rational from, Rational to) -> from.compareTo(x) < 0 && x.compareTo(to) < 0;
            case Fact.Bound bound -> bound.admits(x);
            case Fact.Random random -> true;
        };
    }

    /** Whether the fact is about every entry on its own. */
    public static boolean isEntrywise(Fact fact) {
        return !(fact instanceof Fact.Named named) || switch (named) {
            case SYMMETRIC, POSITIVE_DEFINITE, ORTHOGONAL, INVERTIBLE, ONE_HOT, PROBABILITY -> false;
            case POSITIVE, NONZERO, INTEGER, NATURAL, PLUS_MINUS_ONE, ZERO_ONE, UNIT, LINEAR, FINITE_SUPPORT -> true;
        };
    }

    private static boolean isOrthogonal(RationalMatrix m) {
        return m.rows() >= m.columns() ? m.transpose().times(m).isIdentity() : m.times(m.transpose()).isIdentity();
    }

    private static boolean isZeroOne(NumberTensor<Rational> value) {
        return value.entries().stream().allMatch(x -> holds(Fact.Named.ZERO_ONE, x));
    }

    private static boolean rowsSumToOne(NumberTensor<Rational> value) {
        int length = value.rank() == 0 ? 1 : value.lengths()[value.rank() - 1];
        List<Rational> entries = value.entries();
        for (int start = 0; start < entries.size(); start += length) {
            Rational sum = entries.subList(start, start + length).stream().reduce(Rational.ZERO, Rational::plus);
            if (!sum.isOne()) {
                return false;
            }
        }
        return true;
    }

    /** The last two axes are the matrix; there is one for each index of the others. */
    private static boolean everyMatrix(NumberTensor<Rational> value, Predicate<RationalMatrix> holds) {
        int rank = value.rank();
        if (rank < 2) {
            return false;
        }
        int rows = value.lengths()[rank - 2];
        int columns = value.lengths()[rank - 1];
        Rational[] entries = value.entries().toArray(Rational[]::new);
        for (int start = 0; start < entries.length; start += rows * columns) {
            Rational[] part = Arrays.copyOfRange(entries, start, start + rows * columns);
            if (!holds.test(new RationalMatrix(rows, columns, part))) {
                return false;
            }
        }
        return true;
    }

    /** The least integer greater than x. */
    static BigInteger nextInteger(Rational x) {
        return x.floor().add(BigInteger.ONE);
    }
}
