package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Walk;

/**
 * Sines and cosines of rational multiples of π, and nested square roots, by radicals.
 *
 * <p>An oracle guesses, and each guess c is proved. For {@code cos(pπ/q)}: {@code T_q(c) = (−1)^p} exactly, which leaves the
 * numbers {@code cos(jπ/q)}, and balls of 60 digits tell which of them it is (they lie more than 1/q² apart). For
 * {@code √x}: {@code c² = x} exactly, and balls say that c &gt; 0. Chebyshev polynomials: DLMF 18.5.1.
 */
final class ExactValues {
    private static final BigInteger DENOMINATOR_LIMIT = BigInteger.valueOf(120);
    private static final int PLACES = 40;
    private static final PreciseArithmetic FIELD = new PreciseArithmetic(60);

    private ExactValues() {
    }

    /** The value of a closed node by radicals, proved; nothing when there is none. */
    static Optional<Expr> of(Expr node, ScalarOracle oracle) {
        if (!(node instanceof Elementwise f) || !node.shape().isScalar()) {
            return Optional.empty();
        }
        if (f.function() == Functions.SIN || f.function() == Functions.COS) {
            return multipleOfPi(f.operand(0)).flatMap(c -> oracle.radicals(node).filter(ExactValues::isAlgebraic)
                    .filter(guess -> isCosine(guess, f.function() == Functions.COS ? c : Rational.HALF.minus(c),
                            node)));
        }
        if (f.function() == Functions.SQRT && !(f.operand(0) instanceof Constant) && isAlgebraic(node)) {
            return oracle.radicals(node).filter(guess -> guess != node && isAlgebraic(guess))
                    .filter(guess -> isRoot(guess, f.operand(0)));
        }
        return Optional.empty();
    }

    /** c of an angle cπ. */
    static Optional<Rational> multipleOfPi(Expr angle) {
        boolean scaled = angle instanceof Linear sum && sum.termCount() == 1;
        Expr term = scaled ? angle.operand(0) : angle;
        return term == Functions.PI.apply()
                ? Optional.of(scaled ? ((Linear) angle).coefficient(0) : Rational.ONE)
                : Optional.empty();
    }

    /** Whether the guess is cos(cπ), where the node is another way to write that. */
    private static boolean isCosine(Expr guess, Rational c, Expr node) {
        if (c.denominator().compareTo(DENOMINATOR_LIMIT) > 0) {
            return false;
        }
        long sign = c.numerator().testBit(0) ? -1 : 1;
        return agree(guess, node) && Equality.prove(chebyshev(c.denominator().intValueExact(), guess),
                Constant.of(sign)).isPresent();
    }

    /** {@code T_q(x)} by doubling: {@code T_2k = 2T_k² − 1}, {@code T_2k+1 = 2T_k T_k+1 − x}. */
    private static Expr chebyshev(int q, Expr x) {
        Expr low = Constant.ONE;
        Expr high = x;
        for (int bit = Integer.SIZE - Integer.numberOfLeadingZeros(q) - 1; bit >= 0; bit--) {
            Expr odd = low.times(high).times(2).minus(x);
            if ((q >> bit & 1) == 1) {
                low = odd;
                high = high.times(high).times(2).minus(Constant.ONE);
            } else {
                high = odd;
                low = low.times(low).times(2).minus(Constant.ONE);
            }
        }
        return low;
    }

    private static boolean isRoot(Expr guess, Expr square) {
        return value(guess).filter(v -> FIELD.differs(v, FIELD.of(Rational.ZERO)) && FIELD.signum(v) > 0).isPresent()
                && Equality.prove(guess.times(guess), square).isPresent();
    }

    /** Whether rational numbers, sums, products, quotients and square roots are all there is. */
    private static boolean isAlgebraic(Expr expr) {
        return Walk.postorder(expr).stream().allMatch(node -> Walk.variables(node).isEmpty()
                && (!(node instanceof Elementwise f) || f.function() == Functions.SQRT
                        || (f.function() == Functions.POWER && f.operand(1) instanceof Constant)));
    }

    private static boolean agree(Expr a, Expr b) {
        return value(a).flatMap(x -> value(b).map(y -> FIELD.agreeingPlaces(x, y) >= PLACES)).orElse(false);
    }

    /** The value with 60 digits; nothing where there is none. */
    static Optional<Precise> value(Expr closed) {
        try {
            return Optional.of(new Evaluator<>(FIELD, Sizes.NONE).evaluate(closed, Map.of()).entries().get(0));
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }
}
