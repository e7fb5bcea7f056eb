package org.adjoint.verify;

import static org.adjoint.verify.Verifying.judged;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed forms of recurrences by induction; the false ones are refuted at a member that the recurrence computes. */
class RecurrenceClaimsTest {
    private static final String RECURRENCES = """
            K : N positive; q : R
            r[0] = 1
            r[i] = r[i - 1] + K - 1 for i in 1..
            s[0] = 1
            s[n] = s[n - 1] + q**n for n in 1..
            t[0] = 0
            t[n] = t[n - 1] + n for n in 1..
            f[0] = 0; f[1] = 1
            f[n] = f[n - 1] + f[n - 2] for n in 2..
            g[n] = n for n in 0..5
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            r[L] == L*(K - 1) + 1 for all L : N                      | proved
            r[L] == L*(K - 1) + 1 for all L : N positive             | proved
            r[L] == (L - 1)*(K - 1) + 1 for all L : N                | refuted
            r[L] == L*K + 1 for all L : N                            | refuted
            s[n] == (1 - q**(n + 1)) / (1 - q) for all n : N given q != 1 | proved
            s[n] == (1 - q**n) / (1 - q) for all n : N given q != 1  | refuted
            t[n] == n*(n + 1)/2 for all n : N                        | proved
            t[n] == n*(n + 1)/2 + n*(n - 1)*(n - 2) for all n : N    | refuted
            t[n] == n*(n + 1)/2 for all n : Z                        | undecided
            f[n] == n for all n : N                                  | undecided
            g[n] == n for all n : N                                  | undecided
            t[n] * 2 == n*(n + 1) for all n : N                      | undecided
            """)
    void byInduction(String proposition, String verdict) {
        Claim claim = judged(RECURRENCES, proposition);

        assertThat(claim.verdict().word()).as(claim.evidence().detail()).isEqualTo(verdict);
        if (verdict.equals("proved")) {
            assertThat(claim.evidence().detail()).startsWith("by induction on ").contains("the base: ", "the step: ");
        }
    }

    /** Members that a claim is the first to read have their values in it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            t[7] == 28                              | proved
            t[7] == 0                               | refuted
            t[three] == 6                           | proved
            t[three + 1] == 10                      | proved
            t[k] == k*(k + 1)/2 for k in 0..5       | proved
            t[k] == k for k in 0..5                 | refuted
            f[10] == 55                             | proved
            r[2] == 2*K - 1                         | proved
            t[7] * q == 28 * q with q = t[8]        | proved
            """)
    void atNumbers(String proposition, String verdict) {
        Claim claim = judged(RECURRENCES + "three = 3", proposition);

        assertThat(claim.verdict().word()).as(claim.evidence().detail()).isEqualTo(verdict);
    }
}
