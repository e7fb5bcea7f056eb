package org.adjoint.verify;

import static org.adjoint.verify.Verifying.judged;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits in claims: under what is given, infinite, by cases, and those that do not exist. */
class LimitClaimsTest {
    private static final String NAMES = "x : R[n]; w : R[n] probability; a, c, t : R; p : R positive; f(b) = log(sum(exp(b*x)))/b";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "limit(f(b), b -> inf) == max(x)                          | PROVED",
            "limit(f(b), b -> -inf) == min(x)                         | PROVED",
            "limit(f(b), b -> inf) == mean(x)                         | REFUTED",
            "limit(grad(f(b), x), b -> inf) == argmax_onehot(x) given unique_max(x) | PROVED",
            "limit(softmax(b*x), b -> inf) == argmax_onehot(x)        | REFUTED",
            "limit(log(exp(b*a) + exp(b*c))/b, b -> inf) == a given a > c | PROVED",
            "limit(log(exp(b*a) + exp(b*c))/b, b -> inf) == a         | REFUTED",
            "limit((exp(a + h) - exp(a))/h, h -> 0) == exp(a)         | PROVED",
            "limit(sin(h)/h, h -> 0) == 1                             | PROVED",
            "limit(sin(h)/h, h -> 0) == 0                             | REFUTED",
            "limit(exp(-b*p), b -> inf) == 0                          | PROVED",
            "limit(exp(-b*a), b -> inf) == 0 given a > 0              | PROVED",
            "limit(exp(-b*a), b -> inf) == 0 given a >= 1             | PROVED",
            "limit(exp(-b*a), b -> inf) == 0                          | UNDECIDED",
            "limit(tanh(b*a), b -> inf) == sign(a)                    | PROVED",
            "limit(1/h, h -> 0+) == inf                               | PROVED",
            "limit(1/h, h -> 0-) == -inf                              | PROVED",
            "limit(1/h, h -> 0-) == inf                               | REFUTED",
            "limit(1/h, h -> 0-) == 5                                 | REFUTED",
            "limit(sin(h), h -> 0) == inf                             | REFUTED",
            "limit(exp(b*p), b -> inf) == inf                         | PROVED",
            "limit(1/h, h -> 0) == 0                                  | ILL_FORMED",
            "2 * limit(1/h, h -> 0+) == 0                             | ILL_FORMED",
            "limit((t**3 - a**3)/(t - a), t -> a) == 3*a**2           | PROVED",
            "limit(limit(exp(-b*p) + 1/k, b -> inf), k -> inf) == 0   | PROVED",
    })
    void verdicts(String claim, Verdict verdict) {
        Claim judged = judged(NAMES, claim.strip());
        assertThat(judged.verdict()).as(judged.evidence().detail()).isEqualTo(verdict);
    }

    @Test
    void theProofOfTheLimitIsTold() {
        assertThat(judged(NAMES, "limit(f(b), b -> inf) == max(x)").evidence().detail())
                .contains("the limit is proved by", "squeeze", "seen numerically");
    }

    @Test
    void whatMustBeStatedIsSaid() {
        assertThat(judged(NAMES, "limit(exp(-b*a), b -> inf) == 0").evidence().detail())
                .contains("depends on cases", "0 where a > 0", "given");
        assertThat(judged(NAMES, "limit(1/h, h -> 0) == 0").evidence().detail()).contains("from above and from below");
    }

    /** The variable may be a defined quantity; what else is defined goes along. */
    @Test
    void definitionsAreInserted() {
        String names = "k = 2; b : R; q = exp(-b*k)";
        assertThat(judged(names, "limit(q, b -> inf) == 0").verdict()).isEqualTo(Verdict.PROVED);
        assertThat(judged(names + "; m = limit(q, b -> inf)", "m + 1 == 1").verdict()).isEqualTo(Verdict.PROVED);
    }
}
