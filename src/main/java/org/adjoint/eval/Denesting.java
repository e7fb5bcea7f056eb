package org.adjoint.eval;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/**
 * Square roots of radicals that are themselves radicals, such as √(3 + 2√2) = 1 + √2.
 *
 * <p>With a = u + v√g and c = √(u² − g v²): √a = √((u + c)/2) ± √((u − c)/2), the sign that of v. Source: Borodin, Fagin,
 * Hopcroft, Tompa, "Decreasing the nesting depth of expressions involving square roots", Journal of Symbolic
 * Computation 1 (1985).
 */
final class Denesting {

    /** A norm has one root less and its own root may bring one more; so deep is what denests in practice. */
    private static final int DEPTH = 4;

    private Denesting() {}

    /** √a for a &gt; 0, when it is found to be a sum of rational multiples of roots of integers. */
    static Optional<Radical> sqrt(Radical a) {
        return sqrt(a, DEPTH);
    }

    private static Optional<Radical> sqrt(Radical a, int depth) {
        Optional<Rational> rational = a.toRational();
        if (rational.isPresent()) {
            return rational.get().signum() < 0 ? Optional.empty() : Optional.of(Radical.sqrtOf(rational.get()));
        }
        if (depth == 0 || a.signum() < 0) {
            return Optional.empty();
        }
        Budget.current().poll();
        List<BigInteger> base = CoprimeBase.of(a.radicands());
        for (BigInteger g : base) {
            Optional<Radical> root = splitAt(g, a, depth - 1);
            if (root.isPresent()) {
                return root;
            }
        }
        return Optional.empty();
    }

    private static Optional<Radical> splitAt(BigInteger g, Radical a, int depth) {
        Radical u = a.part(g, false);
        Radical v = a.part(g, true);
        Radical norm = u.times(u).minus(v.times(v).times(Rational.of(g)));
        Optional<Radical> c = sqrt(norm, depth);
        if (c.isEmpty()) {
            return Optional.empty();
        }
        Optional<Radical> large = sqrt(u.plus(c.get()).times(Rational.HALF), depth);
        Optional<Radical> small = large.isEmpty() ? large : sqrt(u.minus(c.get()).times(Rational.HALF), depth);
        if (small.isEmpty()) {
            return Optional.empty();
        }
        Radical root = v.signum() < 0 ? large.get().minus(small.get()) : large.get().plus(small.get());
        return root.times(root).equals(a) ? Optional.of(root) : Optional.empty();
    }
}
