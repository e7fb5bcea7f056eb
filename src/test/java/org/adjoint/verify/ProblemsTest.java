package org.adjoint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every claim of the problem files, and of the language's reference page, has the verdict that its author expects. */
class ProblemsTest {

    @ParameterizedTest
    @ValueSource(strings = {"problems", "src/docs/language.md"})
    void everyClaimIsAsExpected(String path) {
        Report report = Verifier.verify(List.of(Path.of(path)));
        assertThat(report.problems()).isEmpty();
        assertThat(report.claims()).isNotEmpty().allSatisfy(
                claim -> assertThat(claim.asExpected()).as(claim.span() + " " + claim.evidence().detail()).isTrue());
    }
}
