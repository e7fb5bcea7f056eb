package org.adjoint.verify;

import java.util.List;
import java.util.Optional;
import org.adjoint.lang.Span;

/**
 * A claim of a problem file, and what became of it.
 *
 * @param span        where it stands
 * @param id          exactly as written
 * @param part        which statement about that id; none is the source's own
 * @param text        the proposition with its clauses, on one line
 * @param expected    the verdict that the author expects, as written: {@code refuted link 2}
 * @param links       the steps of a chain; empty when there is only one
 * @param conventions those that the claim is read under, and when it is refuted the one that would make it right
 * @param evidence    the verdict and why
 * @param asExpected  whether verdict and first false link are what the author expects
 */
public record Claim(Span span, String id, Optional<String> part, String text, String expected, List<Link> links,
        List<String> conventions, Evidence evidence, boolean asExpected) {
    /** Copies the lists. */
    public Claim {
        links = List.copyOf(links);
        conventions = List.copyOf(conventions);
    }

    /** The same claim without proofs, which hold on to expressions. */
    Claim withoutProofs() {
        return new Claim(span, id, part, text, expected, links.stream()
                .map(link -> new Link(link.number(), link.text(), link.evidence().withoutProof())).toList(),
                conventions, evidence.withoutProof(), asExpected);
    }

    public Verdict verdict() {
        return evidence.kind();
    }

    public String file() {
        return span.file();
    }

    /** The line of the statement, from 1. */
    public int line() {
        return span.line();
    }
}
