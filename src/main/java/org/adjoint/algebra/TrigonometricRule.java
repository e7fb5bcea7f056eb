package org.adjoint.algebra;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/** {@code sin² u = 1 − cos² u}. */
final class TrigonometricRule implements Rewrite.Rule {
    static final String NAME = "sine squared";

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            Factor sine = factors.get(k);
            if (sine.base() instanceof Elementwise f && f.function() == Functions.SIN
                    && sine.exponent().compareTo(Rational.TWO) >= 0) {
                List<Factor> left = Rewrite.without(factors, k);
                Rational others = sine.exponent().minus(Rational.TWO);
                if (!others.isZero()) {
                    left.add(sine.withExponent(others));
                }
                Expr cosine = Functions.COS.apply(f.operand(0));
                return Optional.of(Rewrite.of(NAME, left,
                        Contraction.ones(f.shape()).minus(Monomials.rawPower(cosine, Rational.TWO)), sine.labels()));
            }
        }
        return Optional.empty();
    }
}
