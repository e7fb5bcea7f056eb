package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.adjoint.lang.Infix.Level;

/**
 * The two stacks of operator precedence parsing: operands read, and operators that wait for their last operand. Chains
 * ({@code +}, relations, {@code and}, {@code or}) are one waiting operator with many operands, so they become one node.
 */
final class Operands {

    /**
     * An operand and what it covers, parentheses included.
     *
     * @param bracketed whether parentheses stand around it
     */
    record Operand(Syntax node, int start, int end, boolean bracketed) {
    }

    /** An operator that waits; of a chain all links so far. */
    private static final class Waiting {
        final Level level;
        final int token;
        final boolean prefix;
        final List<Infix> links = new ArrayList<>(1);
        int arity;
        Syntax.Arrow.Side side = Syntax.Arrow.Side.BOTH;

        Waiting(Level level, int token, boolean prefix) {
            this.level = level;
            this.token = token;
            this.prefix = prefix;
            this.arity = prefix ? 1 : 2;
        }
    }

    private final Tokens tokens;
    private final List<Operand> operands = new ArrayList<>();
    private final List<Waiting> operators = new ArrayList<>();

    Operands(Tokens tokens) {
        this.tokens = tokens;
    }

    int operandCount() {
        return operands.size();
    }

    int operatorCount() {
        return operators.size();
    }

    void push(Syntax node) {
        push(node, node.span().start(), node.span().end(), false);
    }

    void push(Syntax node, int start, int end, boolean bracketed) {
        operands.add(new Operand(node, start, end, bracketed));
    }

    Operand pop() {
        return operands.removeLast();
    }

    Operand top() {
        return operands.getLast();
    }

    /** A sign, {@code not}, {@code √} or {@code ∇_x} before its operand. */
    void prefix(Level level, int token) {
        operators.add(new Waiting(level, token, true));
    }

    /** An operator after its left operand; {@code base} is how many operators belong to outer brackets. */
    void infix(Infix infix, int token, int base) {
        Level level = infix.level();
        reduceTighter(level, base);
        boolean sameLevel = operators.size() > base && operators.getLast().level == level;
        if (sameLevel && level == Level.PRODUCT) {
            reduce();
        } else if (sameLevel && isChain(level)) {
            Waiting chain = operators.getLast();
            chain.links.add(infix);
            chain.arity++;
            return;
        } else if (sameLevel && (level == Level.RANGE || level == Level.ARROW)) {
            throw new SyntaxException(Problem.at(tokens.span(token), "a second " + tokens.quote(token))
                    .hint("put parentheses around the first"));
        }
        Waiting waiting = new Waiting(level, token, false);
        waiting.links.add(infix);
        operators.add(waiting);
    }

    /** The {@code else} at {@code token}: the last {@code if} that has none gets its third operand. */
    boolean otherwise(int base) {
        while (operators.size() > base) {
            Waiting last = operators.getLast();
            if (last.level == Level.CONDITIONAL && last.arity == 2) {
                last.arity = 3;
                return true;
            }
            reduce();
        }
        return false;
    }

    /** Turns the operand on top into {@code operand ..}, a range without end. */
    void openRange(int token, int base) {
        reduceTighter(Level.RANGE, base);
        Operand from = pop();
        int end = tokens.end(token);
        Span span = tokens.source().span(from.start(), end);
        push(new Syntax.Range(from.node(), Optional.empty(), span), from.start(), end, false);
    }

    /** Marks a waiting arrow as one-sided; false when no arrow waits for exactly the operand on top. */
    boolean oneSided(boolean fromBelow, int token, int base) {
        if (operators.size() <= base || operators.get(base).level != Level.ARROW) {
            return false;
        }
        while (operators.size() > base + 1) {
            reduce();
        }
        operators.getLast().side = fromBelow ? Syntax.Arrow.Side.BELOW : Syntax.Arrow.Side.ABOVE;
        Operand target = pop();
        push(target.node(), target.start(), tokens.end(token), target.bracketed());
        return true;
    }

    /** Whether what comes next is the target of an arrow or the end of a range, signs apart. */
    boolean awaitsBound(int base) {
        int i = operators.size() - 1;
        while (i >= base && operators.get(i).level == Level.UNARY) {
            i--;
        }
        return i >= base && (operators.get(i).level == Level.ARROW || operators.get(i).level == Level.RANGE);
    }

    /** Finishes everything above {@code base}; the result is popped. */
    Operand finish(int base) {
        while (operators.size() > base) {
            reduce();
        }
        return pop();
    }

    /** The {@code if} above {@code base} that has no {@code else}. */
    OptionalInt openConditional(int base) {
        for (int i = operators.size() - 1; i >= base; i--) {
            Waiting w = operators.get(i);
            if (w.level == Level.CONDITIONAL && w.arity == 2) {
                return OptionalInt.of(w.token);
            }
        }
        return OptionalInt.empty();
    }

    private void reduceTighter(Level level, int base) {
        while (operators.size() > base && operators.getLast().level.compareTo(level) > 0) {
            reduce();
        }
    }

    private static boolean isChain(Level level) {
        return level == Level.SUM || level == Level.RELATION || level == Level.AND || level == Level.OR;
    }

    private void reduce() {
        Waiting operator = operators.removeLast();
        if (operator.level == Level.CONDITIONAL && operator.arity == 2) {
            throw new SyntaxException(new Problem(tokens.span(operator.token), "`if` without `else`", "`else`",
                    "write `x if p else y`; a condition on a claim is `given p`"));
        }
        List<Operand> last = operands.subList(operands.size() - operator.arity, operands.size());
        int start = operator.prefix ? tokens.start(operator.token) : last.getFirst().start();
        int end = last.getLast().end();
        List<Syntax> nodes = last.stream().map(Operand::node).toList();
        last.clear();
        push(build(operator, nodes, tokens.source().span(start, end)), start, end, false);
    }

    private Syntax build(Waiting operator, List<Syntax> nodes, Span span) {
        return switch (operator.level) {
            case ARROW -> new Syntax.Arrow(nodes.get(0), nodes.get(1), operator.side, span);
            case CONDITIONAL -> new Syntax.Conditional(nodes.get(0), nodes.get(1), nodes.get(2), span);
            case IMPLIES -> new Syntax.Implies(nodes.get(0), nodes.get(1), span);
            case OR -> new Syntax.Or(nodes, span);
            case AND -> new Syntax.And(nodes, span);
            case NOT -> new Syntax.Not(nodes.get(0), span);
            case RELATION -> new Syntax.Relation(nodes, operator.links.stream().map(Operands::relation).toList(), span);
            case RANGE -> new Syntax.Range(nodes.get(0), Optional.of(nodes.get(1)), span);
            case SUM -> sum(operator, nodes, span);
            case PRODUCT, POWER -> pair(operator.links.get(0), nodes, span);
            case UNARY -> new Syntax.Unary(tokens.isSymbol(operator.token, "-") ? Syntax.Unary.Op.NEGATE
                    : tokens.isSymbol(operator.token, "*") ? Syntax.Unary.Op.SPREAD : Syntax.Unary.Op.PLUS,
                    nodes.get(0), span);
            case ROOT -> root(operator.token, nodes.get(0), span);
            case POSTFIX -> throw new IllegalStateException("postfix operators do not wait");
        };
    }

    private static Syntax.Relation.Op relation(Infix infix) {
        if (infix instanceof Infix.Link link) {
            return link.op();
        }
        throw new IllegalStateException("not a relation: " + infix);
    }

    private static Syntax pair(Infix infix, List<Syntax> nodes, Span span) {
        if (infix instanceof Infix.Pair pair) {
            return new Syntax.Binary(pair.op(), nodes.get(0), nodes.get(1), span);
        }
        throw new IllegalStateException("not an operator of two operands: " + infix);
    }

    private static Syntax sum(Waiting operator, List<Syntax> nodes, Span span) {
        List<Syntax.Term> terms = new ArrayList<>(nodes.size());
        terms.add(new Syntax.Term(false, nodes.get(0)));
        for (int i = 1; i < nodes.size(); i++) {
            boolean negated = operator.links.get(i - 1) instanceof Infix.Plus plus && plus.negated();
            terms.add(new Syntax.Term(negated, nodes.get(i)));
        }
        return new Syntax.Sum(List.copyOf(terms), span);
    }

    /** {@code √x} is {@code sqrt(x)}; {@code ∇_x f} is {@code grad(f, x)}, its variable being the token after. */
    private Syntax root(int token, Syntax operand, Span span) {
        if (tokens.isSymbol(token, "√")) {
            return new Syntax.Call(new Syntax.Name("sqrt", tokens.span(token)), List.of(operand), List.of(), span);
        }
        Span subscript = tokens.span(token + 1);
        Syntax.Name variable = new Syntax.Name(tokens.text(token + 1).substring(1),
                tokens.source().span(subscript.start() + 1, subscript.end()));
        return new Syntax.Call(new Syntax.Name("grad", tokens.span(token)), List.of(operand, variable), List.of(),
                span);
    }
}
