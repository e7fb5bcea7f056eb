package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;

/**
 * Contractions as steps: two factors at a time, as matrix products with transposes folded in where the indices allow it,
 * else as strided loops. Axes of length 1 do not matter to the layout and are left out; factors with one entry become a
 * scale.
 */
final class ContractionLowering {
    /** A tensor in a slot, with an index for each axis that is longer than 1. */
    private record Operand(int slot, int[] labels) {
    }

    private final Slots slots;
    private final int[] sizes;
    private final List<Operand> factors = new ArrayList<>();
    private Scale scale = Scale.ONE;

    private ContractionLowering(Slots slots, Indices indices, ToIntFunction<Expr> slotOf) {
        this.slots = slots;
        this.sizes = indices.sizes();
        double constant = indices.multiplicity();
        List<Integer> scalars = new ArrayList<>();
        for (int k = 0; k < indices.factors().size(); k++) {
            Expr factor = indices.factors().get(k);
            int[] labels = indices.labels()[k];
            if (Layout.count(indices.sizes(labels)) != 1) {
                factors.add(new Operand(slotOf.applyAsInt(factor), long1(labels)));
                continue;
            }
            Rational known = Constant.uniform(factor).orElse(null);
            if (known != null) {
                constant *= known.toDouble();
            } else {
                scalars.add(slotOf.applyAsInt(factor));
            }
        }
        scale = new Scale(constant, scalars.stream().mapToInt(slot -> slot).toArray());
    }

    /** The slot of the result. */
    static int lower(Slots slots, Indices indices, ToIntFunction<Expr> slotOf) {
        ContractionLowering lowering = new ContractionLowering(slots, indices, slotOf);
        int[] output = lowering.long1(indices.distinctOutput());
        Operand core = lowering.core(output);
        if (!indices.isDiagonal()) {
            return core.slot;
        }
        int count = Layout.count(indices.sizes(indices.output()));
        int[] target = Indices.strides(indices.output(), indices.sizes(), output);
        int[] source = Indices.strides(core.labels, indices.sizes(), output);
        return slots.emit(new StridedLoop(slots.allocate(count), count, core.slot, PairOrder.NONE, Scale.ONE,
                indices.sizes(output), new int[][] {target, source, new int[output.length]}));
    }

    private int[] long1(int[] labels) {
        return Labels.where(labels, label -> sizes[label] != 1);
    }

    private Operand core(int[] output) {
        if (factors.isEmpty()) {
            factors.add(new Operand(slots.constant(1), new int[0]));
        }
        int[][] labels = factors.stream().map(Operand::labels).toArray(int[][]::new);
        List<PairOrder.Step> steps = PairOrder.of(labels, output, sizes);
        for (int k = 0; k < steps.size(); k++) {
            PairOrder.Step step = steps.get(k);
            boolean last = k == steps.size() - 1;
            Operand left = factors.get(step.left());
            factors.add(step.right() == PairOrder.NONE ? loop(left, left, step.labels(), last)
                    : pair(left, factors.get(step.right()), step.labels(), last));
        }
        return factors.getLast();
    }

    private Scale scale(boolean last) {
        return last ? scale : Scale.ONE;
    }

    /** A strided loop over two operands, or over one when they are the same object. */
    private Operand loop(Operand a, Operand b, int[] output, boolean last) {
        int[] along = Labels.union(output, Labels.union(a.labels, b.labels));
        int[][] strides = {Indices.strides(output, sizes, along), Indices.strides(a.labels, sizes, along),
                a == b ? new int[along.length] : Indices.strides(b.labels, sizes, along)};
        int count = Layout.count(Layout.pick(sizes, output));
        return new Operand(slots.emit(new StridedLoop(slots.allocate(count), count, a.slot,
                a == b ? PairOrder.NONE : b.slot, scale(last), Layout.pick(sizes, along), strides)), output);
    }

    private Operand pair(Operand a, Operand b, int[] output, boolean last) {
        int[] batch = filter(output, a.labels, b.labels, true, true);
        int[] rows = filter(output, a.labels, b.labels, true, false);
        int[] columns = filter(output, a.labels, b.labels, false, true);
        int[] spread = filter(output, a.labels, b.labels, false, false);
        int[] summed = Labels.where(a.labels,
                label -> Labels.contains(b.labels, label) && !Labels.contains(output, label));
        if (summed.length == 0 || rows.length + columns.length == 0) {
            return loop(a, b, output, last);
        }
        int[] direct = Labels.concat(batch, rows, columns);
        if (spread.length == 0 && Arrays.equals(output, Labels.concat(batch, columns, rows))) {
            return product(b, a, batch, columns, rows, summed, last);
        }
        Operand result = product(a, b, batch, rows, columns, summed, last);
        if (!last || Arrays.equals(output, direct)) {
            return result;
        }
        // The scale is in the product already.
        return loop(result, result, output, false);
    }

    private Operand product(Operand a, Operand b, int[] batch, int[] rows, int[] columns, int[] summed, boolean last) {
        int[] other = Labels.where(b.labels, label -> Labels.contains(summed, label));
        int[] order = copies(a, b, batch, rows, columns, other) < copies(a, b, batch, rows, columns, summed) ? other
                : summed;
        MatrixProduct.Operand left = arrange(a, batch, rows, order, false);
        MatrixProduct.Operand right = arrange(b, batch, columns, order, true);
        int[] labels = Labels.concat(batch, rows, columns);
        return new Operand(slots.emit(new MatrixProduct(slots.allocate(count(labels)), left, right, scale(last),
                count(batch), count(rows), count(columns), count(order))), labels);
    }

    private int count(int[] labels) {
        return Layout.count(Layout.pick(sizes, labels));
    }

    private static int copies(Operand a, Operand b, int[] batch, int[] rows, int[] columns, int[] order) {
        return (fits(a.labels, batch, rows, order) ? 0 : 1) + (fits(b.labels, batch, columns, order) ? 0 : 1);
    }

    private static boolean fits(int[] labels, int[] batch, int[] free, int[] summed) {
        return Arrays.equals(labels, Labels.concat(batch, free, summed))
                || Arrays.equals(labels, Labels.concat(batch, summed, free));
    }

    /** The operand as a matrix, free × summed on the left and summed × free on the right; copied when it does not fit. */
    private MatrixProduct.Operand arrange(Operand operand, int[] batch, int[] free, int[] summed, boolean right) {
        int[] straight = right ? Labels.concat(batch, summed, free) : Labels.concat(batch, free, summed);
        int[] transposed = right ? Labels.concat(batch, free, summed) : Labels.concat(batch, summed, free);
        if (Arrays.equals(operand.labels, straight)) {
            return new MatrixProduct.Operand(operand.slot, false);
        }
        if (Arrays.equals(operand.labels, transposed)) {
            return new MatrixProduct.Operand(operand.slot, true);
        }
        return new MatrixProduct.Operand(loop(operand, operand, straight, false).slot, false);
    }

    private static int[] filter(int[] labels, int[] a, int[] b, boolean inA, boolean inB) {
        return Labels.where(labels,
                label -> Labels.contains(a, label) == inA && Labels.contains(b, label) == inB);
    }
}
