package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Signs;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** Smooth forms of relu, |x|, sign and the step, entry by entry: one row each. */
final class SmoothingTheorems {
    /** From the rate and x: the smooth form, where it goes, and its bounds for a positive rate. */
    private record Row(NamedLimit theorem, ScalarFunction function, Form form, Form value, Form lower, Form upper) {
    }

    @FunctionalInterface
    private interface Form {
        Expr of(Expr rate, Expr x);
    }

    private static final List<Row> ROWS = List.of(
            new Row(LimitTable.SOFTPLUS, Functions.SOFTPLUS,
                    (b, x) -> Functions.SOFTPLUS.apply(b.times(x)).dividedBy(b),
                    (b, x) -> Functions.RELU.apply(x), (b, x) -> Functions.RELU.apply(x),
                    (b, x) -> Functions.RELU.apply(x).plus(log2().dividedBy(b))),
            new Row(LimitTable.LOG_COSH, Functions.COSH,
                    (b, x) -> Functions.LOG.apply(Functions.COSH.apply(b.times(x))).dividedBy(b),
                    (b, x) -> Functions.ABS.apply(x),
                    (b, x) -> Functions.ABS.apply(x).minus(log2().dividedBy(b)), (b, x) -> Functions.ABS.apply(x)),
            new Row(LimitTable.TANH, Functions.TANH, (b, x) -> Functions.TANH.apply(b.times(x)),
                    (b, x) -> Functions.SIGN.apply(x),
                    (b, x) -> Functions.SIGN.apply(x).minus(decay(b, x, 2).times(2)),
                    (b, x) -> Functions.SIGN.apply(x).plus(decay(b, x, 2).times(2))),
            new Row(LimitTable.TANH_ABSOLUTE, Functions.TANH, (b, x) -> x.times(Functions.TANH.apply(b.times(x))),
                    (b, x) -> Functions.ABS.apply(x),
                    (b, x) -> Functions.ABS.apply(x).minus(Tensors.reciprocal(b)),
                    (b, x) -> Functions.ABS.apply(x)),
            new Row(LimitTable.SIGMOID, Functions.SIGMOID, (b, x) -> Functions.SIGMOID.apply(b.times(x)),
                    (b, x) -> step(x), (b, x) -> step(x).minus(decay(b, x, 1)),
                    (b, x) -> step(x).plus(decay(b, x, 1))));

    private SmoothingTheorems() {
    }

    private static Expr log2() {
        return Functions.LOG.apply(Constant.TWO);
    }

    /** {@code (1 + sign x)/2}: the step that is 1/2 at 0. */
    private static Expr step(Expr x) {
        return Functions.SIGN.apply(x).plus(Constant.ONE).times(Rational.HALF);
    }

    /** {@code exp(−c·b·|x|)} where x ≠ 0. */
    private static Expr decay(Expr b, Expr x, int c) {
        Expr size = Functions.ABS.apply(x);
        return Functions.ABS.apply(Functions.SIGN.apply(x)).times(Functions.EXP.apply(b.times(size).times(-c)));
    }

    /** The theorem that gives the limit of one entry, or of a sum of such entries, of the form. */
    static Optional<NamedLimit.Claim> claim(EntryForm entries, Question question) {
        Entry.Sum sum = null;
        List<Expr> factors = new ArrayList<>();
        for (Expr factor : factors(entries.form())) {
            Entry entry = factor instanceof Variable symbol ? entries.symbols().entry(symbol) : null;
            if (entry instanceof Entry.Sum found && sum == null) {
                sum = found;
                factors.addAll(factors(found.term()));
            } else {
                factors.add(factor);
            }
        }
        Entry.Sum over = sum;
        return entry(product(factors), question).or(() -> scaled(factors, question))
                .map(claim -> over == null ? claim : summed(claim, entries, over));
    }

    /** The limit without the factors that it leaves alone. */
    private static Optional<NamedLimit.Claim> scaled(List<Expr> factors, Question question) {
        List<Expr> fixed = new ArrayList<>();
        List<Expr> moving = new ArrayList<>();
        factors.forEach(factor -> (Walk.variables(factor).contains(question.v()) ? moving : fixed).add(factor));
        if (moving.isEmpty() || fixed.isEmpty()) {
            return Optional.empty();
        }
        Expr c = product(fixed);
        return entry(product(moving), question).map(claim -> {
            Expr one = c.times(claim.lower());
            Expr other = c.times(claim.upper());
            return claim.with(c.times(claim.value()), Functions.MINIMUM.apply(one, other),
                    Functions.MAXIMUM.apply(one, other));
        });
    }

    /** Limits and bounds of a finite sum are the sums of those of its terms. */
    private static NamedLimit.Claim summed(NamedLimit.Claim claim, EntryForm entries, Entry.Sum over) {
        Symbols symbols = entries.symbols();
        return claim.with(symbols.sum(claim.value(), over.bound(), entries.sizes()),
                symbols.of(new Entry.Sum(claim.lower(), over.bound())),
                symbols.of(new Entry.Sum(claim.upper(), over.bound())));
    }

    private static Expr product(List<Expr> factors) {
        return factors.size() == 1 ? factors.get(0) : Tensors.product(factors);
    }

    private static List<Expr> factors(Expr form) {
        List<Expr> factors = new ArrayList<>();
        Expr rest = form;
        if (rest instanceof Linear scaled && scaled.termCount() == 1) {
            factors.add(Constant.of(scaled.coefficient(0)));
            rest = scaled.term(0);
        }
        if (rest instanceof Contraction product) {
            factors.addAll(product.operands());
        } else {
            factors.add(rest);
        }
        return factors;
    }

    private static Optional<NamedLimit.Claim> entry(Expr form, Question question) {
        if (form instanceof Elementwise root && root.function() == Functions.SQRT) {
            return absolute(root, question);
        }
        for (Row row : ROWS) {
            for (Expr node : Walk.postorder(form)) {
                if (node instanceof Elementwise f && row.function == f.function()) {
                    Optional<NamedLimit.Claim> claim = row(row, f.operand(0), form, question);
                    if (claim.isPresent()) {
                        return claim;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<NamedLimit.Claim> row(Row row, Expr argument, Expr form, Question question) {
        Expr rate = Constant.ONE;
        Expr x = Constant.ONE;
        for (Expr factor : factors(argument)) {
            if (Walk.variables(factor).contains(question.v())) {
                rate = rate.times(factor);
            } else {
                x = x.times(factor);
            }
        }
        if (!(Rate.limit(rate, question).orElse(Extended.of(0)) instanceof Extended.Infinite(int sign))) {
            return Optional.empty();
        }
        Expr b = rate.times(sign);
        Expr a = x.times(sign);
        Expr value = row.value.of(b, a);
        Expr lower = row.lower.of(b, a);
        Expr upper = row.upper.of(b, a);
        return SamplePoint.differ(form, row.form.of(b, a)) || Equality.prove(form, row.form.of(b, a)).isEmpty()
                ? Optional.empty()
                : Optional.of(new NamedLimit.Claim(row.theorem, value, lower, upper,
                        List.of(b, a, Constant.ZERO, lower, upper, upper.minus(lower), value, Constant.ONE,
                                b.times(a))));
    }

    /** {@code √(x² + e)} with e → 0 from above. */
    private static Optional<NamedLimit.Claim> absolute(Elementwise root, Question question) {
        if (!(root.operand(0) instanceof Linear sum) || sum.termCount() != 2) {
            return Optional.empty();
        }
        for (int k = 0; k < 2; k++) {
            Expr e = sum.term(1 - k).times(sum.coefficient(1 - k));
            if (sum.coefficient(k).isOne() && sum.term(k) instanceof Elementwise square
                    && square.function() == Functions.POWER && square.operand(1) == Constant.TWO
                    && !Walk.variables(square).contains(question.v()) && vanishesFromAbove(e, question)) {
                Expr size = Functions.ABS.apply(square.operand(0));
                Expr upper = size.plus(Functions.SQRT.apply(e));
                return Optional.of(new NamedLimit.Claim(LimitTable.SMOOTH_ABSOLUTE, size, size, upper,
                        List.of(e, square.operand(0), Constant.ZERO, size, upper, upper.minus(size), size)));
            }
        }
        return Optional.empty();
    }

    private static boolean vanishesFromAbove(Expr e, Question question) {
        boolean above = Signs.of(e) != Signs.Sign.UNKNOWN
                || (e == question.v() && question.target().side() == Side.ABOVE);
        return above && Rate.limit(e, question).orElse(Extended.PLUS_INFINITY) instanceof Extended.Finite(Expr at)
                && Linear.isZero(at);
    }
}
