package org.adjoint.limit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** The value of a term at one point, as a ball. */
final class TermValue {
    private static final Rational LARGEST_ARGUMENT = Rational.of(1L << 50);

    private final PreciseArithmetic field;
    private final Precise x;
    private final int attempt;
    private final Map<Term, Precise> done = new HashMap<>();
    private final Map<Expr, Precise> parameters = new LinkedHashMap<>();

    /** @param attempt which of some points of the parameters */
    TermValue(int digits, Rational x, int attempt) {
        this.field = new PreciseArithmetic(digits);
        this.x = field.of(x);
        this.attempt = attempt;
    }

    /**
     * The value.
     *
     * @throws ArithmeticException where there is none, or it is too large
     */
    Precise of(Term t) {
        Precise known = done.get(t);
        if (known == null) {
            known = find(t);
            done.put(t, known);
        }
        return known;
    }

    private Precise find(Term t) {
        return switch (t) {
            case Term.Num number -> field.of(number.value());
            case Term.Moving v -> x;
            case Term.Par par -> parameter(par.expr());
            case Term.Sum sum -> {
                Precise total = field.of(Rational.ZERO);
                for (int k = 0; k < sum.count(); k++) {
                    total = field.add(total, field.multiply(field.of(sum.coefficient(k)), of(sum.term(k))));
                }
                yield total;
            }
            case Term.Prod product -> {
                Precise all = field.of(Rational.ONE);
                for (int k = 0; k < product.count(); k++) {
                    all = field.multiply(all, field.power(of(product.base(k)), field.of(product.exponent(k))));
                }
                yield all;
            }
            case Term.Fun fun -> function(fun.name(), of(fun.argument()));
        };
    }

    private Precise function(Term.Name name, Precise a) {
        return switch (name) {
            case EXP -> {
                if (field.compare(field.abs(a), field.of(LARGEST_ARGUMENT)) > 0) {
                    throw new Arithmetic.Undecidable("an exponent beyond 2^50");
                }
                yield field.exp(a);
            }
            case LOG -> field.log(a);
            case SIN -> field.sin(a);
            case COS -> field.cos(a);
            case ATAN -> field.atan(a);
            case ASIN -> field.asin(a);
            case ERF -> field.erf(a);
            case ERF_TAIL -> {
                Precise inverse = field.divide(field.of(Rational.ONE), a);
                yield field.multiply(field.exp(field.multiply(inverse, inverse)),
                        field.subtract(field.of(Rational.ONE), field.erf(inverse)));
            }
        };
    }

    private Precise parameter(Expr expr) {
        Precise known = parameters.get(expr);
        if (known != null) {
            return known;
        }
        Precise value;
        boolean scalars = Walk.sizeSymbols(java.util.List.of(expr)).isEmpty()
                && Walk.variables(expr).stream().allMatch(v -> v.shape().isScalar());
        if (expr instanceof Variable variable) {
            value = field.of(sample(variable));
        } else if (scalars) {
            Map<Variable, NumberTensor<Precise>> values = new LinkedHashMap<>();
            for (Variable variable : Walk.variables(expr)) {
                values.put(variable, NumberTensor.scalar(field.of(sample(variable))));
            }
            NumberTensor<Precise> result = new Evaluator<>(field, Sizes.NONE).evaluate(expr, values);
            if (!result.isDefined()) {
                throw new Arithmetic.Undecidable("a parameter without a value");
            }
            value = result.value();
        } else {
            value = field.of(spread(expr.digestHigh(), true));
        }
        parameters.put(expr, value);
        return value;
    }

    private Rational sample(Variable variable) {
        boolean positive = attempt == 0 || org.adjoint.algebra.Signs.isPositive(variable);
        return spread(variable.digestHigh(), positive);
    }

    /** A rational between 1/3 and 7/3 that differs from name to name, of either sign where that is allowed. */
    private Rational spread(long digest, boolean positive) {
        long mixed = (digest ^ (attempt * 0x9E3779B97F4A7C15L)) * 0xBF58476D1CE4E5B9L;
        Rational size = Rational.of(Math.floorMod(mixed >>> 17, 1999L), 997).plus(Rational.of(1, 3));
        return positive || (mixed & 1 << 9) == 0 ? size : size.negate();
    }

}
