package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Powers of normal forms: small natural powers are multiplied out; otherwise what the terms have in common comes out,
 * {@code (c·∏ fₖ^eₖ·P)^q = c^q·∏ fₖ^(eₖq)·P^q}, and the power of the primitive rest is an atom.
 */
final class Powers {
    private static final int POWER_LIMIT = 12;

    private final NormalForm forms;

    Powers(NormalForm forms) {
        this.forms = forms;
    }

    Expr power(Expr base, Rational q, Shape shape) {
        Map<Expr, Rational> terms = Terms.of(base);
        if (q.isInteger() && q.signum() > 0 && q.compareTo(Rational.of(POWER_LIMIT)) <= 0) {
            int k = (int) q.longValueExact();
            if (Math.pow(terms.size(), k) <= NormalForm.TERM_LIMIT) {
                Expr[] copies = new Expr[k];
                Arrays.fill(copies, base);
                return forms.product("powers of sums are multiplied out", Monomials.rawPower(base, q), List.of(copies),
                        Collections.nCopies(k, Tensors.allAxes(base)), shape);
            }
            Expr power = multipliedOut(base, k, shape);
            if (power != null) {
                return power;
            }
        }
        if (terms.isEmpty()) {
            return q.signum() > 0 ? Linear.zero(shape) : Monomials.rawPower(base, q);
        }
        SizeForm size = SizeForm.of(terms).orElse(null);
        if (size != null) {
            return forms.times(List.of(number(size.content(), q, shape), Monomials.rawPower(size.size(), q)), shape);
        }
        // Of an integer power everything comes out, of a root only what is not negative.
        Together together = Together.of(base, forms,
                f -> q.isInteger() || Signs.isPositive(f.base()) || isEven(f.exponent()));
        if (Linear.isZero(together.primitive())) {
            return q.signum() > 0 ? Linear.zero(shape) : Monomials.rawPower(base, q);
        }
        Rational lead = together.coefficient();
        Expr primitive = together.primitive();
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        int[] own = Tensors.allAxes(base);
        if (!q.isInteger() && lead.signum() < 0) {
            primitive = Linear.scale(Rational.MINUS_ONE, primitive);
        }
        factors.add(number(q.isInteger() ? lead : lead.abs(), q, Shape.SCALAR));
        labels.add(new int[0]);
        for (Factor factor : together.content()) {
            factors.add(power(factor, q));
            labels.add(factor.labels());
        }
        Rational constant = Constant.uniform(primitive).orElse(Rational.ZERO);
        if (!constant.isOne()) {
            factors.add(whole(primitive, q));
            labels.add(own);
        }
        return forms.product("power of a product", Monomials.rawPower(base, q), factors, labels, shape);
    }

    /** One factor after the other, as terms collect: a sum of two has k + 1 terms, not 2ᵏ; nothing when there are too many. */
    private @Nullable Expr multipliedOut(Expr base, int k, Shape shape) {
        Expr power = base;
        for (int count = 1; count < k; count++) {
            if ((long) Terms.of(power).size() * Terms.of(base).size() > NormalForm.TERM_LIMIT) {
                return null;
            }
            power = forms.times(List.of(power, base), shape);
        }
        return power;
    }

    /** The power of what has nothing in common; of a product its positive parts come out as groups. */
    private Expr whole(Expr primitive, Rational q) {
        boolean single = Terms.of(primitive).size() == 1 && !(primitive instanceof Linear);
        return single ? forms.monomials().power(primitive, q) : Monomials.rawPower(primitive, q);
    }

    private static boolean isEven(Rational exponent) {
        return exponent.isInteger() && !exponent.numerator().testBit(0);
    }

    /** {@code (f^e)^q}; {@code (f²)^(1/2) = |f|}. */
    private Expr power(Factor factor, Rational q) {
        Rational exponent = factor.exponent().times(q);
        Expr base = factor.base();
        if (q.isInteger() || !isEven(factor.exponent()) || Signs.isPositive(base) || isEven(exponent)) {
            return Monomials.rawPower(base, exponent);
        }
        if (!exponent.isInteger()) {
            return Monomials.rawPower(Monomials.rawPower(base, Rational.TWO), exponent.times(Rational.HALF));
        }
        return forms.times(List.of(Monomials.rawPower(base, exponent), forms.of(Functions.SIGN.apply(base))),
                base.shape());
    }

    /** {@code c^q} for a number; positive where q is no integer. */
    static Expr number(Rational c, Rational q, Shape shape) {
        return Tensors.broadcast(NumberPowers.of(c, q), shape);
    }

    /** {@code 1/x} of a normal form. */
    Expr reciprocal(Expr x) {
        return power(x, Rational.MINUS_ONE, x.shape());
    }

    /** {@code 1 + x} of a normal form. */
    static Expr onePlus(Expr x) {
        return Terms.sum(Contraction.ones(x.shape()), x);
    }
}
