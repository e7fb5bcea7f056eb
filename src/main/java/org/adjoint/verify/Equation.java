package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.SyntaxException;
import org.adjoint.lang.Trees;

/**
 * {@code A == B} for every value of the variables at which both sides have one: a claim outside of any file. Names that
 * mean nothing are real numbers.
 *
 * @param left       as written
 * @param right      as written
 * @param dialect    how both are read
 * @param given      declarations, definitions and assumptions, in that order
 * @param tolerance  how far the sides may be apart
 * @param seed       where random points come from
 */
public record Equation(String left, String right, Dialect dialect, List<Statement> given,
        Optional<Clause.Within> tolerance,
        long seed) {

    private static final String IMAGINARY = "i";
    private static final String COTANGENT = "acot(x) is read as atan(1/x), with values from -pi/2 to pi/2";
    /** Functions of which textbooks have two versions, and which one it is here. */
    private static final Map<String, String> CONVENTIONS = Map.of("acot", COTANGENT, "arccot", COTANGENT);

    /**
     * What became of an equation.
     *
     * @param evidence for the verdict
     * @param problem  why a side has no meaning, with its place; empty when both have one
     * @param scalars  the names that were taken as real numbers
     * @param notes    what is worth knowing besides: conventions, and where only one side has a value
     */
    public record Judged(Evidence evidence, Optional<Problem> problem, List<String> scalars, List<String> notes) {
        Judged(Evidence evidence, Optional<Problem> problem, List<String> scalars) {
            this(evidence, problem, scalars, List.of());
        }

        /** Proved, supported, refuted, undecided or ill-formed. */
        public Verdict verdict() {
            return evidence.kind();
        }
    }

    /**
     * The verdict.
     *
     * @throws SyntaxException when a declaration, definition or assumption is wrong
     */
    public Judged judge(Budget budget) {
        try {
            return budget.call(() -> judged(budget));
        } catch (Budget.Exceeded exceeded) {
            return new Judged(Failure.evidence(exceeded), Optional.empty(), List.of());
        }
    }

    private Judged judged(Budget budget) {
        SectionReader section = SectionReader.empty();
        List<Syntax> sides;
        try {
            sides = List.of(side("<left>", left), side("<right>", right));
        } catch (SyntaxException broken) {
            return new Judged(Evidence.of(Verdict.ILL_FORMED, broken.problem().headline()),
                    Optional.of(broken.problem()), List.of());
        }
        List<String> scalars = declare(section, sides);
        Syntax.Relation relation = new Syntax.Relation(sides, List.of(Syntax.Relation.Op.EQUAL), sides.get(0).span());
        List<Clause> clauses = new ArrayList<>();
        tolerance.ifPresent(clauses::add);
        ClaimReader.Part part = ClaimReader.read(section, dialect, clauses, relation, String.valueOf(seed)).parts()
                .get(0);
        if (dialect == Dialect.MATH && scalars.contains(IMAGINARY)) {
            return new Judged(Evidence.of(Verdict.UNDECIDED, "all quantities are real, and i may be meant as the "
                    + "imaginary unit; if it is a real number, say so: --shape \"i=[]\""), Optional.empty(), scalars);
        }
        if (part.question().isPresent()) {
            Question question = part.question().get();
            Evidence evidence = replayable(evidence(question, budget));
            return new Judged(evidence, Optional.empty(), scalars, notes(sides, question, evidence));
        }
        return new Judged(part.evidence().orElseThrow(), problem(section, sides), scalars);
    }

    /** With the seed that draws the same points again when it is asked for. */
    private Evidence replayable(Evidence evidence) {
        return new Evidence(evidence.kind(), evidence.detail(), evidence.counterexample()
                .map(c -> new Counterexample(c.sizes(), c.values(), c.left(), c.right(), seed)), evidence.proof());
    }

    private List<String> notes(List<Syntax> sides, Question question, Evidence evidence) {
        List<String> notes = new ArrayList<>();
        if (dialect == Dialect.MATH) {
            CONVENTIONS.forEach((name, meaning) -> {
                if (sides.stream().flatMap(side -> Trees.names(side).stream()).anyMatch(n -> n.id().equals(name))) {
                    notes.add(meaning);
                }
            });
        }
        if (evidence.kind().holds()) {
            try {
                DomainNote.of(question).ifPresent(notes::add);
            } catch (Budget.Exceeded | IllegalArgumentException noPoints) {
                // It is a note only.
                return notes;
            }
        }
        return notes;
    }

    private static Evidence evidence(Question question, Budget budget) {
        try {
            return budget.call(() -> Judge.judge(question));
        } catch (RuntimeException | StackOverflowError limit) {
            return Failure.evidence(limit);
        }
    }

    private Syntax side(String name, String text) {
        return Parser.expression(Source.of(name, text), dialect);
    }

    /** The place of what is wrong with a side. */
    private Optional<Problem> problem(SectionReader section, List<Syntax> sides) {
        for (Syntax side : sides) {
            try {
                section.reader().in(dialect).tensor(side);
            } catch (IllFormed wrong) {
                return Optional.of(wrong.problem());
            } catch (RuntimeException other) {
                // is no problem of the text
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    // ---- names

    /** Reads what is given, and makes real numbers of the names that mean nothing. */
    private List<String> declare(SectionReader section, List<Syntax> sides) {
        Set<String> defined = new LinkedHashSet<>();
        for (Statement statement : given) {
            if (statement instanceof Statement.Definition definition) {
                defined.add(definition.target().name().id());
            }
        }
        List<String> scalars = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Statement statement : AssumedFacts.of(given)) {
            for (Syntax part : parts(statement)) {
                assume(section, part, defined, scalars);
            }
            problems.addAll(section.read(statement));
        }
        if (!problems.isEmpty()) {
            throw new SyntaxException(problems);
        }
        sides.forEach(side -> assume(section, side, defined, scalars));
        return scalars;
    }

    private static List<Syntax> parts(Statement statement) {
        return switch (statement) {
            case Statement.Assume assume -> assume.propositions();
            case Statement.Definition definition ->
                definition.target() instanceof Statement.Target.Variable ? List.of(definition.value()) : List.of();
            case Statement.Declaration ignored -> List.of();
            case Statement.Claim ignored -> List.of();
            case Statement.Ask ignored -> List.of();
            case Statement.Choice ignored -> List.of();
        };
    }

    private void assume(SectionReader section, Syntax syntax, Set<String> defined, List<String> scalars) {
        section.reader().in(dialect).declareSizes(List.of(syntax), defined);
        for (Syntax.Name name : section.reader().in(dialect).freeNames(syntax)) {
            if (!defined.contains(name.id())) {
                scalars.add(name.id());
                section.read(Parser.shape(Source.of(name.id(), name.id() + "=[]")));
            }
        }
    }
}
