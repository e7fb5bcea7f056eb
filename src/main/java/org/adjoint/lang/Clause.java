package org.adjoint.lang;

import java.util.List;
import java.util.OptionalInt;

/** What may follow the proposition of a claim, the expression of an ask, or the value of a definition. */
public sealed interface Clause {

    /** Where it was written. */
    Span span();

    /** {@code for i, j in a..b, c in {..}, k}: index names, each with or without a range. */
    record For(List<Syntax.Binder> binders, Span span) implements Clause {
    }

    /** {@code for all n : Z, x, y : R[n] nonzero}. */
    record ForAll(List<Quantified> variables, Span span) implements Clause {
    }

    /** {@code given p, q}: hypotheses. */
    record Given(List<Syntax> propositions, Span span) implements Clause {
    }

    /** {@code with W = 0, net[1].weight = e}: substitutions made last. */
    record With(List<Substitution> substitutions, Span span) implements Clause {
    }

    /** {@code under var = n-1, vectors = columns}: conventions. */
    record Under(List<Setting> settings, Span span) implements Clause {
    }

    /** {@code almost everywhere}. */
    record AlmostEverywhere(Span span) implements Clause {
    }

    /** {@code within 1e-6}, {@code within 5%}; the latter is relative. */
    record Within(Syntax tolerance, boolean relative, Span span) implements Clause {
    }

    /** {@code within printed}: half a unit of the last printed digit. */
    record WithinPrinted(Span span) implements Clause {
    }

    /** {@code expect refuted}, {@code expect refuted link 2}; links count from 1. */
    record Expect(Expected verdict, OptionalInt link, Span span) implements Clause {
    }

    /** Names that a {@code for all} declares together. */
    record Quantified(List<Syntax.Name> names, TypeSyntax type, List<FactSyntax> facts) {
    }

    /** {@code target = value} of a {@code with}; the target is a name or something like {@code net[1].weight}. */
    record Substitution(Syntax target, Syntax value) {
    }

    /** {@code convention = value} of an {@code under}, both as written without blanks. */
    record Setting(String convention, String value, Span span) {
    }

    /** The verdict that the author of a claim expects. */
    enum Expected {
        /** Proved or supported; what is expected when nothing is said. */
        HOLDS("holds"),
        /** A proof. */
        PROVED("proved"),
        /** Evidence without a proof. */
        SUPPORTED("supported"),
        /** A counterexample. */
        REFUTED("refuted"),
        /** Neither. */
        UNDECIDED("undecided"),
        /** No meaning. */
        ILL_FORMED("ill-formed");

        private final String word;

        Expected(String word) {
            this.word = word;
        }

        /** As it is written. */
        public String word() {
            return word;
        }
    }
}
