package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.adjoint.expr.Rational;
import org.adjoint.lang.Frame.Kind;
import org.adjoint.lang.Infix.Level;

/**
 * Reads one expression or proposition by operator precedence. Open brackets are {@link Frame}s on an explicit stack, so
 * nesting is bounded by memory only. The two states are "an operand is expected" and "an operator is expected"; in the
 * latter, at the outermost level, the first token that does not continue the expression ends it.
 */
final class ExpressionParser {
    private static final Set<String> PREFIXES = Set.of("np", "numpy", "torch", "math");

    private final Tokens tokens;
    private final int end;
    private final Slips slips;
    private final Operands stack;
    private final List<Frame> frames = new ArrayList<>();
    private final Level floor;
    private final boolean factArguments;
    private int at;
    private boolean operandExpected = true;

    private ExpressionParser(Tokens tokens, int from, int end, Level floor, boolean factArguments) {
        this.tokens = tokens;
        this.at = from;
        this.end = end;
        this.floor = floor;
        this.factArguments = factArguments;
        this.slips = new Slips(tokens);
        this.stack = new Operands(tokens);
    }

    /** An expression and the token after it. */
    record Parsed(Syntax node, int next) {
    }

    /** The longest expression that starts at token {@code from} and ends before {@code end}. */
    static Parsed expression(Tokens tokens, int from, int end) {
        return new ExpressionParser(tokens, from, end, Level.CONDITIONAL, false).parse();
    }

    /** A name or literal with calls, indices and attributes, but without operators. */
    static Parsed postfix(Tokens tokens, int from, int end) {
        return new ExpressionParser(tokens, from, end, Level.POSTFIX, false).parse();
    }

    /** The same for a fact: its word may be reserved or a number, and infinite bounds are allowed. */
    static Parsed fact(Tokens tokens, int from, int end) {
        ExpressionParser parser = new ExpressionParser(tokens, from, end, Level.POSTFIX, true);
        parser.stack.push(new Syntax.Name(tokens.text(from), tokens.span(from)));
        parser.at++;
        parser.operandExpected = false;
        return parser.parse();
    }

    private Parsed parse() {
        frames.add(new Frame(Kind.TOP, at, 0, 0));
        while (true) {
            Frame frame = frames.getLast();
            if (operandExpected) {
                operand(frame);
            } else if (!operator(frame)) {
                if (frame.kind == Kind.TOP) {
                    return new Parsed(finish(frame), at);
                }
                delimiter(frame);
            }
        }
    }

    // ---- operands

    private void operand(Frame frame) {
        if (at >= end) {
            checkClosed(frame);
            throw slips.operandExpected(at, end);
        }
        switch (tokens.kind(at)) {
            case NUMBER -> literal(number(at));
            case STRING -> literal(new Syntax.StringLit(tokens.text(at), tokens.span(at)));
            case NAME -> word(frame);
            case SYMBOL -> operandSymbol(frame);
            case SUPERSCRIPT, ID, ERROR, END -> throw slips.operandExpected(at, end);
        }
    }

    private void literal(Syntax node) {
        stack.push(node);
        at++;
        operandExpected = false;
    }

    private Syntax number(int token) {
        String text = tokens.text(token);
        boolean percent = text.endsWith("%");
        try {
            Rational value = Rational.parse(percent ? text.substring(0, text.length() - 1) : text);
            return new Syntax.Number(percent ? value.dividedBy(Rational.of(100)) : value, text, percent,
                    tokens.span(token));
        } catch (NumberFormatException e) {
            throw slips.problem(token, "`" + Excerpt.of(text) + "` is not a number", "", "");
        } catch (ArithmeticException e) {
            throw slips.problem(token, "`" + Excerpt.of(text) + "` has too many digits to be held exactly", "", "");
        }
    }

    private void word(Frame frame) {
        String word = tokens.text(at);
        Span span = tokens.span(at);
        if (word.equals("not")) {
            stack.prefix(Level.NOT, at++);
        } else if (Words.isReserved(word)) {
            throw slips.operandExpected(at, end);
        } else if (frame.kind == Kind.CALL && at == frame.itemStart && at + 1 < end && tokens.isSymbol(at + 1, "=")) {
            frame.keyword = Optional.of(new Syntax.Name(word, span));
            at += 2;
        } else if (Words.isInfinite(word)) {
            literal(infinity(frame, span, at + 1));
        } else if (Words.isNotANumber(word)) {
            throw notReal(span);
        } else {
            literal(switch (word) {
                case "true", "True" -> new Syntax.BooleanLit(true, span);
                case "false", "False" -> new Syntax.BooleanLit(false, span);
                case "None" -> new Syntax.NoneLit(span);
                default -> new Syntax.Name(word, span);
            });
        }
    }

    private Syntax infinity(Frame frame, Span span, int next) {
        boolean bound = factArguments || stack.awaitsBound(frame.operatorBase) || next < end && tokens.isSymbol(next, "..");
        if (bound) {
            return new Syntax.Infinity(span);
        }
        throw new SyntaxException(Problem.at(span, "`" + span.text() + "` is not a number: all quantities are real")
                .hint("infinity can be the target of a limit, `x -> inf`, or a bound of a range, `0..inf`"));
    }

    private static SyntaxException notReal(Span span) {
        return new SyntaxException(Problem.at(span, "`" + span.text() + "` is not a number: all quantities are real"));
    }

    private void operandSymbol(Frame frame) {
        String symbol = tokens.text(at);
        switch (symbol) {
            case "-", "+" -> stack.prefix(Level.UNARY, at++);
            case "√" -> stack.prefix(Level.ROOT, at++);
            case "∇" -> nabla();
            case "(" -> open(Kind.GROUP);
            case "[" -> open(Kind.LIST);
            case "{" -> open(Kind.SET);
            case "..." -> {
                if (frame.kind != Kind.INDEX) {
                    throw slips.operandExpected(at, end);
                }
                literal(new Syntax.Ellipsis(tokens.span(at)));
            }
            case ":" -> {
                if (!slices(frame)) {
                    throw slips.operandExpected(at, end);
                }
                part(frame, Optional.empty());
            }
            default -> missingOperand(frame, symbol);
        }
    }

    /** {@code ∇(f, x)} is {@code grad(f, x)}; {@code ∇_x f} takes the variable from the subscript. */
    private void nabla() {
        boolean subscript = at + 1 < end && tokens.kind(at + 1) == Tokens.Kind.NAME && tokens.touchesPrevious(at + 1)
                && tokens.text(at + 1).length() > 1 && tokens.text(at + 1).startsWith("_");
        if (subscript) {
            stack.prefix(Level.ROOT, at);
            at += 2;
        } else if (at + 1 < end && tokens.isSymbol(at + 1, "(")) {
            literal(new Syntax.Name("grad", tokens.span(at)));
        } else {
            throw slips.problem(at, "`∇` without a variable", "`∇(f, x)` or `∇_x f`", "write `grad(f, x)`");
        }
    }

    /** A closing bracket or comma where an operand could stand: after a comma, after a slice's colon, or in {@code ()}. */
    private void missingOperand(Frame frame, String symbol) {
        boolean nothing = stack.operandCount() == frame.operandBase && stack.operatorCount() == frame.operatorBase
                && frame.keyword.isEmpty() && frame.body.isEmpty() && frame.memberships.isEmpty();
        boolean closes = symbol.equals(frame.kind.closer());
        boolean inSlice = nothing && !frame.parts.isEmpty();
        if (inSlice && symbol.equals(",")) {
            nextItem(frame);
        } else if (inSlice && closes) {
            endItem(frame);
            close(frame);
        } else if (nothing && closes && (frame.items.isEmpty() && frame.keywords.isEmpty() || frame.trailingComma)) {
            close(frame);
        } else {
            throw slips.operandExpected(at, end);
        }
    }

    private void open(Kind kind) {
        frames.add(new Frame(kind, at, stack.operandCount(), stack.operatorCount()));
        at++;
        operandExpected = true;
    }

    // ---- operators

    /** Reads the operator at hand; false when there is none. */
    private boolean operator(Frame frame) {
        if (at >= end || stack.operandCount() == frame.operandBase) {
            return false;
        }
        return switch (tokens.kind(at)) {
            case SUPERSCRIPT -> {
                superscript();
                yield true;
            }
            case SYMBOL -> postfix() || infixSymbol(frame);
            case NAME -> infixWord(frame);
            case NUMBER, STRING, ID, ERROR, END -> false;
        };
    }

    private boolean postfix() {
        switch (tokens.text(at)) {
            case "(" -> call();
            case "[" -> {
                if (stack.top().node() instanceof Syntax.Number && !stack.top().bracketed()) {
                    return false;
                }
                open(Kind.INDEX);
            }
            case "." -> attribute();
            case "ᵀ" -> transpose(1);
            case "'" -> prime();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void call() {
        Operands.Operand callee = stack.top();
        Syntax node = callee.node();
        boolean callable = node instanceof Syntax.Name || node instanceof Syntax.Attribute || node instanceof Syntax.Call
                || node instanceof Syntax.Index || node instanceof Syntax.Prime;
        if (!callable || callee.bracketed()) {
            throw slips.unexpected(at, end, "an operator");
        }
        open(Kind.CALL);
    }

    private void attribute() {
        if (at + 1 >= end || tokens.kind(at + 1) != Tokens.Kind.NAME) {
            throw slips.unexpected(at + 1, end, "the name of an attribute after `.`");
        }
        String name = tokens.text(at + 1);
        Operands.Operand base = stack.top();
        boolean prefixed = base.node() instanceof Syntax.Name n && PREFIXES.contains(n.id());
        Span span = tokens.source().span(base.start(), tokens.end(at + 1));
        if (name.equals("T")) {
            transpose(2);
            return;
        } else if (prefixed && Words.isNotANumber(name)) {
            throw notReal(span);
        }
        stack.pop();
        stack.push(prefixed && Words.isInfinite(name) ? infinity(frames.getLast(), span, at + 2)
                : new Syntax.Attribute(base.node(), name, span));
        at += 2;
    }

    private void transpose(int length) {
        Operands.Operand operand = stack.pop();
        int stop = tokens.end(at + length - 1);
        stack.push(new Syntax.Transpose(operand.node(), tokens.source().span(operand.start(), stop)));
        at += length;
    }

    /** {@code '}: outside numpy a transpose, unless of a function's name before its arguments. */
    private void prime() {
        Operands.Operand operand = stack.top();
        int after = at;
        while (after < end && tokens.isSymbol(after, "'")) {
            after++;
        }
        boolean name = operand.node() instanceof Syntax.Name || operand.node() instanceof Syntax.Attribute;
        boolean called = after < end && tokens.isSymbol(after, "(");
        if (tokens.dialect() != Dialect.NUMPY && !(name && called)) {
            transpose(1);
        } else if (!name || operand.bracketed()) {
            throw slips.problem(at, "`'` marks the derivative of a function, as in `sigma'(x)`", "a function's name before it",
                    "a transpose is written `.T`");
        } else {
            stack.pop();
            stack.push(new Syntax.Prime(operand.node(), after - at,
                    tokens.source().span(operand.start(), tokens.end(after - 1))));
            at = after;
        }
    }

    private void superscript() {
        Operands.Operand base = stack.pop();
        Syntax exponent = number(at);
        Span span = tokens.source().span(base.start(), tokens.end(at));
        stack.push(new Syntax.Binary(Syntax.Binary.Op.SUPERSCRIPT, base.node(), exponent, span));
        at++;
    }

    private boolean infixSymbol(Frame frame) {
        Optional<Infix> infix = Infix.of(tokens.text(at), tokens.dialect());
        if (infix.isEmpty() || frame.kind == Kind.TOP && infix.get().level().compareTo(floor) < 0) {
            return false;
        }
        Level level = infix.get().level();
        boolean endsItem = at + 1 >= end || tokens.isSymbol(at + 1, ",") || tokens.isSymbol(at + 1, frame.kind.closer());
        if (level == Level.ARROW && (frame.kind != Kind.CALL || frame.body.isPresent())) {
            throw slips.unexpected(at, end, "an operator or " + frame.kind.end());
        } else if (level == Level.SUM && endsItem && infix.get() instanceof Infix.Plus sign
                && stack.oneSided(sign.negated(), at, frame.operatorBase)) {
            at++;
            return true;
        } else if (level == Level.RANGE && !startsOperand(at + 1)) {
            stack.openRange(at++, frame.operatorBase);
            return true;
        } else if (level == Level.POWER && tokens.isSymbol(at, "^") && at + 1 < end && tokens.isWord(at + 1, "T")) {
            if (tokens.dialect() != Dialect.MATH) {
                throw slips.problem(at, "`^T` is not a transpose here", "", "write "
                        + (tokens.dialect() == Dialect.NUMPY ? "`.T`; a power is `**T`" : "`'`; a power is `^(T)`"));
            }
            transpose(2);
            return true;
        }
        stack.infix(infix.get(), at++, frame.operatorBase);
        operandExpected = true;
        return true;
    }

    private boolean infixWord(Frame frame) {
        String word = tokens.text(at);
        if (word.equals("else")) {
            if (!stack.otherwise(frame.operatorBase)) {
                throw slips.problem(at, "`else` without `if`", "", "write `x if p else y`");
            }
            at++;
            operandExpected = true;
            return true;
        }
        boolean notIn = word.equals("not") && at + 1 < end && tokens.isWord(at + 1, "in");
        Optional<Infix> infix = notIn ? Infix.of("not in", tokens.dialect()) : Infix.word(word);
        if (infix.isEmpty() || frame.kind == Kind.TOP && infix.get().level().compareTo(floor) < 0) {
            return false;
        }
        stack.infix(infix.get(), at, frame.operatorBase);
        at += notIn ? 2 : 1;
        operandExpected = true;
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

    // ---- what ends an expression inside brackets

    private void delimiter(Frame frame) {
        checkClosed(frame);
        boolean comprehends = frame.kind != Kind.INDEX && frame.memberships.isEmpty();
        if (tokens.isWord(at, "for") && comprehends) {
            comprehension(frame);
        } else if (tokens.isSymbol(at, ",") && frame.memberships.isEmpty()) {
            comma(frame);
        } else if (tokens.isSymbol(at, ":") && slices(frame)) {
            part(frame, Optional.of(finish(frame)));
        } else if (tokens.isSymbol(at, ":") && frame.kind == Kind.SET && frame.memberships.isEmpty()
                && frame.body.isEmpty()) {
            endItem(frame);
            frame.memberships.addAll(Memberships.of(frame.items));
            at++;
            operandExpected = true;
        } else if (tokens.isSymbol(at, frame.kind.closer())) {
            if (frame.memberships.isEmpty()) {
                endItem(frame);
            }
            close(frame);
        } else {
            throw slips.unexpected(at, end, "an operator, `,` or " + frame.kind.end());
        }
    }

    private void checkClosed(Frame frame) {
        if (at >= end && frame.kind != Kind.TOP) {
            throw slips.problem(frame.opener, tokens.quote(frame.opener) + " is never closed", frame.kind.end(), "");
        }
    }

    private boolean slices(Frame frame) {
        boolean bracket = frame.kind == Kind.INDEX || frame.kind == Kind.CALL && tokens.dialect() != Dialect.NUMPY;
        return bracket && frame.parts.size() < 2;
    }

    private void part(Frame frame, Optional<Syntax> node) {
        frame.parts.add(node);
        at++;
        operandExpected = true;
    }

    private void comprehension(Frame frame) {
        if (frame.body.isEmpty()) {
            frame.body = Optional.of(finish(frame));
        } else {
            endRange(frame);
        }
        at++;
        binder(frame);
    }

    private void comma(Frame frame) {
        if (frame.body.isPresent()) {
            endRange(frame);
            if (Binders.startsAt(tokens, at + 1, end)) {
                at++;
                binder(frame);
                return;
            }
        }
        nextItem(frame);
    }

    private void nextItem(Frame frame) {
        endItem(frame);
        at++;
        frame.trailingComma = true;
        frame.itemStart = at;
        operandExpected = true;
    }

    /** Names after {@code for} or a comma; their range, if any, is read next. */
    private void binder(Frame frame) {
        Binders.Names names = Binders.names(tokens, at, end);
        at = names.next();
        if (at < end && tokens.isWord(at, "in")) {
            frame.unranged.addAll(names.names());
            at++;
            operandExpected = true;
        } else {
            names.names().forEach(n -> frame.binders.add(new Syntax.Binder(n, Optional.empty())));
            operandExpected = false;
        }
    }

    private void endRange(Frame frame) {
        if (!frame.unranged.isEmpty()) {
            Optional<Syntax> range = Optional.of(finish(frame));
            frame.unranged.forEach(n -> frame.binders.add(new Syntax.Binder(n, range)));
            frame.unranged.clear();
        }
    }

    private void endItem(Frame frame) {
        Syntax node;
        if (frame.body.isPresent()) {
            endRange(frame);
            Syntax body = frame.body.get();
            Span span = tokens.source().span(tokens.start(frame.itemStart), tokens.end(at - 1));
            node = new Syntax.Comprehension(form(frame), body, List.copyOf(frame.binders), span);
            frame.comprehends = true;
            frame.body = Optional.empty();
            frame.binders.clear();
        } else if (!frame.parts.isEmpty()) {
            boolean last = stack.operandCount() > frame.operandBase;
            frame.parts.add(last ? Optional.of(finish(frame)) : Optional.empty());
            Optional<Syntax> step = frame.parts.size() > 2 ? frame.parts.get(2) : Optional.empty();
            Span span = tokens.source().span(tokens.start(frame.itemStart), tokens.end(at - 1));
            node = new Syntax.Slice(frame.parts.get(0), frame.parts.get(1), step, span);
            frame.parts.clear();
        } else {
            node = finish(frame);
        }
        if (frame.keyword.isPresent()) {
            frame.keywords.add(new Syntax.Keyword(frame.keyword.get(), node));
            frame.keyword = Optional.empty();
        } else if (!frame.keywords.isEmpty()) {
            throw new SyntaxException(Problem.at(node.span(), "an argument without a name after one with a name")
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
            case TOP, GROUP, CALL, INDEX -> Syntax.Comprehension.Form.ARGUMENT;
        };
    }

    /** The closing bracket at hand: the frame becomes one operand. */
    private void close(Frame frame) {
        int start = tokens.start(frame.opener);
        int stop = tokens.end(at);
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
                    stack.push(new Syntax.SetBuilder(List.copyOf(frame.memberships), finish(frame), span));
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
            case TOP -> throw new IllegalStateException("the outermost level has no bracket");
        }
        frames.removeLast();
        at++;
        operandExpected = false;
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

    private Syntax finish(Frame frame) {
        OptionalInt open = stack.openConditional(frame.operatorBase);
        if (open.isPresent()) {
            String got = at < end ? "; got " + tokens.quote(at) : "";
            throw slips.problem(open.getAsInt(), "`if` without `else`" + got, "",
                    "write `x if p else y`; a condition on a claim is `given p`");
        }
        return stack.finish(frame.operatorBase).node();
    }
}
