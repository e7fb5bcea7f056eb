package org.adjoint.lang;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Distribution;
import org.adjoint.expr.Distribution.Kind;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Walk;

/** {@code random(normal(0, 1))}, {@code random(mean, variance)}: what a declaration says of how a variable is drawn. */
final class Distributions {
    private static final Map<String, Kind> NAMES = Map.of("normal", Kind.NORMAL, "uniform", Kind.UNIFORM, "bernoulli",
            Kind.BERNOULLI, "sign", Kind.SIGN, "symmetric", Kind.SYMMETRIC);
    private static final String FORMS = "random(normal(mean, variance)), random(uniform(a, b)), random(bernoulli(p)), "
            + "random(sign()), random(symmetric(variance)) or random(mean, variance)";

    private Distributions() {
    }

    static Distribution of(Elaborator reader, FactSyntax fact) {
        if (fact.arguments().size() == 1 && fact.arguments().get(0) instanceof Syntax.Call call
                && call.callee() instanceof Syntax.Name name) {
            Kind kind = NAMES.get(name.id().toLowerCase(Locale.ROOT));
            if (kind != null) {
                return read(reader, fact, kind, call.arguments(), Failures.excerpt(call));
            }
        }
        return read(reader, fact, Kind.MOMENTS, fact.arguments(),
                String.join(", ", fact.arguments().stream().map(Failures::excerpt).toList()));
    }

    private static Distribution read(Elaborator reader, FactSyntax fact, Kind kind, List<Syntax> arguments,
            String text) {
        if (arguments.size() != kind.parameterCount() || !fact.keywords().isEmpty()) {
            throw new IllFormed(IllFormed.Kind.TYPE, Problem.at(fact.span(), "unknown distribution " + text)
                    .hint("write " + FORMS));
        }
        List<Expr> parameters = arguments.stream().map(argument -> parameter(reader, argument)).toList();
        Distribution distribution = new Distribution(kind, parameters, text);
        if (!isPossible(distribution)) {
            throw new IllFormed(IllFormed.Kind.TYPE, fact.span(), "there is no " + text
                    + ": a variance is not negative, a probability lies between 0 and 1, and uniform(a, b) has a < b");
        }
        return distribution;
    }

    private static Expr parameter(Elaborator reader, Syntax argument) {
        Value.Tensor value = reader.tensor(argument);
        Expr inserted = reader.inline(value.expr());
        boolean random = Walk.variables(inserted).stream()
                .anyMatch(v -> v.facts().stream().anyMatch(Fact.Random.class::isInstance));
        if (!inserted.shape().isScalar() || random) {
            throw Failures.type(argument, "a parameter of a distribution is a number that is not random; "
                    + Failures.excerpt(argument) + " is " + (random ? "random" : "of shape " + inserted.shape()));
        }
        return inserted;
    }

    private static boolean isPossible(Distribution distribution) {
        List<Rational> known = distribution.parameters().stream()
                .map(p -> Constant.uniform(p).orElse(Rational.HALF)).toList();
        List<Expr> given = distribution.parameters();
        return switch (distribution.kind()) {
            case NORMAL, MOMENTS -> known.get(1).signum() >= 0;
            case SYMMETRIC -> known.get(0).signum() >= 0;
            case BERNOULLI -> known.get(0).signum() >= 0 && known.get(0).compareTo(Rational.ONE) <= 0;
            case UNIFORM -> !given.stream().allMatch(Constant.class::isInstance)
                    || known.get(0).compareTo(known.get(1)) < 0;
            case SIGN -> true;
        };
    }

    /**
     * The facts of a random variable are its distribution, and which few values it takes; others would bind its
     * entries.
     */
    static Set<Fact> checked(Set<Fact> facts, List<FactSyntax> written) {
        for (Fact fact : Set.copyOf(facts)) {
            if (fact instanceof Fact.Random random) {
                if (facts.size() > 1) {
                    throw new IllFormed(IllFormed.Kind.TYPE, written.get(0).span(),
                            "a random variable is described by its distribution alone");
                }
                if (random.distribution().kind() == Kind.SIGN) {
                    facts.add(Fact.Named.PLUS_MINUS_ONE);
                } else if (random.distribution().kind() == Kind.BERNOULLI) {
                    facts.add(Fact.Named.ZERO_ONE);
                }
            }
        }
        return facts;
    }
}
