package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.Undecided;
import org.adjoint.lang.Value;

/** From the syntax of a proposition to what can be judged. Sides of relations are read by the elaborator. */
final class PropositionReader {
    private final Elaborator reader;
    private final RelationReader relations;

    PropositionReader(Elaborator reader, RelationReader relations) {
        this.reader = reader;
        this.relations = relations;
    }

    /**
     * The proposition.
     *
     * @throws IllFormed when it has no meaning
     * @throws Undecided when it has one that is not judged
     */
    Proposition read(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Relation relation -> {
                List<Proposition> links = new ArrayList<>();
                for (int k = 0; k < relation.ops().size(); k++) {
                    links.add(link(relation, k));
                }
                yield links.size() == 1 ? links.get(0) : new Proposition.And(links);
            }
            case Syntax.And and -> new Proposition.And(all(and.operands()));
            case Syntax.Or or -> new Proposition.Or(all(or.operands()));
            case Syntax.Not not -> new Proposition.Not(read(not.operand()));
            case Syntax.Implies implies -> new Proposition.Implies(read(implies.premise()),
                    read(implies.conclusion()));
            case Syntax.BooleanLit literal -> new Proposition.Settled(literal.value(),
                    literal.value() ? "it says true" : "it says false");
            case Syntax.Call call when call.callee() instanceof Syntax.Name name -> predicate(name.id(), call);
            default -> truth(syntax);
        };
    }

    private List<Proposition> all(List<Syntax> operands) {
        List<Proposition> all = new ArrayList<>();
        for (Syntax operand : operands) {
            all.add(read(operand));
        }
        return all;
    }

    /** Link {@code k} of a chain, from 0. */
    Proposition link(Syntax.Relation relation, int k) {
        return relations.read(relation.ops().get(k), relation.operands().get(k), relation.operands().get(k + 1));
    }

    /** The first and the last operand of a chain, as an equation. */
    Proposition ends(Syntax.Relation relation) {
        return relations.read(Syntax.Relation.Op.EQUAL, relation.operands().get(0), relation.operands().getLast());
    }

    private Proposition predicate(String name, Syntax.Call call) {
        return switch (name) {
            case "ill_formed" -> illFormed(call);
            case "integer" -> relations.unary(Comparison.Test.INTEGER, arguments(call, 1).get(0), call);
            case "unique_max" -> relations.unary(Comparison.Test.UNIQUE_MAX, arguments(call, 1).get(0), call);
            case "divides" -> {
                List<Syntax> two = arguments(call, 2);
                yield relations.test(Comparison.Test.DIVIDES, two.get(0), two.get(1), call);
            }
            case "differentiable" -> differentiable(call);
            case "equivalent" -> equivalent(call);
            default -> truth(call);
        };
    }

    /** {@code equivalent(f, g, x)}: both make the same of x; what is said by keywords is said to both. */
    private Proposition equivalent(Syntax.Call call) {
        if (call.arguments().size() != 3) {
            throw new IllFormed(IllFormed.Kind.TYPE, Problem.at(call.span(),
                    "equivalent takes two models or functions and what they are applied to, as in equivalent(f, g, x)"));
        }
        List<Syntax> x = List.of(call.arguments().get(2));
        List<Syntax> sides = call.arguments().subList(0, 2).stream()
                .<Syntax>map(f -> new Syntax.Call(f, x, call.keywords(), call.span())).toList();
        return relations.read(Syntax.Relation.Op.EQUAL, sides.get(0), sides.get(1));
    }

    private static List<Syntax> arguments(Syntax.Call call, int count) {
        if (call.arguments().size() != count || !call.keywords().isEmpty()) {
            throw new IllFormed(IllFormed.Kind.TYPE, Problem.at(call.span(), call.callee().text() + " takes " + count
                    + (count == 1 ? " argument" : " arguments") + ", got "
                    + (call.arguments().size() + call.keywords().size())));
        }
        return call.arguments();
    }

    private Proposition illFormed(Syntax.Call call) {
        List<Syntax> parts = new ArrayList<>(call.arguments());
        call.keywords().forEach(keyword -> parts.add(keyword.value()));
        if (parts.isEmpty()) {
            arguments(call, 1);
        }
        for (Syntax part : parts) {
            try {
                reader.expression(part);
            } catch (IllFormed problem) {
                return new Proposition.Settled(true, problem.problem().headline());
            }
        }
        Value value = reader.expression(parts.getLast());
        return new Proposition.Settled(false, Text.line(parts.getLast().text()) + " is well formed"
                + (value instanceof Value.Tensor tensor ? ", of shape " + tensor.shape() : ""));
    }

    /** Smooth functions of smooth functions are differentiable, steps are not; at other kinks nothing is decided. */
    private Proposition differentiable(Syntax.Call call) {
        List<Syntax> two = arguments(call, 2);
        var f = relations.inserted(two.get(0));
        Value x = reader.expression(two.get(1));
        if (!Domains.mayBeUndefined(List.of(f))) {
            if (Kinks.of(List.of(f)).isEmpty()) {
                return new Proposition.Settled(true, "it is composed of functions that are differentiable everywhere");
            }
            Optional<String> jump = x instanceof Value.Tensor tensor && tensor.expr() instanceof Variable variable
                    ? Jumps.seen(f, variable, new DerivedOperators())
                    : Optional.empty();
            if (jump.isPresent()) {
                return new Proposition.Settled(false, jump.get());
            }
        }
        throw new Undecided("differentiability at kinks and at the edge of a domain is not judged", call.span());
    }

    private Proposition truth(Syntax syntax) {
        Value value = reader.expression(syntax);
        if (value instanceof Value.Truth truth) {
            return new Proposition.Settled(truth.holds(),
                    Text.line(syntax.text()) + (truth.holds() ? " holds" : " does not hold"));
        }
        if (value instanceof Value.Tensor tensor) {
            Optional<Boolean> known = Constant.uniform(tensor.expr()).map(c -> !c.isZero());
            if (known.isPresent() && tensor.shape().isScalar() && isTruthValued(syntax)) {
                return new Proposition.Settled(known.get(), Text.line(syntax.text()));
            }
        }
        throw new IllFormed(IllFormed.Kind.TYPE, Problem
                .at(syntax.span(), Text.line(syntax.text()) + " is no proposition")
                .expecting("a relation such as ==, or a predicate"));
    }

    private static boolean isTruthValued(Syntax syntax) {
        return syntax instanceof Syntax.Conditional;
    }
}
