package org.adjoint.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Evaluates graphs in any arithmetic: exactly, or to as many digits as it has. Every node once, operands first, without
 * recursion; values are dropped after their last use.
 *
 * <p>An entry that has no value (a division by zero, a logarithm among radicals) is undefined, and so is what is computed
 * from it; the others keep their values. The unselected branch of a {@code where} does not matter.
 *
 * @param <T> the type of its numbers
 */
public final class Evaluator<T> {
    private final Arithmetic<T> field;
    private final Sizes sizes;
    private final Interpretation interpretation;

    /** With unknown functions taken to be the polynomials of seed 0. */
    public Evaluator(Arithmetic<T> field, Sizes sizes) {
        this(field, sizes, UnknownFunctionModel.seeded(0));
    }

    public Evaluator(Arithmetic<T> field, Sizes sizes, Interpretation interpretation) {
        this.field = field;
        this.sizes = sizes;
        this.interpretation = interpretation;
    }

    public Arithmetic<T> field() {
        return field;
    }

    /** The value of one root. */
    public NumberTensor<T> evaluate(Expr root, Map<Variable, NumberTensor<T>> values) {
        return evaluate(List.of(root), values).get(0);
    }

    /**
     * The values of the roots.
     *
     * @throws IllegalArgumentException when a variable or a size has no value, or a value another shape than its variable
     * @throws Budget.Exceeded          when a limit of the current budget is passed
     */
    public List<NumberTensor<T>> evaluate(List<? extends Expr> roots, Map<Variable, NumberTensor<T>> values) {
        return new Run(values).evaluate(roots);
    }

    /** The values of the roots, where defined variables have the values of their definitions, unless given otherwise. */
    public List<NumberTensor<T>> evaluate(List<? extends Expr> roots, Definitions definitions,
            Map<Variable, NumberTensor<T>> values) {
        Map<Variable, NumberTensor<T>> known = new HashMap<>(values);
        List<Variable> defined = new ArrayList<>();
        List<Expr> all = new ArrayList<>();
        for (Variable variable : definitions.reachable(roots)) {
            if (!known.containsKey(variable)) {
                defined.add(variable);
                all.add(definitions.value(variable).orElseThrow());
            }
        }
        Run run = new Run(known);
        for (int k = 0; k < defined.size(); k++) {
            known.put(defined.get(k), run.evaluate(List.of(all.get(k))).get(0));
        }
        return run.evaluate(roots);
    }

    private final class Run {
        private final Map<Variable, NumberTensor<T>> values;
        private final NodeEvaluator<T> kinds;

        Run(Map<Variable, NumberTensor<T>> values) {
            this.values = values;
            this.kinds = new NodeEvaluator<>(new Entries<>(field), sizes, interpretation);
        }

        List<NumberTensor<T>> evaluate(List<? extends Expr> roots) {
            List<Expr> order = Walk.postorder(roots);
            NodeMap<int[]> uses = new NodeMap<>();
            for (Expr node : order) {
                uses.put(node, new int[1]);
                for (int k = 0; k < node.operandCount(); k++) {
                    Objects.requireNonNull(uses.get(node.operand(k)))[0]++;
                }
            }
            for (Expr root : roots) {
                Objects.requireNonNull(uses.get(root))[0]++;
            }
            NodeMap<NumberTensor<T>> results = new NodeMap<>();
            NumberTensor<T> gone = new NumberTensor<>(new int[] {0}, new Object[0]);
            Budget budget = Budget.current();
            for (Expr node : order) {
                budget.poll();
                List<NumberTensor<T>> operands = new ArrayList<>(node.operandCount());
                for (int k = 0; k < node.operandCount(); k++) {
                    operands.add(Objects.requireNonNull(results.get(node.operand(k))));
                }
                results.put(node, node instanceof Variable variable ? given(variable) : kinds.value(node, operands));
                for (int k = 0; k < node.operandCount(); k++) {
                    if (--Objects.requireNonNull(uses.get(node.operand(k)))[0] == 0) {
                        results.put(node.operand(k), gone);
                    }
                }
            }
            List<NumberTensor<T>> found = new ArrayList<>();
            for (Expr root : roots) {
                found.add(Objects.requireNonNull(results.get(root)));
            }
            return found;
        }

        private NumberTensor<T> given(Variable variable) {
            NumberTensor<T> value = values.get(variable);
            if (value == null) {
                throw new IllegalArgumentException("the variable " + variable.name() + " has no value");
            }
            int[] shape = sizes.of(variable.shape());
            if (!java.util.Arrays.equals(shape, value.lengths())) {
                throw new IllegalArgumentException("the value of " + variable.name() + " must have the shape "
                        + variable.shape() + ", here " + java.util.Arrays.toString(shape) + "; got "
                        + java.util.Arrays.toString(value.lengths()));
            }
            return value;
        }
    }
}
