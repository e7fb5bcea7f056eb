package org.adjoint.limit;

import java.util.HashMap;
import java.util.Map;
import org.adjoint.expr.Rational;

/** Products of sums multiplied out, as far as that gives no more than so many terms. */
final class MultipliedOut {
    private MultipliedOut() {
    }

    static Term of(Term t, int limit, TermAlgebra algebra) {
        return switch (t) {
            case Term.Sum sum -> {
                Map<Term, Rational> total = new HashMap<>();
                for (int k = 0; k < sum.count(); k++) {
                    TermAlgebra.addTo(total, of(sum.term(k), limit, algebra), sum.coefficient(k));
                }
                yield TermAlgebra.ofSum(total);
            }
            case Term.Prod product -> of(product, limit, algebra);
            case Term.Num n -> n;
            case Term.Par p -> p;
            case Term.Moving x -> x;
            case Term.Fun fun -> fun;
        };
    }

    private static Term of(Term.Prod product, int limit, TermAlgebra algebra) {
        Term result = Term.Num.ONE;
        for (int k = 0; k < product.count(); k++) {
            Rational e = product.exponent(k);
            Term base = product.base(k);
            boolean open = base instanceof Term.Sum && e.isInteger() && e.signum() > 0
                    && e.compareTo(Rational.of(limit)) < 0;
            for (int times = open ? TermAlgebra.intValue(e) : 1; times > 0; times--) {
                result = distribute(result, open ? of(base, limit, algebra) : algebra.power(base, e), limit, algebra);
            }
        }
        return result;
    }

    /** The product of two sums, term by term. */
    private static Term distribute(Term a, Term b, int limit, TermAlgebra algebra) {
        Map<Term, Rational> left = TermAlgebra.terms(a);
        Map<Term, Rational> right = TermAlgebra.terms(b);
        if (left.size() * (long) right.size() > limit || left.size() + right.size() <= 2) {
            return algebra.multiply(a, b);
        }
        Map<Term, Rational> total = new HashMap<>();
        left.forEach((x, c) -> right.forEach((y, d) -> TermAlgebra.addTo(total, algebra.multiply(x, y), c.times(d))));
        return TermAlgebra.ofSum(total);
    }

    /** {@code a·b} with what the terms of b share taken out first, so that it can cancel; then multiplied out. */
    static Term cancelled(Term a, Term b, int limit, TermAlgebra algebra) {
        if (!(b instanceof Term.Sum sum) || a instanceof Term.Num) {
            return of(algebra.multiply(a, b), limit, algebra);
        }
        Common common = Common.of(sum, algebra);
        PowerProduct all = new PowerProduct(algebra, false);
        all.add(a, Rational.ONE);
        all.add(common.rest(), Rational.ONE);
        common.factors().forEach(all::add);
        return of(all.product(), limit, algebra);
    }
}
