package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/**
 * Finds the matrix notation of a contraction. Forms are tried from the most to the least familiar; one is taken when
 * reading it gives back the node. What has none is written entry by entry.
 */
final class ContractionFold {
    private final Fold fold;

    ContractionFold(Fold fold) {
        this.fold = fold;
    }

    Shown fold(Contraction node) {
        if (node.operandCount() == 0) {
            return Surface.ones(node.shape());
        }
        return PoolFold.sum(node)
                .or(() -> Fold.verified(node, () -> asWritten(node, true)))
                .or(() -> Fold.verified(node, () -> asWritten(node, false)))
                .or(() -> nested(node))
                .or(() -> Fold.verified(node, () -> repeated(node)))
                .or(() -> Fold.verified(node, () -> view(node)))
                .or(() -> Fold.verified(node, () -> scaled(node, true)))
                .or(() -> Fold.verified(node, () -> scaled(node, false)))
                .or(() -> new ConvolutionFold(fold).of(node))
                .or(() -> isLong(node) ? new ChainFold(fold).fold(node) : Optional.empty())
                .or(() -> Fold.verified(node, () -> matrices(node, true)))
                .or(() -> Fold.verified(node, () -> matrices(node, false)))
                .or(() -> new ChainFold(fold).fold(node))
                .orElseGet(() -> entries(node));
    }

    /** Whether sums and scalars, or several products, meet in one node. */
    private static boolean isLong(Contraction node) {
        boolean scalars = node.operands().stream().anyMatch(factor -> factor.shape().isScalar());
        return node.summedCount() > 0 && (scalars || node.operandCount() > 2);
    }

    // ---- whole shapes

    /** The factors multiplied with broadcasting, or as a matrix product, without touching any axis. */
    private Shown asWritten(Contraction node, boolean means) {
        List<Expr> factors = node.operands();
        boolean product = node.indexSizes().subList(node.shape().rank(), node.indexCount()).stream()
                .allMatch(Size::isOne);
        if (product && factors.size() > 1 && factors.stream().anyMatch(f -> f.shape().equals(node.shape()))
                && Tensors.product(factors) == node) {
            return scalarsApart(node, (scalars, rest) -> {
                List<Part> parts = rest.stream().map(f -> new Part(Surface.leaf(f), alignedAxes(f, node))).toList();
                return new PlainProduct(fold, scalars, means).of(parts, Tensors.allAxes(node));
            });
        }
        Shown best = Surface.leaf(Constant.ZERO);
        if (factors.size() == 2 && hasUnits(node)) {
            for (Shown a : List.of(Surface.leaf(factors.get(0)), transposed(factors.get(0)))) {
                for (Shown b : List.of(Surface.leaf(factors.get(1)), transposed(factors.get(1)))) {
                    for (Supplier<Shown> form : List.<Supplier<Shown>>of(() -> Surface.matmul(a, b),
                            () -> Surface.matmul(b, a), () -> Surface.outer(a, b), () -> Surface.outer(b, a))) {
                        best = Fold.verified(node, form).orElse(best);
                    }
                }
            }
        }
        return best;
    }

    /**
     * One factor that is itself a sum of products: a transpose or sum of it would merge with it, so the ones or the
     * identity matrix that kept the two apart are written.
     */
    private static Optional<Shown> nested(Contraction node) {
        if (node.operandCount() != 1 || !(node.operand(0) instanceof Contraction)) {
            return Optional.empty();
        }
        Shown factor = Surface.leaf(node.operand(0));
        Shape shape = node.operand(0).shape();
        List<Supplier<Shown>> forms = new ArrayList<>();
        forms.add(() -> Surface.product(Fraction.ONE, List.of(Surface.ones(node.shape()), factor), List.of()));
        if (shape.rank() > 0) {
            Shown first = Surface.ones(shape.slice(0, 1));
            Shown last = Surface.ones(shape.slice(shape.rank() - 1, shape.rank()));
            forms.add(() -> Surface.matmul(factor, last));
            forms.add(() -> Surface.matmul(first, factor));
        }
        if (shape.rank() == 2) {
            Shown eye = Surface.leaf(Delta.of(shape.get(0)));
            Supplier<Shown> diagonal = () -> Surface.product(Fraction.ONE, List.of(eye, factor), List.of());
            forms.add(() -> Surface.total(diagonal.get(), 1));
            forms.add(() -> Surface.total(diagonal.get(), 0, 1));
        }
        return forms.stream().flatMap(form -> Fold.verified(node, form).stream()).findFirst();
    }

    private static boolean hasUnits(Contraction node) {
        return node.indexSizes().stream().anyMatch(Size::isOne);
    }

    private static Shown transposed(Expr factor) {
        int rank = factor.shape().rank();
        return Surface.permute(Surface.leaf(factor), IntStream.range(0, rank).map(k -> rank - 1 - k).toArray());
    }

    private static int[] alignedAxes(Expr factor, Contraction node) {
        int shift = node.shape().rank() - factor.shape().rank();
        return IntStream.range(shift, node.shape().rank()).toArray();
    }

    /** A tensor that only repeats a smaller one. */
    private Shown repeated(Contraction node) {
        Expr narrow = Narrow.of(node);
        if (narrow.shape().rank() == node.shape().rank()
                && narrow.shape().sizes().stream().filter(Size::isOne).count() == node.shape().sizes().stream()
                        .filter(Size::isOne).count()) {
            return Surface.leaf(Constant.ZERO);
        }
        if (narrow == node || withoutUnits(node.shape()).equals(withoutUnits(narrow.shape()))) {
            return Surface.leaf(Constant.ZERO);
        }
        return Surface.broadcastTo(Surface.leaf(narrow), node.shape());
    }

    private static List<Size> withoutUnits(Shape shape) {
        return shape.sizes().stream().filter(size -> !size.isOne()).toList();
    }

    /** One factor: sums, a diagonal or trace, axes in another order, new axes. */
    private Shown view(Contraction node) {
        if (node.operandCount() != 1) {
            return Surface.leaf(Constant.ZERO);
        }
        Part part = new Part(Surface.leaf(node.operand(0)), node.indices(0));
        int rank = node.shape().rank();
        if (part.repeats()) {
            Shown diagonal = part.has(0) ? Surface.diagonal(part.form()) : Surface.trace(part.form());
            return diagonal;
        }
        int[] summed = IntStream.range(0, part.indices().length).filter(k -> part.indices()[k] >= rank).toArray();
        int[] left = Arrays.stream(part.indices()).filter(k -> k < rank).toArray();
        Shown sum = Surface.total(part.form(), summed);
        int[] axes = IntStream.range(0, rank).toArray();
        return PlainProduct.align(new Part(sum, left), axes);
    }

    // ---- scalars

    private interface Scaled {
        Shown form(Fraction sizes, List<Expr> rest);
    }

    /** The form of the other factors when sizes are collected in front. */
    private static Shown scalarsApart(Contraction node, Scaled scaled) {
        List<Size> above = new ArrayList<>();
        List<Size> below = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr factor : node.operands()) {
            Optional<Expr> divisor = PlainProduct.divisor(Surface.leaf(factor));
            if (factor instanceof Dimension size) {
                above.add(size.size());
            } else if (divisor.isPresent() && divisor.get() instanceof Dimension size) {
                below.add(size.size());
            } else {
                rest.add(factor);
            }
        }
        return scaled.form(new Fraction(Fraction.ONE.number(), above, below), rest);
    }

    /**
     * Sizes and scalars in front of what is left, when what is left is no sum that they would have to enter.
     *
     * @param means whether a sum over the number of its terms is written as a mean
     */
    private Shown scaled(Contraction node, boolean means) {
        List<Expr> rest = new ArrayList<>();
        List<int[]> indices = new ArrayList<>();
        List<Expr> scalars = new ArrayList<>();
        for (int f = 0; f < node.operandCount(); f++) {
            if (node.operand(f).shape().isScalar()) {
                scalars.add(node.operand(f));
            } else {
                rest.add(node.operand(f));
                indices.add(node.indices(f));
            }
        }
        if (scalars.isEmpty()) {
            return Surface.leaf(Constant.ZERO);
        }
        List<Shown> factors = new ArrayList<>();
        List<Shown> divisors = new ArrayList<>();
        Expr[] core = {Constant.ONE};
        Shown product = scalarsApart(node, (fraction, others) -> {
            others.stream().filter(e -> e.shape().isScalar()).sorted(fold.order()).forEach(e -> PlainProduct
                    .divisor(Surface.leaf(e))
                    .ifPresentOrElse(d -> divisors.add(Surface.leaf(d)), () -> factors.add(Surface.leaf(e))));
            if (!rest.isEmpty()) {
                core[0] = Contraction.of(rest, indices, Tensors.allAxes(node), node.shape());
                splitProduct(fold.of(core[0]), core[0], factors, divisors);
            }
            List<Size> below = new ArrayList<>(fraction.below());
            if (means) {
                factors.replaceAll(factor -> Surface.mean(fold.resolve(factor), below).orElse(factor));
            }
            return Surface.product(new Fraction(fraction.number(), fraction.above(), below), factors, divisors);
        });
        return product;
    }

    /** A Hadamard product joins the scalars in front; anything else is one factor. */
    private static void splitProduct(Shown form, Expr node, List<Shown> factors, List<Shown> divisors) {
        if (form instanceof Shown.Product product && product.coefficient().isOne()) {
            factors.addAll(product.factors());
            divisors.addAll(product.divisors());
        } else {
            factors.add(Surface.leaf(node));
        }
    }

    // ---- axes of size 1 taken away and put back

    /** The factors without axes of size 1. */
    private static List<Part> squeezedParts(Contraction node) {
        List<Part> parts = new ArrayList<>();
        for (int f = 0; f < node.operandCount(); f++) {
            Expr factor = node.operand(f);
            int[] index = node.indices(f);
            Expr squeezed = Reshape.of(factor, Shape.of(withoutUnits(factor.shape())));
            Shown form = squeezed == factor ? Surface.leaf(factor)
                    : Surface.reshape(Surface.leaf(factor), squeezed.shape());
            parts.add(new Part(form, IntStream.range(0, index.length).filter(k -> !factor.shape().get(k).isOne())
                    .map(k -> index[k]).toArray()));
        }
        return parts;
    }

    /** The output indices whose axes are longer than 1. */
    private static int[] squeezedOutput(Contraction node) {
        return IntStream.range(0, node.shape().rank()).filter(k -> !node.shape().get(k).isOne()).toArray();
    }

    /** A form without axes of size 1 with those of the node put back. */
    private static Shown unsqueezed(Shown form, Contraction node) {
        boolean[] kept = new boolean[node.shape().rank()];
        IntStream.of(squeezedOutput(node)).forEach(k -> kept[k] = true);
        return Surface.withNewAxes(form, kept);
    }

    private Shown matrices(Contraction node, boolean means) {
        return unsqueezed(new Matrices(fold, means).of(squeezedParts(node), squeezedOutput(node)), node);
    }

    // ---- entry by entry

    /** A unit axis of a factor has an index as every other axis; one of the result is a new axis. */
    private Shown entries(Contraction node) {
        int[] output = squeezedOutput(node);
        List<Part> parts = new ArrayList<>(IntStream.range(0, node.operandCount())
                .mapToObj(f -> new Part(Surface.leaf(node.operand(f)), node.indices(f)))
                .sorted(Comparator.comparing((Part part) -> part.form().meaning(), fold.order())
                        .thenComparing(Part::indices, Arrays::compare))
                .toList());
        List<Integer> names = new ArrayList<>(IntStream.of(output).boxed().toList());
        parts.forEach(part -> IntStream.of(part.indices()).filter(k -> !names.contains(k)).forEach(names::add));
        List<List<Integer>> indices = parts.stream()
                .map(part -> IntStream.of(part.indices()).map(names::indexOf).boxed().toList()).toList();
        List<Size> sizes = names.stream().map(node.indexSizes()::get).toList();
        Expr squeezed = Reshape.of(node, Shape.of(sizes.subList(0, output.length)));
        Shown form = new Shown.Entries(parts.stream().map(Part::form).toList(), indices, output.length, sizes,
                squeezed);
        return unsqueezed(form, node);
    }
}
