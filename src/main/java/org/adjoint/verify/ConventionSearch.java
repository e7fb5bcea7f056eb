package org.adjoint.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.lang.Convention;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Undecided;

/**
 * The one convention, among those that the claim does not settle itself, under which a wrong claim is right: its section is
 * read again under each that can matter to what is written there.
 */
final class ConventionSearch {
    /** A convention can matter only where one of these occurs in the text. */
    private static final Map<String, List<String>> TRIGGERS = Map.ofEntries(
            Map.entry("scalar", List.of("[1]", "[]")),
            Map.entry("vectors", List.of("@", ".T", "ᵀ", "'", "outer", "dot", "*")),
            Map.entry("layout", List.of("jacobian", "deriv", "partial", "grad")),
            Map.entry("conv", List.of("conv", "correlate")),
            Map.entry("division", List.of("/", "Conv", "Pool")),
            Map.entry("var", List.of("var", "std", "Norm")),
            Map.entry("loss", List.of("loss", "mse", "MSE", "cross_entropy", "Loss")),
            Map.entry("ops", List.of("macs", "operations")),
            Map.entry("relu0", List.of("relu", "ReLU")),
            Map.entry("ties", List.of("max", "min")),
            Map.entry("vec", List.of("vec")));

    private final Pending claim;
    private final Pending.Alternative option;
    private final Budget budget;
    private final String text;

    ConventionSearch(Pending claim, Budget budget) {
        this.claim = claim;
        this.option = claim.options().get(0);
        this.budget = budget;
        StringBuilder all = new StringBuilder(claim.frame().text());
        claim.section().statements().forEach(statement -> all.append('\n').append(statement.text()));
        this.text = all.toString();
    }

    /** The convention, as it would be written after {@code under}; nothing when there is none or more than one. */
    Optional<String> search() {
        if (!isReadable()) {
            return Optional.empty();
        }
        List<String> right = new ArrayList<>();
        Set<Object> before = expressions(option.questions());
        for (String name : Convention.names()) {
            boolean settled = claim.section().conventions().stream().anyMatch(c -> c.name().equals(name))
                    || isStated(name);
            if (!settled
                    && TRIGGERS.getOrDefault(name, List.of("")).stream().anyMatch(text::contains)) {
                for (String value : Convention.values(name)) {
                    if (isRight(new Convention(name, value), before)) {
                        right.add(name + "=" + value);
                    }
                }
            }
        }
        return right.size() == 1 ? Optional.of(right.get(0)) : Optional.empty();
    }

    private boolean isReadable() {
        try {
            Clauses.of(option.clauses());
            return true;
        } catch (IllFormed unknownConvention) {
            return false;
        }
    }

    private boolean isStated(String name) {
        return Clauses.of(option.clauses()).conventions().stream().anyMatch(c -> c.name().equals(name));
    }

    private boolean isRight(Convention convention, Set<Object> before) {
        try {
            ClaimReader.Questions questions = budget.call(() -> ClaimReader.read(
                    claim.section().read(Set.of(convention)), claim.frame().dialect(), option.clauses(),
                    option.proposition(), claim.frame().seedName()));
            if (questions.parts().stream().anyMatch(p -> p.question().isEmpty())
                    || expressions(questions).equals(before) || isEmptied(questions)) {
                return false;
            }
            for (Link link : Pending.links(questions, budget)) {
                if (!link.verdict().holds()) {
                    return false;
                }
            }
            return true;
        } catch (IllFormed | Undecided | Budget.Exceeded | StackOverflowError notReadable) {
            return false;
        }
    }

    /** Whether the convention makes both sides zero: right, but no longer about anything. */
    private static boolean isEmptied(ClaimReader.Questions questions) {
        for (ClaimReader.Part part : questions.parts()) {
            for (Comparison c : part.question().orElseThrow().proposition().comparisons()) {
                if (Linear.isZero(c.values().left()) && Linear.isZero(c.values().right())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the questions are about: when a convention does not change it, the verdict stays. */
    private static Set<Object> expressions(ClaimReader.Questions questions) {
        Set<Object> all = new HashSet<>();
        for (ClaimReader.Part part : questions.parts()) {
            part.question().ifPresent(q -> {
                List<Expr> roots = q.allRoots();
                all.addAll(roots);
                if (roots.isEmpty()) {
                    all.add(q.proposition());
                }
            });
            part.evidence().ifPresent(e -> all.add(e.detail()));
        }
        return all;
    }
}
