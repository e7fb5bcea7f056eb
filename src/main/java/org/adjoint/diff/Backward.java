package org.adjoint.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Reverse mode over definitions: every quantity between the result and the inputs gets an adjoint, which is itself a
 * definition. Each is kept in two forms: in terms of the adjoints of the quantities that use it and their local
 * derivatives ({@code z̄₂ = ȳ + W₂ᵀ z̄₃}), and closed, without any adjoint.
 */
public final class Backward {
    /**
     * What one quantity that uses another contributes to its adjoint.
     *
     * @param user  the quantity that uses it
     * @param value the user's adjoint times the local derivative, in terms of the user's adjoint variable
     */
    public record Contribution(Variable user, Expr value) {
    }

    /**
     * One step of the backward pass.
     *
     * @param variable      the quantity
     * @param adjoint       its adjoint, as a variable
     * @param contributions one for each quantity that uses it; none for the result itself
     * @param local         their sum, in terms of adjoint variables
     * @param closed        the same without adjoint variables
     */
    public record Step(Variable variable, Variable adjoint, List<Contribution> contributions, Expr local, Expr closed) {
        public Step {
            contributions = List.copyOf(contributions);
        }
    }

    private final Variable result;
    private final SequencedMap<Variable, Step> steps;
    private final Expr seed;

    private Backward(Variable result, Expr seed, SequencedMap<Variable, Step> steps) {
        this.result = result;
        this.seed = seed;
        this.steps = steps;
    }

    /**
     * The backward pass from a scalar.
     *
     * @param f a scalar; when it is no defined variable, it is treated as the definition of a last one
     */
    public static Backward of(Definitions definitions, Expr f, Set<Variable> wrt) {
        if (!f.shape().isScalar()) {
            throw new ShapeError("a gradient is taken of a scalar; use the Jacobian", f);
        }
        return of(definitions, f, Constant.ONE, wrt);
    }

    /** The backward pass from any result, with a cotangent that may carry leading axes. */
    public static Backward of(Definitions definitions, Expr f, Expr seed, Set<Variable> wrt) {
        Definitions all = definitions;
        Variable result;
        if (f instanceof Variable variable) {
            result = variable;
        } else {
            result = freshVariable("f", f, definitions);
            all = definitions.with(result, f);
        }
        Backward backward = new Backward(result, seed, new LinkedHashMap<>());
        backward.run(all, wrt);
        return backward;
    }

    /** {@code ∂f/∂x} through the definitions, shaped like {@code x}. */
    public static Expr gradient(Definitions definitions, Expr f, Variable x) {
        return of(definitions, f, Set.of(x)).closed(x);
    }

    /** {@code ∂f/∂x} through the definitions, shaped {@code shape(f) + shape(x)}. */
    public static Expr jacobian(Definitions definitions, Expr f, Variable x) {
        return of(definitions, f, ReverseSweep.identity(f.shape()), Set.of(x)).closed(x);
    }

    /**
     * The derivative of a quantity's own definition by one of the variables that it mentions, the others held fixed, shaped
     * {@code shape(v) + shape(u)}.
     *
     * @throws IllegalArgumentException when {@code v} has no definition
     */
    public static Expr partial(Definitions definitions, Variable v, Variable u) {
        if (v == u) {
            return ReverseSweep.identity(v.shape());
        }
        Expr value = definitions.value(v).orElseThrow(() -> new IllegalArgumentException(
                "a partial derivative is taken of a defined quantity; " + v.name() + " has no definition"));
        return ReverseSweep.jacobian(value, u);
    }

    /** The quantity from which the pass starts. */
    public Variable result() {
        return result;
    }

    /** The steps, from the result back to the inputs. */
    public List<Step> steps() {
        return List.copyOf(steps.values());
    }

    /** The adjoint of a variable in closed form; zero when the result does not depend on it. */
    public Expr closed(Variable variable) {
        Step step = steps.get(variable);
        int batch = seed.shape().rank() - result.shape().rank();
        return step != null ? step.closed : Linear.zero(seed.shape().slice(0, batch).concat(variable.shape()));
    }

    private void run(Definitions definitions, Set<Variable> wrt) {
        List<Variable> order = definitions.reachable(List.of(result));
        Set<Variable> active = active(definitions, order, wrt);
        Map<Variable, List<Contribution>> pending = new LinkedHashMap<>();
        Map<Variable, Expr> closedForms = new LinkedHashMap<>();
        Set<String> taken = takenNames(definitions, order, wrt);
        List<Variable> backwards = new ArrayList<>(order.reversed());
        for (Variable input : wrt) {
            if (!backwards.contains(input)) {
                backwards.add(input);
            }
        }
        for (Variable variable : backwards) {
            boolean start = variable == result;
            List<Contribution> contributions = pending.getOrDefault(variable, List.of());
            if (!active.contains(variable) || (!start && contributions.isEmpty())) {
                continue;
            }
            Expr local = start ? seed : Tensors.sum(contributions.stream().map(Contribution::value).toList());
            Expr closed = Substitution.ofOccurring(closedForms, local).apply(local);
            Variable adjoint = Variable.of(adjointName(variable, taken), local.shape());
            steps.put(variable, new Step(variable, adjoint, contributions, local, closed));
            closedForms.put(adjoint, closed);
            definitions.value(variable).ifPresent(value -> handOn(variable, value, adjoint, active, pending));
        }
    }

    /** The quantity's adjoint times its local derivatives, to each active variable in its definition. */
    private static void handOn(Variable user, Expr value, Variable adjoint, Set<Variable> active,
            Map<Variable, List<Contribution>> pending) {
        Set<Variable> targets = new LinkedHashSet<>(Walk.variables(value));
        targets.retainAll(active);
        ReverseSweep sweep = ReverseSweep.of(value, adjoint, targets);
        for (Variable target : targets) {
            Expr contribution = sweep.cotangent(target);
            if (!Linear.isZero(contribution)) {
                pending.computeIfAbsent(target, t -> new ArrayList<>()).add(new Contribution(user, contribution));
            }
        }
    }

    /** The variables through which the result depends on one of the inputs, and the inputs. */
    private static Set<Variable> active(Definitions definitions, List<Variable> order, Set<Variable> wrt) {
        Set<Variable> active = new LinkedHashSet<>(wrt);
        for (Variable variable : order) {
            if (definitions.parents(variable).stream().anyMatch(active::contains)) {
                active.add(variable);
            }
        }
        return active;
    }

    private static Set<String> takenNames(Definitions definitions, List<Variable> order, Set<Variable> wrt) {
        Set<String> taken = new LinkedHashSet<>();
        for (Variable variable : order) {
            taken.add(variable.name());
            Walk.variables(Objects.requireNonNull(definitions.bindings().get(variable)))
                    .forEach(v -> taken.add(v.name()));
        }
        wrt.forEach(v -> taken.add(v.name()));
        return taken;
    }

    private static String adjointName(Variable variable, Set<String> taken) {
        String name = variable.name() + "_bar";
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }

    private static Variable freshVariable(String name, Expr f, Definitions definitions) {
        Set<String> taken = new LinkedHashSet<>(Variable.names(Walk.variables(f)));
        taken.addAll(Variable.names(definitions.bindings().keySet()));
        String fresh = name;
        for (int k = 1; taken.contains(fresh); k++) {
            fresh = name + k;
        }
        return Variable.of(fresh, f.shape());
    }
}
