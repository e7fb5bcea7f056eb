package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Walk;
import org.jspecify.annotations.Nullable;

/**
 * Whether an algebraic number, written with rational numbers, sums, products, quotients, roots and circular functions of
 * rational multiples of π, is zero.
 *
 * <p>Such a number is {@code U/L} with algebraic integers U, L of a field of degree at most D. If all conjugates of U are at
 * most u and those of L at most l in absolute value, then a U that is not zero has a norm of at least 1, so that
 * {@code |U/L| ≥ 1/(l·u^(D−1))}. A ball that lies closer to zero holds zero. Source: Burnikel, Fleischer, Mehlhorn, Schirra,
 * "A strong and easily computable separation bound for arithmetic expressions involving radicals", Algorithmica 27 (2000);
 * roots of quotients as {@code √(U/L) = √(UL)/L}, which adds one root only.
 */
final class SeparationBound {
    /** More binary digits than these take too long. */
    private static final double BITS_LIMIT = 12_000;
    private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);
    private static final int DEGREE_LIMIT = 1 << 20;

    /** Binary logarithms of bounds for all conjugates of U and of L, each at least 0. */
    private record Bound(double u, double l) {
        static final Bound UNIT = new Bound(0, 0);

        Bound plus(Bound other) {
            double a = u + other.l;
            double b = l + other.u;
            return new Bound(Math.max(a, b) + 1, l + other.l);
        }

        Bound times(Bound other) {
            return new Bound(u + other.u, l + other.l);
        }

        Bound inverse() {
            return new Bound(l, u);
        }

        Bound power(BigInteger k) {
            double times = k.doubleValue();
            return new Bound(u * times, l * times);
        }

        /** {@code ᵏ√(U/L) = ᵏ√(U·Lᵏ⁻¹)/L}. */
        Bound root(BigInteger k) {
            double degree = k.doubleValue();
            return new Bound((u + (degree - 1) * l) / degree, l);
        }
    }

    private final NodeMap<Bound> bounds = new NodeMap<>();
    /** The degree of the root that is taken of each node. */
    private final Map<Expr, BigInteger> roots = new LinkedHashMap<>();
    /** All circular functions are sums of powers of one root of unity of this order. */
    private BigInteger order = BigInteger.ONE;

    private SeparationBound() {
    }

    /** How many binary digits prove the number to be zero; nothing when it is not, or not known to be. */
    static Optional<Integer> provesZero(Expr closed) {
        if (!closed.shape().isScalar()) {
            return Optional.empty();
        }
        Bound bound = new SeparationBound().of(closed);
        if (bound == null) {
            return Optional.empty();
        }
        // Rounding of the bounds themselves is far below one binary digit in a million.
        double bits = bound.u * 1.000_001 + bound.l * 1.000_001 + 2;
        Precise rough = value(closed, 40).orElse(null);
        if (rough == null || !rough.mayBeZero() || bits > BITS_LIMIT) {
            return Optional.empty();
        }
        int places = (int) Math.ceil(bits / BITS_PER_DIGIT) + 30;
        return value(closed, places).filter(ball -> ball.isBelow(-(long) Math.ceil(bits)))
                .map(ball -> (int) Math.ceil(bits));
    }

    private static Optional<Precise> value(Expr closed, int places) {
        try {
            return Optional.of(new Evaluator<>(new PreciseArithmetic(places), Sizes.NONE).evaluate(closed, Map.of())
                    .entries().get(0));
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    /** The bound of the whole with u raised to D − 1; null where something else than an algebraic number occurs. */
    private @Nullable Bound of(Expr closed) {
        for (Expr node : Walk.postorder(closed)) {
            if (!node.shape().isScalar()) {
                return null;
            }
            Budget.current().poll();
            if (node == Functions.PI.apply() || isMultipleOfPi(node)) {
                continue;
            }
            Bound bound = local(node);
            if (bound == null) {
                return null;
            }
            bounds.put(node, bound);
        }
        Bound whole = bounds.get(closed);
        BigInteger degree = totient(order).max(BigInteger.TWO).shiftRight(1);
        for (Map.Entry<Expr, BigInteger> root : roots.entrySet()) {
            degree = isInField(root.getKey(), root.getValue()) ? degree : degree.multiply(root.getValue());
            if (degree.bitLength() > Integer.SIZE - Integer.numberOfLeadingZeros(DEGREE_LIMIT)) {
                return null;
            }
        }
        return whole == null ? null : new Bound(whole.u * (degree.doubleValue() - 1), whole.l);
    }

    /** Whether it is the root of an integer n in the field of the roots of unity, as is √n where 4n divides their order. */
    private boolean isInField(Expr base, BigInteger root) {
        if (!root.equals(BigInteger.TWO) || !(base instanceof Constant number)) {
            return false;
        }
        BigInteger n = number.value().numerator().multiply(number.value().denominator());
        return n.signum() > 0 && order.mod(n.shiftLeft(2)).signum() == 0;
    }

    private static boolean isMultipleOfPi(Expr node) {
        return node instanceof Linear sum && sum.termCount() == 1 && sum.term(0) == Functions.PI.apply();
    }

    private @Nullable Bound bound(Expr node) {
        return bounds.get(node);
    }

    private @Nullable Bound local(Expr node) {
        return switch (node) {
            case Constant number when !number.isData() -> of(number.value());
            case Linear sum -> sum(sum);
            case Contraction product -> {
                Bound all = Bound.UNIT;
                for (Expr factor : product.operands()) {
                    Bound bound = bound(factor);
                    all = bound == null || all == null ? null : all.times(bound);
                }
                yield all;
            }
            case Elementwise f -> function(f);
            default -> null;
        };
    }

    private static Bound of(Rational number) {
        return new Bound(log2(number.numerator().abs().max(BigInteger.ONE)), log2(number.denominator()));
    }

    /** log₂ n, rounded up. */
    private static double log2(BigInteger n) {
        int shift = Math.max(0, n.bitLength() - 53);
        double top = n.shiftRight(shift).doubleValue() + (shift > 0 ? 1 : 0);
        return n.equals(BigInteger.ONE) ? 0 : Math.log(top) / Math.log(2) * (1 + 1e-14) + shift;
    }

    private @Nullable Bound sum(Linear sum) {
        Bound all = null;
        for (int k = 0; k < sum.termCount(); k++) {
            Bound term = bound(sum.term(k));
            if (term == null) {
                return null;
            }
            Bound scaled = term.times(of(sum.coefficient(k)));
            all = all == null ? scaled : all.plus(scaled);
        }
        return all == null ? Bound.UNIT : all;
    }

    private @Nullable Bound function(Elementwise f) {
        ScalarFunction function = f.function();
        if (function == Functions.SIN || function == Functions.COS || function == Functions.TAN) {
            Rational multiple = ExactValues.multipleOfPi(f.operand(0)).orElse(null);
            if (multiple == null) {
                return null;
            }
            // 2cos(2πa/m) is an integer of the field of the roots of unity of order m, with conjugates up to 2.
            BigInteger m = multiple.denominator().shiftLeft(2);
            order = order.multiply(m).divide(order.gcd(m));
            return new Bound(1, 1);
        }
        Bound x = bound(f.operand(0));
        if (x == null) {
            return null;
        }
        if (function == Functions.ABS) {
            return x;
        }
        if (function == Functions.SQRT) {
            return power(f.operand(0), x, Rational.HALF);
        }
        return function == Functions.POWER && f.operand(1) instanceof Constant q && !q.isData()
                ? power(f.operand(0), x, q.value())
                : null;
    }

    private Bound power(Expr base, Bound bound, Rational q) {
        Bound raised = (q.signum() < 0 ? bound.inverse() : bound);
        if (!q.denominator().equals(BigInteger.ONE)) {
            roots.merge(base, q.denominator(), (a, b) -> a.multiply(b).divide(a.gcd(b)));
            raised = raised.root(q.denominator());
        }
        return raised.power(q.numerator().abs());
    }

    /** φ(n), the degree of the field of the roots of unity of order n. */
    private static BigInteger totient(BigInteger n) {
        if (n.bitLength() > 20) {
            return n;
        }
        int rest = n.intValueExact();
        int phi = rest;
        for (int p = 2; p * p <= rest; p++) {
            if (rest % p == 0) {
                phi -= phi / p;
                while (rest % p == 0) {
                    rest /= p;
                }
            }
        }
        return BigInteger.valueOf(rest > 1 ? phi - phi / rest : phi);
    }
}
