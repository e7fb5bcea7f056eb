package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.adjoint.derive.Deriver;
import org.adjoint.derive.DifferenceCheck;
import org.adjoint.derive.Expectation;
import org.adjoint.derive.Layout;
import org.adjoint.diff.Backward;
import org.adjoint.diff.Underivable;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Approached;
import org.adjoint.lang.Convention;
import org.adjoint.lang.Direction;
import org.adjoint.lang.Hypothesis;
import org.adjoint.lang.Operators;
import org.adjoint.lang.Undecided;
import org.adjoint.sequence.IntegerSums;
import org.adjoint.sequence.NotClosed;

/**
 * The operators of the language: derivatives that were held against finite differences, and limits that were held against the
 * values on the way to them, before any claim uses them.
 */
public final class DerivedOperators implements Operators {
    private static final long SEED = 1;

    private record Question(Map<Variable, Expr> reached, Expr f, Variable x, Layout layout) {
    }

    private final Map<Question, Expr> known;
    private final LimitOperator limits;
    private final KinkValues kinks;
    /** How expectations that were handed out were found, in words. */
    private final Map<Expr, String> expectations = new ConcurrentHashMap<>();

    /** Under no conventions. */
    public DerivedOperators() {
        this(new ConcurrentHashMap<>(), new LimitOperator(SEED), KinkValues.of(Set.of()));
    }

    private DerivedOperators(Map<Question, Expr> known, LimitOperator limits, KinkValues kinks) {
        this.known = known;
        this.limits = limits;
        this.kinks = kinks;
    }

    /** The same under conventions; what is known already is not derived again. */
    DerivedOperators under(Set<Convention> conventions) {
        return new DerivedOperators(known, limits, KinkValues.of(conventions));
    }

    @Override
    public Expr gradient(Expr f, Variable x, Definitions definitions) {
        return checked(f, x, definitions, Layout.GRADIENT);
    }

    @Override
    public Expr jacobian(Expr f, Variable x, Definitions definitions) {
        return checked(f, x, definitions, Layout.JACOBIAN);
    }

    @Override
    public Expr push(Expr f, Variable x, Expr direction, Definitions definitions) {
        return product(f, x, definitions, deriver -> deriver.checkedAlong(f, x, direction));
    }

    @Override
    public Expr pull(Expr f, Variable x, Expr cotangent, Definitions definitions) {
        return product(f, x, definitions, deriver -> deriver.checkedPull(f, x, cotangent));
    }

    private Expr product(Expr f, Variable x, Definitions definitions, Function<Deriver, Expr> derivation) {
        List<Expr> functions = new ArrayList<>(List.of(f));
        definitions.reachable(List.of(f)).forEach(v -> functions.add(definitions.value(v).orElseThrow()));
        return kinks.apply(handedOut(x, () -> derivation.apply(new Deriver(definitions, SEED))), functions);
    }

    private static Expr handedOut(Variable x, Supplier<Expr> derivation) {
        try {
            return derivation.get();
        } catch (DifferenceCheck.Withheld withheld) {
            throw new Undecided("the derivative by " + x.name() + " is withheld: " + withheld.getMessage());
        } catch (Underivable none) {
            throw new Undecided("there is no derivative by " + x.name() + ": " + none.reason());
        }
    }

    private Expr checked(Expr f, Variable x, Definitions definitions, Layout layout) {
        Map<Variable, Expr> reached = new LinkedHashMap<>();
        for (Variable variable : definitions.reachable(List.of(f))) {
            reached.put(variable, definitions.value(variable).orElseThrow());
        }
        List<Expr> functions = new ArrayList<>(reached.values());
        functions.add(f);
        if (!Walk.variables(functions).contains(x)) {
            // Nothing depends on x; where f has a value is for the claim to ask.
            return Linear.zero(f.shape().concat(x.shape()));
        }
        return kinks.apply(checked(f, x, definitions, new Question(reached, f, x, layout)), functions);
    }

    private Expr checked(Expr f, Variable x, Definitions definitions, Question question) {
        Expr before = known.get(question);
        if (before != null) {
            return before;
        }
        Expr derivative = handedOut(x, () -> new Deriver(definitions, SEED).checked(f, x, question.layout()));
        known.put(question, derivative);
        return derivative;
    }

    @Override
    public Expr partial(Variable v, Variable u, Definitions definitions) {
        return kinks.apply(Backward.partial(definitions, v, u), definitions.value(v).map(List::of).orElse(List.of()));
    }

    @Override
    public Approached limit(Expr f, Variable v, Expr target, Direction direction, Definitions definitions,
            List<Hypothesis> hypotheses) {
        return limits.limit(f, v, target, direction, definitions, LimitHypotheses.of(hypotheses));
    }

    @Override
    public Expr sum(Variable index, Expr body, Definitions definitions) {
        try {
            return IntegerSums.sum(index, body);
        } catch (NotClosed open) {
            try {
                return IntegerSums.sum(index, definitions.inline(body));
            } catch (NotClosed still) {
                throw new Undecided(still.reason());
            }
        }
    }

    @Override
    public Optional<String> whyNotLinear(Expr f, Variable x, Expr matrix, Definitions definitions) {
        return new Linearity(x, matrix).obstacle(Insertion.ofAllBut(x, f, definitions),
                Insertion.ofAllBut(x, matrix, definitions));
    }

    @Override
    public Expr expectation(Expr f, Definitions definitions) {
        return expected(() -> Expectation.of(definitions.inline(f)));
    }

    @Override
    public Expr covariance(Expr f, Expr g, Definitions definitions) {
        return expected(() -> Expectation.covariance(definitions.inline(f), definitions.inline(g)));
    }

    private Expr expected(Supplier<Expectation> calculus) {
        try {
            Expectation found = calculus.get();
            expectations.put(found.value(), "the expectation is computed by " + String.join(", ", found.laws()));
            return found.value();
        } catch (Expectation.Unknown unknown) {
            throw new Undecided(unknown.reason());
        }
    }

    /** How the limit or the expectation that has this value was found, in words; empty for anything else. */
    String reason(Expr value) {
        return expectations.getOrDefault(value, limits.reason(value));
    }
}
