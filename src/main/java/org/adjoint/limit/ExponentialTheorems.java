package org.adjoint.limit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Functions of one sum of exponentials {@code Z = Σ u exp(φ g)}, u ≥ 0: {@code log(a Z)/φ}, {@code (a Z)^(1/φ)} and
 * {@code u exp(φ g)/Z}, as φ → ±∞ and as φ → 0.
 */
final class ExponentialTheorems {
    private final EntryForm entries;
    private final Question question;
    private final Variable symbol;
    private final Entry.ExponentialSum sum;

    ExponentialTheorems(EntryForm entries, Question question, Variable symbol, Entry.ExponentialSum sum) {
        this.entries = entries;
        this.question = question;
        this.symbol = symbol;
        this.sum = sum;
    }

    /** The theorem that gives the limit of the form, if one does. */
    Optional<NamedLimit.Claim> claim() {
        if (!sum.isSimple() || !entries.symbols().isNonNegative(sum.weight())) {
            return Optional.empty();
        }
        return Rate.limit(sum.rate(), question).flatMap(limit -> switch (limit) {
            case Extended.Infinite(int sign) -> large(sign);
            case Extended.Finite(Expr at) -> Linear.isZero(at)
                    ? small().map(claim -> claim.on(List.copyOf(entries.symbols().conditions())))
                    : Optional.empty();
        });
    }

    /** Whether both are equal, by a proof; values that differ say quickly that there is none. */
    private static boolean equal(Expr a, Expr b) {
        return a == b || (!SamplePoint.differ(a, b) && Equality.prove(a, b).isPresent());
    }

    private Expr total() {
        return entries.symbols().sum(sum.weight(), sum.bound(), entries.sizes());
    }

    /** {@code log(a·x)/φ}, without the ones. */
    private static Expr logOver(Expr a, Expr x, Expr rate) {
        Expr product = a.times(x);
        Expr inverse = Tensors.reciprocal(a);
        Expr log = product == Constant.ONE ? Constant.ZERO
                : x == Constant.ONE && isReciprocal(a) ? Functions.LOG.apply(inverse).negate()
                        : Functions.LOG.apply(product);
        return over(log, rate);
    }

    private static boolean isReciprocal(Expr a) {
        return a instanceof Elementwise power && power.function() == Functions.POWER
                && power.operand(1) == Constant.of(-1);
    }

    /** {@code x/φ}, which is {@code x·t} for {@code φ = 1/t}. */
    private static Expr over(Expr x, Expr rate) {
        if (isReciprocal(rate)) {
            return x.times(rate.operand(0));
        }
        if (rate instanceof Linear scaled && scaled.termCount() == 1 && isReciprocal(scaled.term(0))) {
            return x.times(scaled.term(0).operand(0)).times(scaled.coefficient(0).inverse());
        }
        return x.dividedBy(rate);
    }

    /** The factors by which the sum may be multiplied: none, and the one that makes a mean of it. */
    private Set<Expr> factors() {
        Set<Expr> factors = new LinkedHashSet<>(List.of(Constant.ONE, Tensors.reciprocal(total())));
        for (Expr node : Walk.postorder(entries.form())) {
            Expr rest = rest(node);
            if (rest != Constant.ONE && !Walk.variables(rest).contains(question.v())
                    && !Walk.variables(rest).contains(symbol) && entries.symbols().isPositive(rest)) {
                factors.add(rest);
            }
        }
        return factors;
    }

    /** What the sum is multiplied by in a product. */
    private Expr rest(Expr node) {
        Expr rest = Constant.ONE;
        Expr product = node;
        if (product instanceof Linear scaled && scaled.termCount() == 1) {
            rest = Constant.of(scaled.coefficient(0));
            product = scaled.term(0);
        }
        if (product == symbol) {
            return rest;
        }
        if (!(product instanceof Contraction several) || !several.operands().contains(symbol)) {
            return Constant.ONE;
        }
        for (Expr factor : several.operands()) {
            rest = factor == symbol ? rest : rest.times(factor);
        }
        return rest;
    }

    // ---- φ → ±∞

    private Optional<NamedLimit.Claim> large(int sign) {
        Expr form = entries.form();
        Expr rate = sum.rate().times(sign);
        NearTarget near = new NearTarget(entries, question);
        NearTarget.Peak peak = near.peak(sum.exponent().times(sign), sum.bound());
        Expr ties = near.weight(sum.weight(), peak, sum.bound());
        // Zeros are the smallest among numbers that are not negative, and do not matter where the largest counts.
        boolean zerosVanish = sum.exponent().times(sign) instanceof Elementwise log && log.function() == Functions.LOG;
        List<Relation> conditions = new ArrayList<>(zerosVanish ? List.of() : entries.symbols().conditions());
        if (!entries.symbols().isPositive(sum.weight())) {
            if (!entries.symbols().labels(ties).isEmpty()) {
                return Optional.empty();
            }
            conditions.add(new Relation(ties, Relation.Op.GREATER, Constant.ZERO));
        }
        Expr least = sum.weight() == Constant.ONE ? Constant.ONE : ties;
        for (Expr a : factors()) {
            Expr below = logOver(a, least, rate);
            Expr above = logOver(a, total(), rate);
            Expr log = over(Functions.LOG.apply(a.times(symbol)), rate);
            for (int c : new int[] {1, -1}) {
                if (equal(form, log.times(c))) {
                    NamedLimit theorem = sum.weight() == Constant.ONE && a == Constant.ONE ? LimitTable.LOG_SUM_EXP
                            : LimitTable.WEIGHTED_LOG_SUM_EXP;
                    Expr value = peak.value().times(c);
                    return Optional.of(claim(theorem, rate, peak.value(), total(), value,
                            value.plus((c > 0 ? below : above).times(c)), value.plus((c > 0 ? above : below).times(c)),
                            ties).on(conditions));
                }
                Expr power = a.times(symbol).pow(Tensors.reciprocal(rate).times(c));
                if (equal(form, power)) {
                    Expr value = exp(peak.value().times(c));
                    return Optional.of(claim(LimitTable.POWER_MEAN, rate, peak.value(), total(), value,
                            value.times(exp((c > 0 ? below : above).times(c))),
                            value.times(exp((c > 0 ? above : below).times(c))), ties).on(conditions));
                }
            }
        }
        return softmaxLarge(rate, peak, ties).map(claim -> claim.on(conditions));
    }

    /** The entry of the softmax whose index is a free label in place of the bound one. */
    private Optional<Integer> softmaxLabel() {
        if (sum.bound().size() != 1) {
            return Optional.empty();
        }
        Map.Entry<Integer, Size> bound = sum.bound().entrySet().iterator().next();
        for (Map.Entry<Integer, Size> free : entries.sizes().entrySet()) {
            if (free.getKey() < Entry.FIRST_BOUND && free.getValue().equals(bound.getValue())) {
                Map<Integer, Integer> names = Map.of(bound.getKey(), free.getKey());
                Expr g = entries.symbols().rename(sum.exponent(), names);
                Expr u = entries.symbols().rename(sum.weight(), names);
                if (equal(entries.form(), u.times(Functions.EXP.apply(sum.rate().times(g))).dividedBy(symbol))) {
                    return Optional.of(free.getKey());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<NamedLimit.Claim> softmaxLarge(Expr rate, NearTarget.Peak peak, Expr ties) {
        return softmaxLabel().map(label -> {
            Symbols symbols = entries.symbols();
            int bound = sum.bound().keySet().iterator().next();
            Map<Integer, Integer> names = Map.of(bound, label);
            Expr u = symbols.rename(sum.weight(), names);
            Expr at = symbols.rename(peak.attained(), names);
            int sign = rate == sum.rate() ? 1 : -1;
            Expr g = symbols.rename(sum.exponent(), names).times(sign);
            Expr off = Constant.ONE.minus(at);
            Expr decay = u.times(Functions.EXP.apply(rate.times(g.minus(peak.value()))));
            // Σ of the other terms, relative to the largest: a sum that still depends on the variable.
            Expr others = symbols.of(new Entry.Sum(
                    sum.weight().times(Constant.ONE.minus(peak.attained()))
                            .times(Functions.EXP.apply(rate.times(sum.exponent().times(sign).minus(peak.value())))),
                    sum.bound()));
            Expr value = u.times(at).dividedBy(ties);
            Expr lower = u.times(at).dividedBy(ties.plus(others));
            return claim(LimitTable.SOFTMAX, rate, peak.value(), total(), value, lower,
                    value.plus(off.times(decay).dividedBy(ties)), ties);
        });
    }

    private static Expr exp(Expr x) {
        if (x instanceof Elementwise log && log.function() == Functions.LOG) {
            return log.operand(0);
        }
        if (x instanceof Linear scaled && scaled.termCount() == 1
                && scaled.term(0) instanceof Elementwise log && log.function() == Functions.LOG) {
            return log.operand(0).pow(Constant.of(scaled.coefficient(0)));
        }
        return Linear.isZero(x) ? Constant.ONE : Functions.EXP.apply(x);
    }

    // ---- φ → 0

    private Optional<NamedLimit.Claim> small() {
        if (!entries.symbols().isPositive(total())) {
            return Optional.empty();
        }
        Expr form = entries.form();
        Expr rate = sum.rate();
        Symbols symbols = entries.symbols();
        NearTarget near = new NearTarget(entries, question);
        Expr up = near.peak(sum.exponent(), sum.bound()).value();
        Expr down = near.peak(sum.exponent().negate(), sum.bound()).value();
        Expr range = up.plus(down);
        Expr mean = symbols.sum(sum.weight().times(sum.exponent()), sum.bound(), entries.sizes()).dividedBy(total());
        Expr bound = range.pow(2).times(Rational.of(1, 8));
        Expr below = mean.minus(Functions.RELU.apply(rate.negate()).times(bound));
        Expr above = mean.plus(Functions.RELU.apply(rate).times(bound));
        Expr normal = symbol.dividedBy(total());
        Expr log = over(Functions.LOG.apply(normal), rate);
        for (int c : new int[] {1, -1}) {
            if (equal(form, log.times(c))) {
                return Optional.of(claim(LimitTable.LOG_MEAN_EXP, rate, mean, range, mean.times(c),
                        (c > 0 ? below : above).times(c), (c > 0 ? above : below).times(c), total()));
            }
            if (equal(form, normal.pow(Tensors.reciprocal(rate).times(c)))) {
                return Optional.of(claim(LimitTable.GEOMETRIC_MEAN, rate, mean, range, exp(mean.times(c)),
                        exp((c > 0 ? below : above).times(c)), exp((c > 0 ? above : below).times(c)), total()));
            }
        }
        return softmaxLabel().map(label -> {
            Expr u = symbols.rename(sum.weight(), Map.of(sum.bound().keySet().iterator().next(), label));
            Expr value = u.dividedBy(total());
            Expr spread = Functions.ABS.apply(rate).times(range);
            return claim(LimitTable.SOFTMAX_UNIFORM, rate, mean, range, value,
                    value.times(exp(spread.negate())), value.times(exp(spread)), total());
        });
    }

    /** In this order the lines of the proofs in the table number them. */
    private NamedLimit.Claim claim(NamedLimit theorem, Expr rate, Expr extreme, Expr total, Expr value,
            Expr lower, Expr upper, Expr ties) {
        Expr exponent = rate.times(extreme);
        Expr largest = Functions.EXP.apply(exponent);
        Expr least = sum.weight() == Constant.ONE ? largest : ties.times(largest);
        List<Expr> exprs = List.of(rate, extreme, total, lower, upper, upper.minus(lower), value, ties, exponent, least,
                total.times(largest));
        return new NamedLimit.Claim(theorem, value, lower, upper, exprs);
    }
}
