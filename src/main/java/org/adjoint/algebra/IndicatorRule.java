package org.adjoint.algebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * {@code [N > 0][−N > 0] = 0} and {@code N·[−N > 0] = N − N·[N > 0]}: at a tie, where neither indicator is 1, N is 0. Where
 * N is divided by it is not 0, {@code N⁻¹·[−N > 0] = N⁻¹ − N⁻¹·[N > 0]}. Of the two arguments N is the one whose leading coefficient is positive.
 */
final class IndicatorRule implements Rewrite.Rule {
    static final String EXCLUSIVE = "indicators exclude each other";
    static final String COMPLEMENT = "indicator of the other sign";

    private final LeadingTerm.Cache leads;

    IndicatorRule(LeadingTerm.Cache leads) {
        this.leads = leads;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            Factor step = factors.get(k);
            if (!(step.base() instanceof Elementwise f) || f.function() != Functions.STEP
                    || !Terms.isNegative(f.operand(0))) {
                continue;
            }
            Expr positive = Linear.scale(Rational.MINUS_ONE, f.operand(0));
            Expr opposite = Functions.STEP.apply(positive);
            for (int j = 0; j < factors.size(); j++) {
                if (factors.get(j).base() == opposite && factors.get(j).place().equals(step.place())) {
                    return Optional.of(Rewrite.of(EXCLUSIVE, Rewrite.without(factors, j, k),
                            Linear.zero(opposite.shape()), step.labels()));
                }
            }
            boolean divided = step.exponent().isOne() && factors.stream().anyMatch(each -> each.exponent().signum() < 0
                    && (each.base() == positive || each.base() == f.operand(0)) && each.place().equals(step.place()));
            if (divided) {
                Expr other = Contraction.ones(opposite.shape()).minus(opposite);
                return Optional.of(Rewrite.of(COMPLEMENT, Rewrite.without(factors, k), other, step.labels()));
            }
            Optional<Rewrite> found = complement(factors, k, positive, opposite, shape);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Rewrite> complement(List<Factor> factors, int k, Expr positive, Expr opposite, Shape shape) {
        Factor step = factors.get(k);
        LeadingTerm lead = leads.of(positive).orElse(null);
        if (lead == null || !step.exponent().isOne()) {
            return Optional.empty();
        }
        int[] place = step.place().stream().mapToInt(label -> label).toArray();
        return lead.in(Rewrite.without(factors, k), place, shape.rank()).map(match -> {
            int[] axes = IntStream.range(0, positive.shape().rank()).toArray();
            Map<Expr, Rational> whole = new LinkedHashMap<>();
            Terms.of(positive).forEach((term, c) -> {
                Expr plain = Terms.shaped(term, positive.shape());
                Terms.addTo(whole, plain, c);
                Terms.addTo(whole, Contraction.flattened(List.of(plain, opposite), List.of(axes, axes), axes,
                        positive.shape()), c.negate());
            });
            return Rewrite.of(COMPLEMENT, match.rest(), lead.replacement(whole, step.base(), axes, axes, positive),
                    step.labels());
        });
    }
}
