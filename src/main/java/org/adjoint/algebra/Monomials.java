package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** One term of a normal form, a flat contraction: powers of one base merge, indicators are idempotent, and so on. */
final class Monomials {
    private static final String POWERS = "powers of one base";

    private String law = POWERS;

    /** {@code base^q} as an atom; a power of a power is one power where that holds. */
    static Expr rawPower(Expr base, Rational q) {
        if (q.isOne()) {
            return base;
        }
        Factor power = Factor.split(base, new int[0]);
        return power.base() != base && power.merges(q) ? rawPower(power.base(), power.exponent().times(q))
                : Functions.POWER.apply(base, Linear.fill(base.shape(), q));
    }

    /** The law that {@link #reduce} applied last; the powers of one base, where it applied several. */
    String law() {
        return law;
    }

    /** The term in its reduced form; a coefficient may come out. */
    Expr reduce(Expr term) {
        law = POWERS;
        Factor power = Factor.split(term, new int[0]);
        Rational exponent = reducedExponent(power.base(), power.exponent());
        Expr current = term;
        if (!exponent.equals(power.exponent())) {
            current = rawPower(power.base(), exponent);
            law = lawOfFact(power.base());
        }
        for (int round = 0; round < 8; round++) {
            Expr next = current instanceof Contraction product ? reduceOnce(product) : current;
            if (next == current) {
                return next;
            }
            if (next instanceof Linear scaled && scaled.termCount() == 1) {
                return Linear.scale(scaled.coefficient(0), reduce(scaled.term(0)));
            }
            current = next;
        }
        return current;
    }

    /** The term to a power: into its factors, a sum as one, when the power is an integer or all are positive. */
    Expr power(Expr term, Rational q) {
        if (!(term instanceof Contraction product)) {
            return term == Constant.ONE ? term : rawPower(term, q);
        }
        if (product.operandCount() == 0) {
            return product;
        }
        if (!(q.isInteger() || Signs.isPositive(product))) {
            return rawPower(term, q);
        }
        List<Factor> parts = components(product);
        return rebuild(parts.stream().map(part -> rawPower(part.base(), q)).toList(),
                parts.stream().map(Factor::labels).toList(), product.shape());
    }

    /** {@code log ∏ fₖ^eₖ = Σ eₖ log fₖ} for a product of positive factors, those under one sum taken together. */
    Expr logOfProduct(Expr term, Shape shape) {
        if (!(term instanceof Contraction product) || product.operandCount() == 0) {
            return logOfFactor(term);
        }
        List<Expr> logs = new ArrayList<>();
        for (Factor part : components(product)) {
            Expr log = part.base() instanceof Contraction ? Functions.LOG.apply(part.base()) : logOfFactor(part.base());
            logs.add(Contraction.of(List.of(log), List.of(part.labels()), IntStream.range(0, shape.rank()).toArray(),
                    shape));
        }
        return Tensors.sum(logs);
    }

    /** The factors that nothing is summed over, and the others in groups that share summed indices, each group one factor. */
    private static List<Factor> components(Contraction product) {
        int rank = product.shape().rank();
        List<Factor> rest = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            rest.add(new Factor(product.operand(k), Rational.ONE, product.indices(k)));
        }
        List<Factor> parts = new ArrayList<>();
        while (!rest.isEmpty()) {
            List<Factor> group = group(rest, 0, -1, rank, Set.of());
            rest.removeAll(group);
            if (Arrays.stream(group.get(0).labels()).allMatch(label -> label < rank)) {
                parts.add(group.get(0));
                continue;
            }
            int[] output = group.stream().flatMapToInt(f -> Arrays.stream(f.labels())).filter(label -> label < rank)
                    .distinct().sorted().toArray();
            Expr part = Contraction.flattened(group.stream().map(Factor::base).toList(),
                    group.stream().map(Factor::labels).toList(), output,
                    Shape.of(Arrays.stream(output).mapToObj(product.shape()::get).toList()));
            parts.add(new Factor(part, Rational.ONE, output));
        }
        return parts;
    }

    private static Expr logOfFactor(Expr factor) {
        if (factor == Constant.ONE || (factor instanceof Contraction ones && ones.operandCount() == 0)) {
            return Linear.zero(factor.shape());
        }
        Factor split = Factor.split(factor, new int[0]);
        if (split.base() instanceof Elementwise exp && exp.function() == Functions.EXP) {
            return exp.operand(0).times(split.exponent());
        }
        return Signs.isPositive(split.base()) ? Functions.LOG.apply(split.base()).times(split.exponent())
                : Functions.LOG.apply(factor);
    }

    private static Expr rebuild(List<Expr> factors, List<int[]> labels, Shape shape) {
        return Contraction.flattened(factors, labels, IntStream.range(0, shape.rank()).toArray(), shape);
    }

    private Expr reduceOnce(Contraction product) {
        List<Factor> factors = new ArrayList<>();
        boolean changed = false;
        for (int k = 0; k < product.operandCount(); k++) {
            Factor next = Factor.split(product.operand(k), product.indices(k));
            int same = indexOf(factors, next);
            if (same < 0) {
                factors.add(next);
                continue;
            }
            changed = true;
            Factor before = factors.get(same);
            boolean indicator = Totality.isIndicator(next.base()) && before.exponent().isOne()
                    && next.exponent().isOne();
            law = indicator ? "indicator squared" : law;
            factors.set(same, new Factor(next.base(),
                    indicator ? Rational.ONE : before.exponent().plus(next.exponent()), next.labels()));
        }
        for (int k = 0; k < factors.size(); k++) {
            Factor factor = factors.get(k);
            Rational exponent = reducedExponent(factor.base(), factor.exponent());
            if (!exponent.equals(factor.exponent())) {
                factors.set(k, new Factor(factor.base(), exponent, factor.labels()));
                changed = true;
                law = lawOfFact(factor.base());
            }
        }
        if (sumToOne(factors, product)) {
            changed = true;
            law = "sum of probabilities";
        }
        if (cancelSums(factors, product)) {
            changed = true;
            law = "inner product over itself";
        }
        return changed ? assemble(factors, product.shape()) : product;
    }

    private static int indexOf(List<Factor> factors, Factor next) {
        for (int k = 0; k < factors.size(); k++) {
            if (factors.get(k).base() == next.base() && sameEntry(factors.get(k), next)) {
                return k;
            }
        }
        return -1;
    }

    /** Whether the indices agree; along an axis of size 1, where each factor has one of its own, they always do. */
    private static boolean sameEntry(Factor a, Factor b) {
        return IntStream.range(0, a.labels().length)
                .allMatch(axis -> a.labels()[axis] == b.labels()[axis] || a.base().shape().get(axis).isOne());
    }

    /** The exponent that stands for the exponent of a quantity of few values: {@code s² = 1} for ±1, {@code z² = z} for 0, 1. */
    private static Rational reducedExponent(Expr base, Rational exponent) {
        if (IndexRelation.isRelation(base) && exponent.signum() > 0) {
            return Rational.ONE;
        }
        if (!(base instanceof Variable variable)) {
            return exponent;
        }
        if (variable.is(Fact.Named.PLUS_MINUS_ONE) && exponent.isInteger()) {
            return exponent.numerator().testBit(0) ? Rational.ONE : Rational.ZERO;
        }
        boolean zeroOne = variable.is(Fact.Named.ZERO_ONE) || variable.is(Fact.Named.ONE_HOT);
        return zeroOne && exponent.signum() > 0 ? Rational.ONE : exponent;
    }

    private static String lawOfFact(Expr base) {
        return base instanceof Variable v && v.is(Fact.Named.PLUS_MINUS_ONE) ? "square of a sign"
                : base instanceof Variable v && v.is(Fact.Named.ONE_HOT) ? "square of one-hot"
                        : "square of a zero-one";
    }

    private static Expr assemble(List<Factor> factors, Shape shape) {
        List<Expr> nodes = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (Factor factor : factors) {
            // A factor that cancelled keeps its indices, so that a sum over it still counts its size.
            nodes.add(factor.exponent().isZero() ? Contraction.ones(factor.base().shape())
                    : rawPower(factor.base(), factor.exponent()));
            labels.add(factor.labels());
        }
        return rebuild(nodes, labels, shape);
    }

    /** A probability vector whose last index is summed and occurs nowhere else adds up to one. */
    private static boolean sumToOne(List<Factor> factors, Contraction product) {
        for (int k = 0; k < factors.size(); k++) {
            Factor factor = factors.get(k);
            int last = factor.labels().length - 1;
            if (last < 0 || !factor.exponent().isOne() || !(factor.base() instanceof Variable variable)
                    || !(variable.is(Fact.Named.PROBABILITY) || variable.is(Fact.Named.ONE_HOT))
                    || factor.labels()[last] < product.shape().rank()
                    || occurrences(factors, factor.labels()[last]) != 1) {
                continue;
            }
            Shape kept = factor.base().shape().slice(0, last);
            factors.set(k, new Factor(Contraction.ones(kept), Rational.ONE, Arrays.copyOf(factor.labels(), last)));
            return true;
        }
        return false;
    }

    private static long occurrences(List<Factor> factors, int label) {
        return factors.stream().flatMapToInt(f -> Arrays.stream(f.labels())).filter(each -> each == label).count();
    }

    /** A group of factors tied together by summed indices that is the base of another factor's power merges with it. */
    private static boolean cancelSums(List<Factor> factors, Contraction product) {
        int rank = product.shape().rank();
        for (int p = 0; p < factors.size(); p++) {
            Factor power = factors.get(p);
            if (!(power.base() instanceof Contraction sum) || sum.summedCount() == 0
                    || distinct(power.labels()) < power.labels().length) {
                continue;
            }
            for (int start = 0; start < factors.size(); start++) {
                Set<Integer> own = new TreeSet<>();
                Arrays.stream(power.labels()).forEach(own::add);
                List<Factor> group = group(factors, start, p, rank, own);
                if (group.isEmpty() || !matches(group, power, sum.shape(), rank)) {
                    continue;
                }
                factors.set(p, new Factor(power.base(), power.exponent().plus(Rational.ONE), power.labels()));
                factors.removeAll(group);
                return true;
            }
        }
        return false;
    }

    private static long distinct(int[] labels) {
        return Arrays.stream(labels).distinct().count();
    }

    /** The factors connected to the first by summed indices that are not the power's own. */
    private static List<Factor> group(List<Factor> factors, int start, int power, int rank, Set<Integer> own) {
        List<Factor> group = new ArrayList<>();
        if (start == power) {
            return group;
        }
        group.add(factors.get(start));
        for (int k = 0; k < group.size(); k++) {
            for (int label : group.get(k).labels()) {
                if (label < rank || own.contains(label)) {
                    continue;
                }
                for (int f = 0; f < factors.size(); f++) {
                    Factor other = factors.get(f);
                    boolean tied = Arrays.stream(other.labels()).anyMatch(each -> each == label);
                    if (tied && f == power) {
                        return List.of();
                    }
                    if (tied && !group.contains(other)) {
                        group.add(other);
                    }
                }
            }
        }
        return group;
    }

    private static boolean matches(List<Factor> group, Factor power, Shape shape, int rank) {
        List<Expr> nodes = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        Set<Integer> present = new TreeSet<>();
        for (Factor factor : group) {
            nodes.add(rawPower(factor.base(), factor.exponent()));
            labels.add(factor.labels());
            Arrays.stream(factor.labels()).forEach(present::add);
        }
        // An output index that is not the power's own is not summed in the term, so it must not be in the sum either.
        for (int label : present) {
            if (label < rank && Arrays.stream(power.labels()).noneMatch(own -> own == label)) {
                return false;
            }
        }
        for (int axis = 0; axis < power.labels().length; axis++) {
            Size size = shape.get(axis);
            if (!size.isOne() && !present.contains(power.labels()[axis])) {
                return false;
            }
        }
        return Contraction.flattened(nodes, labels, power.labels(), shape) == power.base();
    }
}
