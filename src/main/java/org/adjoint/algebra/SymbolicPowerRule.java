package org.adjoint.algebra;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Shape;

/** {@code x^a·x^b = x^(a+b)} where an exponent is no number. */
final class SymbolicPowerRule implements Rewrite.Rule {
    static final String NAME = "powers of one base";

    private final NormalForm forms;

    SymbolicPowerRule(NormalForm forms) {
        this.forms = forms;
    }

    private static boolean isSymbolic(Factor factor) {
        return factor.exponent().isInteger() && factor.base() instanceof Elementwise f
                && f.function() == Functions.POWER && Constant.uniform(f.operand(1)).isEmpty();
    }

    private static Expr base(Factor factor) {
        return isSymbolic(factor) ? factor.base().operand(0) : factor.base();
    }

    private static Expr exponent(Factor factor) {
        Expr number = Linear.fill(factor.base().shape(), factor.exponent());
        return isSymbolic(factor) ? factor.base().operand(1).times(factor.exponent()) : number;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            if (!isSymbolic(factors.get(k))) {
                continue;
            }
            for (int j = 0; j < factors.size(); j++) {
                if (j != k && base(factors.get(j)) == base(factors.get(k))
                        && factors.get(j).place().equals(factors.get(k).place())) {
                    Expr exponent = forms.of(exponent(factors.get(j)).plus(exponent(factors.get(k))));
                    Expr power = forms.of(Functions.POWER.apply(base(factors.get(k)), exponent));
                    return Optional.of(Rewrite.of(NAME, Rewrite.without(factors, j, k), power,
                            factors.get(k).labels()));
                }
            }
        }
        return Optional.empty();
    }
}
