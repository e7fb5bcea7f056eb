package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * Whether a normal form is zero wherever it has a value. What is not zero at sight is brought over one denominator; then
 * factors that all terms share are dropped and their indices left free; then it is multiplied by a matrix whose inverse
 * occurs. Each step leaves something that is zero only if the whole is.
 */
final class ZeroTest {
    private static final int DEPTH_LIMIT = 4;
    private static final int ATTEMPT_LIMIT = 40;

    private final NormalForm forms;
    private final Set<Expr> tried = new LinkedHashSet<>();

    ZeroTest(NormalForm forms) {
        this.forms = forms;
    }

    boolean isZero(Expr form) {
        return isZero(form, DEPTH_LIMIT);
    }

    private boolean isZero(Expr form, int depth) {
        if (Linear.isZero(form)) {
            return true;
        }
        if (depth == 0 || tried.size() >= ATTEMPT_LIMIT || !tried.add(form)) {
            return false;
        }
        Together together = Together.of(form, forms, factor -> true);
        Expr primitive = together.primitive();
        boolean zero = Linear.isZero(primitive);
        if (!zero) {
            Expr one = Contraction.ones(primitive.shape());
            if (primitive == one || Terms.of(primitive).size() < 2) {
                return false;
            }
            boolean whole = tried.contains(primitive) || primitive == form;
            if (whole) {
                return next(form, depth);
            }
            zero = next(primitive, depth);
        }
        if (zero && forms.trace().isOn()) {
            Expr none = Linear.zero(form.shape());
            Trace.Places rest = Trace.Places.of(StructureLaws.EXPANDED, primitive, none, together::whole);
            forms.trace().add(form, none, new Trace.Known(StructureLaws.COMMON_FACTOR, form, rest.before()), rest,
                    Trace.collected(rest.after(), none));
        }
        return zero;
    }

    private boolean next(Expr form, int depth) {
        for (Expr shared : sharedFactors(form)) {
            Without without = withoutFactor(form, shared);
            if (isZero(without.rest, depth - 1)) {
                without.tell(form, forms.trace());
                return true;
            }
        }
        for (Multiple multiple : multiples(form)) {
            Expr product = multiple.of(form, forms);
            if (isZero(product, depth - 1)) {
                multiple.tell(form, product, forms.trace());
                return true;
            }
        }
        return false;
    }

    // ---- factors that all terms share

    /**
     * A form with the indices of a factor left free.
     *
     * @param rest  what is left, normal
     * @param parts its terms before they were normalised
     * @param forms these terms, normal
     * @param back  the form that something in place of the rest would make
     */
    private record Without(Expr rest, List<Expr> parts, List<Expr> forms, List<Rational> coefficients,
            UnaryOperator<Expr> back) {
        void tell(Expr form, Trace trace) {
            if (!trace.isOn()) {
                return;
            }
            Trace.Places terms = new Trace.Places(StructureLaws.COLLECTED, parts, forms,
                    all -> back.apply(Linear.of(rest.shape(), all, coefficients)));
            Trace.Places none = Trace.Places.of(StructureLaws.EXPANDED, rest, Linear.zero(rest.shape()), back);
            Expr zero = Linear.zero(form.shape());
            trace.add(form, zero, new Trace.Step(StructureLaws.COMMON_FACTOR, form, terms.before()), terms,
                    Trace.collected(terms.after(), none.before()), none,
                    Trace.collected(none.after(), zero));
        }
    }

    /** The bases that occur exactly once in every term, with summed indices somewhere. */
    private static List<Expr> sharedFactors(Expr form) {
        Set<Expr> shared = null;
        Set<Expr> summed = new LinkedHashSet<>();
        for (Expr term : Terms.of(form).keySet()) {
            Map<Expr, Integer> count = new LinkedHashMap<>();
            for (Factor factor : Factor.of(Terms.shaped(term, form.shape()))) {
                count.merge(factor.base(), 1, Integer::sum);
                if (!factor.isFree(form.shape().rank())) {
                    summed.add(factor.base());
                }
            }
            Set<Expr> once = new LinkedHashSet<>();
            count.forEach((base, times) -> {
                if (times == 1) {
                    once.add(base);
                }
            });
            if (shared == null) {
                shared = once;
            } else {
                shared.retainAll(once);
            }
        }
        if (shared == null) {
            return List.of();
        }
        shared.retainAll(summed);
        return List.copyOf(shared);
    }

    /** The form with the indices of the factor left free; the factor itself goes where its exponent is the same everywhere. */
    private Without withoutFactor(Expr form, Expr base) {
        Shape shape = form.shape().concat(base.shape());
        int rank = form.shape().rank();
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Map<Expr, Rational> terms = Terms.of(form);
        boolean keep = terms.keySet().stream().map(term -> exponent(term, base)).distinct().count() > 1;
        List<Expr> parts = new ArrayList<>();
        List<Expr> normal = new ArrayList<>();
        terms.forEach((term, c) -> {
            List<Factor> factors = Factor.of(Terms.shaped(term, form.shape()));
            int shift = shape.rank();
            List<Expr> nodes = new ArrayList<>();
            List<int[]> labels = new ArrayList<>();
            int[] exposed = {};
            for (Factor factor : factors) {
                if (factor.base() == base) {
                    exposed = factor.labels();
                }
            }
            Map<Integer, Integer> image = new LinkedHashMap<>();
            for (int axis = 0; axis < exposed.length; axis++) {
                if (exposed[axis] >= rank && !base.shape().get(axis).isOne()) {
                    image.putIfAbsent(exposed[axis], rank + axis);
                }
            }
            for (Factor factor : factors) {
                if (factor.base() == base && !keep) {
                    continue;
                }
                nodes.add(factor.node());
                labels.add(renamed(factor.labels(), rank, image, shift));
            }
            addDiagonals(nodes, labels, exposed, base, rank, image);
            Expr product = forms.product(nodes, labels, shape);
            Terms.addTo(total, product, c);
            if (forms.trace().isOn()) {
                parts.add(Product.whole(nodes, labels, shape));
                normal.add(product);
            }
        });
        return new Without(Terms.total(shape, total), parts, normal, List.copyOf(terms.values()),
                rest -> withFactor(form, base, keep, rest));
    }

    /** The rest with the factor back in its place and its indices summed. */
    private static Expr withFactor(Expr form, Expr base, boolean keep, Expr rest) {
        int rank = form.shape().rank();
        List<Expr> nodes = new ArrayList<>(List.of(rest));
        List<int[]> labels = new ArrayList<>();
        labels.add(Tensors.allAxes(rest));
        if (!keep) {
            Rational power = exponent(Terms.of(form).keySet().iterator().next(), base);
            nodes.add(Monomials.rawPower(base, power));
            labels.add(IntStream.range(rank, rest.shape().rank()).toArray());
        }
        return Product.whole(nodes, labels, form.shape());
    }

    private static Rational exponent(Expr term, Expr base) {
        return Factor.of(term).stream().filter(f -> f.base() == base).findFirst().map(Factor::exponent)
                .orElse(Rational.ZERO);
    }

    private static int[] renamed(int[] labels, int rank, Map<Integer, Integer> image, int shift) {
        return IntStream.of(labels).map(label -> label < rank ? label : image.getOrDefault(label, label + shift))
                .toArray();
    }

    /** Axes of the factor that share an index, or have one of the whole, are equal wherever the term is not zero. */
    private static void addDiagonals(List<Expr> nodes, List<int[]> labels, int[] exposed, Expr base, int rank,
            Map<Integer, Integer> image) {
        for (int axis = 0; axis < exposed.length; axis++) {
            Size size = base.shape().get(axis);
            if (size.isOne()) {
                continue;
            }
            int own = rank + axis;
            int at = exposed[axis] < rank ? exposed[axis] : image.getOrDefault(exposed[axis], own);
            if (at != own) {
                nodes.add(Delta.of(size));
                labels.add(new int[] {at, own});
            }
        }
    }

    // ---- multiplying by what is inverted

    /** Multiplication by a matrix on one of the outer indices. */
    private record Multiple(Expr matrix, int axis, boolean left) {
        /** {@code Σ_b M[a,b]·form[…b…]}, with the matrix transposed where its inverse stood on the right. */
        Expr of(Expr form, NormalForm forms) {
            return forms.product(List.of(matrix, form), labels(form), form.shape());
        }

        private List<int[]> labels(Expr form) {
            int rank = form.shape().rank();
            int[] labels = IntStream.range(0, rank).toArray();
            labels[axis] = rank;
            return List.of(left ? new int[] {axis, rank} : new int[] {rank, axis}, labels);
        }

        /** {@code F = M⁻¹(M F)}, and {@code M F = 0}. */
        void tell(Expr form, Expr product, Trace trace) {
            if (!trace.isOn()) {
                return;
            }
            Expr inverse = MatrixFunction.of(MatrixFunction.Operation.INVERSE, matrix);
            UnaryOperator<Expr> back = x -> Product.whole(List.of(inverse, x), labels(form), form.shape());
            Expr plain = Product.whole(List.of(matrix, form), labels(form), form.shape());
            Trace.Places normal = Trace.Places.of(StructureLaws.DISTRIBUTED, plain, product, back);
            Trace.Places none = Trace.Places.of(StructureLaws.EXPANDED, product, Linear.zero(form.shape()), back);
            Expr zero = Linear.zero(form.shape());
            trace.add(form, zero, new Trace.Step(InverseRule.INVERSE, form, normal.before()), normal, none,
                    Trace.collected(none.after(), zero));
        }
    }

    /** The matrices whose inverses stand at an outer index of some term. */
    private static Set<Multiple> multiples(Expr form) {
        Set<Multiple> multiples = new LinkedHashSet<>();
        int rank = form.shape().rank();
        for (Expr term : Terms.of(form).keySet()) {
            if (term == Constant.ONE) {
                continue;
            }
            for (Factor factor : Factor.of(term)) {
                if (!InverseRule.isInverse(factor.base()) || !factor.exponent().isOne()) {
                    continue;
                }
                int[] labels = factor.labels();
                for (int side = 0; side < 2; side++) {
                    boolean square = labels[side] < rank && labels[0] != labels[1]
                            && form.shape().get(labels[side]).equals(factor.base().shape().get(side));
                    if (square) {
                        multiples.add(new Multiple(factor.base().operand(0), labels[side], side == 0));
                    }
                }
            }
        }
        return multiples;
    }
}
