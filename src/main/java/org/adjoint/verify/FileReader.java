package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.adjoint.expr.Budget;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;

/** Reads the sections of a problem file in order and hands on each claim as soon as it is read. */
final class FileReader {
    /**
     * A statement that is wrong.
     *
     * @param name    what it would have defined; empty for other statements
     * @param problem what is wrong
     */
    record Broken(Optional<String> name, Problem problem) {
    }

    private final Budget budget;
    private final Consumer<Pending> claims;
    private final List<Broken> broken = new ArrayList<>();

    FileReader(Budget budget, Consumer<Pending> claims) {
        this.budget = budget;
        this.claims = claims;
    }

    /** Everything in the file; what is wrong with statements that are no claims is returned. */
    List<Broken> read(ProblemFile file) {
        read(file.scope(), SectionReader.empty());
        return broken;
    }

    private void read(Scope scope, SectionReader outside) {
        SectionReader section = outside.inner();
        for (Statement statement : scope.statements()) {
            switch (statement) {
                case Statement.Claim claim -> claim(section, claim);
                case Statement.Choice choice -> choice(section, choice);
                case Statement.Ask ask -> ask(section, ask);
                case Statement.Declaration declaration -> define(section, declaration, Optional.empty());
                case Statement.Definition definition -> define(section, definition,
                        Optional.of(definition.target().name().id()));
                case Statement.Assume assume -> define(section, assume, Optional.empty());
            }
        }
        // Headings nest at most six deep.
        scope.children().forEach(child -> read(child, section));
    }

    private void define(SectionReader section, Statement statement, Optional<String> name) {
        try {
            for (Problem problem : budget.call(() -> section.read(statement))) {
                broken.add(new Broken(name, problem));
            }
        } catch (RuntimeException | StackOverflowError defect) {
            broken.add(new Broken(Optional.empty(), Problem.at(statement.span(), Failure.DEFECT + defect)));
        }
    }

    private void claim(SectionReader section, Statement.Claim claim) {
        Pending.Frame frame = frame(claim, claim.id(), claim.part(), claim.proposition().span().start(),
                claim.clauses());
        Pending.Alternative only = alternative(section, frame.dialect(), "", claim.proposition(), claim.clauses(),
                frame);
        claims.accept(new Pending(frame, List.of(only), Optional.empty(), section.snapshot()));
    }

    private void choice(SectionReader section, Statement.Choice choice) {
        Pending.Frame frame = frame(choice, choice.id(), choice.part(), choice.span().start(), choice.clauses());
        List<Pending.Alternative> options = new ArrayList<>();
        Optional<Integer> answer = Optional.empty();
        for (Statement.Option option : choice.options()) {
            if (option.label().equals(choice.answer())) {
                answer = Optional.of(options.size());
            }
            List<Clause> clauses = new ArrayList<>(option.clauses());
            clauses.addAll(choice.clauses());
            options.add(alternative(section, frame.dialect(), option.label(), option.proposition(), clauses, frame));
        }
        if (answer.isEmpty()) {
            broken.add(new Broken(Optional.empty(),
                    Problem.at(choice.span(), "the answer " + choice.answer() + " is none of the options")));
            return;
        }
        claims.accept(new Pending(frame, options, answer, section.snapshot()));
    }

    private void ask(SectionReader section, Statement.Ask ask) {
        Pending.Frame frame = frame(ask, ask.id(), ask.part(), ask.expression().span().start(), ask.clauses());
        Evidence evidence = Evidence.of(Verdict.UNDECIDED, "it asks for an answer, and there is no answer file");
        ClaimReader.Part part = new ClaimReader.Part(frame.text(), Optional.empty(), Optional.of(evidence));
        Pending.Alternative only = new Pending.Alternative("", ask.expression(), ask.clauses(),
                new ClaimReader.Questions(List.of(part), Optional.empty()));
        claims.accept(new Pending(frame, List.of(only), Optional.empty(), section.snapshot()));
    }

    private Pending.Alternative alternative(SectionReader section, Dialect dialect, String label, Syntax proposition,
            List<Clause> clauses, Pending.Frame frame) {
        String id = label.isEmpty() ? frame.seedName() : frame.seedName() + " " + label;
        ClaimReader.Questions questions;
        try {
            questions = budget.call(() -> ClaimReader.read(section, dialect, clauses, proposition, id));
        } catch (Budget.Exceeded late) {
            questions = new ClaimReader.Questions(List.of(new ClaimReader.Part(Text.line(proposition.text()),
                    Optional.empty(), Optional.of(Failure.evidence(late)))), Optional.empty());
        }
        return new Pending.Alternative(label, proposition, clauses, questions);
    }

    /** The text is that of the proposition and its clauses, without what is expected. */
    private Pending.Frame frame(Statement statement, String id, Optional<String> part, int from,
            List<Clause> clauses) {
        int end = statement.span().end();
        for (Clause clause : clauses) {
            if (clause instanceof Clause.Expect expect && expect.span().end() == end) {
                end = expect.span().start();
            }
        }
        String text = Text.line(statement.span().source().text().substring(from, end));
        Clause.Expect expect = statement instanceof Statement.Ask && clauses.stream()
                .noneMatch(Clause.Expect.class::isInstance)
                        ? new Clause.Expect(Clause.Expected.UNDECIDED, java.util.OptionalInt.empty(), statement.span())
                        : Clauses.expectation(clauses);
        return new Pending.Frame(statement.span(), id, part, text, statement.dialect(), expect);
    }
}
