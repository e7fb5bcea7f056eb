package org.adjoint.algebra;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.adjoint.expr.Expr;
import org.jspecify.annotations.Nullable;

/**
 * Why something holds: the argument in words, and the steps by which both sides become one. Most proofs are read by nobody,
 * so the steps are found when they are first asked for, by proving it once more and writing down what is done.
 */
public final class Proof {
    /**
     * One law applied: {@code before} and {@code after} are equal wherever both have a value, which can be checked by
     * evaluation. The step after it begins with {@code after}, unless it is the first of another part of the proof.
     */
    public record Step(String law, Expr before, Expr after) {
        /** The same law from right to left. */
        Step reversed() {
            return new Step(law, /* before= */ after, /* after= */ before);
        }
    }

    private final String reason;
    private final Supplier<List<Step>> telling;
    private @Nullable List<Step> told;

    public Proof(String reason, Supplier<List<Step>> telling) {
        this.reason = reason;
        this.telling = telling;
    }

    /** An argument that is all there is to say. */
    public Proof(String reason) {
        this(reason, List::of);
    }

    /** The proofs of several things that hold together. */
    public static Proof all(List<Proof> proofs) {
        String reasons = proofs.stream().map(Proof::reason).distinct().collect(Collectors.joining("; "));
        return new Proof(reasons, () -> proofs.stream().flatMap(proof -> proof.steps().stream()).toList());
    }

    /** This proof, and another one after it. */
    public Proof then(Proof next) {
        return all(List.of(this, next));
    }

    /** The argument, in words. */
    public String reason() {
        return reason;
    }

    /** The chain of steps; none where the argument is all there is to say, or telling it takes too long. */
    public synchronized List<Step> steps() {
        List<Step> steps = told;
        if (steps == null) {
            steps = List.copyOf(telling.get());
            told = steps;
        }
        return steps;
    }

    /** The names of the laws in the order in which they are first applied, each once. */
    public List<String> laws() {
        return steps().stream().map(Step::law).distinct().toList();
    }
}
