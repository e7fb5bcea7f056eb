package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** erf and erfc against the tables of Abramowitz and Stegun (7.1, 7.3) and DLMF, and by their identities. */
class ErrorFunctionTest {

    @ParameterizedTest
    @CsvSource({"0.5, 0.52049987781304653768", "1, 0.84270079294971486934", "2, 0.99532226501895273416",
            "3, 0.99997790950300141456"})
    void tabulated(double x, double erf) {
        assertThat(ErrorFunction.erf(x)).isCloseTo(erf, within(8e-16));
        assertThat(ErrorFunction.erf(-x)).isEqualTo(-ErrorFunction.erf(x));
    }

    /** Relative accuracy in the tail, where 1 − erf x has none. */
    @ParameterizedTest
    @CsvSource({"1, 0.15729920705028513066", "2, 0.0046777349810472658379", "4, 1.5417257900280018852e-8",
            "6, 2.1519736712498913117e-17", "10, 2.0884875837625447570e-45", "26, 5.6631924088561428465e-296"})
    void complementInTheTail(double x, double erfc) {
        assertThat(ErrorFunction.erfc(x)).isCloseTo(erfc, within(2e-15 * erfc));
    }

    @Property
    void complementsAddToOne(@ForAll @DoubleRange(min = -7, max = 7) double x) {
        assertThat(ErrorFunction.erf(x) + ErrorFunction.erfc(x)).isCloseTo(1, within(1e-15));
        assertThat(ErrorFunction.erfc(x) + ErrorFunction.erfc(-x)).isCloseTo(2, within(1e-15));
    }

    @Test
    void ends() {
        assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(ErrorFunction.erfc(Double.POSITIVE_INFINITY)).isZero();
        assertThat(ErrorFunction.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
        assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
        assertThat(ErrorFunction.erfc(Double.NaN)).isNaN();
        assertThat(ErrorFunction.erf(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
    }
}
