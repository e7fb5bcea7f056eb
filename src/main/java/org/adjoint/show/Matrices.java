package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/**
 * Splits a flat contraction into plain products and one step that sums: a dot product, a matrix product, a trace, a sum
 * over axes. A plain product inside a product is absorbed when it is built, so the parts come out flat again.
 */
final class Matrices {
    private final Fold fold;
    private final boolean means;

    /** @param means whether a sum over the number of its terms is written as a mean */
    Matrices(Fold fold, boolean means) {
        this.fold = fold;
        this.means = means;
    }

    /**
     * The form of the contraction of the parts onto the output indices.
     *
     * @throws ShapeError when there is none
     */
    Shown of(List<Part> parts, int... output) {
        try {
            return familiar(parts, output);
        } catch (ShapeError e) {
            return broadcast(parts, output);
        }
    }

    /** One factor has all indices: the sum over axes of a product that broadcasts to it. */
    private Shown broadcast(List<Part> parts, int... output) {
        TreeSet<Integer> all = new TreeSet<>();
        parts.forEach(part -> IntStream.of(part.indices()).forEach(all::add));
        Part lead = parts.stream().filter(part -> part.indices().length == all.size() && !part.repeats()).findFirst()
                .orElseThrow(Matrices::none);
        int[] summed = IntStream.range(0, all.size())
                .filter(axis -> IntStream.of(output).noneMatch(k -> k == lead.indices()[axis])).toArray();
        int[] left = IntStream.of(lead.indices()).filter(k -> IntStream.of(output).anyMatch(o -> o == k)).toArray();
        Shown total = Surface.total(plain(parts, lead.indices()), summed);
        return PlainProduct.align(new Part(total, left), output);
    }

    private Shown familiar(List<Part> unordered, int... output) {
        List<Part> parts = unordered.stream()
                .sorted(Comparator.comparing(part -> part.form().meaning(), fold.order())).toList();
        TreeSet<Integer> summed = new TreeSet<>();
        parts.forEach(part -> IntStream.of(part.indices()).forEach(summed::add));
        IntStream.of(output).forEach(summed::remove);
        return switch (summed.size()) {
            case 0 -> plain(parts, output);
            case 1 -> one(parts, summed.first(), output);
            default -> several(parts, new ArrayList<>(summed), output);
        };
    }

    private Shown plain(List<Part> parts, int... axes) {
        return new PlainProduct(fold, Fraction.ONE, means).of(parts, axes);
    }

    // ---- one summed index

    private Shown one(List<Part> parts, int k, int... output) {
        return switch (output.length) {
            case 0 -> dot(parts, k);
            case 1 -> vector(parts, k, output[0]);
            case 2 -> matrix(parts, k, output);
            default -> batch(parts, k, output);
        };
    }

    private Shown dot(List<Part> parts, int k) {
        if (parts.size() == 1) {
            Part only = parts.get(0);
            return only.repeats() ? Surface.trace(only.form()) : Surface.total(only.form(), 0);
        }
        if (parts.size() == 2 && parts.stream().allMatch(part -> part.has(k))) {
            return Surface.matmul(PlainProduct.align(parts.get(0), k), PlainProduct.align(parts.get(1), k));
        }
        return Surface.total(plain(parts, k), 0);
    }

    private Shown vector(List<Part> parts, int k, int i) {
        List<Part> rows = parts.stream().filter(part -> part.has(i)).toList();
        List<Part> rest = parts.stream().filter(part -> !part.has(i)).toList();
        boolean product = Part.any(rows, k) && Part.any(rest, k);
        if (product) {
            return Surface.matmul(plain(rows, i, k), plain(rest, k));
        }
        boolean several = !rows.isEmpty() && rest.size() > 1 && rest.stream().allMatch(part -> part.is(k));
        if (several) {
            Shown outer = plain(concat(rows, rest.subList(0, 1)), i, k);
            return Surface.matmul(outer, plain(rest.subList(1, rest.size()), k));
        }
        long turned = parts.stream().filter(part -> part.is(k, i)).count();
        long straight = parts.stream().filter(part -> part.is(i, k)).count();
        return turned > straight ? Surface.total(plain(parts, k, i), 0) : Surface.total(plain(parts, i, k), 1);
    }

    private static List<Part> concat(List<Part> a, List<Part> b) {
        List<Part> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private Shown matrix(List<Part> parts, int k, int... output) {
        int i = output[0];
        int j = output[1];
        List<Part> left = new ArrayList<>();
        List<Part> right = new ArrayList<>();
        List<Part> between = new ArrayList<>();
        for (Part part : parts) {
            if (part.has(i) && part.has(j)) {
                return batch(parts, k, output);
            }
            (part.has(i) ? left : part.has(j) ? right : between).add(part);
        }
        (Part.any(left, k) && !Part.any(right, k) ? right : left).addAll(between);
        return Surface.matmul(plain(left, i, k), plain(right, k, j));
    }

    /** Two factors with leading axes in common, as {@code @} reads them. */
    private Shown batch(List<Part> parts, int k, int... output) {
        int rank = output.length;
        for (Part a : parts) {
            for (Part b : parts) {
                if (a == b || parts.size() != 2 || !a.has(k) || !b.has(k)) {
                    continue;
                }
                boolean matrices = a.has(output[rank - 2]) && !a.has(output[rank - 1]) && b.has(output[rank - 1])
                        && !b.has(output[rank - 2]);
                boolean vector = b.is(k) && a.has(output[rank - 1]);
                if (matrices) {
                    int[] heads = Arrays.copyOf(output, rank - 2);
                    return Surface.matmul(ordered(a, heads, output[rank - 2], k),
                            ordered(b, heads, k, output[rank - 1]));
                } else if (vector) {
                    return Surface.matmul(ordered(a, output, k), b.form());
                }
            }
        }
        throw none();
    }

    private static Shown ordered(Part part, int[] heads, int... tail) {
        int[] axes = IntStream.concat(IntStream.of(heads), IntStream.of(tail)).toArray();
        return PlainProduct.align(part, axes);
    }

    // ---- several summed indices

    private Shown several(List<Part> parts, List<Integer> summed, int... output) {
        List<Integer> lonely = summed.stream()
                .filter(k -> parts.stream().filter(part -> part.has(k)).count() == 1).toList();
        if (output.length == 0 && summed.size() == 2 && lonely.isEmpty()) {
            return total(parts, summed.get(0), summed.get(1));
        }
        if (lonely.isEmpty()) {
            throw none();
        }
        // Sum last over what occurs in one factor only: sum(A @ B, axis=1).
        List<Integer> outer = lonely.size() == summed.size() && output.length + lonely.size() > 2 && parts.size() > 1
                ? lonely.subList(0, 1)
                : lonely;
        int[] axes = IntStream.concat(IntStream.of(output), outer.stream().mapToInt(k -> k)).toArray();
        Expr inner = contraction(parts, axes);
        if (fold.of(inner) instanceof Shown.Entries) {
            throw none();
        }
        return Surface.total(Surface.leaf(inner), IntStream.range(output.length, axes.length).toArray());
    }

    private static Expr contraction(List<Part> parts, int[] output) {
        List<Size> sizes = new ArrayList<>();
        for (int index : output) {
            Size found = Size.ZERO;
            for (Part part : parts) {
                for (int axis = 0; axis < part.indices().length; axis++) {
                    found = part.indices()[axis] == index ? part.form().meaning().shape().get(axis) : found;
                }
            }
            sizes.add(found);
        }
        return Contraction.of(parts.stream().map(part -> part.form().meaning()).toList(),
                parts.stream().map(Part::indices).toList(), output, Shape.of(sizes));
    }

    /** A number from two indices: {@code trace(A @ B)}, {@code sum(A * B)}. */
    private Shown total(List<Part> parts, int k, int l) {
        boolean turned = parts.size() == 2 && (parts.get(0).is(k, l) && parts.get(1).is(l, k)
                || parts.get(0).is(l, k) && parts.get(1).is(k, l));
        if (turned) {
            return Surface.trace(Surface.matmul(parts.get(0).form(), parts.get(1).form()));
        }
        Part lead = parts.stream().filter(part -> part.indices().length == 2).findFirst()
                .orElse(new Part(Surface.leaf(Constant.ZERO), new int[] {k, l}));
        return Surface.total(plain(parts, lead.indices()), 0, 1);
    }

    private static ShapeError none() {
        return new ShapeError("no matrix form");
    }
}
