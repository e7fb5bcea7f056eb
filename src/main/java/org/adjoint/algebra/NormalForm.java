package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Application;
import org.adjoint.expr.Budget;
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
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/**
 * The normal form in which the prover compares: a linear combination of flat contractions of atoms, products multiplied
 * out, every atom normalised inside. Because nodes are hash-consed, two expressions with one normal form are one object.
 *
 * <p>Every law used is an identity wherever both sides are defined: distributivity, {@code xᵃxᵇ = xᵃ⁺ᵇ},
 * {@code exp(a+b) = exp a · exp b}, {@code log exp a = a}, {@code log} of a product of known positives,
 * {@code logsumexp x = log Σ exp x}, {@code relu x = x·[x>0]}, {@code relu(−x) = relu x − x},
 * {@code max(a, b) = b + relu(a − b)}, {@code |x| = x·sign x}, {@code [·]² = [·]}, {@code sigmoid(−x) = 1 − sigmoid x},
 * {@code tanh x = 2 sigmoid 2x − 1}, {@code softplus(−x) = softplus x − x}, {@code Σ p = 1} for declared probabilities,
 * {@code s² = 1} for ±1, {@code z² = z} for 0 and 1, and {@code Sᵀ = S} where it is declared. Forms that would exceed the term
 * limit stay as they are: then the prover may miss an equality, and never asserts a false one.
 */
public final class NormalForm {
    /** A product is multiplied out when no more than this many terms result. */
    private static final int TERM_LIMIT = 512;
    private static final int POWER_LIMIT = 6;

    private final NodeMap<Expr> forms = new NodeMap<>();
    private final Monomials monomials = new Monomials();
    private final ExpLog expLog = new ExpLog(this, monomials);
    private final boolean mergingSums;

    public NormalForm() {
        this(false);
    }

    /**
     * @param mergingSums whether a sum that meets a power of itself merges with it before it is multiplied out; the forms with
     *                    and without prove different things
     */
    public NormalForm(boolean mergingSums) {
        this.mergingSums = mergingSums;
    }

    /** The normal form of the expression. */
    public Expr of(Expr expr) {
        Budget budget = Budget.current();
        for (Expr node : Walk.postorder(expr)) {
            if (!forms.contains(node)) {
                budget.poll();
                forms.put(node, normalise(node));
            }
        }
        return form(expr);
    }

    Expr form(Expr node) {
        return Objects.requireNonNull(forms.get(node));
    }

    private List<Expr> operandForms(Expr node) {
        List<Expr> operands = new ArrayList<>(node.operandCount());
        for (int k = 0; k < node.operandCount(); k++) {
            operands.add(form(node.operand(k)));
        }
        return operands;
    }

    private Expr normalise(Expr node) {
        return switch (node) {
            case Variable leaf -> leaf;
            case Constant leaf -> constant(leaf);
            case Dimension leaf -> total(leaf.shape(), terms(leaf));
            case Range leaf -> leaf;
            case Delta leaf -> leaf;
            case Linear sum -> linear(sum);
            case Contraction product -> product(operandForms(product), labels(product), product.shape());
            case Elementwise f -> elementwise(f.function(), operandForms(f), f.shape());
            case Reduction reduction when reduction.operation() == Reduction.Operation.LOG_SUM_EXP ->
                expLog.logSumExp(reduction);
            case Window window -> linearMap(window);
            case Reshape reshape -> linearMap(reshape);
            case Reduction reduction -> reduction.withOperands(operandForms(reduction));
            case Where where -> where(where);
            case MatrixFunction f -> f.withOperands(operandForms(f));
            case Concatenation all -> all.withOperands(operandForms(all));
            case Application f -> f.withOperands(operandForms(f));
            // A detached expression has the value of what it detaches.
            case Detach detach -> form(detach.operand(0));
        };
    }

    /** A tensor all of whose entries are one number is that number, broadcast. */
    private static Expr constant(Constant leaf) {
        boolean uniform = !leaf.isData() && !leaf.values().isEmpty()
                && leaf.values().stream().allMatch(leaf.value(0)::equals);
        return uniform ? Linear.fill(leaf.shape(), leaf.value(0)) : leaf;
    }

    static List<int[]> labels(Contraction product) {
        List<int[]> labels = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            labels.add(product.indices(k));
        }
        return labels;
    }

    // ---- sums

    /** The terms of a normal form and their coefficients. */
    static Map<Expr, Rational> terms(Expr form) {
        Map<Expr, Rational> terms = new LinkedHashMap<>();
        if (form instanceof Linear sum) {
            for (int k = 0; k < sum.termCount(); k++) {
                put(terms, sum.term(k), sum.coefficient(k));
            }
        } else if (form instanceof Constant constant && constant.shape().isScalar() && !constant.isData()) {
            if (!constant.value().isZero()) {
                terms.put(Constant.ONE, constant.value());
            }
        } else {
            put(terms, form, Rational.ONE);
        }
        terms.values().removeIf(Rational::isZero);
        return terms;
    }

    private static void put(Map<Expr, Rational> terms, Expr term, Rational c) {
        Map<Expr, Rational> sizes = SizeForm.expanded(term).orElse(null);
        if (sizes == null) {
            terms.merge(term, c, Rational::plus);
        } else {
            sizes.forEach((part, d) -> terms.merge(part, c.times(d), Rational::plus));
        }
    }

    static void addTo(Map<Expr, Rational> sum, Expr form, Rational factor) {
        terms(form).forEach((term, c) -> sum.merge(term, c.times(factor), Rational::plus));
        Budget.current().checkTerms(sum.size());
    }

    static Expr total(Shape shape, Map<Expr, Rational> sum) {
        return Linear.of(shape, List.copyOf(sum.keySet()), List.copyOf(sum.values()));
    }

    private Expr linear(Linear sum) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        for (int k = 0; k < sum.termCount(); k++) {
            addTo(total, form(sum.term(k)), sum.coefficient(k));
        }
        return total(sum.shape(), total);
    }

    private Expr linearMap(Expr map) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        terms(form(map.operand(0))).forEach((term, c) -> {
            Expr operand = term == Constant.ONE ? Contraction.ones(map.operand(0).shape()) : term;
            addTo(total, map.withOperands(List.of(operand)), c);
        });
        return total(map.shape(), total);
    }

    // ---- products

    /** The contraction of normal forms, multiplied out while that stays small. */
    Expr product(List<Expr> factors, List<int[]> labels, Shape shape) {
        Optional<SumPowers> merged = mergingSums ? SumPowers.merge(factors, labels, shape, monomials)
                : Optional.empty();
        return merged.isEmpty() ? distributed(factors, labels, shape)
                : scaled(distributed(merged.get().factors(), merged.get().labels(), shape), merged.get().coefficient());
    }

    private static Expr scaled(Expr form, Rational c) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        addTo(total, form, c);
        return total(form.shape(), total);
    }

    private Expr distributed(List<Expr> factors, List<int[]> labels, Shape shape) {
        long count = 1;
        for (Expr factor : factors) {
            count = Math.min(count * Math.max(1, terms(factor).size()), Integer.MAX_VALUE);
        }
        int[] output = IntStream.range(0, shape.rank()).toArray();
        if (count > TERM_LIMIT) {
            return Contraction.of(factors, labels, output, shape);
        }
        List<List<Map.Entry<Expr, Rational>>> choices = new ArrayList<>();
        for (Expr factor : factors) {
            choices.add(List.copyOf(terms(factor).entrySet()));
        }
        Map<Expr, Rational> total = new LinkedHashMap<>();
        int[] choice = new int[factors.size()];
        for (boolean more = choices.stream().noneMatch(List::isEmpty); more; more = next(choice, choices)) {
            Rational c = Rational.ONE;
            List<Expr> chosen = new ArrayList<>(factors.size());
            for (int k = 0; k < choice.length; k++) {
                Map.Entry<Expr, Rational> term = choices.get(k).get(choice[k]);
                c = c.times(term.getValue());
                chosen.add(term.getKey());
            }
            addTo(total, Symmetry.oriented(monomials.reduce(Contraction.flattened(chosen, labels, output, shape))), c);
        }
        return total(shape, total);
    }

    private static boolean next(int[] choice, List<List<Map.Entry<Expr, Rational>>> choices) {
        for (int k = choice.length - 1; k >= 0; k--) {
            if (++choice[k] < choices.get(k).size()) {
                return true;
            }
            choice[k] = 0;
        }
        return false;
    }

    /** The product entry by entry of equally shaped normal forms. */
    Expr times(List<Expr> factors, Shape shape) {
        int[] output = IntStream.range(0, shape.rank()).toArray();
        List<int[]> labels = new ArrayList<>();
        factors.forEach(factor -> labels.add(output));
        return product(factors, labels, shape);
    }

    // ---- elementwise functions

    private Expr elementwise(ScalarFunction f, List<Expr> x, Shape shape) {
        if (f == Functions.POWER) {
            Rational exponent = Constant.uniform(x.get(1)).orElse(null);
            if (exponent == null && Signs.isPositive(x.get(0))) {
                return expLog.exp(times(List.of(x.get(1), of(Functions.LOG.apply(x.get(0)))), shape), shape);
            }
            return exponent == null ? f.apply(x.get(0), x.get(1)) : power(x.get(0), exponent, shape);
        }
        if (f == Functions.SQRT) {
            return power(x.get(0), Rational.HALF, shape);
        }
        if (f == Functions.EXP) {
            return expLog.exp(x.get(0), shape);
        }
        if (f == Functions.LOG) {
            return expLog.log(x.get(0), shape);
        }
        if (f == Functions.LOG1P) {
            return expLog.log(of(x.get(0).plus(Constant.ONE)), shape);
        }
        if (f == Functions.EXPM1) {
            return of(expLog.exp(x.get(0), shape).minus(Constant.ONE));
        }
        if (f == Functions.RELU) {
            return relu(x.get(0), shape);
        }
        if (f == Functions.SIGMOID) {
            return sigmoid(x.get(0), shape);
        }
        if (f == Functions.TANH) {
            return of(sigmoid(scaled(x.get(0), Rational.TWO), shape).times(2).minus(Constant.ONE));
        }
        if (f == Functions.SOFTPLUS) {
            return softplus(x.get(0), shape);
        }
        if (f == Functions.MAXIMUM) {
            return of(x.get(1).plus(Functions.RELU.apply(x.get(0).minus(x.get(1)))));
        }
        if (f == Functions.MINIMUM) {
            return of(x.get(0).minus(Functions.RELU.apply(x.get(0).minus(x.get(1)))));
        }
        if (f == Functions.LEAKY_RELU) {
            Expr bend = Functions.RELU.apply(x.get(0)).times(x.get(1).negate().plus(Constant.ONE));
            return of(x.get(0).times(x.get(1)).plus(bend));
        }
        if (f == Functions.ABS) {
            return times(List.of(x.get(0), Functions.SIGN.apply(x.get(0))), shape);
        }
        if (f == Functions.STEP) {
            return step(x.get(0));
        }
        if (f == Functions.LESS) {
            return step(of(x.get(1).minus(x.get(0))));
        }
        if (f == Functions.LESS_EQUAL) {
            Expr greater = step(of(x.get(0).minus(x.get(1))));
            return of(Contraction.ones(shape).minus(greater));
        }
        if (f == Functions.SILU) {
            return times(List.of(x.get(0), sigmoid(x.get(0), shape)), shape);
        }
        return Elementwise.of(f, x);
    }

    // ---- functions of x that are known from those of −x; the leading coefficient decides which of the two stays

    private static boolean isNegative(Expr form) {
        return form instanceof Linear sum && sum.termCount() > 0 && sum.coefficient(0).signum() < 0;
    }

    /** {@code relu x = x·[x > 0]}, {@code relu(−x) = relu x − x}. */
    private Expr relu(Expr x, Shape shape) {
        return isNegative(x) ? sum(x, relu(scaled(x, Rational.MINUS_ONE), shape)) : times(List.of(x, step(x)), shape);
    }

    /** {@code sigmoid(−x) = 1 − sigmoid x}. */
    private static Expr sigmoid(Expr x, Shape shape) {
        return isNegative(x)
                ? sum(Contraction.ones(shape),
                        scaled(sigmoid(scaled(x, Rational.MINUS_ONE), shape), Rational.MINUS_ONE))
                : Linear.isZero(x) ? Linear.fill(shape, Rational.HALF) : Functions.SIGMOID.apply(x);
    }

    /** {@code softplus(−x) = softplus x − x}. */
    private static Expr softplus(Expr x, Shape shape) {
        return isNegative(x) ? sum(x, softplus(scaled(x, Rational.MINUS_ONE), shape)) : Functions.SOFTPLUS.apply(x);
    }

    static Expr sum(Expr a, Expr b) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        addTo(total, a, Rational.ONE);
        addTo(total, b, Rational.ONE);
        return total(a.shape(), total);
    }

    /** {@code [x > 0]}, with a positive factor of the argument dropped. */
    private static Expr step(Expr x) {
        Rational number = Constant.uniform(x).orElse(null);
        if (number != null) {
            return Linear.fill(x.shape(), number.signum() > 0 ? Rational.ONE : Rational.ZERO);
        }
        Rational scale = x instanceof Linear sum ? sum.coefficient(0).abs() : Rational.ONE;
        return Functions.STEP.apply(rescaled(x, terms(x), scale.inverse()));
    }

    /** {@code where(c, a, b) = [c]·a + (1 − [c])·b} for an indicator and branches that have a value everywhere. */
    private Expr where(Where where) {
        Expr condition = form(where.condition());
        Expr a = form(where.ifTrue());
        Expr b = form(where.ifFalse());
        if (!Totality.isIndicator(where.condition()) || !Totality.isTotal(where.ifTrue())
                || !Totality.isTotal(where.ifFalse())) {
            return Where.of(condition, a, b);
        }
        Shape shape = where.shape();
        return of(times(List.of(condition, a), shape)
                .plus(times(List.of(of(Contraction.ones(shape).minus(condition)), b), shape)));
    }

    /** {@code base^q}: multiplied out for a small natural q; taken into a product of one term. */
    Expr power(Expr base, Rational q, Shape shape) {
        Map<Expr, Rational> terms = terms(base);
        if (q.isInteger() && q.signum() > 0 && q.compareTo(Rational.of(POWER_LIMIT)) <= 0) {
            int k = (int) q.longValueExact();
            if (Math.pow(terms.size(), k) <= TERM_LIMIT) {
                Expr[] copies = new Expr[k];
                Arrays.fill(copies, base);
                return times(List.of(copies), shape);
            }
        }
        if (terms.isEmpty()) {
            return q.signum() > 0 ? Linear.zero(shape) : Monomials.rawPower(base, q);
        }
        SizeForm size = SizeForm.of(terms).orElse(null);
        if (size != null) {
            return times(List.of(numberPower(size.content(), q, shape), Monomials.rawPower(size.size(), q)), shape);
        }
        // Of an integer power the whole leading coefficient comes out, of a root only what is positive.
        Rational lead = terms.values().iterator().next();
        Rational outer = q.isInteger() ? lead : lead.abs();
        Expr primitive = rescaled(base, terms, outer.inverse());
        Expr power = terms.size() == 1 && primitive == terms.keySet().iterator().next()
                ? monomials.reduce(monomials.power(primitive, q))
                : Monomials.rawPower(primitive, q);
        return outer.isOne() ? power : times(List.of(numberPower(outer, q, shape), power), shape);
    }

    /** {@code c^q} for a number; positive where q is no integer. */
    private static Expr numberPower(Rational c, Rational q, Shape shape) {
        Rational root = q.denominator().bitLength() < 31 ? c.exactRoot(q.denominator().intValueExact()).orElse(null)
                : null;
        if (root != null && q.numerator().bitLength() < 11) {
            return Linear.fill(shape, root.pow(q.numerator().intValueExact()));
        }
        return Tensors.broadcast(Monomials.rawPower(Constant.of(c), q), shape);
    }

    static Expr rescaled(Expr form, Map<Expr, Rational> terms, Rational factor) {
        if (factor.isOne()) {
            return form;
        }
        return Linear.of(form.shape(), terms.keySet().stream().map(term -> asTerm(term, form.shape())).toList(),
                terms.values().stream().map(factor::times).toList());
    }

    /** A term of {@link #terms} as an expression of the shape. */
    private static Expr asTerm(Expr term, Shape shape) {
        return term == Constant.ONE ? Contraction.ones(shape) : term;
    }
}
