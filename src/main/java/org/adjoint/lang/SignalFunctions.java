package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Sliding;

/**
 * Convolutions of signals, with the names, modes and defaults of NumPy and SciPy: {@code convolve} and {@code convolve2d} flip,
 * {@code correlate} and {@code correlate2d} do not.
 */
final class SignalFunctions {
    private SignalFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("convolve(a, v, mode='full')",
                a -> new Sequences(a.reader()).pair(a, "a", "v", true).orElseGet(() -> slid(a, 1, "full", true)));
        table.row("correlate(a, v, mode='valid')",
                a -> new Sequences(a.reader()).pair(a, "a", "v", false).orElseGet(() -> slid(a, 1, "valid", false)));
        table.row("convolve2d(a, v, mode='full', boundary='fill')", a -> slid(a, 2, "full", true));
        table.row("correlate2d(a, v, mode='full', boundary='fill')", a -> slid(a, 2, "full", false));
        table.row("toeplitz(c, r=None)", SignalFunctions::toeplitz);
        table.row("pad(x, width, mode='constant')", SignalFunctions::pad);
    }

    /**
     * {@code out[t] = Σ_k a[t ± k] · v[k]}, where the second is moved over the first: over every place at which they meet
     * (full), in the middle (same), or where v lies within a (valid).
     */
    private static Value slid(Arguments a, int rank, String otherwise, boolean flipped) {
        Expr x = a.expr("a");
        Expr v = a.expr("v");
        if (x.shape().rank() != rank || v.shape().rank() != rank) {
            throw Failures.shape(a.call(), "both have " + SlidingArguments.axes(rank), a.operands());
        }
        String mode = a.text("mode").orElse(otherwise);
        if (rank == 1 && !mode.equals("full") && isShorter(a, x, v)) {
            if (!flipped) {
                throw Failures.shape(a.call(), "in mode '" + mode + "' the first is at least as long as the second",
                        a.operands());
            }
            // A convolution is the same with its operands exchanged, and NumPy moves the shorter.
            Expr longer = v;
            v = x;
            x = longer;
        }
        Expr kernel = flipped ? turned(v) : v;
        List<Sliding> slides = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            slides.add(slide(a, mode, kernel.shape().get(axis), rank == 1 || flipped));
        }
        Convolution convolution = new Convolution(slides, SlidingArguments.mode(a, "boundary"), 1);
        SlidingArguments.requireFit(a, convolution, x);
        return Value.Tensor.of(convolution.of(x, kernel));
    }

    /** Whether the first is the shorter; where sizes are symbolic, that it is not is required of them. */
    private static boolean isShorter(Arguments a, Expr x, Expr v) {
        Size room = x.shape().get(0).minus(v.shape().get(0));
        if (room.isInteger()) {
            return room.value() < 0;
        }
        if (a.reader().environment.nonNegativeSizes().contains(Size.ZERO.minus(room))) {
            // Required before, by the same pair the other way round.
            return true;
        }
        SlidingArguments.require(a, room);
        return false;
    }

    /** The middle begins (k − 1)//2 entries into the full result; SciPy's correlation begins it k//2 entries into it. */
    private static Sliding slide(Arguments a, String mode, Size k, boolean low) {
        Size whole = k.minus(1);
        return switch (mode) {
            case "full" -> new Sliding(k, 1, whole, whole, 1);
            case "valid" -> Sliding.over(k);
            case "same" -> {
                Size start = (low ? whole : k).floorDivide(Size.of(2));
                yield new Sliding(k, 1, whole.minus(start), start, 1);
            }
            default -> throw Failures.type(a.syntax("mode"), "mode is 'full', 'same' or 'valid', got '" + mode + "'");
        };
    }

    private static Expr turned(Expr v) {
        Expr turned = v;
        for (int axis = 0; axis < v.shape().rank(); axis++) {
            turned = Window.flip(turned, axis);
        }
        return turned;
    }

    /** {@code T[i, j] = c[i − j]} on and below the diagonal, {@code r[j − i]} above it; r is c unless it is given. */
    private static Value toeplitz(Arguments a) {
        Expr c = a.expr("c");
        Expr r = a.has("r") ? a.expr("r") : c;
        if (c.shape().rank() != 1 || r.shape().rank() != 1) {
            throw Failures.shape(a.call(), "a Toeplitz matrix is made of its first column and its first row",
                    a.operands());
        }
        Size rows = c.shape().get(0);
        Size columns = r.shape().get(0);
        Size above = columns.minus(1);
        Expr diagonals = c;
        if (!above.equals(Size.ZERO)) {
            diagonals = Concatenation.of(List.of(Window.slice(r, 0, above, -1, above), c), 0);
        }
        return Value.Tensor.of(Window.gather(diagonals, new Window.Access(diagonals.shape(), Shape.of(rows, columns),
                List.of(List.of(1, -1)), List.of(above), false)));
    }

    /** Padding along every axis: one width for all sides, or a pair (before, after), or a pair for each axis. */
    private static Value pad(Arguments a) {
        Expr x = a.expr("x");
        int rank = x.shape().rank();
        List<Shape> widths = widths(a, rank);
        Padding mode = SlidingArguments.mode(a, "mode");
        Expr padded = x;
        for (int axis = 0; axis < rank; axis++) {
            Shape width = widths.get(axis);
            padded = mode.pad(padded, axis, width.get(0), width.get(width.rank() - 1));
        }
        return Value.Tensor.of(padded);
    }

    private static List<Shape> widths(Arguments a, int rank) {
        List<Syntax> items = a.items("width");
        boolean nested = !items.isEmpty() && items.stream()
                .allMatch(item -> item instanceof Syntax.TupleLit || item instanceof Syntax.ListLit);
        List<Shape> widths = nested
                ? items.stream().map(item -> Values.shape(a.reader().value(item), a.reader().environment).orElseThrow(
                        () -> Failures.type(item, "a width is a number, or a pair of numbers"))).toList()
                : IntStream.range(0, rank).mapToObj(k -> a.shape("width")).toList();
        if (widths.size() != rank || widths.stream().anyMatch(w -> w.rank() < 1 || w.rank() > 2)) {
            throw new ShapeError("pad takes a width for all sides, a pair (before, after), or a pair for each axis",
                    a.expr("x"));
        }
        return widths;
    }
}
