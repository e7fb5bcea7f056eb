package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Rational;
import org.junit.jupiter.api.Test;

/** Against arithmetic of large integers modulo p. */
class PrimeFieldTest {
    private static final BigInteger P = BigInteger.valueOf(PrimeField.PRIME);
    private final PrimeField field = new PrimeField();

    @Test
    void thePrime() {
        assertThat(P).isEqualTo(BigInteger.TWO.pow(61).subtract(BigInteger.ONE));
        assertThat(P.isProbablePrime(60)).isTrue();
    }

    @Test
    void agreesWithLargeIntegers() {
        SplittableRandom random = new SplittableRandom(61);
        List<Long> edges = List.of(0L, 1L, 2L, PrimeField.PRIME - 1, PrimeField.PRIME - 2, PrimeField.PRIME / 2);
        for (int k = 0; k < 20_000; k++) {
            long a = k < 36 ? edges.get(k / 6) : random.nextLong(PrimeField.PRIME);
            long b = k < 36 ? edges.get(k % 6) : random.nextLong(PrimeField.PRIME);
            BigInteger x = BigInteger.valueOf(a);
            BigInteger y = BigInteger.valueOf(b);
            assertThat(field.add(a, b)).isEqualTo(x.add(y).mod(P).longValue());
            assertThat(field.subtract(a, b)).isEqualTo(x.subtract(y).mod(P).longValue());
            assertThat(field.multiply(a, b)).isEqualTo(x.multiply(y).mod(P).longValue());
            assertThat(field.negate(a)).isEqualTo(x.negate().mod(P).longValue());
            if (b != 0) {
                assertThat(field.divide(a, b)).isEqualTo(x.multiply(y.modInverse(P)).mod(P).longValue());
            }
        }
    }

    @Test
    void rationalsAndPowers() {
        assertThat(field.multiply(field.of(Rational.of(-2, 7)), 7L)).isEqualTo(PrimeField.PRIME - 2);
        assertThat(field.power(3L, 5L)).isEqualTo(243L);
        assertThat(field.multiply(field.power(3L, field.of(Rational.of(-5))), 243L)).isEqualTo(1L);
        assertThat(field.power(0L, 0L)).isEqualTo(1L);
        assertThatThrownBy(() -> field.divide(1L, 0L)).isInstanceOf(Arithmetic.OutsideDomain.class);
        assertThatThrownBy(() -> field.power(3L, field.of(Rational.of(1, 2)))).isInstanceOf(Arithmetic.NotExact.class);
        assertThatThrownBy(() -> field.sqrt(4L)).isInstanceOf(Arithmetic.NotExact.class);
        assertThatThrownBy(() -> field.compare(1L, 2L)).isInstanceOf(Arithmetic.NotExact.class);
    }
}
