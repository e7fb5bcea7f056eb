package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Application;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;

/** What the outermost operation of a scalar tells of its sign, given the signs of its parts. */
final class SignRules {
    private static final List<Integer> DIGITS = List.of(60, 240);
    /** f(x) has the sign of x. */
    private static final Set<ScalarFunction> ODD = Set.of(Functions.TANH, Functions.SINH, Functions.ATAN,
            Functions.ASIN,
            Functions.ERF, Functions.SIGN, Functions.EXPM1, Functions.LOG1P);
    /** Strictly increasing on their domains. */
    private static final Set<ScalarFunction> INCREASING = Set.of(Functions.EXP, Functions.LOG, Functions.SQRT,
            Functions.TANH, Functions.SINH, Functions.ATAN, Functions.ASIN, Functions.ERF, Functions.EXPM1,
            Functions.LOG1P, Functions.SIGMOID, Functions.SOFTPLUS);

    private final SignOracle oracle;

    SignRules(SignOracle oracle) {
        this.oracle = oracle;
    }

    /** The signs that the scalar may have. */
    int of(Expr x) {
        if (Constant.uniform(x).isPresent()) {
            return SignSet.of(Constant.uniform(x).get().signum());
        }
        if (isNumber(x)) {
            return number(x);
        }
        int set = known(x);
        return Integer.bitCount(set) == 1 ? set : set & local(x);
    }

    private static int known(Expr x) {
        return switch (Signs.of(x)) {
            case POSITIVE -> SignSet.POSITIVE;
            case NONNEGATIVE -> SignSet.NONNEGATIVE;
            case UNKNOWN -> x instanceof Linear sum ? switch (Signs.of(sum.negate())) {
                case POSITIVE -> SignSet.NEGATIVE;
                case NONNEGATIVE -> SignSet.NONPOSITIVE;
                case UNKNOWN -> SignSet.ALL;
            } : SignSet.ALL;
        };
    }

    private int local(Expr x) {
        return switch (x) {
            case Linear sum -> {
                int set = SignSet.ZERO;
                for (int k = 0; k < sum.termCount() && set != SignSet.ALL; k++) {
                    set = SignSet.plus(set, SignSet.scale(sum.coefficient(k).signum(), oracle.set(sum.term(k))));
                }
                yield set;
            }
            case Contraction product when product.indexCount() == 0 -> {
                int set = SignSet.POSITIVE;
                for (int k = 0; k < product.operandCount(); k++) {
                    set = SignSet.times(set, oracle.set(product.operand(k)));
                }
                yield set;
            }
            case Elementwise f when f.shape().isScalar() -> function(f);
            case Where where when where.shape().isScalar() -> oracle.set(where.ifTrue()) | oracle.set(where.ifFalse());
            case Variable variable -> SignRules.variable(variable);
            default -> SignSet.ALL;
        };
    }

    private static int variable(Variable variable) {
        int set = SignSet.ALL;
        for (Fact fact : variable.facts()) {
            set &= switch (fact) {
                case Fact.Interval interval when interval.to().signum() <= 0 -> SignSet.NEGATIVE;
                case Fact.Bound bound when !bound.side().isLower() && bound.number().signum() <= 0 ->
                    bound.number().signum() < 0 || bound.side() == Fact.Bound.Side.BELOW ? SignSet.NEGATIVE
                            : SignSet.NONPOSITIVE;
                case Fact.Named named when named == Fact.Named.NONZERO || named == Fact.Named.PLUS_MINUS_ONE ->
                    SignSet.NONZERO;
                default -> SignSet.ALL;
            };
        }
        return set;
    }

    private int function(Elementwise f) {
        ScalarFunction function = f.function();
        if (function == Functions.POWER) {
            return power(f.operand(0), f.operand(1));
        }
        if (function == Functions.SQRT) {
            return oracle.set(f.operand(0)) & SignSet.NONNEGATIVE;
        }
        if (function == Functions.LOG) {
            return oracle.set(f.operand(0).minus(Constant.ONE));
        }
        if (ODD.contains(function)) {
            return oracle.set(f.operand(0));
        }
        if (function == Functions.ABS) {
            int inner = oracle.set(f.operand(0));
            return (inner & SignSet.ZERO) | ((inner & SignSet.NONZERO) != 0 ? SignSet.POSITIVE : 0);
        }
        if (function == Functions.RELU || function == Functions.STEP) {
            int inner = oracle.set(f.operand(0));
            return (inner & SignSet.POSITIVE) | ((inner & SignSet.NONPOSITIVE) != 0 ? SignSet.ZERO : 0);
        }
        if (function == Functions.MAXIMUM) {
            return SignSet.maximum(oracle.set(f.operand(0)), oracle.set(f.operand(1)));
        }
        if (function == Functions.MINIMUM) {
            return SignSet.negate(SignSet.maximum(SignSet.negate(oracle.set(f.operand(0))),
                    SignSet.negate(oracle.set(f.operand(1)))));
        }
        return SignSet.ALL;
    }

    private int power(Expr base, Expr exponent) {
        int b = oracle.set(base);
        Rational e = Constant.uniform(exponent).orElse(null);
        if (e == null) {
            return b == SignSet.POSITIVE ? SignSet.POSITIVE : SignSet.ALL;
        }
        int allowed = e.signum() < 0 ? SignSet.NONZERO : SignSet.ALL;
        if (!e.isInteger()) {
            return b & SignSet.NONNEGATIVE & allowed;
        }
        boolean odd = e.numerator().testBit(0);
        return (odd ? b : (b & SignSet.ZERO) | ((b & SignSet.NONZERO) != 0 ? SignSet.POSITIVE : 0)) & allowed;
    }

    // ---- numbers

    private static boolean isNumber(Expr x) {
        for (Expr node : Walk.postorder(x)) {
            if (node instanceof Variable || node instanceof Application
                    || (node instanceof Constant constant && constant.isData())) {
                return false;
            }
        }
        return Walk.sizeSymbols(List.of(x)).isEmpty();
    }

    /** The sign of a number that holds roots, exponentials or π: by a ball that excludes zero, or a proof that it is zero. */
    private static int number(Expr x) {
        for (int digits : DIGITS) {
            PreciseArithmetic field = new PreciseArithmetic(digits);
            NumberTensor<Precise> value = new Evaluator<>(field, Sizes.NONE).evaluate(x, Map.of());
            if (!value.isDefined()) {
                return SignSet.ALL;
            }
            if (value.value().isZero() || !value.value().mayBeZero()) {
                return SignSet.of(field.signum(value.value()));
            }
            if (Equality.prove(x, Constant.ZERO).isPresent()) {
                return SignSet.ZERO;
            }
        }
        return SignSet.ALL;
    }

    // ---- what is known of an atom of linear arithmetic

    /** Inequalities that the atom fulfils. */
    List<Relation> bounds(Expr atom) {
        List<Relation> all = new ArrayList<>();
        if (isNumber(atom)) {
            enclose(atom, all);
            return all;
        }
        int set = of(atom);
        if (SignSet.within(set, SignSet.NONNEGATIVE)) {
            all.add(Relation.ofSign(atom,
                    (set & SignSet.ZERO) == 0 ? Relation.Op.GREATER : Relation.Op.GREATER_OR_EQUAL));
        }
        if (SignSet.within(set, SignSet.NONPOSITIVE)) {
            all.add(Relation.ofSign(atom, (set & SignSet.ZERO) == 0 ? Relation.Op.LESS : Relation.Op.LESS_OR_EQUAL));
        }
        if (atom instanceof Variable variable) {
            variable.facts().forEach(fact -> declared(variable, fact, all));
        }
        if (atom instanceof Elementwise f && (f.function() == Functions.TANH || f.function() == Functions.SIGMOID
                || f.function() == Functions.ERF)) {
            all.add(new Relation(atom, Relation.Op.LESS, Constant.ONE));
            all.add(new Relation(atom, Relation.Op.GREATER, Constant.of(-1)));
        }
        if (atom instanceof Elementwise f && (f.function() == Functions.SIN || f.function() == Functions.COS)) {
            all.add(new Relation(atom, Relation.Op.LESS_OR_EQUAL, Constant.ONE));
            all.add(new Relation(atom, Relation.Op.GREATER_OR_EQUAL, Constant.of(-1)));
        }
        return all;
    }

    private static void declared(Variable variable, Fact fact, List<Relation> all) {
        switch (fact) {
            case Fact.Interval interval -> {
                all.add(new Relation(variable, Relation.Op.GREATER, Constant.of(interval.from())));
                all.add(new Relation(variable, Relation.Op.LESS, Constant.of(interval.to())));
            }
            case Fact.Bound bound -> all.add(new Relation(variable, switch (bound.side()) {
                case ABOVE -> Relation.Op.GREATER;
                case AT_LEAST -> Relation.Op.GREATER_OR_EQUAL;
                case BELOW -> Relation.Op.LESS;
                case AT_MOST -> Relation.Op.LESS_OR_EQUAL;
            }, Constant.of(bound.number())));
            case Fact.Named named -> {
                if (named == Fact.Named.PROBABILITY || named == Fact.Named.ZERO_ONE || named == Fact.Named.ONE_HOT) {
                    all.add(new Relation(variable, Relation.Op.LESS_OR_EQUAL, Constant.ONE));
                }
            }
            case Fact.Random random -> {
                // says nothing of every value
            }
        }
    }

    private static void enclose(Expr number, List<Relation> all) {
        PreciseArithmetic field = new PreciseArithmetic(30);
        NumberTensor<Precise> value = new Evaluator<>(field, Sizes.NONE).evaluate(number, Map.of());
        if (!value.isDefined()) {
            return;
        }
        double middle = value.value().toDouble();
        if (!Double.isFinite(middle)) {
            return;
        }
        Rational center = Rational.ofDouble(middle);
        Rational radius = Rational.ofDouble(Math.ulp(middle)).times(Rational.of(4));
        Rational low = center.minus(radius);
        Rational high = center.plus(radius);
        if (field.compare(value.value(), field.of(low)) > 0 && field.compare(value.value(), field.of(high)) < 0) {
            all.add(new Relation(number, Relation.Op.GREATER, Constant.of(low)));
            all.add(new Relation(number, Relation.Op.LESS, Constant.of(high)));
        }
    }

    // ---- sums

    /** The signs of a sum by monotone functions of two arguments, and by a factor that its terms share. */
    int ofSum(LinearForm form) {
        int set = monotone(form);
        return Integer.bitCount(set) == 1 ? set : set & factored(form);
    }

    /** {@code c (f(u) − f(v))} has the sign of {@code c (u − v)}; so has {@code c (eᵘ − 1)} that of {@code c u}. */
    private int monotone(LinearForm form) {
        List<Expr> atoms = List.copyOf(form.atoms().keySet());
        if (atoms.size() == 1 && atoms.get(0) instanceof Elementwise f && f.function() == Functions.EXP) {
            Rational c = form.atoms().getOrDefault(f, Rational.ONE);
            Rational other = form.constant().dividedBy(c).negate();
            if (other.signum() <= 0) {
                return SignSet.of(c.signum());
            }
            Expr log = other.isOne() ? Constant.ZERO : Functions.LOG.apply(Constant.of(other));
            return SignSet.scale(c.signum(), oracle.set(f.operand(0).minus(log)));
        }
        if (atoms.size() != 2 || !form.constant().isZero()) {
            return SignSet.ALL;
        }
        Rational c = form.atoms().getOrDefault(atoms.get(0), Rational.ONE);
        boolean opposite = c.equals(form.atoms().getOrDefault(atoms.get(1), Rational.ONE).negate());
        if (!opposite || !(atoms.get(0) instanceof Elementwise f) || !(atoms.get(1) instanceof Elementwise g)
                || f.function() != g.function()) {
            return SignSet.ALL;
        }
        boolean increasing = INCREASING.contains(f.function());
        if (f.function() == Functions.POWER && f.operand(1) == g.operand(1)) {
            Rational e = Constant.uniform(f.operand(1)).orElse(Rational.ZERO);
            boolean odd = e.isInteger() && e.numerator().testBit(0);
            increasing = e.signum() > 0 && (odd || (SignSet.within(oracle.set(f.operand(0)), SignSet.NONNEGATIVE)
                    && SignSet.within(oracle.set(g.operand(0)), SignSet.NONNEGATIVE)));
        }
        return increasing ? SignSet.scale(c.signum(), oracle.set(f.operand(0).minus(g.operand(0)))) : SignSet.ALL;
    }

    /** {@code Σ cₖ g rₖ = g Σ cₖ rₖ}, where g collects the least powers of all bases. */
    private int factored(LinearForm form) {
        List<Map<Expr, Rational>> terms = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        form.atoms().forEach((atom, c) -> {
            terms.add(powers(atom));
            coefficients.add(c);
        });
        if (!form.constant().isZero()) {
            terms.add(Map.of());
            coefficients.add(form.constant());
        }
        Map<Expr, Rational> common = new LinkedHashMap<>();
        terms.forEach(term -> term.keySet().forEach(base -> {
            Rational least = terms.stream().map(t -> t.getOrDefault(base, Rational.ZERO)).min(Rational::compareTo)
                    .orElse(Rational.ZERO);
            if (!least.isZero() && least.isInteger()) {
                common.put(base, least);
            }
        }));
        if (common.isEmpty() || terms.size() < 2) {
            return SignSet.ALL;
        }
        int set = SignSet.POSITIVE;
        for (Map.Entry<Expr, Rational> factor : common.entrySet()) {
            set = SignSet.times(set, power(factor.getKey(), Constant.of(factor.getValue())));
        }
        List<Expr> rests = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            List<Expr> factors = new ArrayList<>();
            Map<Expr, Rational> all = new LinkedHashMap<>(terms.get(k));
            common.forEach((base, e) -> all.merge(base, e.negate(), Rational::plus));
            all.forEach((base, e) -> {
                if (!e.isZero()) {
                    factors.add(e.isOne() ? base : base.pow(Constant.of(e)));
                }
            });
            rests.add(Tensors.product(factors).times(coefficients.get(k)));
        }
        return SignSet.times(set, oracle.set(Tensors.sum(rests)));
    }

    /** A product as bases with their exponents. */
    private static Map<Expr, Rational> powers(Expr atom) {
        Map<Expr, Rational> all = new LinkedHashMap<>();
        List<Expr> factors = atom instanceof Contraction product && product.indexCount() == 0 ? product.operands()
                : List.of(atom);
        for (Expr factor : factors) {
            Expr base = factor;
            Rational e = Rational.ONE;
            if (factor instanceof Elementwise power && power.function() == Functions.POWER
                    && Constant.uniform(power.operand(1)).isPresent()) {
                base = power.operand(0);
                e = Constant.uniform(power.operand(1)).get();
            }
            all.merge(base, e, Rational::plus);
        }
        return all;
    }
}
