package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/**
 * How long an expression is when it is written in the notation of linear algebra: leaves, operators, transposes and names of
 * functions, shared parts counted where they are used. An estimate, made without printing; it is what the presenter makes small.
 */
final class Cost {
    /** {@code ones(n)} or {@code eye(n)}. */
    private static final double CALL = 2;
    private static final double HUGE = 1e30;

    private final NodeMap<Double> known = new NodeMap<>();
    private final NodeMap<Boolean> symmetric = new NodeMap<>();

    double of(Expr expr) {
        Double cost = known.get(expr);
        if (cost != null) {
            return cost;
        }
        List<Expr> open = new ArrayList<>(List.of(expr));
        while (!open.isEmpty()) {
            Expr node = open.getLast();
            boolean ready = true;
            for (int k = 0; k < node.operandCount(); k++) {
                if (!known.contains(node.operand(k))) {
                    open.add(node.operand(k));
                    ready = false;
                }
            }
            if (ready) {
                known.put(node, Math.min(HUGE, local(node)));
                open.removeLast();
            }
        }
        return get(expr);
    }

    /** Whether a matrix is known to be symmetric; remembered. */
    boolean isSymmetric(Expr matrix) {
        Boolean answer = symmetric.get(matrix);
        if (answer == null) {
            answer = MatrixProperties.isSymmetric(matrix);
            symmetric.put(matrix, answer);
        }
        return answer;
    }

    private double get(Expr node) {
        return Objects.requireNonNull(known.get(node));
    }

    private double operands(Expr node) {
        double sum = 0;
        for (int k = 0; k < node.operandCount(); k++) {
            sum += get(node.operand(k));
        }
        return sum;
    }

    private double local(Expr node) {
        return switch (node) {
            case Variable leaf -> 1;
            case Constant constant -> constant.shape().isScalar() && !constant.isData() ? number(constant.value())
                    : constant.shape().count().isOne() ? 1 : 2;
            case Dimension dimension -> 2.0 * dimension.size().monomials().size() - 1;
            case Delta leaf -> CALL;
            case Range leaf -> CALL;
            case Linear sum -> sum(sum);
            case Contraction product -> new CostNetwork(this, product).total();
            case Elementwise f -> elementwise(f);
            case Reduction reduction -> 1 + operands(reduction);
            case MatrixFunction f -> 1 + operands(f);
            case Where where -> 1 + operands(where);
            case Window window -> 2 + operands(window);
            case Reshape reshape -> 1 + operands(reshape);
            case Concatenation all -> 1 + operands(all);
            case Application f -> 1 + operands(f);
            case Detach detach -> 1 + operands(detach);
        };
    }

    private static double number(Rational value) {
        return (value.signum() < 0 ? 1 : 0) + (value.isInteger() ? 1 : 3);
    }

    private double sum(Linear sum) {
        if (sum.termCount() == 0) {
            return node(sum);
        }
        double total = sum.termCount() - 1;
        boolean positive = false;
        for (int k = 0; k < sum.termCount(); k++) {
            positive |= sum.coefficient(k).signum() > 0;
            total += scaled(sum.coefficient(k).abs(), sum.term(k));
        }
        return total + (positive ? 0 : 1);
    }

    private static double node(Expr node) {
        return node.shape().isScalar() ? 1 : CALL;
    }

    /** A term with its positive coefficient. */
    private double scaled(Rational c, Expr term) {
        if (c.isOne()) {
            return get(term);
        }
        if (term instanceof Contraction ones && ones.operandCount() == 0 && term.shape().isScalar()) {
            return number(c);
        }
        boolean quotient = c.numerator().bitLength() == 1;
        return get(term) + (c.isInteger() || quotient ? 2 : 4);
    }

    private double elementwise(Elementwise f) {
        if (f.function() == Functions.POWER) {
            Rational exponent = Constant.uniform(f.operand(1)).orElse(null);
            if (exponent == null) {
                return get(f.operand(0)) + get(CostNetwork.narrow(f.operand(1), this)) + 1;
            }
            return power(f.operand(0), exponent);
        }
        if (f.function() == Functions.SQRT && isSquaredNorm(f.operand(0))) {
            // norm2(x)
            return 1 + own(f.operand(0));
        }
        if (f.function() == Functions.EXP) {
            Expr logits = Softmaxes.logits(f);
            if (logits != f) {
                return 1 + of(logits);
            }
        }
        return 1 + operands(f);
    }

    /** {@code 1/x}, {@code 1/sqrt(x)}, {@code norm2(x)^3}, {@code x^-1.5}. */
    private double power(Expr base, Rational exponent) {
        double own = get(base);
        if (exponent.equals(Rational.MINUS_ONE)) {
            return own + 2;
        }
        if (exponent.abs().equals(Rational.HALF)) {
            return (isSquaredNorm(base) ? own(base) : own) + (exponent.signum() < 0 ? 3 : 1);
        }
        boolean norm = !exponent.isInteger() && isSquaredNorm(base);
        boolean decimal = exponent.abs().toDecimalString().isPresent();
        return (norm ? own(base) + 1 : own) + (exponent.signum() < 0 ? 1 : 0) + (norm || decimal ? 2 : 4);
    }

    /** The x of {@code Σ x²}. */
    private double own(Expr norm) {
        Expr x = norm.operand(0);
        return get(x instanceof Elementwise square && square.function() == Functions.POWER ? square.operand(0) : x);
    }

    /** {@code Σ x²}. */
    static boolean isSquaredNorm(Expr expr) {
        if (!(expr instanceof Contraction sum) || !sum.shape().isScalar()) {
            return false;
        }
        if (sum.operandCount() == 1) {
            return sum.operand(0) instanceof Elementwise square && square.function() == Functions.POWER
                    && Constant.uniform(square.operand(1)).filter(Rational.TWO::equals).isPresent();
        }
        return sum.operandCount() == 2 && sum.operand(0) == sum.operand(1)
                && java.util.Arrays.equals(sum.indices(0), sum.indices(1));
    }
}
