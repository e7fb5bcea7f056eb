package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Convention;
import org.adjoint.lang.Syntax;

/**
 * The clauses of a claim, sorted.
 *
 * @param indices          of {@code for}
 * @param variables        of {@code for all}
 * @param hypotheses       of {@code given}
 * @param substitutions    of {@code with}
 * @param conventions      of {@code under}
 * @param tolerance        of {@code within}
 * @param printed          whether the claim is {@code within printed}
 * @param almostEverywhere whether it says so
 * @param expected         the verdict that the author expects
 * @param link             the link for which it is expected, from 1
 */
record Clauses(List<Syntax.Binder> indices, List<Clause.Quantified> variables, List<Syntax> hypotheses,
        List<Clause.Substitution> substitutions, List<Convention> conventions, Optional<Clause.Within> tolerance,
        boolean printed, boolean almostEverywhere, Clause.Expected expected, OptionalInt link) {

    /** @throws org.adjoint.lang.IllFormed for an unknown convention */
    static Clauses of(List<Clause> clauses) {
        List<Syntax.Binder> indices = new ArrayList<>();
        List<Clause.Quantified> variables = new ArrayList<>();
        List<Syntax> hypotheses = new ArrayList<>();
        List<Clause.Substitution> substitutions = new ArrayList<>();
        List<Convention> conventions = new ArrayList<>();
        Optional<Clause.Within> tolerance = Optional.empty();
        boolean printed = false;
        boolean almostEverywhere = false;
        for (Clause clause : clauses) {
            switch (clause) {
                case Clause.For f -> indices.addAll(f.binders());
                case Clause.ForAll all -> variables.addAll(all.variables());
                case Clause.Given given -> hypotheses.addAll(given.propositions());
                case Clause.With with -> substitutions.addAll(with.substitutions());
                case Clause.Under under -> conventions.addAll(Convention.of(under));
                case Clause.AlmostEverywhere ignored -> almostEverywhere = true;
                case Clause.Within within -> tolerance = Optional.of(within);
                case Clause.WithinPrinted ignored -> printed = true;
                case Clause.Expect ignored -> {
                }
            }
        }
        Clause.Expect expect = expectation(clauses);
        return new Clauses(indices, variables, hypotheses, substitutions, conventions, tolerance, printed,
                almostEverywhere, expect.verdict(), expect.link());
    }

    /** What is expected, which can be told even when the rest is ill formed. */
    static Clause.Expect expectation(List<Clause> clauses) {
        for (Clause clause : clauses) {
            if (clause instanceof Clause.Expect expect) {
                return expect;
            }
        }
        return NOTHING_SAID;
    }

    private static final Clause.Expect NOTHING_SAID = new Clause.Expect(Clause.Expected.HOLDS, OptionalInt.empty(),
            org.adjoint.lang.Source.of("", "").whole());
}
