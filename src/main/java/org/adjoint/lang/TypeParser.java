package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;

import org.adjoint.lang.Tokens.Kind;

/** Reads {@code names : type fact*}. */
final class TypeParser {
    private static final String TYPES = "a type: R, Z or N, with sizes as in R[m, n]; index(n); or R[n] -> R";

    private final Tokens tokens;
    private final int end;
    private final boolean inList;
    private final Slips slips;
    private int at;

    private TypeParser(Tokens tokens, int from, int end, boolean inList) {
        this.tokens = tokens;
        this.at = from;
        this.end = end;
        this.inList = inList;
        this.slips = new Slips(tokens);
    }

    /** Names, their type and facts, and the token after them. */
    record Declared(List<Syntax.Name> names, TypeSyntax type, List<FactSyntax> facts, int next) {
    }

    /**
     * A declaration from token {@code from}.
     *
     * @param inList whether a comma and a clause may follow; else the facts reach to the end
     */
    static Declared declaration(Tokens tokens, int from, int end, boolean inList) {
        TypeParser parser = new TypeParser(tokens, from, end, inList);
        List<Syntax.Name> names = parser.names();
        TypeSyntax type = parser.type();
        return new Declared(names, type, parser.facts(), parser.at);
    }

    /** The facts from token {@code from} to {@code end}. */
    static List<FactSyntax> facts(Tokens tokens, int from, int end) {
        return new TypeParser(tokens, from, end, false).facts();
    }

    private List<Syntax.Name> names() {
        List<Syntax.Name> names = new ArrayList<>();
        while (true) {
            names.add(Binders.name(tokens, at, end, "a name"));
            at++;
            if (at < end && tokens.isSymbol(at, ":")) {
                at++;
                return List.copyOf(names);
            }
            if (at >= end || !tokens.isSymbol(at, ",")) {
                throw slips.unexpected(at, end, "`,` or `:` and a type");
            }
            at++;
        }
    }

    private TypeSyntax type() {
        int first = at;
        if (at < end && tokens.isWord(at, "index")) {
            Syntax node = postfix();
            if (node instanceof Syntax.Call call && call.arguments().size() == 1 && call.keywords().isEmpty()) {
                return new TypeSyntax.Index(call.arguments().get(0), node.span());
            }
            throw new SyntaxException(Problem.at(node.span(), "`index` needs its size").expecting("index(n)"));
        }
        List<TypeSyntax.Tensor> tensors = new ArrayList<>();
        tensors.add(tensor());
        while (at < end && tokens.isSymbol(at, ",") && (!inList || argumentFollows())) {
            at++;
            tensors.add(tensor());
        }
        if (at < end && tokens.isSymbol(at, "->")) {
            at++;
            TypeSyntax.Tensor result = tensor();
            return new TypeSyntax.Function(List.copyOf(tensors), result, tokens.span(first, at - 1));
        }
        if (tensors.size() > 1) {
            throw slips.unexpected(at, end, "`->` and the type of the function's values");
        }
        return tensors.get(0);
    }

    /** In a list of declarations: whether a type follows the comma, not the next names and a colon. */
    private boolean argumentFollows() {
        int next = at + 1;
        boolean named = next + 1 < end && (tokens.isSymbol(next + 1, ":") || tokens.isSymbol(next + 1, ","));
        return next < end && tokens.kind(next) == Kind.NAME && "RZN".contains(tokens.text(next)) && !named;
    }

    private TypeSyntax.Tensor tensor() {
        int first = at;
        if (at >= end || tokens.kind(at) != Kind.NAME) {
            throw slips.unexpected(at, end, TYPES);
        }
        Syntax node = postfix();
        Syntax base = node instanceof Syntax.Index index ? index.base() : node;
        List<Syntax> sizes = node instanceof Syntax.Index index ? index.items() : List.of();
        if (base instanceof Syntax.Name name) {
            for (TypeSyntax.Domain domain : TypeSyntax.Domain.values()) {
                if (domain.name().equals(name.id())) {
                    return new TypeSyntax.Tensor(domain, sizes, node.span());
                }
            }
        }
        String hint = base.text().equals("C") ? "all quantities are real" : "";
        throw slips.problem(first, "`" + Excerpt.of(node.text()) + "` is not a type", TYPES, hint);
    }

    private List<FactSyntax> facts() {
        List<FactSyntax> facts = new ArrayList<>();
        while (at < end) {
            boolean comma = tokens.isSymbol(at, ",");
            if (inList && (comma || tokens.kind(at) == Kind.NAME && Words.beginsClause(tokens.text(at)))) {
                break;
            }
            at += comma && !facts.isEmpty() ? 1 : 0;
            facts.add(fact());
        }
        return List.copyOf(facts);
    }

    private FactSyntax fact() {
        boolean word = at < end && (tokens.kind(at) == Kind.NUMBER || tokens.isWord(at, "in")
                || tokens.kind(at) == Kind.NAME && !Words.isReserved(tokens.text(at)));
        if (!word) {
            String hint = at < end && tokens.isSymbol(at, "=") ? "declare a name or define it, not both" : "";
            if (!hint.isEmpty()) {
                throw slips.problem(at, "unexpected `=`", "a fact or the end of the statement", hint);
            }
            throw slips.unexpected(at, end,
                    "a fact (such as spd, invertible, positive, in(a, b)) or the end of the statement");
        }
        ExpressionParser.Parsed parsed = ExpressionParser.fact(tokens, at, end);
        at = parsed.next();
        return switch (parsed.node()) {
            case Syntax.Name name -> new FactSyntax(name.id(), List.of(), List.of(), name.span());
            case Syntax.Call call when call.callee() instanceof Syntax.Name name -> new FactSyntax(name.id(),
                    call.arguments(), call.keywords(), call.span());
            case Syntax other -> throw new SyntaxException(
                    Problem.at(other.span(), "`" + Excerpt.of(other.text()) + "` is not a fact"));
        };
    }

    private Syntax postfix() {
        ExpressionParser.Parsed parsed = ExpressionParser.postfix(tokens, at, end);
        at = parsed.next();
        return parsed.node();
    }
}
