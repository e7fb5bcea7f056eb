package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;

import org.adjoint.lang.Tokens.Kind;

/** The options of a choice: {@code A: p; B: q}, each on a line of its own or separated by semicolons. */
final class Options {
    private Options() {
    }

    /** The options between the braces. */
    static List<Statement.Option> read(Tokens tokens, int from, int end) {
        List<Statement.Option> options = new ArrayList<>();
        int at = from;
        while (at < end) {
            if (tokens.isSymbol(at, ";")) {
                at++;
                continue;
            }
            int stop = at + 1;
            while (stop < end && !tokens.isSymbol(stop, ";")
                    && !(tokens.startsLine(stop) && labelled(tokens, stop, end))) {
                stop = Brackets.opens(tokens, stop) && tokens.partner(stop) > stop ? tokens.partner(stop) + 1
                        : stop + 1;
            }
            options.add(option(tokens, at, stop));
            at = stop;
        }
        if (options.isEmpty()) {
            throw new Slips(tokens).problem(from - 1, "a choice without options", "`A: p; B: q`", "");
        }
        return List.copyOf(options);
    }

    private static Statement.Option option(Tokens tokens, int from, int end) {
        if (!labelled(tokens, from, end)) {
            throw new Slips(tokens).unexpected(from, end, "an option: a label, `:` and a proposition");
        }
        ExpressionParser.Parsed proposition = ExpressionParser.expression(tokens, from + 2, end);
        return new Statement.Option(tokens.text(from), proposition.node(),
                ClauseParser.clauses(tokens, proposition.next(), end), tokens.span(from, end - 1));
    }

    private static boolean labelled(Tokens tokens, int at, int end) {
        return at + 1 < end && (tokens.kind(at) == Kind.NAME || tokens.kind(at) == Kind.NUMBER)
                && tokens.isSymbol(at + 1, ":");
    }
}
