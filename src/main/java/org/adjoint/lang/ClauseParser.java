package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the clauses after an expression, up to the end of the statement. */
final class ClauseParser {
    private static final String EXPECTED = "an operator, a clause (for, given, with, under, almost everywhere, within, "
            + "expect) or the end of the statement";

    private final Tokens tokens;
    private final int end;
    private final Slips slips;
    private int at;

    private ClauseParser(Tokens tokens, int from, int end) {
        this.tokens = tokens;
        this.at = from;
        this.end = end;
        this.slips = new Slips(tokens);
    }

    /** The clauses from token {@code from} to before {@code end}, where nothing else may stand. */
    static List<Clause> clauses(Tokens tokens, int from, int end) {
        ClauseParser parser = new ClauseParser(tokens, from, end);
        List<Clause> clauses = new ArrayList<>();
        while (parser.at < end) {
            clauses.add(parser.clause());
        }
        return List.copyOf(clauses);
    }

    /** What stands after {@code with}, where nothing else may stand. */
    static List<Clause.Substitution> substitutions(Tokens tokens, int from, int end) {
        ClauseParser parser = new ClauseParser(tokens, from, end);
        List<Clause.Substitution> substitutions = parser.list(parser::substitution);
        if (parser.at < end) {
            throw parser.slips.unexpected(parser.at, end, "an operator, a comma or the end of the substitution");
        }
        return substitutions;
    }

    private Clause clause() {
        int first = at;
        if (tokens.kind(at) != Tokens.Kind.NAME) {
            throw slips.unexpected(at, end, EXPECTED);
        }
        return switch (tokens.text(at)) {
            case "for" -> isWord(at + 1, "all") ? forAll(first) : forEach(first);
            case "given" -> {
                at++;
                List<Syntax> propositions = list(this::expression);
                yield new Clause.Given(propositions, since(first));
            }
            case "with" -> {
                at++;
                List<Clause.Substitution> substitutions = list(this::substitution);
                yield new Clause.With(substitutions, since(first));
            }
            case "under" -> {
                at++;
                List<Clause.Setting> settings = list(this::setting);
                yield new Clause.Under(settings, since(first));
            }
            case "almost" -> {
                at++;
                word("everywhere");
                yield new Clause.AlmostEverywhere(since(first));
            }
            case "within" -> within(first);
            case "expect" -> expect(first);
            default -> throw slips.unexpected(at, end, EXPECTED);
        };
    }

    private Clause forEach(int first) {
        at++;
        List<Syntax.Binder> binders = new ArrayList<>();
        while (true) {
            Binders.Names names = Binders.names(tokens, at, end);
            at = names.next();
            Optional<Syntax> range = Optional.empty();
            if (isWord(at, "in")) {
                at++;
                range = Optional.of(expression());
            }
            for (Syntax.Name name : names.names()) {
                binders.add(new Syntax.Binder(name, range));
            }
            if (!isSymbol(",")) {
                return new Clause.For(List.copyOf(binders), since(first));
            }
            at++;
        }
    }

    private Clause forAll(int first) {
        at += 2;
        List<Clause.Quantified> variables = list(() -> {
            TypeParser.Declared declared = TypeParser.declaration(tokens, at, end, true);
            at = declared.next();
            return new Clause.Quantified(declared.names(), declared.type(), declared.facts());
        });
        return new Clause.ForAll(variables, since(first));
    }

    private Clause.Substitution substitution() {
        ExpressionParser.Parsed target = ExpressionParser.postfix(tokens, at, end);
        at = target.next();
        equalsSign("`name = value` after `with`");
        return new Clause.Substitution(target.node(), expression());
    }

    private Clause.Setting setting() {
        int first = at;
        String convention = Binders.name(tokens, at, end, "the name of a convention").id();
        at++;
        equalsSign("`convention = value` after `under`");
        String value = expression().text().replaceAll("\\s+", "");
        return new Clause.Setting(convention, value, since(first));
    }

    private Clause within(int first) {
        at++;
        if (isWord(at, "printed")) {
            at++;
            return new Clause.WithinPrinted(since(first));
        }
        Syntax tolerance = expression();
        boolean relative = tolerance instanceof Syntax.NumberLit number && number.percent();
        return new Clause.Within(tolerance, relative, since(first));
    }

    private Clause expect(int first) {
        at++;
        Clause.Expected verdict = verdict();
        OptionalInt link = OptionalInt.empty();
        if (isWord(at, "link")) {
            at++;
            String number = at < end && tokens.kind(at) == Tokens.Kind.NUMBER ? tokens.text(at) : "";
            if (!number.matches("[1-9][0-9]{0,5}")) {
                throw slips.unexpected(at, end, "the number of a link of the chain, from 1");
            }
            link = OptionalInt.of(Integer.parseInt(number));
            at++;
        }
        return new Clause.Expect(verdict, link, since(first));
    }

    private Clause.Expected verdict() {
        int first = at;
        String word = at < end ? tokens.text(at) : "";
        at++;
        if (word.equals("ill") && at + 1 < end && tokens.isSymbol(at, "-") && tokens.isWord(at + 1, "formed")) {
            word = "ill-formed";
            at += 2;
        }
        for (Clause.Expected verdict : Clause.Expected.values()) {
            if (verdict.word().equals(word.replace('_', '-'))) {
                return verdict;
            }
        }
        throw slips.unexpected(first, end, "holds, proved, supported, refuted, undecided or ill-formed");
    }

    private interface Item<T> {
        T read();
    }

    private <T> List<T> list(Item<T> item) {
        List<T> items = new ArrayList<>();
        items.add(item.read());
        while (isSymbol(",")) {
            at++;
            items.add(item.read());
        }
        return List.copyOf(items);
    }

    private Syntax expression() {
        ExpressionParser.Parsed parsed = ExpressionParser.expression(tokens, at, end);
        at = parsed.next();
        return parsed.node();
    }

    private void equalsSign(String expected) {
        if (!isSymbol("=")) {
            throw slips.unexpected(at, end, expected);
        }
        at++;
    }

    private void word(String word) {
        if (!isWord(at, word)) {
            throw slips.unexpected(at, end, "`" + word + "`");
        }
        at++;
    }

    private boolean isWord(int i, String word) {
        return i < end && tokens.isWord(i, word);
    }

    private boolean isSymbol(String symbol) {
        return at < end && tokens.isSymbol(at, symbol);
    }

    private Span since(int first) {
        return tokens.span(first, at - 1);
    }
}
