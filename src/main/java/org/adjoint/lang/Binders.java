package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;

import org.adjoint.lang.Tokens.Kind;

/** The names after {@code for}: {@code i, j in a..b, k}. */
final class Binders {
    private Binders() {
    }

    /** Names up to their range, and the token after them. */
    record Names(List<Syntax.Name> names, int next) {
    }

    /** The names at token {@code at} that share a range, or that have none. */
    static Names names(Tokens tokens, int at, int end) {
        List<Syntax.Name> names = new ArrayList<>();
        int next = at;
        while (true) {
            names.add(name(tokens, next, end, "an index name"));
            next++;
            if (next >= end || !tokens.isSymbol(next, ",") || !startsAt(tokens, next + 1, end)) {
                return new Names(List.copyOf(names), next);
            }
            next++;
        }
    }

    /** Whether an index name stands at the token, rather than the next argument of a call. */
    static boolean startsAt(Tokens tokens, int at, int end) {
        if (at >= end || tokens.kind(at) != Kind.NAME || Words.isReserved(tokens.text(at))) {
            return false;
        }
        int next = at + 1;
        return next >= end || tokens.isSymbol(next, ",") || Brackets.closes(tokens, next)
                || tokens.kind(next) == Kind.NAME
                        && (tokens.text(next).equals("in") || Words.beginsClause(tokens.text(next)));
    }

    /** The name at a token that can only be a name. */
    static Syntax.Name name(Tokens tokens, int at, int end, String expected) {
        boolean name = at < end && tokens.kind(at) == Kind.NAME && !Words.isReserved(tokens.text(at));
        if (!name) {
            throw new Slips(tokens).unexpected(at, end, expected);
        }
        return new Syntax.Name(tokens.text(at), tokens.span(at));
    }
}
