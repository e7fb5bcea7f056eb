package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;
import org.jspecify.annotations.Nullable;

/**
 * The indicator of a relation {@code Σ aₖ·iₖ + c = 0} between indices, or modulo the size of one of them; as a tensor it is a
 * window of the identity, {@code R[i, o…] = δ[i, m(o…)]}. A gather is {@code Σᵢ R[i, o…]·x[i]} and a fold
 * {@code Σₒ R[i, o…]·y[o…]}, so that each is the transpose of the other, and windows of windows are relations with an index
 * eliminated. Source: the affine index access of Laue, Mitterreiter, Giesen, AAAI 2020, extended by offsets and strides.
 *
 * @param terms   the coefficient of each index, none of them 0
 * @param offset  c
 * @param modulus the size modulo which the relation holds; nothing for a plain equation
 */
record IndexRelation(List<Term> terms, Size offset, Optional<Size> modulus) {
    /** One index with its coefficient and size. */
    record Term(int label, int coefficient, Size size) {
    }

    /** An indicator as a factor: the tensor and its indices. */
    record Placed(Expr node, int[] labels) {
    }

    /** Smaller than any coefficient that is an int after a few substitutions. */
    private static final long COEFFICIENT_LIMIT = 1 << 20;

    /** The relation of an access, for one axis of its source. */
    static IndexRelation of(Window.Access access, int axis, int own, int[] windowLabels) {
        List<Term> terms = new ArrayList<>(List.of(new Term(own, 1, access.source().get(axis))));
        for (int k = 0; k < windowLabels.length; k++) {
            int stride = access.strides().get(axis).get(k);
            if (stride != 0) {
                terms.add(new Term(windowLabels[k], -stride, access.window().get(k)));
            }
        }
        return new IndexRelation(terms, Size.ZERO.minus(access.offsets().get(axis)),
                access.circular() ? Optional.of(access.source().get(axis)) : Optional.empty());
    }

    /** Whether the tensor is the indicator of a relation. */
    static boolean isRelation(Expr base) {
        return base instanceof Window window && !window.isFold() && window.operand(0) instanceof Delta;
    }

    /** The relation that a factor of a product is the indicator of. */
    static Optional<IndexRelation> of(Factor factor) {
        if (!isRelation(factor.base()) || !factor.exponent().isOne()) {
            return Optional.empty();
        }
        Window.Access access = ((Window) factor.base()).access();
        int[] labels = factor.labels();
        // Axis 0 of the identity is read as it is; its axis 1 is given by the others.
        List<Term> terms = new ArrayList<>(List.of(new Term(labels[0], 1, access.source().get(1))));
        for (int k = 1; k < labels.length; k++) {
            int stride = access.strides().get(1).get(k);
            if (stride != 0) {
                terms.add(new Term(labels[k], -stride, access.window().get(k)));
            }
        }
        boolean plain = access.strides().get(0).get(0) == 1 && access.strides().get(1).get(0) == 0
                && access.offsets().get(0).equals(Size.ZERO) && terms.size() == labels.length
                && access.window().get(0).equals(access.source().get(0));
        for (int k = 1; k < labels.length; k++) {
            plain &= access.strides().get(0).get(k) == 0;
        }
        return plain ? Optional.of(new IndexRelation(terms, Size.ZERO.minus(access.offsets().get(1)),
                access.circular() ? Optional.of(access.source().get(1)) : Optional.empty())) : Optional.empty();
    }

    Optional<Term> term(int label) {
        return terms.stream().filter(term -> term.label == label).findFirst();
    }

    /** The relation with equal indices together and those that can only be 0 left out; null where a coefficient is too large. */
    private @Nullable IndexRelation collected() {
        Map<Integer, Long> sums = new LinkedHashMap<>();
        Map<Integer, Size> sizes = new LinkedHashMap<>();
        for (Term term : terms) {
            if (!term.size.isOne()) {
                sums.merge(term.label, (long) term.coefficient, Long::sum);
                sizes.put(term.label, term.size);
            }
        }
        List<Term> all = new ArrayList<>();
        for (Map.Entry<Integer, Long> sum : sums.entrySet()) {
            if (Math.abs(sum.getValue()) > COEFFICIENT_LIMIT) {
                return null;
            }
            if (sum.getValue() != 0) {
                all.add(new Term(sum.getKey(), sum.getValue().intValue(), sizes.getOrDefault(sum.getKey(), Size.ONE)));
            }
        }
        return new IndexRelation(all, reduced(offset), modulus);
    }

    /** The offset without multiples of the modulus that can be seen. */
    Size reduced(Size value) {
        Size n = modulus.orElse(null);
        if (n == null) {
            return value;
        }
        if (n.isInteger() && value.isInteger()) {
            return Size.of(Math.floorMod(value.value(), n.value()));
        }
        Long times = value.monomials().get(n);
        return times == null ? value : value.minus(n.times(times));
    }

    /** The relation with the index eliminated by another one, in which its coefficient is ±1. */
    IndexRelation eliminating(int label, IndexRelation other) {
        int a = term(label).orElseThrow().coefficient;
        int b = other.term(label).orElseThrow().coefficient;
        // i = −b(Σ other + c), as b² = 1
        List<Term> all = new ArrayList<>();
        terms.stream().filter(t -> t.label != label).forEach(all::add);
        other.terms.stream().filter(t -> t.label != label)
                .forEach(t -> all.add(new Term(t.label, Math.multiplyExact(-a * b, t.coefficient), t.size)));
        return new IndexRelation(all, offset.plus(other.offset.times(-(long) a * b)), modulus);
    }

    /** The identity {@code [i = j]} that follows from this relation and the other one, where one does. */
    Optional<Placed> equality(IndexRelation other) {
        if (!modulus.equals(other.modulus)) {
            return Optional.empty();
        }
        for (int sign = -1; sign <= 1; sign += 2) {
            List<Term> all = new ArrayList<>(terms);
            for (Term term : other.terms) {
                all.add(new Term(term.label, sign * term.coefficient, term.size));
            }
            IndexRelation both = new IndexRelation(all, offset.plus(other.offset.times(sign)), modulus).collected();
            if (both != null && both.isIdentity()) {
                return Optional.of(new Placed(Delta.of(both.terms.get(0).size),
                        new int[] {both.terms.get(0).label, both.terms.get(1).label}));
            }
        }
        return Optional.empty();
    }

    /** Whether it leads from each value of one index to one of the other: a roll or a reversal. */
    boolean isBijection() {
        return terms.size() == 2 && terms.get(0).size.equals(terms.get(1).size)
                && isAlwaysSolvable(terms.get(0).label) && isAlwaysSolvable(terms.get(1).label);
    }

    /** Whether it is {@code i + j = n − 1}. */
    boolean isReversal() {
        return isBijection() && modulus.isEmpty() && terms.get(0).coefficient == terms.get(1).coefficient;
    }

    /** Whether the relation, solved for an index with coefficient ±1, always gives a value that the index can take. */
    boolean isAlwaysSolvable(int label) {
        Term solved = term(label).orElse(null);
        if (solved == null || Math.abs(solved.coefficient) != 1) {
            return false;
        }
        if (modulus.isPresent()) {
            return modulus.get().equals(solved.size);
        }
        Size least = offset.times(-solved.coefficient);
        Size greatest = least;
        for (Term term : terms) {
            if (term.label != label) {
                long stride = -(long) solved.coefficient * term.coefficient;
                Size last = term.size.minus(1).times(stride);
                least = stride < 0 ? least.plus(last) : least;
                greatest = stride > 0 ? greatest.plus(last) : greatest;
            }
        }
        return least.isNonNegative() && solved.size.minus(1).minus(greatest).isNonNegative();
    }

    /** Whether the indices never fulfil the relation, whatever the sizes. */
    private boolean isNever() {
        if (modulus.isPresent()) {
            return terms.isEmpty() && offset.isInteger() && offset.value() != 0 && modulus.get().isInteger();
        }
        Size least = offset;
        Size greatest = offset;
        for (Term term : terms) {
            Size last = term.size.minus(1).times(term.coefficient);
            least = term.coefficient < 0 ? least.plus(last) : least;
            greatest = term.coefficient > 0 ? greatest.plus(last) : greatest;
        }
        return least.isPositive() || greatest.times(-1).isPositive();
    }

    /**
     * The indicator in its one form: no factor where the relation always holds, the number 0 where it never does, a Kronecker
     * delta for i = j; null where the relation is no window of an identity.
     */
    @Nullable
    List<Placed> factors() {
        IndexRelation own = collected();
        if (own == null) {
            return null;
        }
        if (own.terms.isEmpty() && own.offset.equals(Size.ZERO)) {
            return List.of();
        }
        if (own.isNever()) {
            return List.of(new Placed(Linear.zero(Shape.SCALAR), new int[0]));
        }
        if (own.isIdentity()) {
            return List.of(new Placed(Delta.of(own.terms.get(0).size),
                    new int[] {own.terms.get(0).label, own.terms.get(1).label}));
        }
        IndexRelation turned = new IndexRelation(
                own.terms.stream().map(t -> new Term(t.label, -t.coefficient, t.size)).toList(),
                own.reduced(own.offset.times(-1)), own.modulus);
        IndexRelation first = own.sorted().key().compareTo(turned.sorted().key()) <= 0 ? own.sorted() : turned.sorted();
        Placed placed = first.placed();
        return placed == null ? null : List.of(placed);
    }

    private boolean isIdentity() {
        return terms.size() == 2 && offset.equals(Size.ZERO) && terms.get(0).size.equals(terms.get(1).size)
                && terms.get(0).coefficient == -terms.get(1).coefficient && Math.abs(terms.get(0).coefficient) == 1
                && (modulus.isEmpty() || modulus.get().equals(terms.get(0).size));
    }

    private IndexRelation sorted() {
        return new IndexRelation(terms.stream().sorted(Comparator.comparing((Term t) -> t.size.toString())
                .thenComparingInt(Term::coefficient).thenComparingInt(Term::label)).toList(), offset, modulus);
    }

    private String key() {
        StringBuilder key = new StringBuilder();
        terms.forEach(t -> key.append(t.size).append(':').append(t.coefficient).append(' '));
        return key.append(offset).toString();
    }

    /** {@code R[i, o…] = δ[i, m(o…)]} for the first index i that the relation can be solved for. */
    private @Nullable Placed placed() {
        for (Term source : terms) {
            if (Math.abs(source.coefficient) != 1 || modulus.filter(n -> !n.equals(source.size)).isPresent()) {
                continue;
            }
            List<Term> others = terms.stream().filter(t -> t != source).toList();
            List<Integer> identity = new ArrayList<>(List.of(1));
            List<Integer> strides = new ArrayList<>(List.of(0));
            List<Size> window = new ArrayList<>(List.of(source.size));
            int[] labels = new int[others.size() + 1];
            labels[0] = source.label;
            for (Term term : others) {
                labels[window.size()] = term.label;
                identity.add(0);
                strides.add(-source.coefficient * term.coefficient);
                window.add(term.size);
            }
            Size start = offset.times(-source.coefficient);
            return new Placed(Window.gather(Delta.of(source.size), new Window.Access(
                    Shape.of(source.size, source.size), Shape.of(window), List.of(identity, strides),
                    List.of(Size.ZERO, start), modulus.isPresent())), labels);
        }
        return null;
    }
}
