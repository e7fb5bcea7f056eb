package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.nn.Convolution;
import org.adjoint.nn.Padding;
import org.adjoint.nn.Pooling;
import org.adjoint.nn.Sliding;

/** The arguments that say how a window slides: one number for all spatial axes, or one for each. */
record SlidingArguments(Arguments a, int rank) {
    private static final Map<String, Padding> MODES = Map.ofEntries(Map.entry("zeros", Padding.ZERO),
            Map.entry("constant", Padding.ZERO), Map.entry("fill", Padding.ZERO),
            Map.entry("circular", Padding.CIRCULAR), Map.entry("wrap", Padding.CIRCULAR),
            Map.entry("reflect", Padding.REFLECT), Map.entry("symmetric", Padding.SYMMETRIC),
            Map.entry("symm", Padding.SYMMETRIC), Map.entry("replicate", Padding.REPLICATE),
            Map.entry("edge", Padding.REPLICATE));

    static String axes(int rank) {
        return rank + (rank == 1 ? " axis" : " axes");
    }

    /** The windows of a kernel: stride, padding (a number, 'same' or 'valid') and dilation. */
    List<Sliding> slides(Shape kernel) {
        Shape strides = sizes("stride", Size.ONE);
        Shape dilations = sizes("dilation", Size.ONE);
        Optional<String> named = a.text("padding");
        Shape paddings = named.isPresent() ? Shape.SCALAR : sizes("padding", Size.ZERO);
        List<Sliding> slides = new ArrayList<>();
        for (int k = 0; k < rank; k++) {
            Size before = named.isPresent() ? Size.ZERO : paddings.get(k);
            Size after = before;
            if (named.filter("same"::equals).isPresent()) {
                if (!strides.get(k).isOne()) {
                    throw Failures.type(a.syntax("padding"),
                            "padding='same' is for stride 1, got stride " + strides.get(k));
                }
                Size all = kernel.get(k).minus(1).times(dilations.get(k));
                before = all.floorDivide(Size.of(2));
                after = all.minus(before);
            } else if (named.isPresent() && !named.get().equals("valid")) {
                throw Failures.type(a.syntax("padding"),
                        "padding is a number, 'same' or 'valid', got '" + named.get() + "'");
            }
            slides.add(new Sliding(kernel.get(k), strides.get(k), before, after, dilations.get(k)));
        }
        return slides;
    }

    /** The windows of a pool, which do not overlap unless a stride is given. */
    List<Sliding> pools(Shape kernel) {
        List<Sliding> slides = slides(kernel);
        if (a.has("stride")) {
            return slides;
        }
        return slides.stream()
                .map(s -> new Sliding(s.kernel(), s.kernel(), s.before(), s.after(), s.dilation())).toList();
    }

    /** A pool, by the arguments of {@code max_pool2d} and {@code avg_pool2d}. */
    Pooling pooling(boolean maximum) {
        return new Pooling(maximum, pools(sizes("kernel_size", Size.ONE)), a.flag("ceil_mode"),
                a.flag("count_include_pad", true),
                a.has("divisor_override") ? Optional.of(a.size("divisor_override")) : Optional.empty());
    }

    Shape sizes(String parameter, Size otherwise) {
        if (!a.has(parameter)) {
            return Shape.of(Collections.nCopies(rank, otherwise));
        }
        Shape given = a.shape(parameter);
        if (given.rank() != 1 && given.rank() != rank) {
            throw perAxis(parameter);
        }
        return given.rank() == rank ? given : Shape.of(Collections.nCopies(rank, given.get(0)));
    }

    List<Integer> integers(String parameter, int otherwise) {
        if (!a.has(parameter)) {
            return Collections.nCopies(rank, otherwise);
        }
        List<Syntax> items = a.items(parameter);
        if (items.size() != 1 && items.size() != rank) {
            throw perAxis(parameter);
        }
        return IntStream.range(0, rank).mapToObj(k -> a.reader().integer(items.get(items.size() == 1 ? 0 : k)))
                .toList();
    }

    IllFormed perAxis(String parameter) {
        return Failures.type(a.syntax(parameter),
                parameter + " is one number, or one for each spatial axis, of which there "
                        + (rank == 1 ? "is " : "are ")
                        + rank);
    }

    static Padding mode(Arguments a, String parameter) {
        if (!a.has(parameter)) {
            return Padding.ZERO;
        }
        return a.text(parameter).map(MODES::get).orElseThrow(() -> Failures.type(a.syntax(parameter),
                parameter + " is one of " + String.join(", ", MODES.keySet().stream().sorted().toList())));
    }

    /** Where sizes are symbolic, that every window fits is required of them; and that strides divide, if they must. */
    static void requireFit(Arguments a, Convolution windows, Expr x) {
        int first = x.shape().rank() - windows.rank();
        if (first < 0) {
            throw Failures.shape(a.call(), "the input has at least " + axes(windows.rank()), a.operands());
        }
        for (int k = 0; k < windows.rank(); k++) {
            requireFit(a, windows.axes().get(k), x.shape().get(first + k));
        }
    }

    static void requireFit(Arguments a, Sliding window, Size n) {
        require(a, window.room(n));
        if (a.reader().under("division", "exact")) {
            window.exactly(n);
            require(a, window.remainder(n));
        }
    }

    static void require(Arguments a, Size atLeastZero) {
        if (!atLeastZero.isNonNegative()) {
            a.reader().environment.requireNonNegative(atLeastZero);
        }
    }
}
