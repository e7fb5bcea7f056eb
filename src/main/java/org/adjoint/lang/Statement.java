package org.adjoint.lang;

import java.util.List;
import java.util.Optional;

/** One statement of a problem file as written. */
public sealed interface Statement {

    /** Where it was written. */
    Span span();

    /** How its expressions are to be read. */
    Dialect dialect();

    /** The text exactly as written. */
    default String text() {
        return span().text();
    }

    /** {@code x, y : R[n] nonzero}. */
    record Declaration(List<Syntax.Name> names, TypeSyntax type, List<FactSyntax> facts, Dialect dialect, Span span)
            implements
                Statement {
    }

    /** {@code target = value clause*}; among the clauses {@code for} gives the indices of a family their ranges. */
    record Definition(Target target, Syntax value, List<Clause> clauses, Dialect dialect, Span span)
            implements
                Statement {
    }

    /** {@code assume p, q}: for the rest of the scope. */
    record Assume(List<Syntax> propositions, List<Clause> clauses, Dialect dialect, Span span) implements Statement {
    }

    /** {@code claim ID "part": proposition clause*}; without a part, the source's own statement. */
    record Claim(String id, Optional<String> part, Syntax proposition, List<Clause> clauses, Dialect dialect, Span span)
            implements
                Statement {
    }

    /** {@code ask ID "part": expression clause*}. */
    record Ask(String id, Optional<String> part, Syntax expression, List<Clause> clauses, Dialect dialect, Span span)
            implements
                Statement {
    }

    /** {@code choice ID "part" = answer { A: p; B: q } clause*}. */
    record Choice(String id, Optional<String> part, String answer, List<Option> options, List<Clause> clauses,
            Dialect dialect, Span span) implements Statement {
    }

    /** {@code label: proposition clause*} of a choice. */
    record Option(String label, Syntax proposition, List<Clause> clauses, Span span) {
    }

    /** What a definition defines. */
    sealed interface Target {

        /** The name that is defined. */
        Syntax.Name name();

        /** {@code y = ..}. */
        record Variable(Syntax.Name name) implements Target {
        }

        /** {@code f(p, q) = ..}. */
        record Function(Syntax.Name name, List<Syntax.Name> parameters) implements Target {
        }

        /** {@code h[k] = ..}, {@code h[0] = ..}, {@code h[k + 1] = ..}: one object per index, or a recurrence. */
        record Family(Syntax.Name name, List<Syntax> indices) implements Target {
        }
    }
}
