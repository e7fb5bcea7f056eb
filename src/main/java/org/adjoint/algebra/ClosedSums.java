package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.jspecify.annotations.Nullable;

/**
 * Sums over {@code k = 0, …, n − 1} with a symbolic size n, without the sum: {@code Σ a(k) = S(n)}.
 *
 * <p>S is guessed by an oracle and proved by telescoping: {@code S(0) = 0} and {@code S(m + 1) − S(m) = a(m)}, with S
 * defined at every integer m ≥ 0 for the same values of the other variables.
 */
final class ClosedSums {
    /** No user can write these names. */
    private static final Variable INDEX = Variable.scalar("summation index", Fact.Named.INTEGER);
    private static final Variable BOUND = Variable.scalar("summation bound", Fact.Named.INTEGER);

    private ClosedSums() {
    }

    /** The closed form of a scalar sum, proved; nothing when there is none. */
    static Optional<Expr> of(Expr sum, ScalarOracle oracle) {
        if (!(sum instanceof Contraction contraction) || !sum.shape().isScalar() || contraction.indexCount() != 1
                || contraction.indexSize(0).isInteger()) {
            return Optional.empty();
        }
        Size size = contraction.indexSize(0);
        return body(contraction).flatMap(body -> guess(body, oracle))
                .map(closed -> Substitution.of(Map.of(BOUND, Dimension.of(size))).apply(closed));
    }

    private static Optional<Expr> guess(Expr body, ScalarOracle oracle) {
        // Oracles know more sums up to a symbol than up to a sum.
        Substitution shift = Substitution.of(Map.of(BOUND, BOUND.minus(Constant.ONE)));
        return oracle.sum(body, INDEX, Constant.ZERO, BOUND).map(shift::apply).filter(s -> telescopes(s, body));
    }

    private static boolean telescopes(Expr closed, Expr body) {
        if (Walk.variables(closed).contains(INDEX) || !isDefinedAtAllBounds(closed)) {
            return false;
        }
        Expr atZero = Substitution.of(Map.of(BOUND, Constant.ZERO)).apply(closed);
        Expr next = Substitution.of(Map.of(BOUND, BOUND.plus(Constant.ONE))).apply(closed);
        Expr last = Substitution.of(Map.of(INDEX, BOUND)).apply(body);
        return Equality.prove(atZero, Constant.ZERO).isPresent()
                && Equality.prove(next.minus(closed), last).isPresent();
    }

    /** Whether the form, where it has a value for one bound m ≥ 0, has one for all of them. */
    private static boolean isDefinedAtAllBounds(Expr closed) {
        NodeMap<Boolean> bounded = new NodeMap<>();
        for (Expr node : Walk.postorder(closed)) {
            boolean varies = node == BOUND
                    || node.operands().stream().anyMatch(o -> Objects.requireNonNull(bounded.get(o)));
            bounded.put(node, varies);
            if (varies && !Totality.isLocallyTotal(node) && !isNaturalPower(node, bounded)) {
                return false;
            }
        }
        return true;
    }

    /** {@code x^(p + q m)} with naturals p and q, and x without m. */
    private static boolean isNaturalPower(Expr node, NodeMap<Boolean> bounded) {
        if (!(node instanceof Elementwise f) || f.function() != Functions.POWER
                || Objects.requireNonNull(bounded.get(f.operand(0)))) {
            return false;
        }
        Expr exponent = f.operand(1);
        if (!(exponent instanceof Linear sum)) {
            return exponent == BOUND;
        }
        for (int k = 0; k < sum.termCount(); k++) {
            Rational q = sum.coefficient(k);
            if (!q.isInteger() || q.signum() < 0 || (sum.term(k) != BOUND && sum.term(k) != Constant.ONE)) {
                return false;
            }
        }
        return true;
    }

    /** The summand at the index. */
    private static Optional<Expr> body(Contraction sum) {
        NodeMap<Expr> entries = new NodeMap<>();
        for (Expr node : Walk.postorder(sum.operands())) {
            Expr entry = node.shape().isScalar() ? node : node.shape().rank() == 1 ? entry(node, entries) : null;
            if (entry != null) {
                entries.put(node, entry);
            }
        }
        return product(sum, entries);
    }

    private static @Nullable Expr entry(Expr node, NodeMap<Expr> entries) {
        if (node instanceof Range) {
            return INDEX;
        }
        if (node instanceof Contraction product) {
            return product.indexCount() == 1 ? product(product, entries).orElse(null) : null;
        }
        List<Expr> operands = new ArrayList<>();
        for (Expr operand : node.operands()) {
            Expr entry = entries.get(operand);
            if (entry == null) {
                return null;
            }
            operands.add(entry);
        }
        if (node instanceof Elementwise f) {
            return f.function().apply(operands.toArray(new Expr[0]));
        }
        if (node instanceof Linear sum) {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < sum.termCount(); k++) {
                terms.add(operands.get(k).times(sum.coefficient(k)));
            }
            return Tensors.sum(terms);
        }
        return null;
    }

    private static Optional<Expr> product(Contraction contraction, NodeMap<Expr> entries) {
        List<Expr> factors = new ArrayList<>();
        for (Expr operand : contraction.operands()) {
            Expr entry = entries.get(operand);
            if (entry == null) {
                return Optional.empty();
            }
            factors.add(entry);
        }
        return Optional.of(Tensors.product(factors));
    }
}
