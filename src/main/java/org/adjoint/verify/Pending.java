package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.algebra.Proof;
import org.adjoint.expr.Budget;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Span;
import org.adjoint.lang.Syntax;

/**
 * A claim that has been read and waits to be judged; judging needs nothing that other claims change.
 *
 * @param frame     what the report repeats
 * @param options   the propositions: one, or the options of a multiple choice
 * @param answer    which option is claimed to be right, from 0; empty for a claim that is no choice
 * @param section   what is visible to the claim
 */
record Pending(Frame frame, List<Alternative> options, Optional<Integer> answer, SectionReader.Snapshot section) {

    /** What stands in the file. */
    record Frame(Span span, String id, Optional<String> part, String text, Dialect dialect, Clause.Expect expect) {
        String seedName() {
            return part.map(p -> id + " " + p).orElse(id);
        }

        Claim result(List<Link> links, List<String> conventions, Evidence evidence) {
            String expected = expect.verdict().word()
                    + (expect.link().isPresent() ? " link " + expect.link().getAsInt() : "");
            return new Claim(span, id, part, text, expected, links, conventions, evidence,
                    isExpected(links, evidence.kind()));
        }

        private boolean isExpected(List<Link> links, Verdict verdict) {
            if (expect.link().isEmpty()) {
                return verdict.meets(expect.verdict());
            }
            int k = expect.link().getAsInt();
            if (links.isEmpty()) {
                return k == 1 && verdict.meets(expect.verdict());
            }
            if (k < 1 || k > links.size() || !links.get(k - 1).verdict().meets(expect.verdict())) {
                return false;
            }
            // Of a refuted chain the first false link is meant.
            return expect.verdict() != Clause.Expected.REFUTED
                    || links.subList(0, k - 1).stream().noneMatch(link -> link.verdict() == Verdict.REFUTED);
        }
    }

    /** One proposition. */
    record Alternative(String label, Syntax proposition, List<Clause> clauses, ClaimReader.Questions questions) {
    }

    Claim judge(Budget budget) {
        try {
            return answer.isPresent() ? choice(budget) : claim(budget);
        } catch (RuntimeException | StackOverflowError failure) {
            return frame.result(List.of(), List.of(), Failure.evidence(failure));
        }
    }

    // ---- one proposition

    private Claim claim(Budget budget) {
        Alternative only = options.get(0);
        List<Link> links = links(only.questions(), budget);
        Evidence evidence = whole(only.questions(), links, budget);
        List<String> conventions = new ArrayList<>();
        for (Clause clause : only.clauses()) {
            if (clause instanceof Clause.Under under) {
                under.settings().forEach(s -> conventions.add(s.convention() + "=" + s.value()));
            }
        }
        if (evidence.kind() == Verdict.REFUTED || evidence.kind() == Verdict.ILL_FORMED) {
            Optional<String> right = new ConventionSearch(this, budget).search();
            if (right.isPresent()) {
                conventions.add(right.get());
                evidence = evidence.with("right under " + right.get());
            }
        }
        return frame.result(links.size() > 1 ? links : List.of(), conventions, evidence);
    }

    static List<Link> links(ClaimReader.Questions questions, Budget budget) {
        List<Link> links = new ArrayList<>();
        for (ClaimReader.Part part : questions.parts()) {
            Evidence evidence = part.evidence().orElseGet(() -> judge(part.question().orElseThrow(), budget));
            links.add(new Link(links.size() + 1, part.text(),
                    evidence.kind().holds() ? evidence.with(part.remark()) : evidence));
        }
        return links;
    }

    private static Evidence judge(Question question, Budget budget) {
        try {
            return budget.call(() -> Judge.judge(question));
        } catch (RuntimeException | StackOverflowError limit) {
            return Failure.evidence(limit);
        }
    }

    /** The verdict on all links; of a chain the first false link is named, and whether its ends agree. */
    private static Evidence whole(ClaimReader.Questions questions, List<Link> links, Budget budget) {
        Verdict verdict = Verdict.of(links.stream().map(Link::verdict).toList());
        if (links.size() == 1) {
            return links.get(0).evidence();
        }
        if (verdict.holds()) {
            List<String> details = new ArrayList<>();
            for (Link link : links) {
                if (link.verdict() == verdict && !details.contains(link.evidence().detail())) {
                    details.add(link.evidence().detail());
                }
            }
            List<Proof> proofs = links.stream().flatMap(link -> link.evidence().proof().stream()).toList();
            return new Evidence(verdict, details.size() <= 3 ? String.join("; ", details)
                    : details.get(0) + "; and so on, link by link", Optional.empty(),
                    proofs.isEmpty() ? Optional.empty() : Optional.of(Proof.all(proofs)));
        }
        Link first = links.stream().filter(link -> link.verdict() == verdict).findFirst().orElseThrow();
        Evidence evidence = new Evidence(verdict,
                "link " + first.number() + ", " + first.text() + ": " + first.evidence().detail(),
                first.evidence().counterexample());
        if (verdict == Verdict.REFUTED && questions.ends().isPresent()) {
            Verdict ends = judge(questions.ends().get(), budget).kind();
            evidence = evidence.with(ends.holds() ? "the ends of the chain agree"
                    : ends == Verdict.REFUTED ? "the ends of the chain differ" : "");
        }
        return evidence;
    }

    // ---- multiple choice

    private Claim choice(Budget budget) {
        List<Link> links = new ArrayList<>();
        for (Alternative option : options) {
            Evidence evidence = whole(option.questions(), links(option.questions(), budget), budget);
            links.add(new Link(links.size() + 1,
                    option.label() + ": " + Text.line(option.proposition().text()), evidence));
        }
        int right = answer.orElseThrow();
        Link answered = links.get(right);
        List<String> alsoRight = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (Link link : links) {
            if (link.number() - 1 != right) {
                String label = options.get(link.number() - 1).label();
                if (link.verdict().holds()) {
                    alsoRight.add(label);
                } else if (link.verdict() == Verdict.UNDECIDED) {
                    open.add(label);
                }
            }
        }
        String label = options.get(right).label();
        Evidence evidence;
        if (!answered.verdict().holds()) {
            evidence = new Evidence(answered.verdict(), "the answer " + label + ": " + answered.evidence().detail(),
                    answered.evidence().counterexample())
                    .with(alsoRight.isEmpty() ? "" : "right is " + String.join(", ", alsoRight));
        } else if (!alsoRight.isEmpty()) {
            evidence = Evidence.of(Verdict.REFUTED, "right as well: " + String.join(", ", alsoRight));
        } else if (!open.isEmpty()) {
            evidence = Evidence.of(Verdict.UNDECIDED, "not decided: " + String.join(", ", open));
        } else {
            evidence = Evidence.of(answered.verdict(),
                    label + ": " + answered.evidence().detail() + "; every other option is refuted");
        }
        return frame.result(links, List.of(), evidence);
    }
}
