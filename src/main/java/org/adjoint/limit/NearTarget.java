package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Sums of exponentials near the target, as expressions of the variable and of symbols.
 *
 * <p>{@code Σₖ wₖ exp(φ gₖ) = exp(φ M) (K + R exp(−δ φ))} as φ → ∞, with {@code M = max g}, {@code K = Σ w [g = M]}, δ > 0 the
 * gap to the next value and R bounded; {@code Σₖ wₖ exp(φ gₖ) = Σ_{m ≤ r} φᵐ/m! Σₖ wₖ gₖᵐ + R φ^{r+1}} as φ → 0. What is only
 * known to exist, R and δ, is hidden.
 */
final class NearTarget {
    /** The terms of a Taylor expansion that are kept, besides the constant. */
    static final int ORDER = 3;

    private final EntryForm entries;
    private final Symbols symbols;
    private final Question question;
    private final Map<Variable, Hidden> hidden = new LinkedHashMap<>();
    private final List<Relation> relations = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Variable, Expr> expanded = new LinkedHashMap<>();
    private final Map<List<Object>, Variable> gaps = new HashMap<>();

    NearTarget(EntryForm entries, Question question) {
        this.entries = entries;
        this.symbols = entries.symbols();
        this.question = question;
    }

    Map<Variable, Hidden> hidden() {
        return hidden;
    }

    /** What holds between the symbols. */
    List<Relation> relations() {
        return relations;
    }

    List<Step> steps() {
        return steps;
    }

    /** The form with every sum expanded; nothing where one of them has no expansion. */
    Optional<Expr> expand(Expr form) {
        Map<Variable, Expr> images = new LinkedHashMap<>();
        for (Variable variable : Walk.variables(form)) {
            Entry entry = symbols.entry(variable);
            if (entry == null || entry instanceof Entry.Of) {
                continue;
            }
            Optional<Expr> image = Optional.ofNullable(expanded.get(variable)).or(() -> expand(entry));
            if (image.isEmpty()) {
                return Optional.empty();
            }
            expanded.put(variable, image.get());
            images.put(variable, image.get());
        }
        return Optional.of(images.isEmpty() ? form : Substitution.of(images).apply(form));
    }

    private Optional<Expr> expand(Entry entry) {
        return switch (entry) {
            case Entry.Of of -> Optional.empty();
            case Entry.Listed listed -> Optional.empty();
            case Entry.ExponentialSum sum -> exponential(sum);
            case Entry.Sum sum -> analytic(sum);
            case Entry.Maximum max -> Optional.empty();
        };
    }

    private Optional<Expr> exponential(Entry.ExponentialSum sum) {
        if (!sum.isSimple() || Walk.variables(sum.rate()).stream().anyMatch(x -> symbols.entry(x) != null)) {
            return Optional.empty();
        }
        return Rate.limit(sum.rate(), question).map(limit -> switch (limit) {
            case Extended.Infinite(int sign) -> dominated(sum, sign);
            case Extended.Finite(Expr at) -> taylor(sum, at);
        });
    }

    // ---- φ → ±∞

    private Expr dominated(Entry.ExponentialSum sum, int sign) {
        Expr rate = sum.rate().times(sign);
        Peak peak = peak(sum.exponent().times(sign), sum.bound());
        Expr count = weight(sum.weight(), peak, sum.bound());
        Expr shown = count;
        if (count instanceof Variable symbol && symbols.entry(symbol) instanceof Entry.Of of && of.labels().isEmpty()
                && question.assumptions().relations()
                        .contains(new Relation(of.tensor(), Relation.Op.EQUAL, Constant.ONE))) {
            shown = Constant.ONE;
        } else if (sum.weight() == Constant.ONE) {
            relations.add(new Relation(count, Relation.Op.GREATER_OR_EQUAL, Constant.ONE));
        } else if (symbols.isPositive(sum.weight())) {
            relations.add(new Relation(count, Relation.Op.GREATER, Constant.ZERO));
        }
        Variable gap = gap(rate, sum.exponent().times(sign), sum.bound());
        Variable rest = symbols.fresh("rest", Set.of());
        hidden.put(gap,
                new Hidden("gap", "a positive number, by which the next largest exponent is below",
                        Optional.of(peak.value)));
        hidden.put(rest, new Hidden("rest", "a bounded factor of the other terms", Optional.empty()));
        steps.add(Step.of("dominated sum",
                "as {0} grows, the terms with the largest exponent {1} carry the sum, and the others are exponentially smaller: "
                        + "sum = exp({0} * {1}) * ({2} + exponentially small)",
                rate, peak.value, shown));
        Expr small = rest.times(Functions.EXP.apply(gap.times(rate).negate()));
        return Functions.EXP.apply(rate.times(peak.value)).times(shown.plus(small));
    }

    /** How far the next value of the exponent is below the largest: whatever the weights are. */
    private Variable gap(Expr rate, Expr exponent, Map<Integer, Size> bound) {
        Map<Integer, Integer> names = new LinkedHashMap<>();
        new TreeMap<>(bound).forEach((label, size) -> names.put(label, -1 - names.size()));
        List<Object> key = List.of(rate, symbols.rename(exponent, names), List.copyOf(new TreeMap<>(bound).values()));
        return gaps.computeIfAbsent(key, any -> symbols.fresh("gap", Set.of(Fact.Named.POSITIVE)));
    }

    /**
     * The largest value of a form over its bound labels.
     *
     * @param value   the largest value
     * @param core    what is largest, or smallest, where the form is largest
     * @param extreme the largest, or smallest, value of the core: the form is largest where {@code core = extreme}
     */
    record Peak(Expr value, Expr core, Expr extreme) {
        Expr attained() {
            return Functions.EQUAL.apply(core, extreme);
        }
    }

    /** {@code Σ w [x = M]}, where w may be written with M for x. */
    Expr weight(Expr weight, Peak peak, Map<Integer, Size> bound) {
        Expr there = Substitution.of(Map.of(peak.core, peak.extreme)).apply(weight);
        List<Expr> terms = new ArrayList<>();
        if (there instanceof Linear sum) {
            for (int k = 0; k < sum.termCount(); k++) {
                terms.add(weightOfProduct(sum.term(k), peak, bound).times(sum.coefficient(k)));
            }
        } else {
            terms.add(weightOfProduct(there, peak, bound));
        }
        return Tensors.sum(terms);
    }

    private Expr weightOfProduct(Expr product, Peak peak, Map<Integer, Size> bound) {
        List<Expr> outer = new ArrayList<>();
        List<Expr> inner = new ArrayList<>(List.of(peak.attained()));
        for (Expr factor : product instanceof Contraction several ? several.operands() : List.of(product)) {
            (isOuter(factor, bound) ? outer : inner).add(factor);
        }
        outer.add(symbols.sum(Tensors.product(inner), bound, entries.sizes()));
        return Tensors.product(outer);
    }

    /** {@code max(c·t + s) = c·max t + s}, {@code max log t = log max t}. */
    Peak peak(Expr form, Map<Integer, Size> bound) {
        List<Expr> outer = new ArrayList<>();
        List<Expr> inner = new ArrayList<>();
        if (form instanceof Linear sum) {
            for (int k = 0; k < sum.termCount(); k++) {
                Expr term = sum.term(k).times(sum.coefficient(k));
                (isOuter(term, bound) ? outer : inner).add(term);
            }
        } else {
            inner.add(form);
        }
        Expr core = Tensors.sum(inner);
        Rational factor = Rational.ONE;
        if (core instanceof Linear scaled && scaled.termCount() == 1) {
            factor = scaled.coefficient(0).abs();
            core = scaled.term(0).times(scaled.coefficient(0).signum());
        }
        Peak peak = corePeak(core, bound);
        outer.add(peak.value.times(factor));
        return new Peak(Tensors.sum(outer), peak.core, peak.extreme);
    }

    private Peak corePeak(Expr core, Map<Integer, Size> bound) {
        boolean falling = core instanceof Linear scaled && scaled.termCount() == 1;
        Expr plain = falling ? core.negate() : core;
        Optional<Expr> antilog = antilog(plain);
        if (antilog.isPresent()) {
            Peak peak = corePeak(falling ? antilog.get().negate() : antilog.get(), bound);
            Expr extreme = falling ? peak.value.negate() : peak.value;
            Expr value = Functions.LOG.apply(extreme);
            relations.add(new Relation(extreme, Relation.Op.GREATER, Constant.ZERO));
            return new Peak(falling ? value.negate() : value, peak.core, peak.extreme);
        }
        Expr max = falling && isList(bound) ? min(plain, bound).negate() : symbols.max(core, bound, entries.sizes());
        bounds(core, bound, max);
        if (symbols.isNonNegative(plain)) {
            relations.add(new Relation(falling ? max.negate() : max, Relation.Op.GREATER_OR_EQUAL, Constant.ZERO));
        }
        return new Peak(max, plain, falling ? max.negate() : max);
    }

    private boolean isList(Map<Integer, Size> bound) {
        return bound.size() == 1 && symbols.unrolled(Constant.ONE, bound.keySet().iterator().next()).isPresent();
    }

    private Expr min(Expr form, Map<Integer, Size> bound) {
        return Symbols.extreme(symbols.unrolled(form, bound.keySet().iterator().next()).orElseThrow(), -1);
    }

    /** The t of a form {@code log t}: one logarithm, or one from a list of logarithms. */
    private Optional<Expr> antilog(Expr form) {
        if (form instanceof Elementwise log && log.function() == Functions.LOG) {
            return Optional.of(log.operand(0));
        }
        if (form instanceof Variable symbol
                && symbols.entry(symbol) instanceof Entry.Listed(List<Expr> all, int label)) {
            List<Expr> arguments = new ArrayList<>();
            for (Expr scalar : all) {
                if (scalar instanceof Elementwise log && log.function() == Functions.LOG) {
                    arguments.add(log.operand(0));
                } else if (Linear.isZero(scalar)) {
                    arguments.add(Constant.ONE);
                } else {
                    return Optional.empty();
                }
            }
            return Optional.of(symbols.listed(arguments, label));
        }
        return Optional.empty();
    }

    /** {@code x[l] ≤ max x} for the labels that occur outside the sum. */
    private void bounds(Expr core, Map<Integer, Size> bound, Expr max) {
        if (bound.size() != 1) {
            return;
        }
        Map.Entry<Integer, Size> only = bound.entrySet().iterator().next();
        int label = only.getKey();
        for (Map.Entry<Integer, Size> other : entries.sizes().entrySet()) {
            if (other.getKey() < Entry.FIRST_BOUND && other.getValue().equals(only.getValue())) {
                relations.add(new Relation(symbols.rename(core, Map.of(label, other.getKey())),
                        Relation.Op.LESS_OR_EQUAL, max));
            }
        }
    }

    private boolean isOuter(Expr form, Map<Integer, Size> bound) {
        return symbols.labels(form).stream().noneMatch(bound::containsKey);
    }

    // ---- φ → a finite value

    private Expr taylor(Entry.ExponentialSum sum, Expr at) {
        Expr weight = sum.weight();
        Expr step = sum.rate();
        if (!Linear.isZero(at)) {
            weight = weight.times(Functions.EXP.apply(at.times(sum.exponent())));
            step = step.minus(at);
        }
        List<Expr> moments = new ArrayList<>();
        Rational factorial = Rational.ONE;
        for (int m = 0; m <= ORDER; m++) {
            factorial = m == 0 ? factorial : factorial.dividedBy(Rational.of(m));
            moments.add(symbols.sum(weight.times(sum.exponent().pow(m)), sum.bound(), entries.sizes())
                    .times(factorial));
        }
        return polynomial(moments, step);
    }

    /** A sum of terms that are analytic at a finite target. */
    private Optional<Expr> analytic(Entry.Sum sum) {
        if (!(question.target().at() instanceof Extended.Finite(Expr at))) {
            return Optional.empty();
        }
        return new TermTaylor(symbols, question.v(), at).coefficients(sum.term(), ORDER)
                .map(all -> polynomial(
                        all.stream().map(c -> symbols.sum(c, sum.bound(), entries.sizes())).toList(),
                        question.v().minus(at)));
    }

    private Expr polynomial(List<Expr> coefficients, Expr step) {
        List<Expr> terms = new ArrayList<>();
        for (int m = 0; m < coefficients.size(); m++) {
            terms.add(coefficients.get(m).times(step.pow(m)));
        }
        Variable rest = symbols.fresh("rest", Set.of());
        hidden.put(rest, new Hidden("rest", "a bounded factor of the remainder", Optional.empty()));
        Expr kept = Tensors.sum(terms);
        steps.add(Step.of("Taylor expansion term by term",
                "every term of the sum is expanded, and a finite sum of expansions is one: sum = {0} + O(({1})^"
                        + (ORDER + 1) + ")",
                kept, step));
        return kept.plus(rest.times(step.pow(ORDER + 1)));
    }
}
