package org.adjoint.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.lang.Convention;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;

/** What the statements of a section and of those around it define, read once; it can be read again under conventions. */
final class SectionReader {
    private final DerivedOperators operators;
    private Elaborator reader;
    private final List<Statement> statements;
    private final Set<String> derivatives;
    private final List<SizeAliases.Alias> aliases;
    private final Set<Convention> conventions;

    private SectionReader(DerivedOperators operators, Elaborator reader, List<Statement> statements,
            Set<String> derivatives, List<SizeAliases.Alias> aliases, Set<Convention> conventions) {
        this.aliases = aliases;
        this.operators = operators;
        this.reader = reader;
        this.statements = statements;
        this.derivatives = derivatives;
        this.conventions = conventions;
    }

    /** A file before its first statement. */
    static SectionReader empty() {
        return empty(new DerivedOperators(), Set.of());
    }

    /** How the limit that has this value was found, in words; empty for anything else. */
    String reason(Expr value) {
        return operators.reason(value);
    }

    private static SectionReader empty(DerivedOperators known, Set<Convention> conventions) {
        DerivedOperators operators = known.under(conventions);
        return new SectionReader(operators,
                new Elaborator(new Environment(), operators, Dialect.NUMPY, conventions), new ArrayList<>(),
                new HashSet<>(), new ArrayList<>(), conventions);
    }

    /** A section inside this one. */
    SectionReader inner() {
        return new SectionReader(operators, reader.apart(), new ArrayList<>(statements), new HashSet<>(derivatives),
                new ArrayList<>(aliases), conventions);
    }

    /** Reads a declaration, a definition or an assumption. */
    List<Problem> read(Statement statement) {
        statements.add(statement);
        if (statement instanceof Statement.Definition definition
                && Derivatives.occurIn(definition.value(), derivatives)) {
            derivatives.add(definition.target().name().id());
        }
        try {
            List<Problem> problems = reader.statement(statement);
            if (statement instanceof Statement.Assume assume) {
                identify(assume);
            }
            return problems;
        } catch (Budget.Exceeded tooLarge) {
            return List.of(Problem.at(statement.span(), String.valueOf(tooLarge.getMessage())));
        }
    }

    /** {@code assume m == n} of two sizes: everything is read again with one of them in the place of the other. */
    private void identify(Statement.Assume assume) {
        for (Syntax proposition : assume.propositions()) {
            SizeAliases.of(proposition, reader.in(assume.dialect())).ifPresent(alias -> {
                aliases.replaceAll(earlier -> earlier.after(alias));
                aliases.add(alias);
                readAgain();
            });
        }
    }

    private void readAgain() {
        Elaborator again = new Elaborator(new Environment(), operators, Dialect.NUMPY, conventions);
        for (SizeAliases.Alias alias : aliases) {
            again = again.withValue(alias.name(), alias.value());
        }
        for (Statement statement : statements) {
            // What is wrong was said when it was read first.
            again.statement(statement);
        }
        reader = again;
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
        return snapshot().read(more);
    }

    /** What was read so far, to be read again later: reading on does not change it. */
    Snapshot snapshot() {
        return new Snapshot(operators, List.copyOf(statements), conventions);
    }

    /** A section up to some statement. */
    record Snapshot(DerivedOperators operators, List<Statement> statements, Set<Convention> conventions) {
        /** The section read again under more conventions. */
        SectionReader read(Set<Convention> more) {
            Set<Convention> all = new HashSet<>(conventions);
            all.addAll(more);
            SectionReader section = empty(operators, all);
            statements.forEach(section::read);
            return section;
        }
    }
}
