package org.adjoint.lang;

import org.adjoint.expr.Rational;

/** Numbers, and what is none. */
final class Literals {
    private final Tokens tokens;
    private final int end;
    private final Slips slips;
    private final Operands stack;
    private final boolean infinityAllowed;

    /**
     * For one expression.
     *
     * @param infinityAllowed whether infinity is allowed everywhere, as in a fact's bounds
     */
    Literals(Reading reading, boolean infinityAllowed) {
        this.tokens = reading.tokens;
        this.end = reading.end;
        this.slips = reading.slips;
        this.stack = reading.stack;
        this.infinityAllowed = infinityAllowed;
    }

    Syntax number(int token) {
        String text = tokens.text(token);
        boolean percent = text.endsWith("%");
        try {
            Rational value = Rational.parse(percent ? text.substring(0, text.length() - 1) : text);
            return new Syntax.NumberLit(percent ? value.dividedBy(Rational.of(100)) : value, text, percent,
                    tokens.span(token));
        } catch (NumberFormatException e) {
            throw slips.problem(token, "`" + Excerpt.of(text) + "` is not a number", "", "");
        } catch (ArithmeticException e) {
            throw slips.problem(token, "`" + Excerpt.of(text) + "` has too many digits to be held exactly", "", "");
        }
    }

    Syntax infinity(Frame frame, Span span, int next) {
        boolean bound = infinityAllowed || stack.awaitsBound(frame.operatorBase)
                || next < end && tokens.isSymbol(next, "..") || isCompared(next);
        if (bound) {
            return new Syntax.Infinity(span);
        }
        throw new SyntaxException(Problem.at(span, "`" + span.text() + "` is not a number: all quantities are real")
                .hint("infinity can be the target of a limit, `x -> inf`, a limit, `limit(e, x -> a) == inf`, or a"
                        + " bound of a range, `0..inf`"));
    }

    /** Whether the infinity before the token is equated with a call, a sign apart: {@code limit(1/x, x -> 0-) == -inf}. */
    private boolean isCompared(int next) {
        int before = next - 2;
        if (before >= 0 && tokens.isSymbol(before, "-")) {
            before--;
        }
        return before >= 1 && tokens.isSymbol(before, "==") && tokens.isSymbol(before - 1, ")")
                || next + 1 < end && tokens.isSymbol(next, "==") && tokens.text(next + 1).equals("limit");
    }

    static SyntaxException notReal(Span span) {
        return new SyntaxException(Problem.at(span, "`" + span.text() + "` is not a number: all quantities are real"));
    }
}
