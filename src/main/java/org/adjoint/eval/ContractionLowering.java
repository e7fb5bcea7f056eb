package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;

/**
 * Contractions as steps: two factors at a time, as matrix products with transposes folded in where the indices allow it,
 * else as strided loops. Axes of length 1 do not matter to the layout and are left out; factors with one entry become a
 * scale.
 */
final class ContractionLowering {
    private final Slots slots;
    private final int[] sizes;
    private final Memory memory;
    private final WindowLowering convolutions;
    private final List<Factor> factors = new ArrayList<>();
    private Scale scale = Scale.ONE;

    /** What the last product goes to, where it is folded and need not be made. */
    private Optional<WindowView> sink = Optional.empty();
    private int[] sinkAxes = {};
    private Optional<Factor> folded = Optional.empty();

    /** @param left a factor that is left out, or {@link PairOrder#NONE} */
    private ContractionLowering(Slots slots, Indices indices, Memory memory, int left, double coefficient) {
        this.slots = slots;
        this.sizes = indices.sizes();
        this.memory = memory;
        this.convolutions = new WindowLowering(slots, sizes, memory);
        double constant = coefficient * indices.multiplicity();
        List<Integer> scalars = new ArrayList<>();
        for (int k = 0; k < indices.factors().size(); k++) {
            Expr factor = indices.factors().get(k);
            int[] axes = indices.labels()[k];
            int[] labels = long1(axes);
            if (k == left) {
                continue;
            }
            if (labels.length > 0) {
                factors.add(memory.windows(factor).map(windows -> Factor.of(windows, factor, labels, axes))
                        .orElseGet(() -> Factor.at(memory.slot(factor), labels)));
                continue;
            }
            Rational known = Constant.uniform(factor).orElse(null);
            if (known != null) {
                constant *= known.toDouble();
            } else {
                scalars.add(memory.slot(factor));
            }
        }
        scale = new Scale(constant, scalars.stream().mapToInt(slot -> slot).toArray());
    }

    /** The result; an output index that no factor has is no index of it, since along that one all entries are the same. */
    static Factor lower(Slots slots, Indices indices, Memory memory) {
        ContractionLowering lowering = new ContractionLowering(slots, indices, memory, PairOrder.NONE, 1);
        int[] output = lowering.long1(indices.distinctOutput());
        Factor core = lowering.core(lowering.covered(output));
        if (!indices.isDiagonal()) {
            return core;
        }
        int count = Layout.count(indices.sizes(indices.output()));
        int[] target = Indices.strides(indices.output(), indices.sizes(), output);
        int[] source = Indices.strides(core.labels(), indices.sizes(), output);
        return Factor.at(
                slots.emit(new StridedLoop(slots.allocate(count), count, core.slot(), PairOrder.NONE, Scale.ONE,
                        indices.sizes(output), new int[][] {target, source, new int[output.length]})),
                indices.output());
    }

    /** A fold that has been computed, or what remains to be folded. */
    record Folded(int slot, boolean isDone) {
    }

    /**
     * The fold of a contraction times a coefficient, without making what is folded where it is the adjoint of a convolution or of
     * a pool. No delta ties two of the output's axes.
     *
     * @param view     how what is folded lies in the result
     * @param isMaxima whether a factor is the indicator of the first maxima of windows that lie the same
     */
    static Folded fold(Slots slots, Indices indices, Memory memory, WindowView view, double coefficient,
            Predicate<Expr> isMaxima) {
        int[] axes = indices.output();
        int[] sizes = indices.sizes();
        int maxima = maxima(indices, isMaxima);
        ContractionLowering lowering = new ContractionLowering(slots, indices, memory, maxima, coefficient);
        int[] output = lowering.long1(axes);
        int[] covered = lowering.covered(output);
        boolean[] kept = kept(view, maxima == PairOrder.NONE ? Optional.empty()
                : Optional.of((Reduction) indices.factors().get(maxima)), axis -> Labels.contains(covered, axes[axis]));
        Optional<Geometry> pool = maxima == PairOrder.NONE && covered.length == output.length ? Optional.empty()
                : WindowLowering.pool(view, axis -> kept[axis]);
        if (pool.isEmpty() && maxima != PairOrder.NONE) {
            return fold(slots, indices, memory, view, coefficient, factor -> false);
        }
        if (pool.isPresent()) {
            int[] order = IntStream.range(0, axes.length).filter(axis -> kept[axis] && sizes[axes[axis]] != 1)
                    .map(axis -> axes[axis]).toArray();
            Factor core = lowering.core(Labels.where(order, label -> Labels.contains(covered, label)));
            Factor u = core.labels().length == order.length ? core : loop(slots, sizes, core, core, order, Scale.ONE);
            int x = maxima == PairOrder.NONE ? u.slot()
                    : memory.slot(indices.factors().get(maxima).operand(0).operand(0));
            int target = slots.allocate(pool.get().inputCount());
            return new Folded(slots.emit(new PoolStep(maxima == PairOrder.NONE ? PoolStep.Operation.SPREAD
                    : PoolStep.Operation.MAX_GRADIENT, pool.get(), x, u.slot(), target, Scale.ONE)), true);
        }
        lowering.sink = Optional.of(view).filter(all -> covered.length == output.length);
        lowering.sinkAxes = axes;
        Factor core = lowering.core(covered);
        return lowering.folded.map(done -> new Folded(done.slot(), true))
                .orElseGet(() -> new Folded(core.labels().length == output.length ? core.slot()
                        : loop(slots, sizes, core, core, output, Scale.ONE).slot(), false));
    }

    /** The factor that indicates first maxima of windows that no other factor distinguishes the entries of. */
    private static int maxima(Indices indices, Predicate<Expr> isMaxima) {
        for (int k = 0; k < indices.factors().size(); k++) {
            if (isMaxima.test(indices.factors().get(k))) {
                int[] own = indices.labels()[k];
                int[] axes = indices.output();
                boolean same = own.length == axes.length;
                for (int axis = 0; axis < own.length && same; axis++) {
                    same = own[axis] == axes[axis] || indices.sizes()[axes[axis]] == 1;
                }
                for (int reduced : same ? ((Reduction) indices.factors().get(k)).axes() : new int[0]) {
                    for (int other = 0; other < indices.factors().size(); other++) {
                        same &= other == k || indices.sizes()[axes[reduced]] == 1
                                || !Labels.contains(indices.labels()[other], axes[reduced]);
                    }
                }
                if (same) {
                    return k;
                }
            }
        }
        return PairOrder.NONE;
    }

    /**
     * Which axes of windows are those of channels and places: all but the reduced ones; or those along which something
     * changes, and the first of two where nothing does.
     */
    private static boolean[] kept(WindowView view, Optional<Reduction> maxima, IntPredicate changes) {
        boolean[] kept = new boolean[view.lengths().length];
        if (maxima.isPresent()) {
            Arrays.fill(kept, true);
            for (int axis : maxima.get().axes()) {
                kept[axis] = false;
            }
            return kept;
        }
        Arrays.fill(kept, 0, view.lead(), true);
        for (WindowView.Slider slider : view.sliders()) {
            int first = view.lead() + slider.axis();
            int second = view.lead() + slider.other();
            if (slider.axis() != WindowView.NONE && slider.other() != WindowView.NONE) {
                kept[second] = changes.test(second);
                kept[first] = changes.test(first) || !kept[second];
            } else if (slider.axis() != WindowView.NONE) {
                kept[first] = true;
            }
        }
        return kept;
    }

    private int[] long1(int[] labels) {
        return Labels.where(labels, label -> sizes[label] != 1);
    }

    /** Those that a factor has. */
    private int[] covered(int[] labels) {
        return Labels.where(labels, label -> factors.stream().anyMatch(f -> Labels.contains(f.labels(), label)));
    }

    private Factor core(int[] output) {
        if (factors.isEmpty()) {
            factors.add(Factor.at(slots.constant(1), new int[0]));
        }
        int[][] labels = factors.stream().map(Factor::labels).toArray(int[][]::new);
        List<PairOrder.Step> steps = PairOrder.of(labels, output, sizes);
        for (int k = 0; k < steps.size(); k++) {
            PairOrder.Step step = steps.get(k);
            boolean last = k == steps.size() - 1;
            Factor left = factors.get(step.left());
            factors.add(step.right() == PairOrder.NONE ? single(left, step.labels(), last)
                    : pair(left, factors.get(step.right()), step.labels(), last));
        }
        return factors.getLast();
    }

    private Scale scale(boolean last) {
        return last ? scale : Scale.ONE;
    }

    /** A strided loop over two operands, or over one when they are the same object. */
    static Factor loop(Slots slots, int[] sizes, Factor a, Factor b, int[] output, Scale scale) {
        int[] along = Labels.union(output, Labels.union(a.labels(), b.labels()));
        int[][] strides = {Indices.strides(output, sizes, along), Indices.strides(a.labels(), sizes, along),
                a == b ? new int[along.length] : Indices.strides(b.labels(), sizes, along)};
        int count = Layout.count(Layout.pick(sizes, output));
        return Factor.at(slots.emit(new StridedLoop(slots.allocate(count), count, a.slot(),
                a == b ? PairOrder.NONE : b.slot(), scale, Layout.pick(sizes, along), strides)), output);
    }

    private Factor loop(Factor a, Factor b, int[] output, boolean last) {
        return loop(slots, sizes, a, b, output, scale(last));
    }

    private Factor single(Factor a, int[] output, boolean last) {
        Optional<Factor> pool = a.windows().isPresent() ? convolutions.sum(a, output, scale(last)) : Optional.empty();
        return pool.orElseGet(() -> {
            Factor made = a.made(memory);
            return loop(made, made, output, last);
        });
    }

    private Factor pair(Factor a, Factor b, int[] output, boolean last) {
        if (last && sink.isPresent()) {
            folded = convolutions.fold(sink.get(), sinkAxes, a, b, scale);
            if (folded.isPresent()) {
                return folded.get();
            }
        }
        if (a.windows().isPresent() || b.windows().isPresent()) {
            Optional<Factor> convolution = convolutions.product(a, b, output, scale(last));
            if (convolution.isPresent()) {
                return convolution.get();
            }
        }
        return inMemory(a.made(memory), b.made(memory), output, last);
    }

    private Factor inMemory(Factor a, Factor b, int[] output, boolean last) {
        int[] batch = filter(output, a.labels(), b.labels(), true, true);
        int[] rows = filter(output, a.labels(), b.labels(), true, false);
        int[] columns = filter(output, a.labels(), b.labels(), false, true);
        int[] spread = filter(output, a.labels(), b.labels(), false, false);
        int[] summed = Labels.where(a.labels(),
                label -> Labels.contains(b.labels(), label) && !Labels.contains(output, label));
        if (summed.length == 0 || rows.length + columns.length == 0) {
            return loop(a, b, output, last);
        }
        int[] direct = Labels.concat(batch, rows, columns);
        if (spread.length == 0 && Arrays.equals(output, Labels.concat(batch, columns, rows))) {
            return product(b, a, batch, columns, rows, summed, last);
        }
        Factor result = product(a, b, batch, rows, columns, summed, last);
        if (!last || Arrays.equals(output, direct)) {
            return result;
        }
        // The scale is in the product already.
        return loop(result, result, output, false);
    }

    private Factor product(Factor a, Factor b, int[] batch, int[] rows, int[] columns, int[] summed, boolean last) {
        int[] other = Labels.where(b.labels(), label -> Labels.contains(summed, label));
        int[] order = copies(a, b, batch, rows, columns, other) < copies(a, b, batch, rows, columns, summed) ? other
                : summed;
        MatrixProduct.Operand left = arrange(a, batch, rows, order, false);
        MatrixProduct.Operand right = arrange(b, batch, columns, order, true);
        int[] labels = Labels.concat(batch, rows, columns);
        return Factor.at(slots.emit(new MatrixProduct(slots.allocate(count(labels)), left, right, scale(last),
                count(batch), count(rows), count(columns), count(order))), labels);
    }

    private int count(int[] labels) {
        return Layout.count(Layout.pick(sizes, labels));
    }

    private static int copies(Factor a, Factor b, int[] batch, int[] rows, int[] columns, int[] order) {
        return (fits(a.labels(), batch, rows, order) ? 0 : 1) + (fits(b.labels(), batch, columns, order) ? 0 : 1);
    }

    private static boolean fits(int[] labels, int[] batch, int[] free, int[] summed) {
        return Arrays.equals(labels, Labels.concat(batch, free, summed))
                || Arrays.equals(labels, Labels.concat(batch, summed, free));
    }

    /** The operand as a matrix, free × summed on the left and summed × free on the right; copied when it does not fit. */
    private MatrixProduct.Operand arrange(Factor operand, int[] batch, int[] free, int[] summed, boolean right) {
        int[] straight = right ? Labels.concat(batch, summed, free) : Labels.concat(batch, free, summed);
        int[] transposed = right ? Labels.concat(batch, free, summed) : Labels.concat(batch, summed, free);
        if (Arrays.equals(operand.labels(), straight)) {
            return new MatrixProduct.Operand(operand.slot(), false);
        }
        if (Arrays.equals(operand.labels(), transposed)) {
            return new MatrixProduct.Operand(operand.slot(), true);
        }
        return new MatrixProduct.Operand(loop(operand, operand, straight, false).slot(), false);
    }

    private static int[] filter(int[] labels, int[] a, int[] b, boolean inA, boolean inB) {
        return Labels.where(labels,
                label -> Labels.contains(a, label) == inA && Labels.contains(b, label) == inB);
    }
}
