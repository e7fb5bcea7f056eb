package org.adjoint.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.lang.Convention;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Operators;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Statement;

/** What the statements of a section and of those around it define, read once; it can be read again under conventions. */
final class SectionReader {
    private static final Operators OPERATORS = new DerivedOperators();

    private final Elaborator reader;
    private final List<Statement> statements;
    private final Set<String> derivatives;
    private final Set<Convention> conventions;

    private SectionReader(Elaborator reader, List<Statement> statements, Set<String> derivatives,
            Set<Convention> conventions) {
        this.reader = reader;
        this.statements = statements;
        this.derivatives = derivatives;
        this.conventions = conventions;
    }

    /** A file before its first statement. */
    static SectionReader empty() {
        return empty(Set.of());
    }

    private static SectionReader empty(Set<Convention> conventions) {
        return new SectionReader(new Elaborator(new Environment(), OPERATORS, Dialect.NUMPY, conventions),
                new ArrayList<>(), new HashSet<>(), conventions);
    }

    /** A section inside this one. */
    SectionReader inner() {
        return new SectionReader(reader.inner(), new ArrayList<>(statements), new HashSet<>(derivatives), conventions);
    }

    /** Reads a declaration, a definition or an assumption. */
    List<Problem> read(Statement statement) {
        statements.add(statement);
        if (statement instanceof Statement.Definition definition
                && Derivatives.occurIn(definition.value(), derivatives)) {
            derivatives.add(definition.target().name().id());
        }
        try {
            return reader.statement(statement);
        } catch (Budget.Exceeded tooLarge) {
            return List.of(Problem.at(statement.span(), String.valueOf(tooLarge.getMessage())));
        }
    }

    Elaborator reader() {
        return reader;
    }

    Set<Convention> conventions() {
        return conventions;
    }

    /** Whether a name is defined by a derivative. */
    Set<String> derivatives() {
        return derivatives;
    }

    /** All statements so far, read again from the start under more conventions. */
    SectionReader under(Set<Convention> more) {
        Set<Convention> all = new HashSet<>(conventions);
        all.addAll(more);
        SectionReader again = empty(all);
        statements.forEach(again::read);
        return again;
    }

    /** What was read so far, for later: reading on does not change it. */
    List<Statement> snapshot() {
        return List.copyOf(statements);
    }

    static SectionReader of(List<Statement> statements, Set<Convention> conventions) {
        SectionReader section = empty(conventions);
        statements.forEach(section::read);
        return section;
    }
}
