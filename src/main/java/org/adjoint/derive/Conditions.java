package org.adjoint.derive;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.adjoint.algebra.MatrixProperties;
import org.adjoint.algebra.Signs;
import org.adjoint.algebra.Squeezed;
import org.adjoint.derive.Condition.Kind;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** Collects what must hold for an expression to have a value and a derivative, leaving out what is known to hold. */
final class Conditions {
    private Conditions() {
    }

    /** The conditions of the function and of its derivative; kinks count only where {@code x} moves what is bent. */
    static List<Condition> of(Expr function, Expr derivative, Variable x) {
        Set<Condition> conditions = new LinkedHashSet<>();
        Expr bent = Squeezed.of(function);
        for (Expr node : Walk.postorder(List.of(bent, Squeezed.of(derivative)))) {
            switch (node) {
                case Elementwise f -> elementwise(f, conditions);
                case MatrixFunction f when f.needsInvertible() -> invertible(f.operand(0), conditions);
                default -> {
                    // The other kinds have a value and a derivative everywhere.
                }
            }
        }
        kinks(bent, x, conditions);
        return Implied.without(conditions);
    }

    private static void invertible(Expr m, Set<Condition> conditions) {
        if (!MatrixProperties.isInvertible(m)) {
            conditions.add(Ranks.of(m).orElse(new Condition(Kind.INVERTIBLE, m)));
        }
    }

    private static void kinks(Expr function, Variable x, Set<Condition> conditions) {
        Set<Expr> moving = new HashSet<>();
        for (Expr node : Walk.postorder(function)) {
            if (node == x || node.operands().stream().anyMatch(moving::contains)) {
                moving.add(node);
                if (node instanceof Elementwise f && f.function().kink().isPresent()) {
                    conditions.add(new Condition(Kind.KINK, f));
                } else if (node instanceof Reduction r && r.operation() == Reduction.Operation.MAX) {
                    conditions.add(extremum(r.operand(0)));
                }
            }
        }
    }

    /** A minimum is the maximum of the negative. */
    private static Condition extremum(Expr x) {
        return x instanceof Linear sum && sum.termCount() == 1 && sum.coefficient(0).signum() < 0
                ? new Condition(Kind.UNIQUE_MINIMUM, sum.term(0))
                : new Condition(Kind.UNIQUE_MAXIMUM, x);
    }

    private static void elementwise(Elementwise f, Set<Condition> conditions) {
        ScalarFunction function = f.function();
        if (function.arity() == 0) {
            return;
        }
        Expr x = withoutView(f.operand(0));
        if (function == Functions.LOG) {
            require(Kind.POSITIVE, x, conditions);
        } else if (function == Functions.LOG1P) {
            require(Kind.ABOVE_MINUS_ONE, x, conditions);
        } else if (function == Functions.SQRT) {
            require(Kind.NONNEGATIVE, x, conditions);
        } else if (function == Functions.ASIN || function == Functions.ACOS) {
            conditions.add(new Condition(Kind.WITHIN_UNIT, x));
        } else if (function == Functions.TAN) {
            conditions.add(new Condition(Kind.COSINE_NONZERO, x));
        } else if (function == Functions.POWER) {
            Rational exponent = Constant.uniform(f.operand(1)).orElse(null);
            if (exponent == null) {
                require(Kind.POSITIVE, x, conditions);
            } else if (!exponent.isInteger()) {
                require(exponent.signum() > 0 ? Kind.NONNEGATIVE : Kind.POSITIVE, x, conditions);
            } else if (exponent.signum() < 0) {
                require(Kind.NONZERO, x, conditions);
            }
        }
    }

    private static void require(Kind kind, Expr x, Set<Condition> conditions) {
        Signs.Sign sign = Signs.of(x);
        boolean known = sign == Signs.Sign.POSITIVE
                || (sign == Signs.Sign.NONNEGATIVE && (kind == Kind.NONNEGATIVE || kind == Kind.ABOVE_MINUS_ONE))
                || (kind == Kind.NONZERO && x instanceof Variable v && v.is(Fact.Named.NONZERO));
        if (!known) {
            conditions.add(new Condition(kind, x));
        }
    }

    /** A broadcast operand is told by what is broadcast. */
    private static Expr withoutView(Expr x) {
        return x instanceof Contraction view && view.operandCount() == 1 && view.summedCount() == 0 ? view.operand(0)
                : x;
    }
}
