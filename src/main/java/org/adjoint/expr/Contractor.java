package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the canonical form of a contraction.
 *
 * <p>In order: coefficients are pulled out; factors that are views (transposes, broadcasts, diagonals) or plain products
 * are absorbed; Kronecker deltas with a summed index are substituted away; axes of size 1 get an index of their own; sizes
 * multiply up and cancel; factors are ordered by digest; summed indices are numbered by first occurrence, ties between
 * equal factors broken by the smallest numbering.
 */
final class Contractor {
    /** A product inside a product is absorbed when no more than this many factors result. */
    static final int ABSORB_LIMIT = 6;

    /** A factor and the label of each of its axes. */
    record Factor(Expr node, int[] labels) {
    }

    private final int[] output;
    private final Shape shape;
    private List<Factor> factors = new ArrayList<>();
    private Rational coefficient = Rational.ONE;
    private boolean absorbSums;
    private int fresh;
    /** Sizes of summed indices that ended up in no factor. */
    private Size looseSizes = Size.ONE;
    private final List<Integer> loose = new ArrayList<>();
    private @Nullable Size[] sizes = new Size[8];

    Contractor(int[] output, Shape shape) {
        this.output = output.clone();
        this.shape = shape;
        if (output.length != shape.rank()) {
            throw new ShapeError("a contraction needs one output index for each axis of " + shape);
        }
        for (int k = 0; k < output.length; k++) {
            fresh = Math.max(fresh, output[k] + 1);
            if (size(output[k]) != null) {
                throw new ShapeError("an output index of a contraction occurs once; index " + output[k] + " repeats");
            }
            bind(output[k], shape.get(k));
        }
    }

    Contractor add(List<? extends Expr> nodes, List<int[]> labels) {
        for (int k = 0; k < nodes.size(); k++) {
            int[] index = labels.get(k).clone();
            Expr node = nodes.get(k);
            if (index.length != node.shape().rank()) {
                throw new ShapeError("a factor needs one index for each axis, got " + index.length, node);
            }
            for (int axis = 0; axis < index.length; axis++) {
                fresh = Math.max(fresh, index[axis] + 1);
                Size known = size(index[axis]);
                if (known != null && !known.equals(node.shape().get(axis))) {
                    throw new ShapeError("an index has one size, got " + known + " and " + node.shape().get(axis),
                            nodes);
                }
                bind(index[axis], node.shape().get(axis));
            }
            factors.add(new Factor(node, index));
        }
        return this;
    }

    /** From now on factors that are contractions are always absorbed. */
    Contractor absorbSums() {
        absorbSums = true;
        return this;
    }

    private @Nullable Size size(int label) {
        return label < sizes.length ? sizes[label] : null;
    }

    private Size knownSize(int label) {
        Size size = size(label);
        if (size == null) {
            throw new IllegalStateException("index without a size");
        }
        return size;
    }

    private void bind(int label, Size size) {
        if (label >= sizes.length) {
            sizes = Arrays.copyOf(sizes, Math.max(label + 1, 2 * sizes.length));
        }
        sizes[label] = size;
    }

    private int freshLabel(Size size) {
        bind(fresh, size);
        return fresh++;
    }

    private boolean isOutput(int label) {
        for (int out : output) {
            if (out == label) {
                return true;
            }
        }
        return false;
    }

    Expr build() {
        return build(List.copyOf(factors));
    }

    private Expr build(List<Factor> given) {
        // When deltas and sizes are gone, what is left may be absorbed where it could not be before.
        do {
            absorb();
            resolveDeltas();
            separateUnitAxes();
            mergeDimensions();
            if (coefficient.isZero()) {
                return zero(given);
            }
        } while (!isIdentity() && isAnyAbsorbable());
        return Linear.scale(coefficient, finish());
    }

    /** Zero; but zero times what has no value has none. */
    private Expr zero(List<Factor> given) {
        for (Factor factor : given) {
            if (!Linear.isZero(factor.node) && Existence.isNowhere(factor.node)) {
                return new Contractor(output, shape).add(List.of(factor.node), List.of(factor.labels)).build();
            }
        }
        return Linear.zero(shape);
    }

    // ---- absorbing views, products and coefficients

    private void absorb() {
        pullCoefficients();
        Predicate<Factor> absorbable = absorbable();
        List<Factor> before = factors;
        factors = new ArrayList<>(before.size());
        for (Factor factor : before) {
            if (absorbable.test(factor)) {
                splice((Contraction) factor.node, factor.labels);
            } else {
                factors.add(factor);
            }
        }
        pullCoefficients();
    }

    private boolean isAnyAbsorbable() {
        Predicate<Factor> absorbable = absorbable();
        for (Factor factor : factors) {
            if (absorbable.test(factor)) {
                return true;
            }
        }
        return false;
    }

    /** Which of the factors are absorbed, as they are now. */
    private Predicate<Factor> absorbable() {
        int total = 0;
        for (Factor factor : factors) {
            total += isPlainProduct(factor.node) ? factor.node.operandCount() : 1;
        }
        boolean absorbProducts = total <= ABSORB_LIMIT;
        boolean all = absorbSums || factors.size() == 1;
        return factor -> factor.node instanceof Contraction inner
                && (all || isView(inner) || (absorbProducts && inner.isProduct()));
    }

    private static boolean isView(Contraction inner) {
        return inner.operandCount() <= 1 && inner.isProduct();
    }

    private static boolean isPlainProduct(Expr node) {
        return node instanceof Contraction inner && inner.isProduct() && !isView(inner);
    }

    private void pullCoefficients() {
        List<Factor> kept = new ArrayList<>(factors.size());
        for (Factor factor : factors) {
            Factor rest = factor;
            if (rest.node instanceof Linear linear && (linear.termCount() == 0
                    || (linear.termCount() == 1 && Linear.combine(coefficient, linear.coefficient(0))))) {
                coefficient = coefficient.times(linear.termCount() == 0 ? Rational.ZERO : linear.coefficient(0));
                if (linear.termCount() == 0) {
                    return;
                }
                rest = new Factor(linear.term(0), rest.labels);
            }
            if (rest.node instanceof Constant constant && constant.shape().isScalar() && !constant.isData()
                    && Linear.combine(coefficient, constant.value())) {
                coefficient = coefficient.times(constant.value());
            } else {
                kept.add(rest);
            }
        }
        factors = kept;
    }

    /** Replaces a factor that is itself a contraction by its factors, its indices renamed. */
    private void splice(Contraction inner, int[] labels) {
        int[] image = new int[inner.indexCount()];
        for (int k = 0; k < image.length; k++) {
            image[k] = k < labels.length ? labels[k] : freshLabel(inner.indexSize(k));
        }
        for (int f = 0; f < inner.operandCount(); f++) {
            int[] index = inner.indices(f);
            for (int axis = 0; axis < index.length; axis++) {
                index[axis] = image[index[axis]];
            }
            factors.add(new Factor(inner.operand(f), index));
        }
        for (int label : labels) {
            loose.add(label);
        }
    }

    // ---- deltas

    private void resolveDeltas() {
        for (int k = 0; k < factors.size();) {
            Factor factor = factors.get(k);
            if (!(factor.node instanceof Delta)) {
                k++;
                continue;
            }
            int i = factor.labels[0];
            int j = factor.labels[1];
            if (i == j) {
                factors.remove(k);
                loose.add(i);
            } else if (!isOutput(i) || !isOutput(j)) {
                factors.remove(k);
                int gone = isOutput(i) ? j : i;
                rename(gone, gone == i ? j : i);
                loose.add(gone == i ? j : i);
                k = 0;
            } else {
                orderDelta(factor);
                k++;
            }
        }
        addLooseSizes();
    }

    /**
     * A delta over two output indices stays. It is symmetric, so its indices are written in the order of the output; and as
     * the two are equal wherever it is not zero, the other factors use the first.
     */
    private void orderDelta(Factor delta) {
        for (int label : output) {
            if (label == delta.labels[0] || label == delta.labels[1]) {
                delta.labels[1] = label == delta.labels[0] ? delta.labels[1] : delta.labels[0];
                delta.labels[0] = label;
                break;
            }
        }
        for (Factor factor : factors) {
            for (int axis = 0; factor != delta && axis < factor.labels.length; axis++) {
                if (factor.labels[axis] == delta.labels[1]) {
                    factor.labels[axis] = delta.labels[0];
                }
            }
        }
    }

    private void rename(int from, int to) {
        for (Factor factor : factors) {
            for (int axis = 0; axis < factor.labels.length; axis++) {
                if (factor.labels[axis] == from) {
                    factor.labels[axis] = to;
                }
            }
        }
        loose.removeIf(label -> label == from);
    }

    /** A summed index that no factor has any more contributes its size. */
    private void addLooseSizes() {
        for (int k = 0; k < loose.size(); k++) {
            int label = loose.get(k);
            if (loose.indexOf(label) == k && !isOutput(label) && !occurs(label)) {
                looseSizes = looseSizes.times(knownSize(label));
            }
        }
    }

    private boolean occurs(int label) {
        for (Factor factor : factors) {
            if (contains(factor.labels, label)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(int[] labels, int label) {
        for (int each : labels) {
            if (each == label) {
                return true;
            }
        }
        return false;
    }

    // ---- axes of size 1

    private void separateUnitAxes() {
        for (int k = factors.size() - 1; k >= 0; k--) {
            Factor factor = factors.get(k);
            if (factor.node instanceof Delta && knownSize(factor.labels[0]).isOne()) {
                factors.remove(k);
                continue;
            }
            for (int axis = 0; axis < factor.labels.length; axis++) {
                if (factor.node.shape().get(axis).isOne()) {
                    factor.labels[axis] = freshLabel(Size.ONE);
                }
            }
        }
    }

    // ---- sizes as factors

    private void mergeDimensions() {
        if (looseSizes.isOne() && !isAnySize()) {
            return;
        }
        Size numerator = looseSizes;
        looseSizes = Size.ONE;
        loose.clear();
        List<Size> denominators = new ArrayList<>();
        List<Factor> kept = new ArrayList<>();
        for (Factor factor : factors) {
            int exponent = SizeQuotient.exponent(factor.node);
            for (int k = 0; k < exponent; k++) {
                numerator = numerator.times(SizeQuotient.base(factor.node));
            }
            for (int k = 0; k > exponent; k--) {
                denominators.add(SizeQuotient.base(factor.node));
            }
            if (exponent == 0) {
                kept.add(factor);
            }
        }
        SizeQuotient quotient = SizeQuotient.of(numerator, denominators);
        if (quotient.numerator().equals(Size.ZERO)) {
            coefficient = Rational.ZERO;
            return;
        }
        factors = kept;
        addScalar(Dimension.of(quotient.numerator()));
        if (!quotient.denominator().isOne()) {
            addScalar(Functions.POWER.apply(Dimension.of(quotient.denominator()), Constant.of(-1)));
        }
        pullCoefficients();
    }

    private boolean isAnySize() {
        for (Factor factor : factors) {
            if (factor.labels.length == 0 && SizeQuotient.exponent(factor.node) != 0) {
                return true;
            }
        }
        return false;
    }

    private void addScalar(Expr scalar) {
        if (scalar != Constant.ONE) {
            factors.add(new Factor(scalar, new int[0]));
        }
    }

    // ---- the node

    private Expr finish() {
        if (factors.isEmpty()) {
            return Contraction.ones(shape);
        }
        if (isIdentity()) {
            return factors.get(0).node;
        }
        return new FactorOrder(factors, output, shape, fresh).contraction();
    }

    private boolean isIdentity() {
        if (factors.size() != 1 || !factors.get(0).node.shape().equals(shape)) {
            return false;
        }
        Factor only = factors.get(0);
        for (int axis = 0; axis < output.length; axis++) {
            if (!shape.get(axis).isOne() && only.labels[axis] != output[axis]) {
                return false;
            }
        }
        return true;
    }
}
