package org.adjoint.lang;

import java.util.Optional;

import org.adjoint.lang.Frame.Kind;
import org.adjoint.lang.Infix.Level;

/** The state of the expression parser in which an operand is expected. */
final class OperandReader {
    private final Tokens tokens;
    private final int end;
    private final Slips slips;
    private final Operands stack;
    private final Reading reading;
    private final Literals literals;
    private final ItemReader items;

    OperandReader(Reading reading, Literals literals, ItemReader items) {
        this.tokens = reading.tokens;
        this.end = reading.end;
        this.slips = reading.slips;
        this.stack = reading.stack;
        this.reading = reading;
        this.literals = literals;
        this.items = items;
    }

    void operand(Frame frame) {
        if (reading.at >= end) {
            reading.checkClosed(frame);
            throw slips.operandExpected(reading.at, end);
        }
        switch (tokens.kind(reading.at)) {
            case NUMBER -> reading.literal(literals.number(reading.at));
            case STRING -> reading.literal(new Syntax.StringLit(tokens.text(reading.at), tokens.span(reading.at)));
            case NAME -> word(frame);
            case SYMBOL -> operandSymbol(frame);
            case SUPERSCRIPT, ID, ERROR, END -> throw slips.operandExpected(reading.at, end);
        }
    }

    private void word(Frame frame) {
        String word = tokens.text(reading.at);
        Span span = tokens.span(reading.at);
        if (word.equals("not")) {
            stack.prefix(Level.NOT, reading.at++);
        } else if (Words.isReserved(word)) {
            throw slips.operandExpected(reading.at, end);
        } else
            if (frame.kind == Kind.CALL && reading.at == frame.itemStart && reading.at + 1 < end
                    && tokens.isSymbol(reading.at + 1, "=")) {
                        frame.keyword = Optional.of(new Syntax.Name(word, span));
                        reading.at += 2;
                    } else
                if (Words.isInfinite(word)) {
                    reading.literal(literals.infinity(frame, span, reading.at + 1));
                } else if (Words.isNotANumber(word)) {
                    throw Literals.notReal(span);
                } else {
                    reading.literal(switch (word) {
                        case "true", "True" -> new Syntax.BooleanLit(true, span);
                        case "false", "False" -> new Syntax.BooleanLit(false, span);
                        case "None" -> new Syntax.NoneLit(span);
                        default -> new Syntax.Name(word, span);
                    });
                }
    }

    private void operandSymbol(Frame frame) {
        String symbol = tokens.text(reading.at);
        switch (symbol) {
            case "-", "+" -> stack.prefix(Level.UNARY, reading.at++);
            case "*" -> {
                if (frame.kind != Kind.CALL || reading.at != frame.itemStart || tokens.dialect() != Dialect.NUMPY) {
                    throw slips.operandExpected(reading.at, end);
                }
                stack.prefix(Level.UNARY, reading.at++);
            }
            case "√" -> stack.prefix(Level.ROOT, reading.at++);
            case "∇" -> nabla();
            case "(" -> reading.open(Kind.GROUP);
            case "[" -> reading.open(Kind.LIST);
            case "{" -> reading.open(Kind.SET);
            case "|" -> {
                if (tokens.dialect() != Dialect.MATH) {
                    missingOperand(frame, symbol);
                } else {
                    reading.open(Kind.BARS);
                }
            }
            case "..." -> {
                if (frame.kind != Kind.INDEX) {
                    throw slips.operandExpected(reading.at, end);
                }
                reading.literal(new Syntax.Ellipsis(tokens.span(reading.at)));
            }
            case ":" -> {
                if (!reading.slices(frame)) {
                    throw slips.operandExpected(reading.at, end);
                }
                reading.part(frame, Optional.empty());
            }
            default -> missingOperand(frame, symbol);
        }
    }

    /** {@code ∇(f, x)} is {@code grad(f, x)}; {@code ∇_x f} takes the variable from the subscript. */
    private void nabla() {
        boolean subscript = reading.at + 1 < end && tokens.kind(reading.at + 1) == Tokens.Kind.NAME
                && tokens.touchesPrevious(reading.at + 1)
                && tokens.text(reading.at + 1).length() > 1 && tokens.text(reading.at + 1).startsWith("_");
        if (subscript) {
            stack.prefix(Level.ROOT, reading.at);
            reading.at += 2;
        } else if (reading.at + 1 < end && tokens.isSymbol(reading.at + 1, "(")) {
            reading.literal(new Syntax.Name("grad", tokens.span(reading.at)));
        } else {
            throw slips.problem(reading.at, "`∇` without a variable", "`∇(f, x)` or `∇_x f`", "write `grad(f, x)`");
        }
    }

    /** A closing bracket or comma where an operand could stand: after a comma, after a slice's colon, or in {@code ()}. */
    private void missingOperand(Frame frame, String symbol) {
        boolean nothing = stack.operandCount() == frame.operandBase && stack.operatorCount() == frame.operatorBase
                && frame.keyword.isEmpty() && frame.body.isEmpty() && frame.memberships.isEmpty();
        boolean closes = symbol.equals(frame.kind.closer());
        boolean inSlice = nothing && !frame.parts.isEmpty();
        if (inSlice && symbol.equals(",")) {
            items.nextItem(frame);
        } else if (inSlice && closes) {
            items.endItem(frame);
            items.close(frame);
        } else if (nothing && closes && (frame.items.isEmpty() && frame.keywords.isEmpty() || frame.trailingComma)) {
            items.close(frame);
        } else {
            throw slips.operandExpected(reading.at, end);
        }
    }
}
