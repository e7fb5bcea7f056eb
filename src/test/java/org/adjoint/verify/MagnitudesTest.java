package org.adjoint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.adjoint.eval.Point;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;

class MagnitudesTest {
    private static double bits(Expr expr) {
        return Magnitudes.of(List.of(expr)).bitsAt(new Point(Sizes.NONE, Map.of()), UnknownFunctionModel.seeded(0));
    }

    /** At least the bits by which the value differs from a simple one: exp(−1000) is 2^−1443, 1 − tanh(50) about 2^−143. */
    @Test
    void areNotBelowWhatIsNeeded() {
        assertThat(bits(Functions.EXP.apply(Constant.of(-1000)))).isGreaterThan(1442);
        assertThat(bits(Functions.TANH.apply(Constant.of(50)))).isGreaterThan(143);
        assertThat(bits(Functions.ERF.apply(Constant.of(30)))).isGreaterThan(1290);
        assertThat(bits(Functions.ATAN.apply(Constant.of(Rational.of(10).pow(100))))).isGreaterThan(331);
        assertThat(bits(Functions.SIN.apply(Constant.ONE).plus(Constant.of(Rational.of(10).pow(-200)))))
                .isGreaterThan(660);
    }

    @Test
    void ofModerateNumbersAreSmall() {
        assertThat(bits(Functions.EXP.apply(Constant.of(3)).plus(Functions.SIN.apply(Constant.HALF)))).isLessThan(20);
        assertThat(bits(Variable.scalar("x").times(2).plus(Constant.ONE))).isLessThan(5);
    }
}
