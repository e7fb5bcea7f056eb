package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/** A gather that reads, along each axis of the source, one entry or a stretch with a step, and nothing outside. */
record Slices(List<Axis> axes) {
    /**
     * One axis of the source: the entries {@code start, start + step, …, last} of {@code length}.
     *
     * @param step 0 for a single entry, whose axis disappears
     */
    record Axis(Size start, int step, Size last, Size length) {
        boolean isEntry() {
            return step == 0;
        }
    }

    /** The slices that a gather is; empty when it is not so simple, or when a size may lead outside. */
    static Optional<Slices> of(Window window) {
        Window.Access access = window.access();
        List<Axis> axes = new ArrayList<>();
        int next = 0;
        for (int d = 0; d < access.source().rank(); d++) {
            int step = 0;
            for (int k = 0; k < access.window().rank(); k++) {
                int stride = access.strides().get(d).get(k);
                if (stride != 0 && (step != 0 || k != next)) {
                    return Optional.empty();
                }
                step = stride != 0 ? stride : step;
            }
            Size start = access.offsets().get(d);
            Size last = step == 0 ? start : start.plus(access.window().get(next).minus(1).times(step));
            Size length = access.source().get(d);
            Size low = step < 0 ? last : start;
            Size high = step < 0 ? start : last;
            if (!low.isNonNegative() || !length.minus(1).minus(high).isNonNegative()) {
                return Optional.empty();
            }
            axes.add(new Axis(start, step, last, length));
            next += step == 0 ? 0 : 1;
        }
        return next == access.window().rank() ? Optional.of(new Slices(axes)) : Optional.empty();
    }

    boolean isForward() {
        return axes.stream().allMatch(axis -> axis.step >= 0);
    }
}
