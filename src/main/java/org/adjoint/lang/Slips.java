package org.adjoint.lang;

import org.adjoint.lang.Tokens.Kind;

/** Problems at a token, with hints for what people write by habit from other languages. */
final class Slips {
    private final Tokens tokens;

    Slips(Tokens tokens) {
        this.tokens = tokens;
    }

    /** An operand was expected at token {@code at}, which is before {@code end}, the end of the statement, or there. */
    SyntaxException operandExpected(int at, int end) {
        if (at < end && tokens.kind(at) == Kind.ERROR) {
            return new SyntaxException(tokens.error(at));
        }
        String after = at > 0 ? " after " + tokens.quote(at - 1) : "";
        if (at >= end) {
            return new SyntaxException(
                    Problem.at(afterLast(at), "the statement ends" + after).expecting("an expression"));
        }
        String word = tokens.text(at);
        if (tokens.kind(at) == Kind.NAME && Words.isReserved(word)) {
            String what = "`" + word + "` is a word of the language, not a name";
            return problem(at, what, "an expression" + after, "");
        }
        String hint = switch (word) {
            case "*", "**" -> "arguments are not unpacked";
            case "=" -> "equality is written `==`";
            case "." -> "a number has digits before and after its point";
            default -> "";
        };
        return problem(at, "unexpected " + tokens.quote(at) + after, "an expression", hint);
    }

    /** After an expression, token {@code at} neither continues nor ends it. */
    SyntaxException unexpected(int at, int end, String expected) {
        if (at >= end) {
            String after = at > 0 ? " after " + tokens.quote(at - 1) : "";
            return new SyntaxException(Problem.at(afterLast(at), "the statement ends" + after).expecting(expected));
        }
        if (tokens.kind(at) == Kind.ERROR) {
            return new SyntaxException(tokens.error(at));
        }
        return problem(at, "unexpected " + tokens.quote(at), expected, hintAfterExpression(at));
    }

    SyntaxException problem(int at, String message, String expected, String hint) {
        return new SyntaxException(new Problem(tokens.span(at), message, expected, hint));
    }

    private String hintAfterExpression(int at) {
        Kind kind = tokens.kind(at);
        String before = at > 0 ? tokens.text(at - 1) : "";
        if (at > 0 && tokens.isWord(at - 1, "lambda")) {
            return "define a function: `f(x) = e`";
        }
        if (at > 0 && kind == Kind.NAME && tokens.text(at).equals("else")) {
            return "write `x if p else y`";
        }
        boolean operand = kind == Kind.NUMBER || kind == Kind.NAME || tokens.isSymbol(at, "(");
        boolean operandBefore = at > 0 && (tokens.kind(at - 1) == Kind.NUMBER || tokens.kind(at - 1) == Kind.NAME
                || before.equals(")") || before.equals("]"));
        if (operand && operandBefore) {
            return "for a product write `" + source(at - 1) + "*" + source(at) + "`";
        }
        return switch (tokens.text(at)) {
            case "=" -> "equality is written `==`";
            case "->" -> "an arrow stands in a limit: `limit(e, x -> 0)`";
            case "@", "**", "//", "%" -> "dialect matlab writes `*`, `^`, `floor(a/b)`, `mod(a, b)`";
            case ")", "]", "}" -> "there is no opening bracket for it";
            default -> "";
        };
    }

    private String source(int i) {
        return Excerpt.of(tokens.source().text().substring(tokens.start(i), tokens.end(i)));
    }

    /** The place just after the token before {@code at}. */
    private Span afterLast(int at) {
        int place = at > 0 ? tokens.end(at - 1) : tokens.start(at);
        return tokens.source().span(place, place);
    }
}
