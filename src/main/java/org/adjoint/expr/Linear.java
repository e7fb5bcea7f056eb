package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A linear combination {@code Σ cₖ·xₖ} of equally shaped terms with exact coefficients.
 *
 * <p>Canonical: terms are distinct, ordered by digest, coefficients nonzero; a constant is a multiple of
 * {@code ones(shape)}; no terms is zero. A sum inside a sum is spliced in when its coefficient is ±1 and no more than
 * {@value #SPLICE_LIMIT} terms result, so a long chain of additions stays linear in size.
 */
public final class Linear extends Expr {
    private static final long KIND = Digest.hash("linear");
    static final int SPLICE_LIMIT = 8;
    static final int COEFFICIENT_BITS = 124;

    private record Term(Expr node, Rational coefficient) {
    }

    private final Expr[] terms;
    private final Rational[] coefficients;

    private Linear(Shape shape, Expr[] terms, Rational[] coefficients) {
        super(shape, digest(terms, coefficients));
        this.terms = terms;
        this.coefficients = coefficients;
    }

    private static Digest digest(Expr[] terms, Rational[] coefficients) {
        Digest digest = new Digest(KIND).add(terms);
        for (Rational coefficient : coefficients) {
            digest.add(coefficient);
        }
        return digest;
    }

    /** The zero tensor of the shape. */
    public static Expr zero(Shape shape) {
        return shape.isScalar() ? Constant.ZERO : Interner.intern(new Linear(shape, NO_OPERANDS, new Rational[0]));
    }

    public static boolean isZero(Expr expr) {
        return expr == Constant.ZERO || (expr instanceof Linear linear && linear.terms.length == 0);
    }

    /** The constant {@code value} at every entry of the shape. */
    public static Expr fill(Shape shape, Rational value) {
        return scale(value, Contraction.ones(shape));
    }

    /** {@code factor · x}. */
    public static Expr scale(Rational factor, Expr x) {
        if (factor.isOne()) {
            return x;
        }
        if (!factor.isZero() && !(x instanceof Linear || x instanceof Constant)) {
            return Interner.intern(new Linear(x.shape(), new Expr[] {x}, new Rational[] {factor}));
        }
        return of(x.shape(), List.of(x), List.of(factor));
    }

    /**
     * {@code Σ coefficients[k] · terms[k]}.
     *
     * @throws ShapeError when a term has another shape
     */
    public static Expr of(Shape shape, List<Expr> terms, List<Rational> coefficients) {
        if (terms.size() == 2 && isPlain(terms.get(0), shape) && isPlain(terms.get(1), shape)
                && terms.get(0) != terms.get(1) && !coefficients.get(0).isZero() && !coefficients.get(1).isZero()) {
            return pair(shape, terms, coefficients);
        }
        List<Expr> flat = new ArrayList<>(terms.size());
        List<Rational> factors = new ArrayList<>(terms.size());
        boolean splice = countSpliced(terms, coefficients) <= SPLICE_LIMIT;
        Rational uniform = Rational.ZERO;
        Constant tensor = null;
        for (int k = 0; k < terms.size(); k++) {
            Expr term = terms.get(k);
            Rational c = coefficients.get(k);
            if (!term.shape().equals(shape)) {
                throw new ShapeError("terms of a sum must have one shape", terms);
            }
            if (c.isZero()) {
                if (!Existence.isNowhere(term)) {
                    continue;
                }
                c = Rational.ONE;
            }
            if (term instanceof Linear inner && (inner.terms.length == 0 || (splice && c.abs().isOne())
                    || (inner.terms.length == 1 && combine(c, inner.coefficients[0])))) {
                for (int j = 0; j < inner.terms.length; j++) {
                    flat.add(inner.terms[j]);
                    factors.add(c.times(inner.coefficients[j]));
                }
            } else {
                flat.add(term);
                factors.add(c);
            }
        }
        List<Expr> kept = new ArrayList<>(flat.size());
        List<Rational> keptFactors = new ArrayList<>(flat.size());
        for (int k = 0; k < flat.size(); k++) {
            Expr term = flat.get(k);
            Rational c = factors.get(k);
            if (term instanceof Constant constant && (constant.isData() || !shape.isScalar())) {
                Constant scaled = constant.scaled(c);
                tensor = tensor == null ? scaled : tensor.plus(scaled);
            } else if (term instanceof Constant constant) {
                uniform = uniform.plus(c.times(constant.value()));
            } else if (term instanceof Contraction ones && ones.operandCount() == 0) {
                uniform = uniform.plus(c);
            } else {
                kept.add(term);
                keptFactors.add(c);
            }
        }
        if (tensor != null && !tensor.isExactZero()) {
            kept.add(tensor);
            keptFactors.add(Rational.ONE);
        }
        if (!uniform.isZero()) {
            kept.add(Contraction.ones(shape));
            keptFactors.add(uniform);
        }
        return collect(shape, kept, keptFactors);
    }

    /** Whether a term stays as it is in any sum. */
    private static boolean isPlain(Expr term, Shape shape) {
        return term.shape().equals(shape) && !(term instanceof Linear || term instanceof Constant)
                && !(term instanceof Contraction ones && ones.operandCount() == 0);
    }

    private static Expr pair(Shape shape, List<Expr> terms, List<Rational> coefficients) {
        int first = compareByDigest(terms.get(0), terms.get(1)) <= 0 ? 0 : 1;
        return Interner.intern(new Linear(shape, new Expr[] {terms.get(first), terms.get(1 - first)},
                new Rational[] {coefficients.get(first), coefficients.get(1 - first)}));
    }

    /**
     * Whether two coefficients are multiplied into one. Not when the product would be long: along a deep chain its length
     * would grow with the depth, so the second stays where it is.
     */
    static boolean combine(Rational a, Rational b) {
        return a.abs().isOne() || b.abs().isOne() || a.bits() + b.bits() <= COEFFICIENT_BITS;
    }

    private static int countSpliced(List<Expr> terms, List<Rational> coefficients) {
        int count = 0;
        for (int k = 0; k < terms.size(); k++) {
            count += terms.get(k) instanceof Linear inner && coefficients.get(k).abs().isOne() ? inner.terms.length : 1;
        }
        return count;
    }

    /** Orders the terms, adds the coefficients of equal ones and drops those that vanish. */
    private static Expr collect(Shape shape, List<Expr> terms, List<Rational> coefficients) {
        if (terms.size() == 1) {
            return single(shape, terms.get(0), coefficients.get(0));
        }
        Term[] order = new Term[terms.size()];
        Arrays.setAll(order, k -> new Term(terms.get(k), coefficients.get(k)));
        Arrays.sort(order, (a, b) -> compareByDigest(a.node, b.node));
        List<Expr> kept = new ArrayList<>(order.length);
        List<Rational> sums = new ArrayList<>(order.length);
        for (Term term : order) {
            int last = kept.size() - 1;
            if (last >= 0 && kept.get(last) == term.node) {
                sums.set(last, sums.get(last).plus(term.coefficient));
            } else {
                kept.add(term.node);
                sums.add(term.coefficient);
            }
        }
        for (int k = kept.size() - 1; k >= 0; k--) {
            if (sums.get(k).isZero() && Existence.isNowhere(kept.get(k))) {
                // What has no value does not cancel; its coefficient does not matter.
                sums.set(k, Rational.ONE);
            } else if (sums.get(k).isZero()) {
                kept.remove(k);
                sums.remove(k);
            }
        }
        if (kept.isEmpty()) {
            return zero(shape);
        }
        if (kept.size() == 1) {
            return single(shape, kept.get(0), sums.get(0));
        }
        Budget.current().checkTerms(kept.size());
        return Interner.intern(new Linear(shape, kept.toArray(NO_OPERANDS), sums.toArray(new Rational[0])));
    }

    private static Expr single(Shape shape, Expr term, Rational coefficient) {
        if (coefficient.isOne()) {
            return term;
        }
        if (term instanceof Constant constant) {
            return constant.scaled(coefficient);
        }
        return Interner.intern(new Linear(shape, new Expr[] {term}, new Rational[] {coefficient}));
    }

    public int termCount() {
        return terms.length;
    }

    public Expr term(int k) {
        return terms[k];
    }

    public Rational coefficient(int k) {
        return coefficients[k];
    }

    @Override
    public int operandCount() {
        return terms.length;
    }

    @Override
    public Expr operand(int k) {
        return terms[k];
    }

    @Override
    public Expr withOperands(List<Expr> operands) {
        return of(shape(), operands, List.of(coefficients));
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Linear linear && sameOperands(terms, linear.terms)
                && Arrays.equals(coefficients, linear.coefficients);
    }
}
