package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.adjoint.lang.Tokens.Kind;

/** Reads one statement from its stretch of tokens. */
final class StatementParser {
    private final Tokens tokens;
    private final int first;
    private final int end;
    private final Slips slips;
    private int at;

    private StatementParser(Tokens tokens, int first, int end) {
        this.tokens = tokens;
        this.first = first;
        this.at = first;
        this.end = end;
        this.slips = new Slips(tokens);
    }

    /** The statement made of the tokens from {@code first} to before {@code end}, at least one. */
    static Statement statement(Tokens tokens, int first, int end) {
        StatementParser parser = new StatementParser(tokens, first, end);
        parser.checkBrackets();
        return parser.statement();
    }

    private void checkBrackets() {
        for (int i = first; i < end; i++) {
            if (Brackets.opens(tokens, i) && tokens.partner(i) < 0) {
                String closing = "`" + Brackets.closing(tokens.text(i)) + "`";
                throw slips.problem(i, tokens.quote(i) + " is never closed", closing, "");
            }
        }
        for (int i = first; i < end; i++) {
            if (Brackets.closes(tokens, i) && tokens.partner(i) < 0) {
                throw slips.problem(i, tokens.quote(i) + " closes no bracket", "", "");
            }
        }
    }

    private Statement statement() {
        boolean defines = at + 1 < end && tokens.isSymbol(at + 1, "=");
        if (tokens.kind(at) == Kind.NAME && !defines) {
            switch (tokens.text(at)) {
                case "claim" -> {
                    return claim();
                }
                case "ask" -> {
                    return ask();
                }
                case "choice" -> {
                    return choice();
                }
                case "assume" -> {
                    return assume();
                }
                default -> {
                    // a declaration or definition
                }
            }
        }
        ExpressionParser.Parsed target = ExpressionParser.postfix(tokens, at, end);
        if (target.next() < end && (tokens.isSymbol(target.next(), ":") || tokens.isSymbol(target.next(), ","))) {
            return declaration(target);
        }
        at = target.next();
        if (at < end && tokens.isSymbol(at, "=")) {
            return definition(target.node());
        }
        throw noStatement();
    }

    private SyntaxException noStatement() {
        String expected = "`name = value`, `name : type`, claim, ask, choice or assume";
        SyntaxException plain = slips.unexpected(at, end, expected);
        boolean slip = at < end && tokens.kind(at) != Kind.ERROR && plain.problem().hint().isEmpty();
        return at >= end || slip && (Infix.of(tokens.text(at), tokens.dialect()).isPresent()
                || Infix.word(tokens.text(at)).isPresent())
                        ? new SyntaxException(new Problem(tokens.span(first, end - 1), "this states or defines nothing",
                                expected, "to state it write `claim ID: …` or `assume …`"))
                        : plain;
    }

    private Statement declaration(ExpressionParser.Parsed target) {
        if (!(target.node() instanceof Syntax.Name)) {
            at = target.next();
            throw new SyntaxException(new Problem(target.node().span(),
                    "`" + Excerpt.of(target.node().text()) + "` cannot be declared", "a name before `:`", ""));
        }
        TypeParser.Declared declared = TypeParser.declaration(tokens, first, end, false);
        return new Statement.Declaration(declared.names(), declared.type(), declared.facts(), tokens.dialect(), span());
    }

    private Statement definition(Syntax target) {
        at++;
        Statement.Target defined = target(target);
        Syntax value = expression();
        return new Statement.Definition(defined, value, clauses(), tokens.dialect(), span());
    }

    private Statement.Target target(Syntax target) {
        List<Syntax.Name> parameters = new ArrayList<>();
        switch (target) {
            case Syntax.Name plain -> {
                return new Statement.Target.Variable(plain);
            }
            case Syntax.Index index when index.base() instanceof Syntax.Name base && !index.items().isEmpty() -> {
                return new Statement.Target.Family(base, index.items());
            }
            case Syntax.Call call when call.callee() instanceof Syntax.Name base && call.keywords().isEmpty()
                    && !call.arguments().isEmpty() -> {
                for (Syntax argument : call.arguments()) {
                    if (!(argument instanceof Syntax.Name parameter)) {
                        throw new SyntaxException(new Problem(argument.span(),
                                "`" + Excerpt.of(argument.text()) + "` is not a parameter", "a name", ""));
                    }
                    parameters.add(parameter);
                }
                return new Statement.Target.Function(base, List.copyOf(parameters));
            }
            case Syntax other -> throw new SyntaxException(
                    new Problem(other.span(), "`" + Excerpt.of(other.text()) + "` cannot be defined",
                            "`name = e`, `f(p) = e` or `x[k] = e for k in a..b`",
                            "an equation is written with `==`, in a claim or an assume"));
        }
    }

    private Statement assume() {
        at++;
        List<Syntax> propositions = new ArrayList<>();
        propositions.add(proposition("assume"));
        while (at < end && tokens.isSymbol(at, ",")) {
            at++;
            propositions.add(proposition("assume"));
        }
        return new Statement.Assume(List.copyOf(propositions), clauses(), tokens.dialect(), span());
    }

    private Statement claim() {
        String id = id();
        Optional<String> part = part();
        symbol(":", "`:` and what is claimed");
        Syntax proposition = proposition("claim");
        return new Statement.Claim(id, part, proposition, clauses(), tokens.dialect(), span());
    }

    private Statement ask() {
        String id = id();
        Optional<String> part = part();
        symbol(":", "`:` and what is asked");
        Syntax expression = expression();
        return new Statement.Ask(id, part, expression, clauses(), tokens.dialect(), span());
    }

    private Statement choice() {
        String id = id();
        Optional<String> part = part();
        symbol("=", "`=` and the label of the right option");
        String answer = label(at, end);
        at++;
        int open = at;
        symbol("{", "`{` and the options");
        int close = tokens.partner(open);
        List<Statement.Option> options = Options.read(tokens, open + 1, close);
        at = close + 1;
        if (options.stream().noneMatch(o -> o.label().equals(answer))) {
            throw slips.problem(open - 1, "there is no option `" + answer + "`",
                    "one of " + String.join(", ", options.stream().map(Statement.Option::label).toList()), "");
        }
        return new Statement.Choice(id, part, answer, options, clauses(), tokens.dialect(), span());
    }

    /** The label of an option: a name or number. */
    private String label(int i, int limit) {
        boolean fits = i < limit && (tokens.kind(i) == Kind.NAME || tokens.kind(i) == Kind.NUMBER);
        if (!fits) {
            throw slips.unexpected(i, limit, "the label of an option");
        }
        return tokens.text(i);
    }

    private String id() {
        at++;
        if (at >= end || tokens.kind(at) != Kind.ID) {
            throw slips.unexpected(at, end,
                    "an id of letters, digits and `. _ / -` after `" + tokens.text(at - 1) + "`");
        }
        return tokens.text(at++);
    }

    private Optional<String> part() {
        return at < end && tokens.kind(at) == Kind.STRING ? Optional.of(tokens.text(at++)) : Optional.empty();
    }

    private void symbol(String symbol, String expected) {
        if (at >= end || !tokens.isSymbol(at, symbol)) {
            throw slips.unexpected(at, end, expected);
        }
        at++;
    }

    private Syntax proposition(String where) {
        Syntax proposition = expression();
        if (at < end && tokens.isSymbol(at, "=")) {
            throw slips.problem(at, "`=` in " + (where.equals("claim") ? "a claim" : "an assume"),
                    "`==`, or one of ~= != < <= > >= in", "`=` defines a name; equality is stated with `==`");
        }
        return proposition;
    }

    private Syntax expression() {
        ExpressionParser.Parsed parsed = ExpressionParser.expression(tokens, at, end);
        at = parsed.next();
        return parsed.node();
    }

    private List<Clause> clauses() {
        return ClauseParser.clauses(tokens, at, end);
    }

    private Span span() {
        return tokens.span(first, end - 1);
    }
}
