package org.adjoint.lang;

import java.util.List;
import java.util.Optional;

import org.adjoint.lang.Frame.Kind;

/** What ends an expression inside brackets: commas, colons, {@code for}, and the closing bracket. */
final class ItemReader {
    private final Tokens tokens;
    private final int end;
    private final Slips slips;
    private final Operands stack;
    private final Reading reading;

    ItemReader(Reading reading) {
        this.tokens = reading.tokens;
        this.end = reading.end;
        this.slips = reading.slips;
        this.stack = reading.stack;
        this.reading = reading;
    }

    void delimiter(Frame frame) {
        reading.checkClosed(frame);
        boolean comprehends = frame.kind != Kind.INDEX && frame.memberships.isEmpty();
        if (tokens.isWord(reading.at, "for") && comprehends) {
            comprehension(frame);
        } else if (tokens.isSymbol(reading.at, ",") && frame.memberships.isEmpty()) {
            comma(frame);
        } else if (tokens.isSymbol(reading.at, ":") && reading.slices(frame)) {
            reading.part(frame, Optional.of(reading.finish(frame)));
        } else
            if (tokens.isSymbol(reading.at, ":") && frame.kind == Kind.SET && frame.memberships.isEmpty()
                    && frame.body.isEmpty()) {
                        endItem(frame);
                        frame.memberships.addAll(Memberships.of(frame.items));
                        reading.at++;
                        reading.operandExpected = true;
                    } else
                if (tokens.isSymbol(reading.at, frame.kind.closer())) {
                    if (frame.memberships.isEmpty()) {
                        endItem(frame);
                    }
                    close(frame);
                } else {
                    throw slips.unexpected(reading.at, end, "an operator, `,` or " + frame.kind.end());
                }
    }

    private void comprehension(Frame frame) {
        if (frame.body.isEmpty()) {
            frame.body = Optional.of(reading.finish(frame));
        } else {
            endRange(frame);
        }
        reading.at++;
        binder(frame);
    }

    private void comma(Frame frame) {
        if (frame.body.isPresent()) {
            endRange(frame);
            if (Binders.startsAt(tokens, reading.at + 1, end)) {
                reading.at++;
                binder(frame);
                return;
            }
        }
        nextItem(frame);
    }

    void nextItem(Frame frame) {
        endItem(frame);
        reading.at++;
        frame.trailingComma = true;
        frame.itemStart = reading.at;
        reading.operandExpected = true;
    }

    /** Names after {@code for} or a comma; their range, if any, is read next. */
    private void binder(Frame frame) {
        Binders.Names names = Binders.names(tokens, reading.at, end);
        reading.at = names.next();
        if (reading.at < end && tokens.isWord(reading.at, "in")) {
            frame.unranged.addAll(names.names());
            reading.at++;
            reading.operandExpected = true;
        } else {
            names.names().forEach(n -> frame.binders.add(new Syntax.Binder(n, Optional.empty())));
            reading.operandExpected = false;
        }
    }

    private void endRange(Frame frame) {
        if (!frame.unranged.isEmpty()) {
            Optional<Syntax> range = Optional.of(reading.finish(frame));
            frame.unranged.forEach(n -> frame.binders.add(new Syntax.Binder(n, range)));
            frame.unranged.clear();
        }
    }

    void endItem(Frame frame) {
        Syntax node;
        if (frame.body.isPresent()) {
            endRange(frame);
            Syntax body = frame.body.get();
            Span span = tokens.source().span(tokens.start(frame.itemStart), tokens.end(reading.at - 1));
            node = new Syntax.Comprehension(form(frame), body, List.copyOf(frame.binders), span);
            frame.comprehends = true;
            frame.body = Optional.empty();
            frame.binders.clear();
        } else if (!frame.parts.isEmpty()) {
            boolean last = stack.operandCount() > frame.operandBase;
            frame.parts.add(last ? Optional.of(reading.finish(frame)) : Optional.empty());
            Optional<Syntax> step = frame.parts.size() > 2 ? frame.parts.get(2) : Optional.empty();
            Span span = tokens.source().span(tokens.start(frame.itemStart), tokens.end(reading.at - 1));
            node = new Syntax.Slice(frame.parts.get(0), frame.parts.get(1), step, span);
            frame.parts.clear();
        } else {
            node = reading.finish(frame);
        }
        if (frame.keyword.isPresent()) {
            frame.keywords.add(new Syntax.Keyword(frame.keyword.get(), node));
            frame.keyword = Optional.empty();
        } else if (!frame.keywords.isEmpty()) {
            throw new SyntaxException(
                    Problem.at(node.span(), "an argument without a name after one with a name")
                            .hint("put it before `" + frame.keywords.get(0).name().id() + " =`"));
        } else {
            frame.items.add(node);
        }
        frame.trailingComma = false;
    }

    private static Syntax.Comprehension.Form form(Frame frame) {
        return switch (frame.kind) {
            case LIST -> Syntax.Comprehension.Form.LIST;
            case SET -> Syntax.Comprehension.Form.SET;
            case TOP, GROUP, CALL, INDEX, BARS -> Syntax.Comprehension.Form.ARGUMENT;
        };
    }

    /** The closing bracket at hand: the frame becomes one operand. */
    void close(Frame frame) {
        int start = tokens.start(frame.opener);
        int stop = tokens.end(reading.at);
        Span span = tokens.source().span(start, stop);
        List<Syntax> items = List.copyOf(frame.items);
        Optional<Syntax.Comprehension> only = bracketedComprehension(frame);
        switch (frame.kind) {
            case GROUP -> {
                if (items.size() == 1 && !frame.trailingComma) {
                    stack.push(items.get(0), start, stop, true);
                } else {
                    stack.push(new Syntax.TupleLit(items, span));
                }
            }
            case LIST -> stack.push(only.isPresent()
                    ? new Syntax.Comprehension(form(frame), only.get().body(), only.get().binders(), span)
                    : new Syntax.ListLit(items, span));
            case SET -> {
                if (!frame.memberships.isEmpty()) {
                    stack.push(new Syntax.SetBuilder(List.copyOf(frame.memberships), reading.finish(frame), span));
                } else {
                    stack.push(only.isPresent()
                            ? new Syntax.Comprehension(form(frame), only.get().body(), only.get().binders(), span)
                            : new Syntax.SetLit(items, span));
                }
            }
            case CALL -> {
                Operands.Operand callee = stack.pop();
                stack.push(new Syntax.Call(callee.node(), items, List.copyOf(frame.keywords),
                        tokens.source().span(callee.start(), stop)));
            }
            case INDEX -> {
                Operands.Operand base = stack.pop();
                stack.push(new Syntax.Index(base.node(), items, tokens.source().span(base.start(), stop)));
            }
            case BARS -> stack.push(
                    new Syntax.Call(new Syntax.Name(MathFunctions.MODULUS, span), items, List.of(), span));
            case TOP -> throw new IllegalStateException("the outermost level has no bracket");
        }
        reading.frames.removeLast();
        reading.at++;
        reading.operandExpected = false;
    }

    /** The comprehension that makes up a whole list or set; beside other items it is an error. */
    private static Optional<Syntax.Comprehension> bracketedComprehension(Frame frame) {
        if (frame.kind != Kind.LIST && frame.kind != Kind.SET || !frame.comprehends) {
            return Optional.empty();
        }
        if (frame.items.size() > 1) {
            throw new SyntaxException(Problem.at(frame.items.get(1).span(), "an item beside `e for ..`")
                    .expecting(frame.kind.end()));
        }
        return frame.items.get(0) instanceof Syntax.Comprehension c ? Optional.of(c) : Optional.empty();
    }
}
