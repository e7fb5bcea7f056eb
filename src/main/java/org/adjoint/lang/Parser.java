package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;

/** Reads the language: blocks of statements, single expressions, shapes. */
public final class Parser {
    private Parser() {
    }

    /**
     * What a block holds: the statements that could be read and what is wrong with the others.
     *
     * @param statements in the order of the text
     * @param problems   in the order of the text
     */
    public record Block(List<Statement> statements, List<Problem> problems) {

        /** The statements when there is nothing wrong. */
        public List<Statement> orThrow() {
            if (problems.isEmpty()) {
                return statements;
            }
            throw new SyntaxException(problems);
        }
    }

    /** The statements of a whole source. */
    public static Block statements(Source source, Dialect dialect) {
        return statements(source, lines(source), dialect);
    }

    /**
     * The statements of some lines of a source. A statement that cannot be read becomes a problem; reading goes on with
     * the next.
     *
     * @param lines one stretch for each line, in the order of the text, without line ends
     */
    public static Block statements(Source source, List<Span> lines, Dialect dialect) {
        Tokens tokens = Lexer.tokens(source, lines, dialect);
        List<Statement> statements = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Statements.forEach(tokens, (first, end) -> {
            try {
                statements.add(StatementParser.statement(tokens, first, end));
            } catch (SyntaxException e) {
                problems.addAll(e.problems());
            }
        });
        return new Block(List.copyOf(statements), List.copyOf(problems));
    }

    /**
     * One expression or proposition.
     *
     * @throws SyntaxException if the text is anything else
     */
    public static Syntax expression(Source source, Dialect dialect) {
        Tokens tokens = Lexer.tokens(source, lines(source), dialect);
        ExpressionParser.Parsed parsed = ExpressionParser.expression(tokens, 0, tokens.size());
        if (parsed.next() < tokens.size()) {
            throw new Slips(tokens).unexpected(parsed.next(), tokens.size(),
                    "an operator or the end of the expression");
        }
        return parsed.node();
    }

    /**
     * What stands after {@code with}: {@code W = e, net[0].bias = 0}.
     *
     * @throws SyntaxException if the text is anything else
     */
    public static List<Clause.Substitution> substitutions(Source source, Dialect dialect) {
        Tokens tokens = Lexer.tokens(source, lines(source), dialect);
        return ClauseParser.substitutions(tokens, 0, tokens.size());
    }

    /**
     * One shape, as {@code --shape} takes it: {@code W=[m, n]}, {@code X=[n, n] invertible}, {@code t=[]}; the same as
     * the declaration {@code W : R[m, n]}. A declaration is accepted too.
     *
     * @throws SyntaxException if the text is anything else
     */
    public static Statement.Declaration shape(Source source) {
        Tokens tokens = Lexer.tokens(source, lines(source), Dialect.NUMPY);
        int end = tokens.size();
        Slips slips = new Slips(tokens);
        Syntax.Name name = Binders.name(tokens, 0, end, "`name=[sizes]`");
        if (end > 1 && !tokens.isSymbol(1, "=")) {
            TypeParser.Declared declared = TypeParser.declaration(tokens, 0, end, false);
            return new Statement.Declaration(declared.names(), declared.type(), declared.facts(), Dialect.NUMPY,
                    tokens.span(0, end - 1));
        }
        if (end < 3 || !tokens.isSymbol(2, "[")) {
            throw slips.unexpected(Math.min(end, 2), end, "sizes in brackets, as in `" + name.id() + "=[m, n]`");
        }
        ExpressionParser.Parsed sizes = ExpressionParser.postfix(tokens, 2, end);
        List<FactSyntax> facts = TypeParser.facts(tokens, sizes.next(), end);
        TypeSyntax type = new TypeSyntax.Tensor(TypeSyntax.Domain.R, sizes.node().children(), sizes.node().span());
        return new Statement.Declaration(List.of(name), type, facts, Dialect.NUMPY, tokens.span(0, end - 1));
    }

    private static List<Span> lines(Source source) {
        List<Span> lines = new ArrayList<>(source.lineCount());
        for (int line = 1; line <= source.lineCount(); line++) {
            lines.add(source.span(source.lineStart(line), source.lineEnd(line)));
        }
        return lines;
    }
}
