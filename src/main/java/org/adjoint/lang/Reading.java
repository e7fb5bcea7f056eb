package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.adjoint.lang.Frame.Kind;

/** Where the expression parser is: what its parts share. */
final class Reading {
    final Tokens tokens;
    final int end;
    final Slips slips;
    final Operands stack;
    final List<Frame> frames = new ArrayList<>();
    /** The next token. */
    int at;
    /** Whether an operand is expected next, rather than an operator. */
    boolean operandExpected = true;

    Reading(Tokens tokens, int from, int end) {
        this.tokens = tokens;
        this.at = from;
        this.end = end;
        this.slips = new Slips(tokens);
        this.stack = new Operands(tokens);
        frames.add(new Frame(Kind.TOP, from, 0, 0));
    }

    /** The innermost open bracket. */
    Frame frame() {
        return frames.getLast();
    }

    void literal(Syntax node) {
        stack.push(node);
        at++;
        operandExpected = false;
    }

    void open(Kind kind) {
        frames.add(new Frame(kind, at, stack.operandCount(), stack.operatorCount()));
        at++;
        operandExpected = true;
    }

    void checkClosed(Frame frame) {
        if (at >= end && frame.kind != Kind.TOP) {
            throw slips.problem(frame.opener, tokens.quote(frame.opener) + " is never closed", frame.kind.end(), "");
        }
    }

    boolean slices(Frame frame) {
        boolean bracket = frame.kind == Kind.INDEX || frame.kind == Kind.CALL && tokens.dialect() != Dialect.NUMPY;
        return bracket && frame.parts.size() < 2;
    }

    void part(Frame frame, Optional<Syntax> node) {
        frame.parts.add(node);
        at++;
        operandExpected = true;
    }

    Syntax finish(Frame frame) {
        OptionalInt open = stack.openConditional(frame.operatorBase);
        if (open.isPresent()) {
            String got = at < end ? "; got " + tokens.quote(at) : "";
            throw slips.problem(open.getAsInt(), "`if` without `else`" + got, "",
                    "write `x if p else y`; a condition on a claim is `given p`");
        }
        return stack.finish(frame.operatorBase).node();
    }
}
