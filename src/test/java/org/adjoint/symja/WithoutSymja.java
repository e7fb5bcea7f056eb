package org.adjoint.symja;

import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Hints;
import org.adjoint.algebra.ScalarOracle;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/** Run by a class loader that does not know Symja. */
public final class WithoutSymja {
    private WithoutSymja() {
    }

    public static String report() {
        Variable x = Variable.scalar("x");
        boolean proved = Equality.prove(x.plus(x), x.times(2)).isPresent();
        boolean answer = ScalarOracle.installed().flatMap(oracle -> oracle.simplified(x)).isPresent();
        Size n = Size.symbol("n");
        Expr count = Dimension.of(n);
        boolean hint = Hints.prove(Range.of(n).sum(), count.times(count.minus(Constant.ONE)).times(Rational.HALF))
                .isPresent();
        return (proved ? "proved" : "not proved") + (answer ? ", answer" : ", no answer")
                + (hint ? ", hint" : ", no hint");
    }
}
