package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adjoint.show.TextPrinter;

/** A report for people: a line for each claim with its verdict, below it the evidence, at the end a summary. */
public final class TextReport {
    private static final int VERDICT_WIDTH = 11;
    private static final long CHECK_SEED = 1;
    private static final String INDENT = " ".repeat(VERDICT_WIDTH + 1);

    private final boolean colour;
    private final boolean proofs;
    private final StringBuilder out = new StringBuilder();

    private TextReport(boolean colour, boolean proofs) {
        this.colour = colour;
        this.proofs = proofs;
    }

    /**
     * The report, each line ended.
     *
     * @param colour whether verdicts are coloured, for terminals
     * @param proofs whether proofs are told, as far as the report kept them
     */
    public static String of(Report report, boolean colour, boolean proofs) {
        TextReport text = new TextReport(colour, proofs);
        String file = "";
        for (Claim claim : report.claims()) {
            if (!claim.file().equals(file)) {
                text.out.append(file.isEmpty() ? "" : "\n").append(claim.file()).append('\n');
                file = claim.file();
            }
            text.claim(claim);
        }
        return text.out.append(report.claims().isEmpty() ? "" : "\n").append(report.summary()).append('\n')
                .append(repeated(report)).toString();
    }

    /** Claims of one file that have one id and nothing else to tell them apart by. */
    private static String repeated(Report report) {
        Map<String, List<Claim>> named = new LinkedHashMap<>();
        for (Claim claim : report.claims()) {
            String name = claim.id() + claim.part().map(part -> " \"" + part + '"').orElse("");
            named.computeIfAbsent(claim.file() + ": " + name, key -> new ArrayList<>()).add(claim);
        }
        StringBuilder notes = new StringBuilder();
        named.forEach((name, claims) -> {
            if (claims.size() > 1) {
                String lines = claims.stream().map(claim -> String.valueOf(claim.line()))
                        .collect(Collectors.joining(", "));
                notes.append("note: ").append(name).append(" is the id of ").append(claims.size())
                        .append(" claims, lines ").append(lines)
                        .append("; a text in quotes after the id tells them apart\n");
            }
        });
        return notes.toString();
    }

    private void claim(Claim claim) {
        verdict(claim.verdict(), VERDICT_WIDTH);
        out.append(' ').append(claim.id());
        claim.part().ifPresent(part -> out.append(" \"").append(part).append('"'));
        out.append(": ").append(claim.text());
        if (!claim.asExpected()) {
            out.append("   [line ").append(claim.line()).append(": expected ").append(claim.expected()).append(']');
        } else if (!claim.expected().equals("holds")) {
            out.append("   [as expected]");
        }
        out.append('\n');
        evidence(claim.evidence(), INDENT);
        if (claim.links().isEmpty()) {
            proof(claim.evidence(), INDENT + "  ");
        }
        for (Link link : claim.links()) {
            out.append(INDENT).append(link.number()).append(". ");
            verdict(link.verdict(), 0);
            out.append("  ").append(link.text()).append('\n');
            proof(link.evidence(), INDENT + "     ");
        }
    }

    private void evidence(Evidence evidence, String indent) {
        if (!evidence.detail().isEmpty()) {
            out.append(indent).append(evidence.detail()).append('\n');
        }
        Optional<Counterexample> counterexample = evidence.counterexample();
        counterexample.ifPresent(c -> out.append(indent).append(c).append('\n'));
    }

    private void proof(Evidence evidence, String indent) {
        if (proofs) {
            evidence.proof().stream()
                    .flatMap(proof -> ProofText.checked(proof, new TextPrinter()::closed, CHECK_SEED).stream())
                    .forEach(line -> out.append(indent).append(line).append('\n'));
        }
    }

    private void verdict(Verdict verdict, int width) {
        String padding = " ".repeat(Math.max(0, width - verdict.word().length()));
        if (!colour) {
            out.append(verdict.word()).append(padding);
            return;
        }
        String code = switch (verdict) {
            case PROVED -> "32";
            case SUPPORTED -> "36";
            case REFUTED -> "31";
            case UNDECIDED -> "33";
            case ILL_FORMED -> "35";
        };
        out.append("\u001B[").append(code).append('m').append(verdict.word()).append("\u001B[0m").append(padding);
    }
}
