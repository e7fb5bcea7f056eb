package org.adjoint.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the MATLAB-like notation.
 *
 * <p>From loose to tight: {@code + -}; {@code * / .* ./}; the sign; {@code ^ .^}, to the right; {@code '}. So {@code -x.^2} is
 * {@code -(x.^2)}, and {@code X^2'} is {@code X^(2')}.
 */
final class TermParser {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<number>\\d+(?:\\.(?![*/^])\\d*)?(?:[eE][-+]?\\d+)?|\\.\\d+)|(?<name>[A-Za-z_]\\w*)"
                    + "|\"(?<text>[^\"]*)\"|(?<sign>\\.[*/^]|[-+*/^'(),]))");

    private record Token(Kind kind, String text) {
        private enum Kind {
            NUMBER, NAME, TEXT, SIGN, END
        }
    }

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    private TermParser(String source) {
        this.source = source;
        Matcher matcher = TOKEN.matcher(source.stripTrailing());
        int at = 0;
        int end = source.stripTrailing().length();
        while (at < end) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("cannot be read: " + source.substring(at) + " in " + source);
            }
            at = matcher.end();
            for (Token.Kind kind : List.of(Token.Kind.NUMBER, Token.Kind.NAME, Token.Kind.TEXT, Token.Kind.SIGN)) {
                String text = matcher.group(kind.name().toLowerCase(java.util.Locale.ROOT));
                if (text != null) {
                    tokens.add(new Token(kind, text));
                }
            }
        }
        tokens.add(new Token(Token.Kind.END, ""));
    }

    /** The expression that a text says, as a whole. */
    static Term parse(String source) {
        TermParser parser = new TermParser(source);
        Term term = parser.sum();
        if (parser.peek().kind() != Token.Kind.END) {
            throw new IllegalArgumentException("unexpected " + parser.peek().text() + " in " + source);
        }
        return term;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean at(String... signs) {
        return peek().kind() == Token.Kind.SIGN && List.of(signs).contains(peek().text());
    }

    private String take() {
        return tokens.get(next++).text();
    }

    private void expect(String sign) {
        if (!at(sign)) {
            throw new IllegalArgumentException("expected " + sign + ", got " + peek().text() + " in " + source);
        }
        next++;
    }

    private Term sum() {
        Term left = product();
        while (at("+", "-")) {
            left = new Term.Binary(take(), left, product());
        }
        return left;
    }

    private Term product() {
        Term left = signed();
        while (at("*", "/", ".*", "./")) {
            left = new Term.Binary(take(), left, signed());
        }
        return left;
    }

    private Term signed() {
        if (at("-")) {
            next++;
            return new Term.Negated(signed());
        }
        Term base = postfix();
        return at("^", ".^") ? new Term.Binary(take(), base, signed()) : base;
    }

    private Term postfix() {
        Term term = atom();
        while (at("'")) {
            next++;
            term = new Term.Transposed(term);
        }
        return term;
    }

    private Term atom() {
        return switch (peek().kind()) {
            case NUMBER -> new Term.Literal(Double.parseDouble(take()));
            case TEXT -> new Term.Text(take());
            case NAME -> {
                String name = take();
                yield at("(") ? new Term.Call(name, arguments()) : new Term.Name(name);
            }
            case SIGN, END -> {
                expect("(");
                Term inner = sum();
                expect(")");
                yield inner;
            }
        };
    }

    private List<Term> arguments() {
        List<Term> arguments = new ArrayList<>();
        expect("(");
        while (!at(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(sum());
        }
        expect(")");
        return arguments;
    }
}
