package org.adjoint.lang;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.adjoint.lang.Frame.Kind;
import org.adjoint.lang.Infix.Level;

/** The state of the expression parser in which an operator is expected. */
final class OperatorReader {
    private static final Set<String> PREFIXES = Set.of("np", "numpy", "torch", "math");

    private final Tokens tokens;
    private final int end;
    private final Slips slips;
    private final Operands stack;
    private final Reading reading;
    private final Literals literals;
    private final Level floor;

    /**
     * For one expression.
     *
     * @param floor operators that bind less tightly end the expression at its outermost level
     */
    OperatorReader(Reading reading, Literals literals, Level floor) {
        this.tokens = reading.tokens;
        this.end = reading.end;
        this.slips = reading.slips;
        this.stack = reading.stack;
        this.reading = reading;
        this.literals = literals;
        this.floor = floor;
    }

    /** Reads the operator at hand; false when there is none. */
    boolean operator(Frame frame) {
        if (reading.at >= end || stack.operandCount() == frame.operandBase) {
            return false;
        }
        if (tokens.dialect() == Dialect.MATH && sideBySide()) {
            stack.infix(new Infix.Pair(Syntax.Binary.Op.MULTIPLY, Level.PRODUCT), reading.at, frame.operatorBase);
            reading.operandExpected = true;
            return true;
        }
        return switch (tokens.kind(reading.at)) {
            case SUPERSCRIPT -> {
                superscript();
                yield true;
            }
            case SYMBOL -> postfix() || infixSymbol(frame);
            case NAME -> infixWord(frame);
            case NUMBER, STRING, ID, ERROR, END -> false;
        };
    }

    /** In textbook text, two operands with a blank between them are a product; a bracket that touches is a call. */
    private boolean sideBySide() {
        if (tokens.touchesPrevious(reading.at)) {
            return false;
        }
        return switch (tokens.kind(reading.at)) {
            case NUMBER -> true;
            case NAME -> !Words.isReserved(tokens.text(reading.at)) && !tokens.isWord(reading.at, "almost");
            case SYMBOL -> Set.of("(", "[", "√", "∇").contains(tokens.text(reading.at));
            case SUPERSCRIPT, STRING, ID, ERROR, END -> false;
        };
    }

    private boolean postfix() {
        switch (tokens.text(reading.at)) {
            case "(" -> call();
            case "[" -> {
                if (stack.top().node() instanceof Syntax.NumberLit && !stack.top().bracketed()) {
                    return false;
                }
                reading.open(Kind.INDEX);
            }
            case "." -> attribute();
            case "ᵀ" -> transpose(1);
            case "'" -> prime();
            case "!" -> {
                if (tokens.dialect() != Dialect.MATH) {
                    return false;
                }
                factorial();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void call() {
        Operands.Operand callee = stack.top();
        Syntax node = callee.node();
        boolean callable = node instanceof Syntax.Name || node instanceof Syntax.Attribute
                || node instanceof Syntax.Call
                || node instanceof Syntax.Index || node instanceof Syntax.Prime;
        if (!callable || callee.bracketed()) {
            throw slips.unexpected(reading.at, end, "an operator");
        }
        reading.open(Kind.CALL);
    }

    private void attribute() {
        boolean dotted = reading.at + 1 < end && tokens.touchesPrevious(reading.at + 1)
                && Set.of("*", "/", "^", "**").contains(tokens.text(reading.at + 1));
        if (dotted) {
            throw slips.problem(reading.at, "unexpected `.`", "",
                    "`*`, `/` and `**` are elementwise; the dotted operators are of dialect matlab");
        }
        if (reading.at + 1 >= end || tokens.kind(reading.at + 1) != Tokens.Kind.NAME) {
            throw slips.unexpected(reading.at + 1, end, "the name of an attribute after `.`");
        }
        String name = tokens.text(reading.at + 1);
        Operands.Operand base = stack.top();
        boolean prefixed = base.node() instanceof Syntax.Name n && PREFIXES.contains(n.id());
        Span span = tokens.source().span(base.start(), tokens.end(reading.at + 1));
        if (name.equals("T")) {
            transpose(2);
            return;
        } else if (prefixed && Words.isNotANumber(name)) {
            throw Literals.notReal(span);
        }
        stack.pop();
        stack.push(
                prefixed && Words.isInfinite(name) ? literals.infinity(reading.frames.getLast(), span, reading.at + 2)
                        : new Syntax.Attribute(base.node(), name, span));
        reading.at += 2;
    }

    private void factorial() {
        Operands.Operand operand = stack.pop();
        Span span = tokens.source().span(operand.start(), tokens.end(reading.at));
        stack.push(new Syntax.Call(new Syntax.Name("factorial", tokens.span(reading.at)), List.of(operand.node()),
                List.of(), span));
        reading.at++;
    }

    private void transpose(int length) {
        Operands.Operand operand = stack.pop();
        int stop = tokens.end(reading.at + length - 1);
        stack.push(new Syntax.Transpose(operand.node(), tokens.source().span(operand.start(), stop)));
        reading.at += length;
    }

    /** {@code '}: outside numpy a transpose, unless of a function's name before its arguments. */
    private void prime() {
        Operands.Operand operand = stack.top();
        int after = reading.at;
        while (after < end && tokens.isSymbol(after, "'")) {
            after++;
        }
        boolean name = operand.node() instanceof Syntax.Name || operand.node() instanceof Syntax.Attribute;
        boolean called = after < end && tokens.isSymbol(after, "(");
        if (tokens.dialect() != Dialect.NUMPY && !(name && called)) {
            transpose(1);
        } else if (!name || operand.bracketed() || !called) {
            throw slips.problem(reading.at, "`'` marks the derivative of a function, as in `sigma'(x)`",
                    "a function's name before it",
                    "a transpose is written `.T`");
        } else {
            stack.pop();
            stack.push(new Syntax.Prime(operand.node(), after - reading.at,
                    tokens.source().span(operand.start(), tokens.end(after - 1))));
            reading.at = after;
        }
    }

    private void superscript() {
        Operands.Operand base = stack.pop();
        Syntax exponent = literals.number(reading.at);
        Span span = tokens.source().span(base.start(), tokens.end(reading.at));
        stack.push(new Syntax.Binary(Syntax.Binary.Op.SUPERSCRIPT, base.node(), exponent, span));
        reading.at++;
    }

    private boolean infixSymbol(Frame frame) {
        Optional<Infix> infix = Infix.of(tokens.text(reading.at), tokens.dialect());
        if (infix.isEmpty() || frame.kind == Kind.TOP && infix.get().level().compareTo(floor) < 0) {
            return false;
        }
        Level level = infix.get().level();
        boolean endsItem = reading.at + 1 >= end || tokens.isSymbol(reading.at + 1, ",")
                || tokens.isSymbol(reading.at + 1, frame.kind.closer());
        if (level == Level.ARROW && (frame.kind != Kind.CALL || frame.body.isPresent())) {
            throw slips.unexpected(reading.at, end, "an operator or " + frame.kind.end());
        } else
            if (level == Level.SUM && endsItem && infix.get() instanceof Infix.Plus sign
                    && stack.oneSided(sign.negated(), reading.at, frame.operatorBase)) {
                        reading.at++;
                        return true;
                    } else
                if (level == Level.RANGE && !startsOperand(reading.at + 1)) {
                    stack.openRange(reading.at++, frame.operatorBase);
                    return true;
                } else
                    if (level == Level.POWER && tokens.isSymbol(reading.at, "^") && reading.at + 1 < end
                            && tokens.isWord(reading.at + 1, "T")) {
                                if (tokens.dialect() != Dialect.MATH) {
                                    throw slips.problem(reading.at, "`^T` is not a transpose here", "", "write "
                                            + (tokens.dialect() == Dialect.NUMPY ? "`.T`; a power is `**T`"
                                                    : "`'`; a power is `^(T)`"));
                                }
                                transpose(2);
                                return true;
                            }
        stack.infix(infix.get(), reading.at++, frame.operatorBase);
        reading.operandExpected = true;
        return true;
    }

    private boolean infixWord(Frame frame) {
        String word = tokens.text(reading.at);
        if (word.equals("else")) {
            if (!stack.otherwise(frame.operatorBase)) {
                throw slips.problem(reading.at, "`else` without `if`", "", "write `x if p else y`");
            }
            reading.at++;
            reading.operandExpected = true;
            return true;
        }
        boolean notIn = word.equals("not") && reading.at + 1 < end && tokens.isWord(reading.at + 1, "in");
        Optional<Infix> infix = notIn ? Infix.of("not in", tokens.dialect()) : Infix.word(word);
        if (infix.isEmpty() || frame.kind == Kind.TOP && infix.get().level().compareTo(floor) < 0) {
            return false;
        }
        stack.infix(infix.get(), reading.at, frame.operatorBase);
        reading.at += notIn ? 2 : 1;
        reading.operandExpected = true;
        return true;
    }

    private boolean startsOperand(int i) {
        if (i >= end) {
            return false;
        }
        return switch (tokens.kind(i)) {
            case NUMBER, STRING, ERROR -> true;
            case NAME -> tokens.text(i).equals("not") || !Words.isReserved(tokens.text(i));
            case SYMBOL -> Set.of("-", "+", "√", "∇", "(", "[", "{").contains(tokens.text(i));
            case SUPERSCRIPT, ID, END -> false;
        };
    }
}
