package org.adjoint.verify;

import static org.adjoint.verify.Verifying.judged;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A wrong claim that one convention makes right says which. */
class ConventionSearchTest {

    @Test
    void aRowVectorMakesTheOuterProductAMatrixProduct() {
        Claim claim = judged("x : R[d]; W : R[d, d]; f = sum((x @ W)**2)", "grad(f, W) == x.T @ (2 * x @ W)");
        assertThat(claim.verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(claim.conventions()).containsExactly("vectors=rows");
        assertThat(claim.evidence().detail()).endsWith("right under vectors=rows");
    }

    @Test
    void aTransposedJacobianIsTheOtherLayout() {
        Claim claim = judged("A : R[m, n]; x : R[n]", "jacobian(A @ x, x) == A.T");
        assertThat(claim.conventions()).containsExactly("layout=gradient");
    }

    @Test
    void theSampleVarianceIsAConvention() {
        assertThat(judged("", "var([1, 3]) == 2").conventions()).containsExactly("var=n-1");
    }

    @Test
    void floorDivisionIsAConvention() {
        assertThat(judged("", "7/2 == 3").conventions()).containsExactly("division=floor");
    }

    @Test
    void whatNoConventionMakesRightSaysNothing() {
        Claim claim = judged("x : R[n]", "grad(sum(x**2), x) == x");
        assertThat(claim.conventions()).isEmpty();
        assertThat(claim.evidence().detail()).doesNotContain("right under");
    }

    @Test
    void aStatedConventionIsUsedAndListed() {
        Claim claim = judged("", "var([1, 3]) == 2 under var = n-1");
        assertThat(claim.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(claim.conventions()).containsExactly("var=n-1");
        assertThat(judged("", "var([1, 3]) == 1 under var = n-1").verdict()).isEqualTo(Verdict.REFUTED);
    }

    @Test
    void anUnknownConventionIsIllFormed() {
        assertThat(judged("", "1 == 1 under variance = n").evidence().detail())
                .startsWith("unknown convention variance");
    }
}
