package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;

/** The series of a term in ω, cut at a length. */
final class Expansion {
    private final TermAlgebra algebra;
    private final Taylor taylor;
    private final Gruntz.Scale scale;
    private final int length;
    private final SeriesAlgebra series;
    private final Map<Term, Series> known = new HashMap<>();
    private final Map<Term, Boolean> holds = new HashMap<>();

    Expansion(TermAlgebra algebra, Gruntz gruntz, Taylor taylor, Gruntz.Scale scale, int length) {
        this.algebra = algebra;
        this.taylor = taylor;
        this.scale = scale;
        this.length = length;
        this.series = new SeriesAlgebra(algebra, gruntz, algebra.negate(scale.h()), length);
    }

    SeriesAlgebra algebra() {
        return series;
    }

    Series of(Term t) {
        if (!holdsOmega(t)) {
            return Series.of(t);
        }
        Series done = known.get(t);
        if (done == null) {
            done = find(t);
            known.put(t, done);
        }
        return done;
    }

    private boolean holdsOmega(Term t) {
        if (!t.moves()) {
            return false;
        }
        Boolean done = holds.get(t);
        if (done == null) {
            done = scale.exponents().containsKey(t) || switch (t) {
                case Term.Num n -> false;
                case Term.Par p -> false;
                case Term.Moving x -> false;
                case Term.Sum sum -> sum.terms().stream().anyMatch(this::holdsOmega);
                case Term.Prod product -> product.bases().stream().anyMatch(this::holdsOmega);
                case Term.Fun fun -> holdsOmega(fun.argument());
            };
            holds.put(t, done);
        }
        return done;
    }

    private Series find(Term t) {
        Term c = scale.exponents().get(t);
        if (c != null) {
            Term rest = algebra.subtract(((Term.Fun) t).argument(), MultipliedOut.cancelled(c, scale.h(), 64, algebra));
            return series.scale(Term.Num.ONE, algebra.negate(c), series.exp(of(rest)));
        }
        return switch (t) {
            case Term.Num n -> Series.of(n);
            case Term.Par p -> Series.of(p);
            case Term.Moving x -> Series.of(x);
            case Term.Sum sum -> {
                List<Rational> coefficients = new ArrayList<>();
                for (int k = 0; k < sum.count(); k++) {
                    coefficients.add(sum.coefficient(k));
                }
                yield series.linear(sum.terms().stream().map(this::of).toList(), coefficients);
            }
            case Term.Prod product -> {
                Series result = Series.of(Term.Num.ONE);
                for (int k = 0; k < product.count(); k++) {
                    result = series.multiply(result, series.power(of(product.base(k)), product.exponent(k)));
                }
                yield result;
            }
            case Term.Fun fun -> function(fun, of(fun.argument()));
        };
    }

    private Series function(Term.Fun fun, Series s) {
        return switch (fun.name()) {
            case EXP -> series.exp(s);
            case LOG -> series.log(s);
            case ATAN -> series.grows(s) ? arctangent(s) : composed(fun, s);
            case SIN, COS -> {
                if (series.grows(s)) {
                    throw new Stop.Stuck("a sine or a cosine of what grows inside another function");
                }
                yield composed(fun, s);
            }
            case ASIN, ERF, ERF_TAIL -> composed(fun, s);
        };
    }

    private Series composed(Term.Fun fun, Series s) {
        SeriesAlgebra.Split split = series.split(s, "a function");
        return series.compose(taylor.at(fun.name(), split.constant(), length), split.small());
    }

    /** {@code atan s = ±π/2 − atan(1/s)}. */
    private Series arctangent(Series s) {
        int sign = series.leadingSign(s);
        Series inverse = series.power(s, Rational.MINUS_ONE);
        Series small = series.compose(taylor.at(Term.Name.ATAN, Term.Num.ZERO, length), inverse);
        Term right = algebra.scale(Rational.of(sign, 2), new Term.Par(Functions.PI.apply()));
        return series.linear(List.of(Series.of(right), small), List.of(Rational.ONE, Rational.MINUS_ONE));
    }
}
