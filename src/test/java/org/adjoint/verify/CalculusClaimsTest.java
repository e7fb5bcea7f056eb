package org.adjoint.verify;

import static org.adjoint.verify.Verifying.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operator of differentiation can be used in a claim. */
class CalculusClaimsTest {
    private static final String DECLARED = """
            x : R[n]
            q : R[m]
            W : R[m,n]
            X : R[n,n]
            S : R[n,n] spd
            A : R[n,n]
            v : R[n]
            u : R[m]
            t : R
            k : N
            sigma : R -> R
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jvp(W @ x, x, v) == W @ v                                     | proved
            jvp(tanh(x), x, v) == v * (1 - tanh(x)**2)                    | proved
            vjp(W @ x, x, u) == W.T @ u                                   | proved
            vjp(W @ x, W, u) == outer(u, x)                               | proved
            hessvec(sum(x**3), x, v) == 6*x*v                             | proved
            hessian(x @ A @ x, x) == A + A.T                              | proved
            pull(u, jacobian(W @ x, x)) == W.T @ u                        | proved
            symgrad(x @ S @ x, S) == 2*outer(x, x) - diag(x**2)           | proved
            symgrad(x @ S @ x, S) == outer(x, x)                          | refuted
            symgrad(x @ X @ x, X) == outer(x, x)                          | ill-formed
            grad(trace(expm(X)), X) == expm(X).T                          | proved
            jvp(expm(X), X, A) == expm_frechet(X, A)                      | proved
            jacobian(expm(t*A), t) == A @ expm(t*A)                       | proved
            grad(trace(matrix_power(X, k)), X) == k * matrix_power(X, k - 1).T | proved
            grad(trace(matrix_power(X, 3)), X) == 3 * (X @ X).T           | proved
            jacobian(softmax(x), x) == diag(softmax(x)) - outer(softmax(x), softmax(x)) | proved
            grad(sum(sigma(x)), x) == deriv(sigma(x), x) @ (x*0 + 1)      | proved
            deriv(sum(W[i,j]*x[j] for j in 0..n-1), W[p,r]) == delta(i,p)*x[r] for i in 0..m-1, p in 0..m-1, r in 0..n-1 | proved
            grad(sum(argmax(x) + 0*x), x) == 0 almost everywhere          | proved
            jvp(matrix_power(X, k), k, 1) == 0                            | undecided
            """)
    void operatorsInClaims(String proposition, String expected) {
        assertThat(verdict(DECLARED, proposition).word()).isEqualTo(expected);
    }
}
