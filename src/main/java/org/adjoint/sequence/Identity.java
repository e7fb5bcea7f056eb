package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.adjoint.expr.Application;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.IntegerSum;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * {@code left = right} at all integers where some relations hold, for all unknown sequences: proved by cases, or contradicted
 * where sequences of few terms and small integers show it.
 */
public final class Identity {
    private static final int TRIES = 2_000;
    private static final int SUPPORT = 2;

    private final Expr left;
    private final Expr right;
    private Guard where = Guard.ALWAYS;

    private Identity(Expr left, Expr right) {
        this.left = left;
        this.right = right;
    }

    /** How a hypothesis compares its sides. */
    public enum Order {
        LESS, LESS_OR_EQUAL, EQUAL, GREATER_OR_EQUAL, GREATER;

        /** Where the right side is so much more than the left. */
        Guard guard(Form difference) {
            return switch (this) {
                case LESS -> Guard.atLeastZero(difference.plus(-1));
                case LESS_OR_EQUAL -> Guard.atLeastZero(difference);
                case EQUAL -> Guard.zero(difference);
                case GREATER_OR_EQUAL -> Guard.atLeastZero(difference.times(-1));
                case GREATER -> Guard.atLeastZero(difference.times(-1).plus(-1));
            };
        }
    }

    /** The question whether two scalar expressions are equal. */
    public static Identity of(Expr left, Expr right) {
        return new Identity(left, right);
    }

    /** Adds a hypothesis; whether it is one about integers, which can be used. */
    public boolean given(Expr a, Order order, Expr b) {
        Optional<Form> first = Reading.formOf(a);
        Optional<Form> second = Reading.formOf(b);
        if (first.isEmpty() || second.isEmpty()) {
            return false;
        }
        where = where.and(order.guard(second.get().minus(first.get())));
        return true;
    }

    /**
     * The argument, in words, when it is proved.
     *
     * @throws NotClosed when a side is no function of integers by cases
     */
    public Optional<String> proof() {
        try {
            Reading reading = new Reading();
            List<Kernel> kernels = Kernel.of(reading.piecewise(left).minus(reading.piecewise(right)));
            Set<Variable> variables = new LinkedHashSet<>(Walk.variables(List.of(left, right)));
            variables.addAll(where.variables());
            variables.removeIf(v -> !Poly.isInteger(v));
            Guard domain = where.and(Domain.of(variables));
            if (domain.isEmpty()) {
                throw new NotClosed("the hypotheses hold for no integers");
            }
            Vanishing vanishing = new Vanishing();
            boolean formal = false;
            for (Kernel kernel : kernels) {
                formal |= !kernel.functions().isEmpty();
                if (!vanishing.isProved(kernel.weight(), domain)) {
                    return Optional.empty();
                }
            }
            int parts = vanishing.parts();
            String cases = parts < 2 ? "" : ", by " + parts + " cases of linear inequalities";
            return Optional.of((formal ? "reindexed, both sides weigh every product of entries equally"
                    : "both sides are the same sum of powers of integers") + cases);
        } catch (ArithmeticException tooLarge) {
            throw new NotClosed("a number is too large");
        }
    }

    // ---- contradiction

    /**
     * Where the sides differ.
     *
     * @param values of the integer variables, and the sequences by their nonzero entries
     * @param left   the value of the left side
     * @param right  the value of the right side
     */
    public record Contradiction(Map<String, String> values, String left, String right) {
    }

    /** A point that satisfies the relations and at which the sides, read again with its numbers in them, differ. */
    public Optional<Contradiction> contradiction(long seed) {
        Random random = new Random(seed);
        Set<Variable> variables = new LinkedHashSet<>(Walk.variables(List.of(left, right)));
        variables.addAll(where.variables());
        Walk.postorder(List.of(left, right))
                .forEach(node -> IntegerSum.of(node).ifPresent(s -> variables.remove(s.index())));
        if (variables.stream().anyMatch(v -> !v.shape().isScalar())) {
            return Optional.empty();
        }
        Guard domain = where.and(Domain.of(variables.stream().filter(Poly::isInteger).toList()));
        Set<UnknownFunction> functions = new LinkedHashSet<>();
        Walk.postorder(List.of(left, right)).forEach(node -> {
            if (node instanceof Application application && IntegerSum.of(node).isEmpty()) {
                functions.add(application.function());
            }
        });
        for (int k = 0; k < TRIES; k++) {
            Budget.current().checkTime();
            int spread = 2 + k / 100;
            Map<Variable, Rational> point = new LinkedHashMap<>();
            Guard at = domain;
            for (Variable variable : variables) {
                long value = (long) random.nextInt(2 * spread + 1) - spread;
                point.put(variable, Rational.of(value));
                if (Poly.isInteger(variable)) {
                    at = at.substitute(variable, Form.of(value));
                }
            }
            if (!at.isEmpty()) {
                Optional<Contradiction> found = at(point, sequences(functions, random, spread));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Map<UnknownFunction, Map<List<Long>, Rational>> sequences(Set<UnknownFunction> functions,
            Random random, int spread) {
        Map<UnknownFunction, Map<List<Long>, Rational>> all = new LinkedHashMap<>();
        for (UnknownFunction function : functions) {
            Map<List<Long>, Rational> entries = new LinkedHashMap<>();
            for (int k = 0; k < SUPPORT; k++) {
                List<Long> place = new ArrayList<>();
                function.parameters().forEach(p -> place.add((long) random.nextInt(2 * spread + 1) - spread));
                entries.put(place, Rational.of(random.nextInt(3) + 1));
            }
            all.put(function, entries);
        }
        return all;
    }

    private Optional<Contradiction> at(Map<Variable, Rational> point,
            Map<UnknownFunction, Map<List<Long>, Rational>> sequences) {
        try {
            Optional<Rational> a = value(left, point, sequences);
            Optional<Rational> b = value(right, point, sequences);
            if (a.isEmpty() || b.isEmpty() || a.get().equals(b.get())) {
                return Optional.empty();
            }
            Map<String, String> values = new LinkedHashMap<>();
            point.forEach((variable, value) -> values.put(variable.name(), value.toString()));
            sequences.forEach((function, entries) -> values.put(function.name(), text(entries)));
            return Optional.of(new Contradiction(values, a.get().toString(), b.get().toString()));
        } catch (NotClosed | ArithmeticException noValue) {
            return Optional.empty();
        }
    }

    private static String text(Map<List<Long>, Rational> entries) {
        List<String> all = new ArrayList<>();
        entries.forEach((place, value) -> all.add((place.size() == 1 ? place.get(0) : place) + ": " + value));
        return "{" + String.join(", ", all) + "} and 0 elsewhere";
    }

    private static Optional<Rational> value(Expr side, Map<Variable, Rational> point,
            Map<UnknownFunction, Map<List<Long>, Rational>> sequences) {
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : Walk.postorder(side)) {
            List<Expr> operands = new ArrayList<>();
            node.operands().forEach(x -> operands.add(Objects.requireNonNull(images.get(x))));
            Rational number = node instanceof Variable variable ? point.get(variable) : null;
            boolean sequence = node instanceof Application && IntegerSum.of(node).isEmpty();
            images.put(node, number != null ? Constant.of(number)
                    : sequence ? entries(operands, sequences.getOrDefault(((Application) node).function(), Map.of()))
                            : operands.isEmpty() ? node : node.withOperands(operands));
        }
        return new Reading().piecewise(Objects.requireNonNull(images.get(side))).plain().flatMap(Poly::number);
    }

    /** {@code Σ value·[argument = place]}. */
    private static Expr entries(List<Expr> arguments, Map<List<Long>, Rational> entries) {
        List<Expr> terms = new ArrayList<>();
        entries.forEach((place, value) -> {
            List<Expr> factors = new ArrayList<>(List.of(Constant.of(value)));
            for (int k = 0; k < place.size(); k++) {
                factors.add(Functions.EQUAL.apply(arguments.get(k), Constant.of(place.get(k))));
            }
            terms.add(Tensors.product(factors));
        });
        return Tensors.sum(terms);
    }
}
