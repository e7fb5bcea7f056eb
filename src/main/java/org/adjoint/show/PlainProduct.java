package org.adjoint.show;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/** A product without a sum, entry by entry: Hadamard and outer products, diagonal matrices, broadcasting. */
final class PlainProduct {
    private final Fold fold;
    private final Fraction coefficient;
    private final boolean means;

    PlainProduct(Fold fold, Fraction coefficient) {
        this(fold, coefficient, false);
    }

    /** @param means whether a sum over the number of its terms is written as a mean */
    PlainProduct(Fold fold, Fraction coefficient, boolean means) {
        this.fold = fold;
        this.coefficient = coefficient;
        this.means = means;
    }

    /**
     * The product of the parts as a tensor with these axes, each of which occurs in some part.
     *
     * @throws ShapeError when it has no such form
     */
    Shown of(List<Part> parts, int... axes) {
        if (axes.length == 2) {
            Optional<Shown> special = ofMatrix(parts, axes);
            if (special.isPresent()) {
                return special.get();
            }
        }
        List<Shown> factors = new ArrayList<>();
        List<Shown> divisors = new ArrayList<>();
        for (Part part : sorted(axes.length == 2 ? paired(parts, axes) : parts, axes)) {
            Shown aligned = align(part, axes);
            // 1 / B.T is another node than (1 / B).T
            divisor(aligned).ifPresentOrElse(d -> divisors.add(Surface.leaf(d)), () -> factors.add(aligned));
        }
        if (!means) {
            return Surface.product(coefficient, factors, divisors);
        }
        List<Size> below = new ArrayList<>(coefficient.below());
        divisors.removeIf(divisor -> divisor.meaning() instanceof Dimension size && below.add(size.size()));
        factors.replaceAll(factor -> Surface.mean(fold.resolve(factor), below).orElse(factor));
        return Surface.product(new Fraction(coefficient.number(), coefficient.above(), below), factors, divisors);
    }

    /** {@code outer(a, b)} of parts over either index, {@code diag(v)}. */
    private Optional<Shown> ofMatrix(List<Part> parts, int[] axes) {
        List<Part> tensors = parts.stream().filter(part -> part.indices().length > 0).toList();
        List<Part> rows = tensors.stream().filter(part -> part.is(axes[0])).toList();
        List<Part> columns = tensors.stream().filter(part -> part.is(axes[1])).toList();
        List<Part> scalars = parts.stream().filter(part -> part.indices().length == 0).toList();
        Shown bare;
        PlainProduct pure = new PlainProduct(fold, Fraction.ONE);
        List<Part> deltas = tensors.stream().filter(PlainProduct::isDelta).toList();
        if (!rows.isEmpty() && !columns.isEmpty() && rows.size() + columns.size() == tensors.size()) {
            bare = Surface.outer(pure.of(rows, axes[0]), pure.of(columns, axes[1]));
        } else
            if (deltas.size() == 1 && rows.size() + columns.size() + 1 == tensors.size() && tensors.size() > 1
                    && (rows.isEmpty() || columns.isEmpty())) {
                        bare = Surface.diag(rows.isEmpty() ? pure.of(columns, axes[1]) : pure.of(rows, axes[0]));
                    } else {
                        return Optional.empty();
                    }
        List<Part> outside = new ArrayList<>(scalars);
        outside.add(new Part(bare, axes));
        return Optional.of(scalars.isEmpty() && coefficient.isOne() ? bare : beside(outside));
    }

    /** The vectors along both axes of a matrix joined to one outer product. */
    private List<Part> paired(List<Part> parts, int[] axes) {
        List<Part> rows = parts.stream().filter(part -> part.is(axes[0])).toList();
        List<Part> columns = parts.stream().filter(part -> part.is(axes[1])).toList();
        if (rows.isEmpty() || columns.isEmpty()) {
            return parts;
        }
        PlainProduct pure = new PlainProduct(fold, Fraction.ONE);
        List<Part> paired = new ArrayList<>(parts);
        paired.removeAll(rows);
        paired.removeAll(columns);
        paired.add(new Part(Surface.outer(pure.of(rows, axes[0]), pure.of(columns, axes[1])), axes));
        return paired;
    }

    private Shown beside(List<Part> parts) {
        List<Shown> factors = new ArrayList<>();
        List<Shown> divisors = new ArrayList<>();
        for (Part part : parts) {
            divisor(part.form()).ifPresentOrElse(d -> divisors.add(Surface.leaf(d)), () -> factors.add(part.form()));
        }
        return Surface.product(coefficient, factors, divisors);
    }

    private static boolean isDelta(Part part) {
        return part.form().meaning() instanceof Delta;
    }

    /** Scalars first, then those with fewer axes missing on the left (as broadcasting reads), simple before complex. */
    private List<Part> sorted(List<Part> parts, int[] axes) {
        return parts.stream().sorted(Comparator
                .comparingInt((Part part) -> part.indices().length == 0 ? 0 : 1)
                .thenComparingInt(part -> isColumn(part, axes) ? 0 : part.indices().length == axes.length ? 1 : 2)
                .thenComparing(part -> part.form().meaning(), fold.order())).toList();
    }

    private static boolean isColumn(Part part, int[] axes) {
        return part.indices().length > 0 && part.indices().length < axes.length && !part.has(axes[axes.length - 1]);
    }

    /** The base d of a factor d⁻ᵏ, raised to k. */
    static Optional<Expr> divisor(Shown form) {
        if (form instanceof Shown.Leaf leaf && leaf.meaning() instanceof Elementwise power
                && power.function() == Functions.POWER) {
            Rational exponent = Constant.uniform(power.operand(1)).orElse(Rational.ZERO);
            if (exponent.isInteger() && exponent.signum() < 0) {
                return Optional.of(exponent.abs().isOne() ? power.operand(0)
                        : Functions.POWER.apply(power.operand(0), Constant.of(exponent.abs())));
            }
        }
        return Optional.empty();
    }

    /** The part with its axes in the order of the product, and axes of size 1 where it has none. */
    static Shown align(Part part, int... axes) {
        if (part.repeats()) {
            if (part.indices().length == 2) {
                return align(new Part(Surface.diagonal(part.form()), new int[] {part.indices()[0]}), axes);
            }
            throw new ShapeError("a diagonal of a tensor of higher rank has no name");
        }
        int[] order = IntStream.of(axes).filter(part::has)
                .map(index -> IntStream.range(0, part.indices().length)
                        .filter(k -> part.indices()[k] == index).findFirst().orElseThrow())
                .toArray();
        if (order.length < part.indices().length) {
            throw new ShapeError("an index is missing");
        }
        Shown permuted = Surface.permute(part.form(), order);
        int first = IntStream.range(0, axes.length).filter(k -> part.has(axes[k])).findFirst().orElse(axes.length);
        boolean[] kept = new boolean[axes.length - first];
        for (int k = first; k < axes.length; k++) {
            kept[k - first] = part.has(axes[k]);
        }
        return Surface.withNewAxes(permuted, kept);
    }
}
