package org.adjoint.algebra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/**
 * {@code lt(M)·M⁻¹ = (I − rest·M⁻¹)/c} and {@code M⁻¹·lt(M) = (I − M⁻¹·rest)/c}; for a matrix that is no sum this is
 * {@code M·M⁻¹ = I}. And {@code QᵀQ = QQᵀ = I} for a square matrix that is declared orthogonal.
 */
final class InverseRule implements Rewrite.Rule {
    static final String INVERSE = "matrix times its inverse";
    static final String ORTHOGONAL = "orthogonal matrix";

    private final LeadingTerm.Cache leads;
    private final Symmetry symmetry;

    InverseRule(LeadingTerm.Cache leads, Symmetry symmetry) {
        this.leads = leads;
        this.symmetry = symmetry;
    }

    static boolean isInverse(Expr expr) {
        return expr instanceof MatrixFunction f && f.operation() == MatrixFunction.Operation.INVERSE;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            Factor factor = factors.get(k);
            if (!factor.exponent().isOne() || factor.labels().length != 2) {
                continue;
            }
            Optional<Rewrite> found = isInverse(factor.base()) ? cancelled(factors, k, shape)
                    : isOrthogonal(factor.base()) ? orthogonal(factors, k, shape) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Rewrite> cancelled(List<Factor> factors, int k, Shape shape) {
        Factor inverse = factors.get(k);
        Expr matrix = inverse.base().operand(0);
        LeadingTerm lead = leads.of(matrix).orElse(null);
        Size n = matrix.shape().get(0);
        if (lead == null || n.isOne()) {
            return Optional.empty();
        }
        List<Factor> others = Rewrite.without(factors, k);
        for (int axis = 1; axis >= 0; axis--) {
            int bound = inverse.labels()[axis];
            int kept = inverse.labels()[1 - axis];
            if (bound < shape.rank() || bound == kept) {
                continue;
            }
            // A symmetric inverse may be read either way.
            boolean both = symmetry.isSymmetric(inverse.base());
            for (boolean left : both ? new boolean[] {true, false} : new boolean[] {axis == 1}) {
                Optional<Rewrite> found = cancelled(inverse, lead, others, bound, kept, left, shape.rank());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The inverse on the left, {@code Σ_b M⁻¹[a,b]·lt[b,x]}, or on the right, {@code Σ_b lt[x,b]·M⁻¹[b,a]}. */
    private static Optional<Rewrite> cancelled(Factor inverse, LeadingTerm lead, List<Factor> others, int bound,
            int kept, boolean left, int rank) {
        Matcher.Match match = lead.in(others, left ? new int[] {bound, -1} : new int[] {-1, bound}, rank).orElse(null);
        if (match == null) {
            return Optional.empty();
        }
        int far = match.image()[left ? 1 : 0];
        boolean elsewhere = match.rest().stream().anyMatch(f -> f.uses(bound));
        if (far < 0 || far == bound || elsewhere || count(others, bound) != count(match.rest(), bound) + 1) {
            return Optional.empty();
        }
        Expr shaped = inverse.base();
        Map<Expr, Rational> whole = Map.of(Delta.of(shaped.shape().get(0)), Rational.ONE);
        Expr replacement = left ? replacement(lead, whole, shaped, new int[] {0, 2}, new int[] {2, 1})
                : replacement(lead, whole, shaped, new int[] {2, 1}, new int[] {0, 2});
        return Optional.of(Rewrite.of(INVERSE, match.rest(), replacement,
                left ? new int[] {kept, far} : new int[] {far, kept}));
    }

    private static Expr replacement(LeadingTerm lead, Map<Expr, Rational> whole, Expr inverse, int[] inversePlace,
            int[] restPlace) {
        return lead.replacement(whole, inverse, inversePlace, restPlace, inverse);
    }

    private static long count(List<Factor> factors, int label) {
        long count = 0;
        for (Factor factor : factors) {
            for (int each : factor.labels()) {
                count += each == label ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isOrthogonal(Expr base) {
        Shape shape = base.shape();
        return base instanceof Variable v && v.is(Fact.Named.ORTHOGONAL) && shape.rank() == 2
                && shape.get(0).equals(shape.get(1)) && !shape.get(0).isOne();
    }

    private static Optional<Rewrite> orthogonal(List<Factor> factors, int k, Shape shape) {
        Factor q = factors.get(k);
        for (int j = k + 1; j < factors.size(); j++) {
            Factor other = factors.get(j);
            if (other.base() != q.base() || !other.exponent().isOne()) {
                continue;
            }
            for (int axis = 0; axis < 2; axis++) {
                int bound = q.labels()[axis];
                if (bound >= shape.rank() && other.labels()[axis] == bound && count(factors, bound) == 2) {
                    Expr identity = Delta.of(q.base().shape().get(0));
                    return Optional.of(Rewrite.of(ORTHOGONAL, Rewrite.without(factors, k, j), identity,
                            new int[] {q.labels()[1 - axis], other.labels()[1 - axis]}));
                }
            }
        }
        return Optional.empty();
    }
}
