package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.jspecify.annotations.Nullable;

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
    static final int TERM_LIMIT = 512;

    private final NodeMap<Expr> forms = new NodeMap<>();
    private final Monomials monomials = new Monomials();
    private final ExpLog expLog = new ExpLog(this, monomials);
    private final Powers powers = new Powers(this);
    private final ElementwiseForms elementwise = new ElementwiseForms(this, expLog, powers);
    private final MatrixForms matrices = new MatrixForms(this, expLog);
    private final WindowForms windows = new WindowForms(this);
    private final ReshapeForms reshapes = new ReshapeForms(this);
    private final RolledFunctions rolls = new RolledFunctions(this);
    private final TermForms terms;
    private final Trace trace;
    private final NodeSteps steps;
    private final Rational angleUnit;
    private BigInteger angleDenominators = BigInteger.ONE;

    public NormalForm() {
        this(BigInteger.ONE, Trace.OFF);
    }

    /**
     * @param angles the common denominator of the multiples of one angle that occur
     * @param trace  what is told of the way
     */
    NormalForm(BigInteger angles, Trace trace) {
        this.trace = trace;
        this.terms = new TermForms(this, monomials, reshapes, rolls, trace);
        this.steps = new NodeSteps(this, trace);
        this.angleUnit = Rational.of(angles, BigInteger.ONE);
    }

    Rational angleUnit() {
        return angleUnit;
    }

    void sawAngle(BigInteger denominator) {
        angleDenominators = angleDenominators.multiply(denominator).divide(angleDenominators.gcd(denominator));
    }

    /** The common denominator of the multiples of angles that were met. */
    BigInteger angleDenominators() {
        return angleDenominators;
    }

    Trace trace() {
        return trace;
    }

    /** The normal form of what was met already, or null. */
    @Nullable
    Expr known(Expr node) {
        return forms.get(node);
    }

    Monomials monomials() {
        return monomials;
    }

    /** The normal form of the expression. */
    public Expr of(Expr expr) {
        Budget budget = Budget.current();
        for (Expr node : Walk.postorder(expr)) {
            if (!forms.contains(node)) {
                budget.poll();
                Expr form = normalise(node);
                forms.put(node, form);
                if (trace.isOn()) {
                    steps.tell(node, form);
                }
            }
        }
        return form(expr);
    }

    Expr form(Expr node) {
        return Objects.requireNonNull(forms.get(node));
    }

    /** The normal forms of the operands, which were met already. */
    List<Expr> operandForms(Expr node) {
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
            case Dimension leaf -> Terms.total(leaf.shape(), Terms.of(leaf));
            case Range leaf -> leaf;
            case Delta leaf -> leaf;
            case Linear sum -> linear(sum);
            case Contraction product -> product(operandForms(product), Product.labels(product), product.shape());
            case Elementwise f -> oriented(elementwise.of(f, operandForms(f)));
            case Reduction reduction when reduction.operation() == Reduction.Operation.LOG_SUM_EXP ->
                expLog.logSumExp(reduction);
            case Window window -> windows.of(window, form(window.operand(0)));
            case Reshape reshape -> reshapes.of(form(reshape.operand(0)), reshape.shape());
            case Reduction reduction when reduction.operation() == Reduction.Operation.PRODUCT ->
                matrices.product(reduction, form(reduction.operand(0)));
            case Reduction reduction when reduction.operation() == Reduction.Operation.MAX ->
                reduction.withOperands(List.of(rolls.settled(form(reduction.operand(0)), reduction.axes())));
            case Reduction reduction -> reduction.withOperands(operandForms(reduction));
            case Where where -> where(where);
            case MatrixFunction f -> matrices.of(f, operandForms(f));
            case Concatenation all -> all.withOperands(operandForms(all));
            case Application f -> oriented(f.withOperands(operandForms(f)));
            // A detached expression has the value of what it detaches.
            case Detach detach -> form(detach.operand(0));
        };
    }

    /** A function that is a term on its own has its axes in the one order, as it has in products. */
    private Expr oriented(Expr form) {
        if (form.shape().isScalar() || Terms.of(form).keySet().stream().noneMatch(Orientation::isFunction)) {
            return form;
        }
        return product(List.of(form), List.of(Tensors.allAxes(form)), form.shape());
    }

    /** A tensor all of whose entries are one number is that number, broadcast. */
    private static Expr constant(Constant leaf) {
        boolean uniform = !leaf.isData() && !leaf.values().isEmpty()
                && leaf.values().stream().allMatch(leaf.value(0)::equals);
        return uniform ? Linear.fill(leaf.shape(), leaf.value(0)) : leaf;
    }

    // ---- sums

    private Expr linear(Linear sum) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        for (int k = 0; k < sum.termCount(); k++) {
            Terms.addTo(total, form(sum.term(k)), sum.coefficient(k));
        }
        return Terms.total(sum.shape(), total);
    }

    // ---- products

    /** The contraction of normal forms, multiplied out while that stays small. */
    Expr product(List<Expr> factors, List<int[]> labels, Shape shape) {
        long count = 1;
        List<List<Map.Entry<Expr, Rational>>> choices = new ArrayList<>(factors.size());
        for (Expr factor : factors) {
            choices.add(List.copyOf(Terms.of(factor).entrySet()));
            count = Math.min(count * Math.max(1, choices.getLast().size()), Integer.MAX_VALUE);
        }
        if (count > TERM_LIMIT) {
            return Product.whole(factors, labels, shape);
        }
        int[] output = Product.output(shape);
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Products told = new Products(shape);
        int[] choice = new int[factors.size()];
        for (boolean more = choices.stream().noneMatch(List::isEmpty); more; more = next(choice, choices)) {
            Rational c = Rational.ONE;
            List<Expr> chosen = new ArrayList<>(factors.size());
            for (int k = 0; k < choice.length; k++) {
                Map.Entry<Expr, Rational> term = choices.get(k).get(choice[k]);
                c = c.times(term.getValue());
                chosen.add(Terms.shaped(term.getKey(), factors.get(k).shape()));
            }
            Expr flat = Contraction.flattened(chosen, labels, output, shape);
            Expr form = terms.of(flat);
            Terms.addTo(total, form, c);
            if (trace.isOn()) {
                told.add(flat, form, c);
            }
        }
        Expr form = Terms.total(shape, total);
        if (trace.isOn()) {
            told.tell(trace, Product.whole(factors, labels, shape), form);
        }
        return form;
    }

    /** A product that a law made of {@code start}. */
    Expr product(String law, Expr start, List<Expr> factors, List<int[]> labels, Shape shape) {
        Expr form = product(factors, labels, shape);
        if (trace.isOn()) {
            Expr whole = Product.whole(factors, labels, shape);
            trace.add(start, form, new Trace.Step(law, start, whole), new Trace.Known(law, whole, form));
        }
        return form;
    }

    /** The products into which one is multiplied out, and what became of each. */
    private record Products(Shape shape, List<Expr> flat, List<Expr> forms, List<Rational> coefficients) {
        Products(Shape shape) {
            this(shape, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(Expr product, Expr form, Rational coefficient) {
            flat.add(product);
            forms.add(form);
            coefficients.add(coefficient);
        }

        void tell(Trace trace, Expr whole, Expr form) {
            Trace.Places places = new Trace.Places(StructureLaws.COLLECTED, flat, forms,
                    terms -> Linear.of(shape, terms, coefficients));
            trace.add(whole, form,
                    new Trace.Step(flat.size() > 1 ? StructureLaws.DISTRIBUTED : StructureLaws.ASSOCIATED, whole,
                            places.before()),
                    places, Trace.collected(places.after(), form));
        }
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
        int[] output = Product.output(shape);
        List<int[]> labels = new ArrayList<>();
        factors.forEach(factor -> labels.add(output));
        return product(factors, labels, shape);
    }

    Expr power(Expr base, Rational q, Shape shape) {
        return powers.power(base, q, shape);
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
}
