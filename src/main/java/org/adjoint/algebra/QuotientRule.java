package org.adjoint.algebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * {@code lt(N)·N^q = (N^(q+1) − rest·N^q)/c} for negative q, also under a bound index; and {@code N^q = N^⌊q⌋·N^(q−⌊q⌋)},
 * multiplied out, for q ≥ 1.
 */
final class QuotientRule implements Rewrite.Rule {
    static final String QUOTIENT = "sum in a denominator";
    static final String EXPAND = "powers of sums are multiplied out";
    private static final int POWER_LIMIT = 12;

    private final LeadingTerm.Cache leads;

    QuotientRule(LeadingTerm.Cache leads) {
        this.leads = leads;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            Factor power = factors.get(k);
            if (!(power.base() instanceof Linear sum) || sum.termCount() < 2) {
                continue;
            }
            Optional<Rewrite> found = power.exponent().compareTo(Rational.ONE) >= 0 ? expanded(factors, k)
                    : power.exponent().signum() < 0 ? divided(factors, k, shape) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Rewrite> expanded(List<Factor> factors, int k) {
        Factor power = factors.get(k);
        if (power.exponent().compareTo(Rational.of(POWER_LIMIT + 1)) >= 0) {
            return Optional.empty();
        }
        int whole = power.exponent().floor().intValueExact();
        Rational part = power.exponent().minus(Rational.of(whole));
        // One copy at a time: the others and the root stay a power, which comes here again.
        Rational others = part.plus(Rational.of(whole - 1));
        List<Factor> left = Rewrite.without(factors, k);
        if (!others.isZero()) {
            left.add(power.withExponent(others));
        }
        return Optional.of(Rewrite.of(EXPAND, left, power.base(), power.labels()));
    }

    private Optional<Rewrite> divided(List<Factor> factors, int k, Shape shape) {
        Factor power = factors.get(k);
        Expr sum = power.base();
        LeadingTerm lead = leads.of(sum).orElse(null);
        if (lead == null) {
            return Optional.empty();
        }
        int[] place = power.place().stream().mapToInt(label -> label).toArray();
        return lead.in(Rewrite.without(factors, k), place, shape.rank()).map(match -> {
            int[] axes = IntStream.range(0, sum.shape().rank()).toArray();
            Map<Expr, Rational> whole = new LinkedHashMap<>();
            whole.put(power.withExponent(power.exponent().plus(Rational.ONE)).node(), Rational.ONE);
            Expr replacement = lead.replacement(whole, power.node(), axes, axes, sum);
            return Rewrite.of(QUOTIENT, match.rest(), replacement, power.labels());
        });
    }
}
