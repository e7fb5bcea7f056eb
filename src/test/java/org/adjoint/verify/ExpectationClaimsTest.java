package org.adjoint.verify;

import static org.adjoint.verify.Verifying.judged;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations, variances and covariances in claims, at symbolic sizes. */
class ExpectationClaimsTest {
    private static final String DECLARED = """
            mu, q : R; p : R in(0, 1); z, y : R[n]
            W : R[m, n] random(normal(0, 2/n)); V : R[k, m] random(normal(0, 2/m)); X : R[n] random(mu, q)
            mask : R[n] random(bernoulli(1 - p)); u : R[n] random(uniform(-1, 1)); s : R[n] random(sign())
            t : R[n] random(symmetric(q))
            """;

    /** He et al., arXiv:1502.01852, section 2.2; Glorot and Bengio (2010), section 4.2.1; Srivastava et al. (2014), dropout. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            E(W) == 0                                                           | proved
            E((W @ z)[i]**2) == 2/n * sum(z**2) for i                           | proved
            E((W @ z)[i]**4) == 3 * (2/n * sum(z**2))**2 for i                  | proved
            E(relu(W @ X)[i]**2) == E(X[j]**2) for i, j                         | proved
            E(relu(V @ relu(W @ X))[i]**2) == mu**2 + q for i                   | proved
            E(relu(W @ X)[i]**2) == 2 * E(X[j]**2) for i, j                     | refuted
            E(mean(W**2)) == 2/n                                                | proved
            Var((W @ z)[i]) == 2/n * sum(z**2) for i                            | proved
            Cov(W @ z) == 2/n * sum(z**2) * eye(m)                              | proved
            Cov(X @ z, X @ y) == q * (z @ y)                                    | proved
            Var(sum(X)) == n * q                                                | proved
            E(mask * z / (1 - p)) == z                                          | proved
            E(mask * z) == z                                                    | refuted
            Var(mask * z / (1 - p)) == p / (1 - p) * z**2                       | proved
            Cov(mask * z, mask) == diag(p * (1 - p) * z)                        | proved
            E(exp(mask)[i]) == p + (1 - p) * exp(1) for i                       | proved
            Var(u) == ones(n) / 3                                               | proved
            E(sum(u)**4) == n * (n - 1) / 3 + n / 5                             | proved
            E((s @ z)**2) == sum(z**2)                                          | proved
            E(sum(s * u)) == 0                                                  | proved
            E(relu(t)**2) == q / 2 * ones(n)                                    | proved
            E(sum(conv1d(u, [1, 2], stride=2)**2)) == 5/3 * size(conv1d(u, [1, 2], stride=2)) | supported
            E(exp(u)) == 1                                                      | undecided
            E(1/u) == 1                                                         | undecided
            E(u / mask) == 0                                                    | undecided
            E(X[0]**3) == 1                                                     | undecided
            E(t[0]**4) == 1                                                     | undecided
            E(step(u)) == 1/2                                                   | undecided
            E(relu(u)) == 1/4                                                   | undecided
            Cov(W, W) == 1                                                      | ill-formed
            """)
    void moments(String claim, String verdict) {
        assertThat(judged(DECLARED, claim).verdict().word()).isEqualTo(verdict);
    }

    @Test
    void theLawsAreNamed() {
        assertThat(judged(DECLARED, "E(relu(W @ X)[i]**2) == mu**2 + q for i").evidence().detail())
                .contains("symmetry: W and -W are equally likely", "the moments of X ~ mu, q with independent entries");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v : R random(normal(0, -1))           | a variance is not negative
            v : R random(bernoulli(2))            | a probability lies between 0 and 1
            v : R random(uniform(1, 1))           | uniform(a, b) has a < b
            v : R random(cauchy(0, 1, 2))         | unknown distribution
            v : R[n, n] symmetric random(0, 1)    | described by its distribution alone
            v : R random(normal(X[0], 1))         | that is not random
            """)
    void refused(String declaration, String why) {
        assertThat(Verifying.report(DECLARED + declaration).problems().toString()).contains(why);
    }
}
