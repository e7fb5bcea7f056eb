package org.adjoint.verify;

import static org.adjoint.verify.Verifying.judged;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps of optimisers in claims: the printed formulas, what remains when a part is taken out, states, what is refused. */
class OptimizerClaimsTest {
    private static final String DECLARED = """
            th, g, m, v : R[n]; lr, mu, tau, wd, b1, b2, e : R positive; k : N positive
            step = sgd(th, g, v, lr=lr, momentum=mu, dampening=tau, weight_decay=wd)
            a = adam(th, g, m, v, k, lr=lr, betas=(b1, b2), eps=e, bias_correction=false)
            s[1] = sgd(1, 1, lr=1/2, momentum=1/2)
            s[j] = sgd(s[j-1].theta, s[j-1].theta, s[j-1].v, lr=1/2, momentum=1/2) for j in 2..4
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            step.v == mu*v + (1 - tau)*(g + wd*th)                                             | proved
            step.theta == th - lr*step.v                                                       | proved
            sgd(th, g, lr=lr).theta == th - lr*g                                               | proved
            sgd(th, g, v, lr=lr, momentum=mu, nesterov=true).theta == th - lr*(g + mu*(mu*v + g)) | proved
            a.theta == th - lr*(b1*m + (1 - b1)*g)/(sqrt(b2*v + (1 - b2)*g**2) + e)            | proved
            adam(th, g, m, v, k).m == 9/10*m + g/10                                            | proved
            adam(th, g, 0, 0, 1, lr=lr, eps=0).theta == th - lr*g/abs(g)                       | proved
            adamw(th, g, m, v, k, lr=lr).theta == adam(th, g, m, v, k, lr=lr).theta - lr*th/100 | proved
            adam(th, g, m, 0, k, lr=lr, beta1=b1, beta2=1, eps=e, bias_correction=false).theta == sgd(th, g, m, lr=lr/e, momentum=b1, dampening=b1).theta | proved
            adam(1, 2, 0, 0, 1, lr=1/10, eps=0).theta == 9/10                                  | proved
            s[2].theta == 0 and s[3].theta == -1/4 and s[4].v == 0                             | proved
            adam(th, g, m, v, 0).theta == 0                                                    | ill-formed
            adam(th, g, m, 1, 1).theta == 0                                                    | ill-formed
            sgd(th, g, v, nesterov=true).theta == th                                           | ill-formed
            step == 1                                                                          | ill-formed
            step.m == 1                                                                        | ill-formed
            s[1] == 1                                                                          | ill-formed
            """)
    void steps(String claim, String verdict) {
        assertThat(judged(DECLARED, claim).verdict().word()).isEqualTo(verdict);
    }
}
