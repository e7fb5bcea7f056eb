package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Fact;
import org.adjoint.lang.FactSyntax;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.Trees;

/**
 * Assumptions about one name and numbers become facts of its declaration: {@code a > 0}, {@code 1 <= x < 2},
 * {@code x in (-1, 1)}, {@code n in Z}. Points are then drawn where they hold, and proofs may use them; other assumptions
 * only exclude points.
 */
final class AssumedFacts {
    private static final Map<String, Fact.Named> SETS = Map.of("Z", Fact.Named.INTEGER, "N", Fact.Named.NATURAL);

    private final Map<String, List<FactSyntax>> facts = new LinkedHashMap<>();
    private final Set<String> defined = new LinkedHashSet<>();
    /** Names of which more is said than one equation, so that it cannot be their definition. */
    private final Set<String> declared = new LinkedHashSet<>();
    private final List<Statement> definitions = new ArrayList<>();

    private AssumedFacts() {
    }

    /** The statements with facts in the place of the assumptions that can be facts. */
    static List<Statement> of(List<Statement> given) {
        AssumedFacts found = new AssumedFacts();
        for (Statement statement : given) {
            if (statement instanceof Statement.Definition definition) {
                found.defined.add(definition.target().name().id());
            }
            if (statement instanceof Statement.Declaration declaration) {
                declaration.names().forEach(name -> found.declared.add(name.id()));
            }
        }
        found.countNames(given);
        List<Statement> rest = new ArrayList<>();
        for (Statement statement : given) {
            found.take(statement).ifPresent(rest::add);
        }
        List<Statement> all = new ArrayList<>();
        for (Statement statement : rest) {
            all.add(statement instanceof Statement.Declaration declaration ? found.with(declaration) : statement);
        }
        List<Statement> declarations = new ArrayList<>();
        found.facts.forEach((name, own) -> declarations.add(declaration(name, own)));
        declarations.addAll(all);
        declarations.addAll(found.definitions);
        return declarations;
    }

    /** A name in two assumptions is not defined by one of them. */
    private void countNames(List<Statement> given) {
        Set<String> seen = new LinkedHashSet<>();
        for (Statement statement : given) {
            if (statement instanceof Statement.Assume assume) {
                for (Syntax proposition : assume.propositions()) {
                    Set<String> here = new LinkedHashSet<>();
                    Trees.names(proposition).forEach(name -> here.add(name.id()));
                    here.stream().filter(name -> !seen.add(name)).forEach(declared::add);
                }
            }
        }
    }

    /** {@code x == e}, where nothing else is said of x and e does not have it: the definition of x. */
    private Optional<Statement> definition(Syntax part, Statement.Assume assume) {
        boolean equation = part instanceof Syntax.Relation relation
                && relation.ops().equals(List.of(Syntax.Relation.Op.EQUAL));
        if (!equation || !(part.children().get(0) instanceof Syntax.Name name) || declared.contains(name.id())
                || !defined.add(name.id())) {
            return Optional.empty();
        }
        Syntax value = part.children().get(1);
        return Trees.names(value).stream().anyMatch(inside -> inside.id().equals(name.id())) ? Optional.empty()
                : Optional.of(new Statement.Definition(new Statement.Target.Variable(name), value, List.of(),
                        assume.dialect(), part.span()));
    }

    // ---- what is left of a statement

    private Optional<Statement> take(Statement statement) {
        if (!(statement instanceof Statement.Assume assume) || !assume.clauses().isEmpty()) {
            return Optional.of(statement);
        }
        List<Syntax> left = new ArrayList<>();
        for (Syntax proposition : assume.propositions()) {
            List<Syntax> parts = proposition instanceof Syntax.And and ? and.operands() : List.of(proposition);
            for (Syntax part : parts) {
                Optional<Statement> definition = definition(part, assume);
                if (definition.isPresent()) {
                    definitions.add(definition.get());
                } else if (!(part instanceof Syntax.Relation relation) || !takeAll(relation)) {
                    left.add(part);
                }
            }
        }
        return left.isEmpty() ? Optional.empty()
                : Optional.of(new Statement.Assume(left, List.of(), assume.dialect(), assume.span()));
    }

    /** Every link of a chain, or none. */
    private boolean takeAll(Syntax.Relation relation) {
        Map<String, List<FactSyntax>> found = new LinkedHashMap<>();
        for (int k = 0; k < relation.ops().size(); k++) {
            Syntax left = relation.operands().get(k);
            Syntax right = relation.operands().get(k + 1);
            Optional<Named> fact = left instanceof Syntax.Name name ? fact(name, relation.ops().get(k), right)
                    : right instanceof Syntax.Name name ? fact(name, turned(relation.ops().get(k)), left)
                            : Optional.empty();
            if (fact.isEmpty() || defined.contains(fact.get().name())) {
                return false;
            }
            found.computeIfAbsent(fact.get().name(), n -> new ArrayList<>()).addAll(fact.get().facts());
        }
        found.forEach((name, more) -> facts.computeIfAbsent(name, n -> new ArrayList<>()).addAll(more));
        return true;
    }

    private record Named(String name, List<FactSyntax> facts) {
    }

    private static Optional<Named> fact(Syntax.Name name, Syntax.Relation.Op op, Syntax other) {
        Optional<List<FactSyntax>> facts = switch (op) {
            case LESS -> bound(Fact.Bound.Side.BELOW, other);
            case LESS_OR_EQUAL -> bound(Fact.Bound.Side.AT_MOST, other);
            case GREATER -> bound(Fact.Bound.Side.ABOVE, other);
            case GREATER_OR_EQUAL -> bound(Fact.Bound.Side.AT_LEAST, other);
            case NOT_EQUAL -> isZero(other) ? Optional.of(List.of(fact(Fact.Named.NONZERO, other))) : Optional.empty();
            case IN -> in(other);
            case EQUAL, APPROXIMATELY, NOT_IN -> Optional.empty();
        };
        return facts.map(list -> new Named(name.id(), list));
    }

    private static Syntax.Relation.Op turned(Syntax.Relation.Op op) {
        return switch (op) {
            case LESS -> Syntax.Relation.Op.GREATER;
            case LESS_OR_EQUAL -> Syntax.Relation.Op.GREATER_OR_EQUAL;
            case GREATER -> Syntax.Relation.Op.LESS;
            case GREATER_OR_EQUAL -> Syntax.Relation.Op.LESS_OR_EQUAL;
            case EQUAL, NOT_EQUAL, APPROXIMATELY -> op;
            // a name on the right of `in` is a set, not a number
            case IN, NOT_IN -> Syntax.Relation.Op.NOT_IN;
        };
    }

    private static Optional<List<FactSyntax>> bound(Fact.Bound.Side side, Syntax number) {
        if (!isNumber(number)) {
            return Optional.empty();
        }
        return Optional.of(List.of(side == Fact.Bound.Side.ABOVE && isZero(number)
                ? fact(Fact.Named.POSITIVE, number)
                : new FactSyntax(side.text(), List.of(number), List.of(), number.span())));
    }

    /** A set of numbers, or an interval: open in parentheses, closed in brackets. */
    private static Optional<List<FactSyntax>> in(Syntax set) {
        if (set instanceof Syntax.Name name && SETS.containsKey(name.id())) {
            return Optional.of(List.of(fact(java.util.Objects.requireNonNull(SETS.get(name.id())), set)));
        }
        boolean open = set instanceof Syntax.TupleLit;
        if ((!open && !(set instanceof Syntax.ListLit)) || set.children().size() != 2) {
            return Optional.empty();
        }
        Optional<List<FactSyntax>> low = bound(open ? Fact.Bound.Side.ABOVE : Fact.Bound.Side.AT_LEAST,
                set.children().get(0));
        Optional<List<FactSyntax>> high = bound(open ? Fact.Bound.Side.BELOW : Fact.Bound.Side.AT_MOST,
                set.children().get(1));
        return low.flatMap(first -> high.map(second -> {
            List<FactSyntax> both = new ArrayList<>(first);
            both.addAll(second);
            return both;
        }));
    }

    private static FactSyntax fact(Fact.Named fact, Syntax at) {
        return new FactSyntax(fact.text(), List.of(), List.of(), at.span());
    }

    /** A literal, or arithmetic on literals. */
    private static boolean isNumber(Syntax syntax) {
        for (Syntax node : Trees.postorder(syntax)) {
            if (!(node instanceof Syntax.NumberLit || node instanceof Syntax.Unary || node instanceof Syntax.Binary)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(Syntax syntax) {
        return syntax instanceof Syntax.NumberLit number && number.value().isZero();
    }

    // ---- declarations

    private Statement with(Statement.Declaration declaration) {
        List<FactSyntax> all = new ArrayList<>(declaration.facts());
        if (declaration.names().size() == 1) {
            all.addAll(Optional.ofNullable(facts.remove(declaration.names().get(0).id())).orElse(List.of()));
        }
        return new Statement.Declaration(declaration.names(), declaration.type(), all, declaration.dialect(),
                declaration.span());
    }

    private static Statement declaration(String name, List<FactSyntax> facts) {
        Statement.Declaration scalar = Parser.shape(Source.of(name, name + "=[]"));
        return new Statement.Declaration(scalar.names(), scalar.type(), facts, scalar.dialect(), scalar.span());
    }
}
