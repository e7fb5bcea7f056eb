package org.adjoint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims about sequences on the integers: proved for all of them, contradicted, or left open with the reason. */
class SequenceClaimsTest {
    private static final String GIVEN = """
            n, m, N : Z; L, M : N; a, b : R
            x, h, g : Z -> R finite_support; z : Z -> R; X, H : Z, Z -> R finite_support
            u(i) = 1 if i >= 0 else 0
            box(i) = 1 if 0 <= i and i < L else 0
            half(i) = (1/2)**i if i >= 0 else 0
            pa(i) = a**i if i >= 0 else 0
            unit(i) = 1 if i == 0 else 0
            two(i) = 3 if i == -1 else (2 if i == 4 else 0)
            """;

    /** Oppenheim and Schafer, Discrete-Time Signal Processing, sections 2.3 and 2.4; Graham, Knuth, Patashnik, chapter 2. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            conv(x, h)(n) == conv(h, x)(n)                                       | proved
            conv(conv(x, h), g)(n) == conv(x, conv(h, g))(n)                     | proved
            conv(x, h)(n) + conv(x, g)(n) == sum(x(n - i)*(h(i) + g(i)) for i in Z) | proved
            conv(x, unit)(n) == x(n)                                             | proved
            conv(x, two)(n) == 3*x(n + 1) + 2*x(n - 4)                           | proved
            conv(x, two)(n) == 3*x(n - 1) + 2*x(n + 4)                           | refuted
            conv(x, u)(n) - conv(x, u)(n - 1) == x(n)                            | proved
            conv(x, u)(n) - conv(x, u)(n - 1) == x(n - 1)                        | refuted
            conv(x, pa)(n) == a*conv(x, pa)(n - 1) + x(n)                        | proved
            conv(x, x)(2*n) == x(n)**2 + 2*sum(x(i)*x(2*n - i) for i in n+1..inf) | proved
            sum(x(i)*h(i) for i in Z) == correlate(x, h)(0)                      | proved
            correlate(x, h)(n) == correlate(h, x)(-n)                            | proved
            correlate(x, h)(n) == correlate(h, x)(n)                             | refuted
            conv(X, H)(m, n) == conv(H, X)(m, n)                                 | proved
            conv(X, H)(m, n) == conv(H, X)(n, m)                                 | refuted
            sum(z(i) for i in 0..L) == z(0) + sum(z(i) for i in 1..L)            | proved
            sum(z(i) for i in 0..n) == z(0) + sum(z(i) for i in 1..n)            | refuted
            conv(z, u)(n) == conv(u, z)(n)                                       | undecided
            sum(x(i) for i in Z) >= 0                                            | undecided
            conv(box, box)(n) == n + 1 given 0 <= n, n < L                       | proved
            conv(box, box)(n) == 2*L - n - 1 given L <= n, n < 2*L               | proved
            conv(box, box)(n) == 0 given n >= 2*L                                | proved
            conv(u, u)(n) == (n + 1)*u(n)                                        | proved
            conv(half, half)(n) == (n + 1)*half(n)                               | proved
            conv(half, half)(n) == n*half(n)                                     | refuted
            conv(box, half)(n) == conv(half, box)(n)                             | proved
            sum(box(i) for i in Z) == L                                          | proved
            sum(i**3 for i in 0..M) == (M*(M + 1)/2)**2                          | proved
            sum(a**i for i in 0..n) == (1 - a**(n + 1))/(1 - a) given n >= 0     | proved
            sum(a**i for i in 0..n) == (1 - a**n)/(1 - a) given n >= 0           | refuted
            sum(half(i) for i in Z) == 2                                         | proved
            sum(u(i) for i in Z) == 2                                            | undecided
            n < m or n == m or m < n                                             | proved
            n < m or m < n                                                       | refuted
            n < m implies n + 1 <= m                                             | proved
            2*n != 2*m + 1                                                       | supported
            box(n) == 1 given n > 3, n < 2                                       | undecided
            x(1/2) == 0                                                          | ill-formed
            x(a) == 0                                                            | ill-formed
            x'(n) == 0                                                           | ill-formed
            conv(x, h) == 0                                                      | ill-formed
            conv(x, X)(n) == 0                                                   | ill-formed
            conv(x, h)(n, m) == 0                                                | ill-formed
            conv(x, a)(n) == 0                                                   | ill-formed
            grad(conv(x, pa)(n), a) == 0                                         | undecided
            grad(conv(box, pa)(2), a) == 1 + 2*a with L = 3                      | proved
            """)
    void verdicts(String claim, String verdict) {
        Claim judged = Verifying.judged(GIVEN, claim);
        assertThat(judged.verdict().word()).as(judged.evidence().detail()).isEqualTo(verdict);
    }

    /** An index that a function of the sum brings along never meets an index of the same sum elsewhere. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            conv(y, y)(n) == conv(conv(x, x), conv(h, h))(n)      | proved
            conv(s, h)(n) == sum(x(i) for i in Z)*sum(h(i) for i in Z) | proved
            conv(w, h)(n) == 9*sum(h(i) for i in Z)               | proved
            """)
    void nestedSums(String claim, String verdict) {
        assertThat(Verifying.verdict(GIVEN + """
                y = conv(x, h)
                s(k) = sum(x(i) for i in Z)
                w(k) = sum((1/2)**i for i in 0..inf) + 7
                """, claim).word()).isEqualTo(verdict);
    }

    /** Vectors of any size: numpy.convolve and numpy.correlate, and how they are related. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            convolve(u, v) == convolve(v, u)
            convolve(u, v, 'valid') == convolve(v, u, 'valid')
            convolve(u, v, 'same') == convolve(v, u, 'same')
            convolve(convolve(u, v), w) == convolve(u, convolve(v, w))
            correlate(u, v, 'full') == convolve(u, v[::-1])
            correlate(u, v) == convolve(u, v[::-1], 'valid')
            correlate(u, v, 'same') == convolve(u, v[::-1], 'same')
            correlate(u, v, 'full') == correlate(v, u, 'full')[::-1]
            convolve(u[::-1], v[::-1]) == convolve(u, v)[::-1]
            convolve(u, v, 'valid') == convolve(u, v)[q-1:p]
            sum(convolve(u, v)) == sum(u)*sum(v)
            convolve2d(A, B) == convolve2d(B, A)
            correlate2d(A, B) == convolve2d(A, B[::-1, ::-1])
            """)
    void vectors(String claim) {
        assertThat(Verifying.verdict("u : R[p]; v : R[q]; w : R[r]; A : R[p, q]; B : R[r, s]", claim))
                .isEqualTo(Verdict.PROVED);
    }

    /** {@code y[n] = Σ x[n − i]·h[i]} by loops over finite sequences that are given by cases. */
    @Property(tries = 12)
    void finiteSequences(@ForAll Random random) {
        int[] x = random.ints(1 + random.nextInt(4), -3, 4).toArray();
        int[] h = random.ints(1 + random.nextInt(4), -3, 4).toArray();
        int start = random.nextInt(5) - 2;
        int[] y = new int[12];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < h.length; j++) {
                y[i + j + start + 3] += x[i] * h[j];
            }
        }
        String values = IntStream.of(y).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        assertThat(Verifying.verdict("x(n) = " + cases(x, 0) + "\nh(n) = " + cases(h, start),
                "[conv(x, h)(k) for k in -3..8] == " + values)).isEqualTo(Verdict.PROVED);
    }

    private static String cases(int[] entries, int start) {
        return IntStream.range(0, entries.length)
                .mapToObj(k -> "(" + entries[k] + ") if n == " + (k + start) + " else ")
                .collect(Collectors.joining()) + "0";
    }
}
