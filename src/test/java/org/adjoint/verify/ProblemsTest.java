package org.adjoint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The problem files: every item is there, and every claim has the verdict that its file says. */
class ProblemsTest {
    private static final Path PROBLEMS = Path.of("problems");
    private static final Report REPORT = Verifier.verify(List.of(PROBLEMS));

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(PROBLEMS)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static List<Claim> claims(Path file) {
        return REPORT.claims().stream().filter(claim -> Path.of(claim.file()).equals(file)).toList();
    }

    private static Claim statement(String id, Optional<String> part) {
        return REPORT.claims().stream().filter(claim -> claim.id().equals(id) && claim.part().equals(part)).findFirst()
                .orElseThrow(() -> new AssertionError("no claim " + id + " " + part));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyClaimIsAsItsFileSays(Path file) {
        assertThat(claims(file)).isNotEmpty().filteredOn(claim -> !claim.asExpected()).isEmpty();
    }

    @Test
    void everyFileCanBeRead() {
        assertThat(REPORT.problems()).isEmpty();
        assertThat(REPORT.exitCode()).isZero();
        assertThat(REPORT.summary()).endsWith("; all as expected");
    }

    /** Each item of the source has a claim without a part (its own statement) or a choice. */
    @Test
    void everyItemIsStated() throws IOException {
        String items;
        try (InputStream in = Objects.requireNonNull(ProblemsTest.class.getResourceAsStream("items.txt"))) {
            items = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Set<String> stated = REPORT.claims().stream().filter(claim -> claim.part().isEmpty()).map(Claim::id)
                .collect(Collectors.toSet());
        assertThat(items.lines()).hasSizeGreaterThan(70).allSatisfy(item -> assertThat(stated).contains(item));
    }

    /** Nothing is called false without a point where it is, or shapes that differ. */
    @Test
    void everyRefutationHasAWitness() {
        List<Claim> refuted = REPORT.claims().stream().filter(claim -> claim.verdict() == Verdict.REFUTED).toList();
        assertThat(refuted).isNotEmpty().filteredOn(claim -> !hasWitness(claim.evidence())
                && claim.links().stream().noneMatch(link -> hasWitness(link.evidence()))).isEmpty();
    }

    private static boolean hasWitness(Evidence evidence) {
        return evidence.counterexample().isPresent() || evidence.detail().contains("left is [");
    }

    /** A known mistake that is stated as if it were right is found out. */
    @ParameterizedTest
    @MethodSource("files")
    void mistakesAreFoundWhenNobodyExpectsThem(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> known = claims(file).stream().filter(claim -> claim.verdict() == Verdict.REFUTED)
                .map(claim -> claim.id() + claim.part()).toList();
        Report trusting = Verifier.verify(ProblemFile.of(file.toString(),
                text.replaceAll(" +expect refuted( +link +\\d+)?", "").getBytes(StandardCharsets.UTF_8)));
        List<String> found = new ArrayList<>();
        for (Claim claim : trusting.claims()) {
            if (!claim.asExpected()) {
                found.add(claim.id() + claim.part());
            }
        }
        assertThat(found).isEqualTo(known);
    }

    /** X = 1, y = 1/2, w₁ = 1, w₂ = 2: L = 25/8, and the adjoints of ŷ and z₂ are 5/2 and 15/2, exactly. */
    @ParameterizedTest
    @CsvSource({"000.3b.i.L, 3.125", "000.3b.ii.yhatbar, 2.5", "000.3b.ii.z2bar, 7.5", "000.3b.iii.w1, 7.5",
            "000.3b.iii.w2, 2.5"})
    void theScalarNetworkIsExact(String id, String value) {
        Claim claim = statement(id, Optional.empty());
        assertThat(claim.text()).endsWith("== " + value);
        assertThat(claim.verdict()).isEqualTo(Verdict.PROVED);
    }

    /** z₂ has four rows and z₃ has two, so ŷ = z₂ + z₃ does not exist. */
    @Test
    void aSumOfDifferentShapesIsIllFormedAndSaysBoth() {
        Claim column = statement("000.3c.shape", Optional.empty());
        assertThat(column.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(column.evidence().detail()).contains("z2 is [4, 1]", "z3 is [2, 1]");
        Report plain = Verifier.verify(ProblemFile.of("p.md", """
                ```adjoint
                u : R[2]; W1 : R[4, 2]; W2 : R[2, 4]
                z2 = relu(W1 @ u)
                z3 = W2 @ z2
                y_hat = z2 + z3
                claim c: sum(y_hat) == 0
                ```
                """.getBytes(StandardCharsets.UTF_8)));
        assertThat(plain.claims()).singleElement().satisfies(claim -> {
            assertThat(claim.verdict()).isEqualTo(Verdict.ILL_FORMED);
            assertThat(claim.evidence().detail()).contains("z2 is [4]", "z3 is [2]");
        });
        assertThat(plain.problems()).singleElement().asString()
                .contains("p.md:5:9", "z2 + z3: shapes must match or broadcast; z2 is [4], z3 is [2]");
    }
}
