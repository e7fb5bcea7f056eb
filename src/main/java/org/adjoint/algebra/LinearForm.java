package org.adjoint.algebra;

import java.util.Map;
import java.util.TreeMap;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;

/** {@code Σ cₖ·aₖ + c} over scalar atoms, the sums inside it spliced in. */
record LinearForm(Map<Expr, Rational> atoms, Rational constant) {
    private static final int DEPTH_LIMIT = 40;

    static LinearForm of(Expr x) {
        Map<Expr, Rational> atoms = new TreeMap<>(
                (a, b) -> a.digestHigh() != b.digestHigh() ? Long.compare(a.digestHigh(), b.digestHigh())
                        : Long.compare(a.digestLow(), b.digestLow()));
        Rational constant = add(atoms, x, Rational.ONE, DEPTH_LIMIT);
        atoms.values().removeIf(Rational::isZero);
        return new LinearForm(atoms, constant);
    }

    private static Rational add(Map<Expr, Rational> atoms, Expr x, Rational c, int depth) {
        Rational number = Constant.uniform(x).orElse(null);
        if (number != null) {
            return c.times(number);
        }
        if (!(x instanceof Linear sum) || depth == 0) {
            atoms.merge(x, c, Rational::plus);
            return Rational.ZERO;
        }
        Rational constant = Rational.ZERO;
        for (int k = 0; k < sum.termCount(); k++) {
            constant = constant.plus(add(atoms, sum.term(k), c.times(sum.coefficient(k)), depth - 1));
        }
        return constant;
    }

    boolean isConstant() {
        return atoms.isEmpty();
    }

    LinearForm negate() {
        Map<Expr, Rational> negated = new TreeMap<>(((TreeMap<Expr, Rational>) atoms).comparator());
        atoms.forEach((atom, c) -> negated.put(atom, c.negate()));
        return new LinearForm(negated, constant.negate());
    }
}
