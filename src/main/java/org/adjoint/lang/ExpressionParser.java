package org.adjoint.lang;

import org.adjoint.lang.Frame.Kind;
import org.adjoint.lang.Infix.Level;

/**
 * Reads one expression or proposition by operator precedence. Open brackets are {@link Frame}s on an explicit stack, so
 * nesting is bounded by memory only. The two states are "an operand is expected" and "an operator is expected"; in the
 * latter, at the outermost level, the first token that does not continue the expression ends it.
 */
final class ExpressionParser {
    private final Reading reading;
    private final OperandReader operands;
    private final OperatorReader operators;
    private final ItemReader items;

    private ExpressionParser(Reading reading, Level floor, boolean fact) {
        Literals literals = new Literals(reading, fact);
        this.reading = reading;
        this.items = new ItemReader(reading);
        this.operands = new OperandReader(reading, literals, items);
        this.operators = new OperatorReader(reading, literals, floor);
    }

    /** An expression and the token after it. */
    record Parsed(Syntax node, int next) {
    }

    /** The longest expression that starts at token {@code from} and ends before {@code end}. */
    static Parsed expression(Tokens tokens, int from, int end) {
        return new ExpressionParser(new Reading(tokens, from, end), Level.CONDITIONAL, false).parse();
    }

    /** A name or literal with calls, indices and attributes, but without operators. */
    static Parsed postfix(Tokens tokens, int from, int end) {
        return new ExpressionParser(new Reading(tokens, from, end), Level.POSTFIX, false).parse();
    }

    /** The same for a fact: its word may be reserved or a number, and infinite bounds are allowed. */
    static Parsed fact(Tokens tokens, int from, int end) {
        Reading reading = new Reading(tokens, from, end);
        reading.literal(new Syntax.Name(tokens.text(from), tokens.span(from)));
        return new ExpressionParser(reading, Level.POSTFIX, true).parse();
    }

    private Parsed parse() {
        while (true) {
            Frame frame = reading.frame();
            if (reading.operandExpected) {
                operands.operand(frame);
            } else if (!operators.operator(frame)) {
                if (frame.kind == Kind.TOP) {
                    return new Parsed(reading.finish(frame), reading.at);
                }
                items.delimiter(frame);
            }
        }
    }
}
