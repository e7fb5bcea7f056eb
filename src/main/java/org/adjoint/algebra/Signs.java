package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** What is known of the sign of every entry of an expression, from its form and the declared facts. Unknown is not true. */
public final class Signs {
    /** What is known of every entry. */
    public enum Sign {
        POSITIVE, NONNEGATIVE, UNKNOWN;

        Sign and(Sign other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private Signs() {
    }

    /** Whether every entry is known to be positive wherever the expression is defined. */
    public static boolean isPositive(Expr expr) {
        return of(expr) == Sign.POSITIVE;
    }

    /** What is known of the sign of every entry. */
    public static Sign of(Expr expr) {
        NodeMap<Sign> known = new NodeMap<>();
        List<Expr> open = new ArrayList<>(List.of(expr));
        while (!open.isEmpty()) {
            Expr node = open.getLast();
            boolean ready = true;
            for (int k = 0; needsOperands(node) && k < node.operandCount(); k++) {
                if (!known.contains(node.operand(k))) {
                    open.add(node.operand(k));
                    ready = false;
                }
            }
            if (ready) {
                known.put(node, local(node, known));
                open.removeLast();
            }
        }
        return get(known, expr);
    }

    /** Whether the sign of the node follows from those of its operands; what is below the others is not looked at. */
    private static boolean needsOperands(Expr node) {
        return switch (node) {
            case Linear sum -> true;
            case Contraction product -> true;
            case Window window -> true;
            case Where where -> true;
            case Reshape reshape -> true;
            case Detach detach -> true;
            case Concatenation all -> true;
            case Reduction reduction ->
                reduction.operation() == Reduction.Operation.MAX
                        || reduction.operation() == Reduction.Operation.PRODUCT;
            case Elementwise f -> f.function() == Functions.POWER || f.function() == Functions.SQRT;
            case Variable leaf -> false;
            case Constant leaf -> false;
            case Dimension leaf -> false;
            case Range leaf -> false;
            case Delta leaf -> false;
            case MatrixFunction f -> false;
            case Application f -> false;
        };
    }

    private static Sign get(NodeMap<Sign> known, Expr node) {
        Sign sign = known.get(node);
        return sign == null ? Sign.UNKNOWN : sign;
    }

    private static Sign local(Expr node, NodeMap<Sign> known) {
        return switch (node) {
            case Constant constant -> constant.values().stream().map(Signs::of).reduce(Sign.POSITIVE, Sign::and);
            case Dimension dimension -> dimension.size().isPositive() ? Sign.POSITIVE
                    : dimension.size().isNonNegative() ? Sign.NONNEGATIVE : Sign.UNKNOWN;
            case Variable variable -> variable(variable);
            case Linear sum -> {
                Sign sign = Sign.UNKNOWN;
                boolean bounded = true;
                for (int k = 0; k < sum.termCount(); k++) {
                    Sign term = sum.coefficient(k).signum() > 0 ? get(known, sum.term(k)) : Sign.UNKNOWN;
                    bounded &= term != Sign.UNKNOWN;
                    sign = term.compareTo(sign) < 0 ? term : sign;
                }
                yield bounded ? (sum.termCount() == 0 ? Sign.NONNEGATIVE : sign) : Sign.UNKNOWN;
            }
            case Contraction product -> {
                // A sum over no entries at all is zero.
                Sign sign = product.indexSizes().stream().skip(product.shape().rank()).allMatch(Size::isPositive)
                        ? Sign.POSITIVE
                        : Sign.NONNEGATIVE;
                for (int k = 0; k < product.operandCount(); k++) {
                    sign = sign.and(get(known, product.operand(k)));
                }
                yield sign;
            }
            case Elementwise f -> elementwise(f, known);
            case Range ignored -> Sign.NONNEGATIVE;
            case Delta ignored -> Sign.NONNEGATIVE;
            case Window window -> get(known, window.operand(0)).and(Sign.NONNEGATIVE);
            case Where where -> get(known, where.ifTrue()).and(get(known, where.ifFalse()));
            case Reshape reshape -> get(known, reshape.operand(0));
            case Detach detach -> get(known, detach.operand(0));
            case Concatenation all -> all.operands().stream().map(x -> get(known, x)).reduce(Sign.POSITIVE, Sign::and);
            case Reduction reduction -> switch (reduction.operation()) {
                case MAX, PRODUCT -> get(known, reduction.operand(0));
                case FIRST_MAX -> Sign.NONNEGATIVE;
                case LOG_SUM_EXP -> Sign.UNKNOWN;
            };
            case MatrixFunction ignored -> Sign.UNKNOWN;
            case Application ignored -> Sign.UNKNOWN;
        };
    }

    private static Sign of(Rational value) {
        return value.signum() > 0 ? Sign.POSITIVE : value.isZero() ? Sign.NONNEGATIVE : Sign.UNKNOWN;
    }

    private static Sign variable(Variable variable) {
        Sign best = Sign.UNKNOWN;
        for (Fact fact : variable.facts()) {
            if (fact == Fact.Named.POSITIVE
                    || (fact instanceof Fact.Interval interval && interval.from().signum() >= 0)) {
                return Sign.POSITIVE;
            }
            if (fact instanceof Fact.Bound(Fact.Bound.Side side, Rational bound) && side.isLower()
                    && bound.signum() >= 0) {
                if (side == Fact.Bound.Side.ABOVE || bound.signum() > 0) {
                    return Sign.POSITIVE;
                }
                best = Sign.NONNEGATIVE;
            }
            if (fact == Fact.Named.PROBABILITY || fact == Fact.Named.ONE_HOT || fact == Fact.Named.ZERO_ONE
                    || fact == Fact.Named.NATURAL || fact == Fact.Named.UNIT) {
                best = Sign.NONNEGATIVE;
            }
        }
        return best;
    }

    private static Sign elementwise(Elementwise f, NodeMap<Sign> known) {
        ScalarFunction function = f.function();
        if (function == Functions.EXP || function == Functions.SIGMOID || function == Functions.SOFTPLUS
                || function == Functions.COSH || function == Functions.PI) {
            return Sign.POSITIVE;
        }
        if (function == Functions.POWER || function == Functions.SQRT) {
            if (get(known, f.operand(0)) == Sign.POSITIVE) {
                return Sign.POSITIVE;
            }
            Rational exponent = function == Functions.SQRT ? Rational.HALF
                    : Constant.uniform(f.operand(1)).orElse(Rational.ONE);
            boolean even = exponent.isInteger() && !exponent.numerator().testBit(0);
            boolean nonnegative = get(known, f.operand(0)) == Sign.NONNEGATIVE
                    && (function == Functions.SQRT || Constant.uniform(f.operand(1)).isPresent());
            return even || nonnegative || !exponent.isInteger()
                    ? (exponent.signum() > 0 ? Sign.NONNEGATIVE : Sign.POSITIVE)
                    : Sign.UNKNOWN;
        }
        boolean nonnegative = function == Functions.ABS || function == Functions.RELU || function == Functions.STEP
                || function == Functions.LESS || function == Functions.LESS_EQUAL || function == Functions.EQUAL;
        return nonnegative ? Sign.NONNEGATIVE : Sign.UNKNOWN;
    }
}
