package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
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
    /** What one law makes of a term may again be rewritten, to this depth. */
    private static final int NESTING_LIMIT = 48;
    /** A law may ask for normal forms itself, to this depth. */
    private static final int ASKING_LIMIT = 100;
    private static final int REWRITE_LIMIT = 20_000;

    private final NodeMap<Expr> forms = new NodeMap<>();
    private final NodeMap<Expr> rewritten = new NodeMap<>();
    private final Trace trace;
    private final Monomials monomials = new Monomials();
    private final ExpLog expLog = new ExpLog(this, monomials);
    private final Powers powers = new Powers(this);
    private final ElementwiseForms elementwise = new ElementwiseForms(this, expLog, powers);
    private final MatrixForms matrices = new MatrixForms(this, expLog);
    private final WindowForms windows = new WindowForms(this);
    private final Symmetry symmetry = new Symmetry();
    private final LeadingTerm.Cache leads = new LeadingTerm.Cache();
    private final RolledFunctions rolls = new RolledFunctions(this);
    private final List<Rewrite.Rule> rules = List.of(new WindowRule(this), new FunctionWindows(this),
            rolls, new Orientation(this), new QuotientRule(leads),
            new TrigonometricRule(),
            new SymbolicPowerRule(this), new NumberPowers(),
            new IndicatorRule(leads), new InverseRule(leads, symmetry), new MatrixFunctionRule(this, symmetry),
            new FiniteValueRule(this::of));
    private final Rational angleUnit;
    private BigInteger angleDenominators = BigInteger.ONE;
    private int nesting;
    private int rewrites;
    private int asked;

    public NormalForm() {
        this(BigInteger.ONE, Trace.OFF);
    }

    /**
     * @param angles the common denominator of the multiples of one angle that occur
     * @param trace  what is told of the way
     */
    NormalForm(BigInteger angles, Trace trace) {
        this.trace = trace;
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
                    tell(node, form);
                }
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
            case Elementwise f -> oriented(elementwise.of(f, operandForms(f)));
            case Reduction reduction when reduction.operation() == Reduction.Operation.LOG_SUM_EXP ->
                expLog.logSumExp(reduction);
            case Window window -> windows.of(window, form(window.operand(0)));
            case Reshape reshape -> reshaped(form(reshape.operand(0)), reshape.shape());
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
        if (form.shape().isScalar() || terms(form).keySet().stream().noneMatch(Orientation::isFunction)) {
            return form;
        }
        return product(List.of(form), List.of(Tensors.allAxes(form)), form.shape());
    }

    /** How a node whose operands are normal became its form, as far as nothing more is known of it. */
    private void tell(Expr node, Expr form) {
        Expr start = node.operandCount() == 0 ? node : node.withOperands(operandForms(node));
        if (start == form) {
            return;
        }
        switch (start) {
            case Contraction product when node instanceof Contraction own -> trace.add(start, form,
                    new Trace.Known(StructureLaws.ASSOCIATED, start,
                            whole(operandForms(own), labels(own), own.shape())),
                    new Trace.Known(StructureLaws.DISTRIBUTED, whole(operandForms(own), labels(own), own.shape()),
                            form));
            case Elementwise f when f.function() == Functions.SQRT -> {
                Expr power = Monomials.rawPower(f.operand(0), Rational.HALF);
                trace.add(start, form,
                        new Trace.Step(power == form ? "power of a power" : "root as a power", start, power),
                        new Trace.Known(FunctionLaws.of(f.function()), power, form));
            }
            case Elementwise f -> FunctionLaws.definition(f)
                    .ifPresent(simpler -> tellDefinition(FunctionLaws.of(f.function()), f, simpler, form));
            case Reduction reduction when reduction.operation() == Reduction.Operation.LOG_SUM_EXP ->
                tellDefinition(StructureLaws.of(reduction), reduction, FunctionLaws.definition(reduction), form);
            default -> {
            }
        }
    }

    private void tellDefinition(String law, Expr node, Expr simpler, Expr form) {
        if (simpler != node && of(simpler) == form) {
            trace.add(node, form, new Trace.Step(law, node, simpler), new Trace.Known(law, simpler, form));
        }
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

    /** A reshape, term by term; what merged axes are made of is found out first. */
    private Expr reshaped(Expr form, Shape shape) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        terms(form).forEach((each, c) -> {
            Expr term = asTerm(each, form.shape());
            Map<Integer, List<Size>> forced = new LinkedHashMap<>();
            List<List<Size>> parts = Splitting.parts(form.shape(), shape).orElse(List.of());
            for (int axis = 0; axis < parts.size(); axis++) {
                if (parts.get(axis).size() > 1) {
                    forced.put(axis, parts.get(axis));
                }
            }
            Splitting split = term instanceof Reshape || (forced.isEmpty() && !(term instanceof Contraction)) ? null
                    : Splitting.of(term, forced).orElse(null);
            if (split == null || (split.factors().size() == 1 && split.factors().get(0) instanceof Reshape)) {
                addTo(total, merged(term, shape), c);
            } else {
                addTo(total, merged(product(split.factors(), split.labels(), split.shape()), shape), c);
            }
        });
        return total(shape, total);
    }

    /** A form over parts, merged to the shape; the identity over parts is the identity. */
    private static Expr merged(Expr form, Shape shape) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        terms(form).forEach((each, c) -> {
            Expr term = asTerm(each, form.shape());
            addTo(total, Splitting.identity(term, shape).orElseGet(() -> Reshape.of(term, shape)), c);
        });
        return total(shape, total);
    }

    // ---- products

    /** The contraction of normal forms, multiplied out while that stays small. */
    Expr product(List<Expr> factors, List<int[]> labels, Shape shape) {
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
        Products told = new Products(shape);
        int[] choice = new int[factors.size()];
        for (boolean more = choices.stream().noneMatch(List::isEmpty); more; more = next(choice, choices)) {
            Rational c = Rational.ONE;
            List<Expr> chosen = new ArrayList<>(factors.size());
            for (int k = 0; k < choice.length; k++) {
                Map.Entry<Expr, Rational> term = choices.get(k).get(choice[k]);
                c = c.times(term.getValue());
                chosen.add(asTerm(term.getKey(), factors.get(k).shape()));
            }
            Expr flat = Contraction.flattened(chosen, labels, output, shape);
            Expr form = term(flat);
            addTo(total, form, c);
            if (trace.isOn()) {
                told.add(flat, form, c);
            }
        }
        Expr form = total(shape, total);
        if (trace.isOn()) {
            told.tell(trace, whole(factors, labels, shape), form);
        }
        return form;
    }

    /** A product that a law made of {@code start}. */
    Expr product(String law, Expr start, List<Expr> factors, List<int[]> labels, Shape shape) {
        Expr form = product(factors, labels, shape);
        if (trace.isOn()) {
            Expr whole = whole(factors, labels, shape);
            trace.add(start, form, new Trace.Step(law, start, whole), new Trace.Known(law, whole, form));
        }
        return form;
    }

    /** The product as one expression, as it is before it is multiplied out. */
    static Expr whole(List<Expr> factors, List<int[]> labels, Shape shape) {
        return Contraction.of(factors, labels, IntStream.range(0, shape.rank()).toArray(), shape);
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

    /** The normal form of one product: reduced, and rewritten as long as a law applies. */
    private Expr term(Expr flat) {
        Expr reduced = monomials.reduce(flat);
        String law = monomials.law();
        Expr term = symmetry.oriented(reduced);
        Expr form = term instanceof Linear scaled && scaled.termCount() == 1
                ? scaled(term(scaled.term(0)), scaled.coefficient(0))
                : term instanceof Linear || term instanceof Variable || term instanceof Constant ? term
                        : rewritten(term);
        if (trace.isOn()) {
            Trace.Step powers = new Trace.Step(law, flat, reduced);
            Trace.Step symmetric = new Trace.Step("symmetric transpose", reduced, term);
            if (term instanceof Linear scaled && scaled.termCount() == 1) {
                Trace.Places inside = Trace.Places.of(StructureLaws.COLLECTED, scaled.term(0), term(scaled.term(0)),
                        x -> Linear.scale(scaled.coefficient(0), x));
                trace.add(flat, form, powers, symmetric, inside,
                        Trace.collected(inside.after(), form));
            } else if (flat != term) {
                trace.add(flat, form, powers, symmetric, new Trace.Known(StructureLaws.COLLECTED, term, form));
            }
        }
        return form;
    }

    private Expr rewritten(Expr term) {
        Expr known = rewritten.get(term);
        if (known != null) {
            return known;
        }
        Splitting split = hasReshape(term) && nesting < NESTING_LIMIT ? Splitting.of(term, Map.of()).orElse(null)
                : null;
        if (split != null) {
            nesting++;
            Expr whole = merged(product(split.factors(), split.labels(), split.shape()), term.shape());
            nesting--;
            rewritten.put(term, whole);
            trace.add(term, whole, new Trace.Step("merged axes", term, whole));
            return whole;
        }
        Expr form = term;
        if (nesting < NESTING_LIMIT && rewrites < REWRITE_LIMIT && asked < ASKING_LIMIT) {
            List<Factor> factors = Factor.of(term);
            for (Rewrite.Rule rule : rules) {
                Rewrite rewrite = asked(rule, factors, term.shape());
                if (rewrite != null) {
                    Budget.current().poll();
                    nesting++;
                    rewrites++;
                    form = product(rewrite.factors(), rewrite.labels(), term.shape());
                    nesting--;
                    if (trace.isOn()) {
                        Expr replaced = whole(rewrite.factors(), rewrite.labels(), term.shape());
                        trace.add(term, form, new Trace.Step(rewrite.law(), term, replaced),
                                new Trace.Known(rewrite.law(), replaced, form));
                    }
                    break;
                }
            }
        }
        rewritten.put(term, form);
        return form;
    }

    private @Nullable Rewrite asked(Rewrite.Rule rule, List<Factor> factors, Shape shape) {
        asked++;
        try {
            return rule.apply(factors, shape).orElse(null);
        } finally {
            asked--;
        }
    }

    private static boolean hasReshape(Expr term) {
        if (!(term instanceof Contraction product)) {
            return false;
        }
        for (int k = 0; k < product.operandCount(); k++) {
            if (product.operand(k) instanceof Reshape) {
                return true;
            }
        }
        return false;
    }

    static Expr scaled(Expr form, Rational c) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        addTo(total, form, c);
        return total(form.shape(), total);
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

    // ---- what the parts need

    /** Whether the leading coefficient is negative; it decides which of x and −x a function is written in. */
    static boolean isNegative(Expr form) {
        return form instanceof Linear sum && sum.termCount() > 0 && sum.coefficient(0).signum() < 0;
    }

    Expr power(Expr base, Rational q, Shape shape) {
        return powers.power(base, q, shape);
    }

    static Expr sum(Expr a, Expr b) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        addTo(total, a, Rational.ONE);
        addTo(total, b, Rational.ONE);
        return total(a.shape(), total);
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

    static Expr rescaled(Expr form, Map<Expr, Rational> terms, Rational factor) {
        if (factor.isOne()) {
            return form;
        }
        return Linear.of(form.shape(), terms.keySet().stream().map(term -> asTerm(term, form.shape())).toList(),
                terms.values().stream().map(factor::times).toList());
    }

    /** A term of {@link #terms} as an expression of the shape. */
    static Expr asTerm(Expr term, Shape shape) {
        return term == Constant.ONE ? Contraction.ones(shape) : term;
    }
}
