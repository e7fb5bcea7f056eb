package org.adjoint.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;

/** Declarations: types to shapes, facts to facts. A name in {@code [..]} that means nothing yet becomes a size. */
final class Types {
    private static final Map<String, Fact> FACTS = new LinkedHashMap<>();

    static {
        for (Fact.Named fact : Fact.Named.values()) {
            FACTS.put(fact.text(), fact);
        }
    }

    private final Elaborator reader;

    Types(Elaborator reader) {
        this.reader = reader;
    }

    /** Declares the names of a statement. */
    void declare(Statement.Declaration declaration, List<Problem> problems) {
        declare(declaration.names(), declaration.type(), declaration.facts(), problems);
    }

    void declare(List<Syntax.Name> names, TypeSyntax type, List<FactSyntax> facts, List<Problem> problems) {
        try {
            declareAll(names, type, facts, problems);
        } catch (IllFormed problem) {
            problems.add(problem.problem());
            for (Syntax.Name name : names) {
                if (!reader.environment.knows(name.id())) {
                    reader.environment.rebind(name.id(),
                            new Binding.Broken(name.id(), problem.problem(), Set.of(), name.span()));
                }
            }
        } catch (Undecided reason) {
            names.forEach(name -> reader.environment.rebind(name.id(),
                    new Binding.Opaque(reason.reason(), name.span())));
        }
    }

    private void declareAll(List<Syntax.Name> names, TypeSyntax type, List<FactSyntax> facts, List<Problem> problems) {
        if (type instanceof TypeSyntax.Tensor tensor && !facts.isEmpty()) {
            // facts may speak of the sizes, as in random(normal(0, 2/n))
            shape(tensor);
        }
        Set<Fact> known = facts(type, facts);
        for (Syntax.Name name : names) {
            // the names of a declaration are no sizes of it
            Optional<Binding> before = reader.environment.lookup(name.id());
            if (before.isPresent()) {
                problems.add(Environment.duplicate(name, before.get()).problem());
                continue;
            }
            reader.environment.bind(name, binding(name, type, known));
        }
    }

    private Binding binding(Syntax.Name name, TypeSyntax type, Set<Fact> facts) {
        return switch (type) {
            case TypeSyntax.Tensor tensor -> {
                Variable variable = Variable.of(name.id(), convention(shape(tensor)), facts);
                reader.environment.declare(variable);
                yield new Binding.Valued(Value.Tensor.of(variable), "variable", name.span());
            }
            case TypeSyntax.Index index -> new Binding.Index(Size.of(reader.dialect.firstIndex()),
                    size(index.size()), false, name.span());
            case TypeSyntax.Function function -> {
                List<Shape> parameters = new ArrayList<>();
                function.arguments().forEach(a -> parameters.add(shape(a)));
                Set<Fact> known = new LinkedHashSet<>(facts);
                if (function.arguments().stream().anyMatch(a -> a.domain() != TypeSyntax.Domain.R)) {
                    requireSequence(name, function, parameters);
                    known.add(Fact.Named.INTEGER);
                }
                yield new Binding.Unknown(
                        new UnknownFunction(name.id(), parameters, shape(function.result()), known), name.span());
            }
        };
    }

    /** A sequence is a function of integers alone, and its entries are numbers. */
    private void requireSequence(Syntax.Name name, TypeSyntax.Function function, List<Shape> parameters) {
        boolean integers = function.arguments().stream().allMatch(a -> a.domain() == TypeSyntax.Domain.Z);
        if (!integers || !parameters.stream().allMatch(Shape::isScalar) || !shape(function.result()).isScalar()) {
            throw new Undecided(name.id() + " is a function of integers that is no sequence Z -> R or Z, Z -> R");
        }
    }

    /** A declared vector under {@code vectors = columns} or {@code rows}. */
    private Shape convention(Shape shape) {
        if (shape.rank() != 1) {
            return shape;
        }
        return reader.under("vectors", "columns") ? Shape.of(shape.get(0), Size.ONE)
                : reader.under("vectors", "rows") ? Shape.of(Size.ONE, shape.get(0)) : shape;
    }

    Shape shape(TypeSyntax.Tensor type) {
        List<Size> sizes = new ArrayList<>();
        type.sizes().forEach(size -> sizes.add(size(size)));
        return Shape.of(sizes);
    }

    /** A size in a type; unknown names become symbols. */
    Size size(Syntax syntax) {
        for (Syntax.Name name : FreeNames.of(syntax)) {
            Optional<Binding> known = reader.environment.lookup(name.id());
            boolean symbol = known.isEmpty() ? !Vocabulary.knows(name.id()) || syntax instanceof Syntax.Name
                    : isIntegerScalar(known.get());
            if (symbol) {
                reader.environment.rebind(name.id(), new Binding.Sized(Size.symbol(name.id()), name.span()));
            }
        }
        Size size = reader.size(syntax);
        if (size.isInteger() && size.value() < 1) {
            throw new IllFormed(IllFormed.Kind.SHAPE, syntax.span(),
                    "a size is an integer from 1, got " + size);
        }
        if (size.isInteger() && size.value() > Integer.MAX_VALUE) {
            throw new IllFormed(IllFormed.Kind.SHAPE, syntax.span(),
                    "a size is at most " + Integer.MAX_VALUE + ", got " + size);
        }
        if (!size.minus(Size.ONE).isNonNegative()) {
            reader.environment.requireNonNegative(size.minus(Size.ONE));
        }
        return size;
    }

    /** A declared integer becomes a size where it is used as one. */
    private boolean isIntegerScalar(Binding binding) {
        return binding instanceof Binding.Valued valued && valued.value() instanceof Value.Tensor tensor
                && tensor.expr() instanceof Variable v && v.shape().isScalar()
                && (v.is(Fact.Named.INTEGER) || v.is(Fact.Named.NATURAL))
                && reader.environment.value(v).isEmpty();
    }

    // ---- facts

    private Set<Fact> facts(TypeSyntax type, List<FactSyntax> facts) {
        Set<Fact> known = new LinkedHashSet<>();
        if (type instanceof TypeSyntax.Tensor tensor) {
            switch (tensor.domain()) {
                case R -> {
                }
                case Z -> known.add(Fact.Named.INTEGER);
                case N -> known.add(Fact.Named.NATURAL);
            }
        }
        facts.forEach(fact -> known.add(fact(fact)));
        return Distributions.checked(known, facts);
    }

    private Fact fact(FactSyntax fact) {
        if (fact.name().equals("in")) {
            return interval(fact);
        }
        if (fact.name().equals("random")) {
            return new Fact.Random(Distributions.of(reader, fact));
        }
        for (Fact.Bound.Side side : Fact.Bound.Side.values()) {
            if (side.text().equals(fact.name())) {
                return bound(side, fact);
            }
        }
        Fact named = FACTS.get(fact.name());
        if (named == null) {
            Problem problem = Problem.at(fact.span(), "unknown fact " + fact.name());
            String all = String.join(", ", FACTS.keySet()) + ", in(a, b), above(a), at_least(a), below(a), at_most(a), "
                    + "random(..)";
            throw new IllFormed(IllFormed.Kind.UNKNOWN_NAME, Nearest.to(fact.name(), FACTS.keySet())
                    .map(n -> problem.hint("did you mean " + n + "?")).orElse(problem.hint("the facts are " + all)));
        }
        return named;
    }

    private Fact bound(Fact.Bound.Side side, FactSyntax fact) {
        if (fact.arguments().size() != 1) {
            throw new IllFormed(IllFormed.Kind.TYPE, fact.span(), side.text() + "(a) takes one number");
        }
        return new Fact.Bound(side, number(fact.arguments().get(0)));
    }

    private Fact interval(FactSyntax fact) {
        if (fact.arguments().size() != 2) {
            throw new IllFormed(IllFormed.Kind.TYPE, fact.span(), "in(a, b) takes two numbers");
        }
        Syntax low = fact.arguments().get(0);
        Syntax high = fact.arguments().get(1);
        if (high instanceof Syntax.Infinity && number(low).isZero()) {
            return Fact.Named.POSITIVE;
        }
        boolean unbounded = IndexBinding.isInfinite(low);
        if (unbounded && IndexBinding.isInfinite(high)) {
            throw new IllFormed(IllFormed.Kind.TYPE, fact.span(), "in(a, b) needs at least one number");
        }
        if (unbounded || IndexBinding.isInfinite(high)) {
            return new Fact.Bound(unbounded ? Fact.Bound.Side.BELOW : Fact.Bound.Side.ABOVE,
                    number(unbounded ? high : low));
        }
        if (number(low).compareTo(number(high)) >= 0) {
            throw new IllFormed(IllFormed.Kind.TYPE, fact.span(), "in(a, b) needs a < b; got a = " + number(low)
                    + ", b = " + number(high));
        }
        return new Fact.Interval(number(low), number(high));
    }

    private Rational number(Syntax syntax) {
        Expr value = reader.inline(reader.tensor(syntax).expr());
        return Constant.uniform(value).filter(c -> value.shape().isScalar())
                .orElseThrow(() -> Failures.type(syntax, Failures.excerpt(syntax) + " is not a number"));
    }
}
