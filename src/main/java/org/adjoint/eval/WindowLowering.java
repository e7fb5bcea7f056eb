package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Contractions with windows as convolutions and pools, so that the windows are never made: the convolution itself, its adjoint in the
 * kernel, the adjoint in the input as the fold of a product, sums over windows.
 */
final class WindowLowering {
    private final Slots slots;
    private final int[] sizes;
    private final Memory memory;

    WindowLowering(Slots slots, int[] sizes, Memory memory) {
        this.slots = slots;
        this.sizes = sizes;
        this.memory = memory;
    }

    /** The contraction of windows with another factor onto the output; empty where that is no convolution. */
    Optional<Factor> product(Factor a, Factor b, int[] output, Scale scale) {
        Factor x = a.windows().isPresent() ? a : b;
        Factor other = x == a ? b : a;
        Memory.Windows windows = x.windows().orElseThrow();
        Optional<ConvolutionMatch> forward = ConvolutionMatch.of(windows.view(), x.axes(), other.labels(), output,
                sizes);
        Optional<ConvolutionMatch> backward = ConvolutionMatch.of(windows.view(), x.axes(), output, other.labels(),
                sizes);
        if (forward.isPresent() && !(forward.get().isTurned() && backward.isPresent())) {
            ConvolutionMatch match = forward.get();
            int w = permuted(other.made(memory), match.kernel()).slot();
            return Optional
                    .of(permuted(Factor.at(emit(match, ConvolutionStep.Map.FORWARD, memory.slot(windows.source()), w,
                            match.geometry().outputCount(), scale), match.output()), output));
        }
        if (backward.isPresent()) {
            ConvolutionMatch match = backward.get();
            int y = permuted(other.made(memory), match.output()).slot();
            return Optional
                    .of(permuted(Factor.at(emit(match, ConvolutionStep.Map.KERNEL, memory.slot(windows.source()), y,
                            match.geometry().kernelCount(), scale), match.kernel()), output));
        }
        return Optional.empty();
    }

    /** The fold of the contraction of two factors; empty where that is no adjoint of a convolution. */
    Optional<Factor> fold(WindowView view, int[] axes, Factor a, Factor b, Scale scale) {
        Optional<ConvolutionMatch> straight = ConvolutionMatch.of(view, axes, a.labels(), b.labels(), sizes);
        Optional<ConvolutionMatch> exchanged = ConvolutionMatch.of(view, axes, b.labels(), a.labels(), sizes);
        boolean first = straight.isPresent() && !(straight.get().isTurned() && exchanged.isPresent());
        return (first ? straight : exchanged).map(match -> {
            int w = permuted((first ? a : b).made(memory), match.kernel()).slot();
            int y = permuted((first ? b : a).made(memory), match.output()).slot();
            return Factor.at(emit(match, ConvolutionStep.Map.INPUT, w, y, match.geometry().inputCount(), scale),
                    new int[0]);
        });
    }

    private int emit(ConvolutionMatch match, ConvolutionStep.Map map, int first, int second, int count, Scale scale) {
        return slots.emit(
                new ConvolutionStep(match.route(), map, first, second, slots.allocate(count), count, scale));
    }

    private Factor permuted(Factor factor, int[] order) {
        return Arrays.equals(factor.labels(), order) ? factor
                : ContractionLowering.loop(slots, sizes, factor, factor, order, Scale.ONE);
    }

    /** The sum of windows over their entries, and over leading axes after that; empty where places are summed as well. */
    Optional<Factor> sum(Factor x, int[] output, Scale scale) {
        Memory.Windows windows = x.windows().orElseThrow();
        if (Labels.distinct(x.labels()).length < x.labels().length) {
            return Optional.empty();
        }
        int lead = windows.view().lead();
        IntPredicate kept = axis -> axis < lead || Labels.contains(output, x.axes()[axis]);
        return pool(windows.view(), kept).map(geometry -> {
            int source = memory.slot(windows.source());
            int target = slots.allocate(geometry.channels() * geometry.places());
            slots.emit(new PoolStep(PoolStep.Operation.SUM, geometry, source, source, target, scale));
            int[] order = IntStream.range(0, x.axes().length).filter(kept).map(axis -> x.axes()[axis])
                    .filter(label -> sizes[label] != 1).toArray();
            return permuted(Factor.at(target, order), output);
        });
    }

    /**
     * The windows of which the axes that are kept are those of the channels, then of the places; empty when they are others, or
     * in another order.
     */
    static Optional<Geometry> pool(WindowView view, IntPredicate kept) {
        int lead = view.lead();
        for (int axis = 0; axis < lead; axis++) {
            if (view.lengths()[axis] != 1 && !kept.test(axis)) {
                return Optional.empty();
            }
        }
        List<WindowView.Slider> turned = new ArrayList<>();
        int place = -1;
        int entry = -1;
        for (WindowView.Slider slider : view.sliders()) {
            WindowView.Slider one = isPlaced(view, slider, kept) ? slider : slider.exchanged();
            if (!isPlaced(view, one, kept)) {
                return Optional.empty();
            }
            turned.add(one);
            if (view.slid(one.axis()) > 1 && one.axis() < place || view.slid(one.other()) > 1 && one.other() < entry) {
                return Optional.empty();
            }
            place = view.slid(one.axis()) > 1 ? one.axis() : place;
            entry = view.slid(one.other()) > 1 ? one.other() : entry;
        }
        return view.slides(turned)
                .map(slides -> new Geometry(1, 1, view.leading(), 1, slides, view.border()));
    }

    private static boolean isPlaced(WindowView view, WindowView.Slider slider, IntPredicate kept) {
        return (view.slid(slider.axis()) == 1 || kept.test(view.lead() + slider.axis()))
                && (view.slid(slider.other()) == 1 || !kept.test(view.lead() + slider.other()));
    }
}
