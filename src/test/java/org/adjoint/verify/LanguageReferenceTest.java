package org.adjoint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference page of the language is itself a problem file, and what it says is so. */
class LanguageReferenceTest {
    private static final Report REPORT = Verifier.verify(List.of(Path.of("src/docs/language.md")));

    @Test
    void everyClaimOfThePageIsAsItSays() {
        assertThat(REPORT.problems()).isEmpty();
        assertThat(REPORT.claims()).hasSizeGreaterThan(70).filteredOn(claim -> !claim.asExpected()).isEmpty();
    }

    /** Every verdict that the page describes occurs on it, and nothing is undecided but what it says is. */
    @Test
    void everyVerdictIsShown() {
        assertThat(REPORT.claims().stream().map(Claim::verdict)).contains(Verdict.values());
        Set<String> undecided = REPORT.claims().stream().filter(claim -> claim.verdict() == Verdict.UNDECIDED)
                .map(Claim::expected).collect(Collectors.toSet());
        assertThat(undecided).containsExactly("undecided");
    }
}
