package org.adjoint.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Application;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** The entries of an expression as terms of X. */
final class Reading {
    private static final int ENTRY_LIMIT = 400;
    private static final int DEPTH_LIMIT = 300;
    /** Functions by cases of the sign of their first operand. */
    private static final Set<ScalarFunction> SIGNED = Set.of(Functions.ABS, Functions.SIGN, Functions.STEP,
            Functions.RELU,
            Functions.LEAKY_RELU, Functions.ELU);

    private final Constants constants;
    private final Replacements ties;
    private final TermArithmetic arithmetic;

    Reading(Constants constants, Replacements ties, TermArithmetic arithmetic) {
        this.constants = constants;
        this.ties = ties;
        this.arithmetic = arithmetic;
    }

    /**
     * The entries in row-major order; undefined where they are not defined for all large X.
     *
     * @param moving what the scalars that move are
     */
    NumberTensor<Term> entries(Expr f, Map<Variable, Term> moving) {
        check(f);
        Map<Variable, NumberTensor<Term>> values = new LinkedHashMap<>();
        moving.forEach((v, term) -> values.put(v, NumberTensor.scalar(term)));
        Expr open = hide(f, values);
        for (Variable variable : Walk.variables(open)) {
            if (!values.containsKey(variable)) {
                values.put(variable, parameter(variable));
            }
        }
        return new Evaluator<>(arithmetic, Sizes.NONE).evaluate(open, values);
    }

    private static void check(Expr f) {
        NodeMap<Integer> depth = new NodeMap<>();
        for (Expr node : Walk.postorder(f)) {
            int deepest = 0;
            for (int k = 0; k < node.operandCount(); k++) {
                Integer below = depth.get(node.operand(k));
                deepest = Math.max(deepest, below == null ? 0 : below);
            }
            if (deepest >= DEPTH_LIMIT) {
                throw new Stop.Stuck("the expression is nested deeper than " + DEPTH_LIMIT);
            }
            depth.put(node, deepest + 1);
            if (node instanceof Application) {
                throw new Stop.Stuck("it holds an unknown function");
            }
            if (node instanceof Constant constant && constant.isData()) {
                throw new Stop.Stuck("it holds floating-point data");
            }
            if (node instanceof Elementwise step && step.function() == Functions.FLOOR) {
                throw new Stop.Stuck("it holds floor");
            }
        }
    }

    /** Scalars without what moves that are no exp-log expressions stay whole: each becomes one parameter. */
    private Expr hide(Expr f, Map<Variable, NumberTensor<Term>> values) {
        Map<Expr, Expr> fixed = new LinkedHashMap<>();
        NodeMap<Boolean> moving = new NodeMap<>();
        for (Expr node : Walk.postorder(f)) {
            boolean moves = node instanceof Variable variable && values.containsKey(variable);
            for (int k = 0; k < node.operandCount(); k++) {
                moves |= Boolean.TRUE.equals(moving.get(node.operand(k)));
            }
            moving.put(node, moves);
            boolean sized = hasSizes(node);
            if (moves && sized) {
                throw new Stop.Stuck("no theorem covers this expression of symbolic size");
            }
            if (!moves && node.shape().isScalar() && !(node instanceof Variable) && (isOpaque(node) || sized)) {
                fixed.put(node, Variable.scalar("fixed " + Long.toHexString(node.digestHigh())));
            }
        }
        fixed.forEach((node, name) -> values.put((Variable) name, NumberTensor.scalar(ties.of(ties.apply(node)))));
        return fixed.isEmpty() ? f : Substitution.of(fixed).apply(f);
    }

    private static boolean hasSizes(Expr node) {
        return !node.shape().symbols().isEmpty() || node instanceof Dimension
                || (node instanceof Contraction product
                        && product.indexSizes().stream().anyMatch(size -> !size.symbols().isEmpty()))
                || (node instanceof Reduction reduction && !reduction.operand(0).shape().symbols().isEmpty())
                || (node instanceof MatrixFunction f && !f.operand(0).shape().symbols().isEmpty());
    }

    private boolean isOpaque(Expr node) {
        return switch (node) {
            case Elementwise f when f.function() == Functions.MAXIMUM || f.function() == Functions.MINIMUM ->
                !isKnown(f.operand(0).minus(f.operand(1)));
            case Elementwise f -> SIGNED.contains(f.function()) && !isKnown(f.operand(0));
            case Where where -> true;
            case Reduction reduction -> true;
            case Dimension dimension -> true;
            default -> false;
        };
    }

    /** Whether the sign is settled, so that the function of it is one of its branches. */
    private boolean isKnown(Expr x) {
        return switch (constants.oracle().of(ties.apply(x))) {
            case POSITIVE, NEGATIVE, ZERO -> true;
            case NONNEGATIVE, NONPOSITIVE, NONZERO, UNKNOWN -> false;
        };
    }

    private NumberTensor<Term> parameter(Variable variable) {
        int[] shape = Sizes.NONE.of(variable.shape());
        List<Expr> entries = new ArrayList<>(List.of(variable));
        for (int length : shape) {
            if (entries.size() * (long) length > ENTRY_LIMIT) {
                throw new Stop.Stuck("more than " + ENTRY_LIMIT + " entries");
            }
            List<Expr> parts = new ArrayList<>();
            for (Expr rest : entries) {
                for (int k = 0; k < length; k++) {
                    parts.add(Window.entry(rest, 0, Size.of(k)));
                }
            }
            entries = parts;
        }
        return NumberTensor.of(shape, entries.stream().map(ties::of).toList());
    }
}
