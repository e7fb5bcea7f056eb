package org.adjoint.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** What the tests of this package share: claims written as in a problem file, and their verdicts. */
final class Verifying {
    private Verifying() {
    }

    /** The report on a file with one block of these statements. */
    static Report report(String statements) {
        return Verifier
                .verify(ProblemFile.of("test.md", ("# Test\n```adjoint\n" + statements + "\n```\n").getBytes(UTF_8)));
    }

    static List<Claim> claims(String statements) {
        return report(statements).claims();
    }

    /** The last claim of the statements. */
    static Claim last(String statements) {
        return claims(statements).getLast();
    }

    /** The verdict on one proposition, with its clauses, after some statements. */
    static Verdict verdict(String statements, String proposition) {
        return judged(statements, proposition).verdict();
    }

    static Claim judged(String statements, String proposition) {
        return last(statements + "\nclaim it: " + proposition);
    }

    static Counterexample counterexample(String statements, String proposition) {
        return judged(statements, proposition).evidence().counterexample().orElseThrow();
    }
}
