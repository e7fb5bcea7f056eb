package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/** What layers whose windows slide along the last axes have in common. */
final class Windows {
    private Windows() {
    }

    static Shape kernel(List<Sliding> axes) {
        return Shape.of(axes.stream().map(Sliding::kernel).toList());
    }

    /** The input with its last axes replaced by the places of the windows. */
    static Shape output(Model model, List<Sliding> axes, Shape input, Mode mode) {
        Shape output = input;
        int first = input.rank() - axes.size();
        for (int k = 0; k < axes.size(); k++) {
            try {
                Size n = input.get(first + k);
                output = output.with(first + k, mode.strict() ? axes.get(k).exactly(n) : axes.get(k).output(n));
            } catch (ShapeError misfit) {
                throw Misfit.of(model, misfit.law(), input);
            }
        }
        return output;
    }

    /**
     * How far each window can move: not negative, where it fits. Where strides divide it, {@code s⌊room/s⌋ − room} is not
     * negative either.
     */
    static List<Size> rooms(List<Sliding> axes, Shape input, Mode mode) {
        List<Size> rooms = new ArrayList<>();
        int first = input.rank() - axes.size();
        for (int k = 0; k < axes.size(); k++) {
            Size n = input.get(first + k);
            rooms.add(axes.get(k).room(n));
            if (mode.strict()) {
                rooms.add(axes.get(k).remainder(n));
            }
        }
        return rooms;
    }

    static List<Field> fields(List<Sliding> axes, List<Field> seen) {
        List<Field> before = seen.isEmpty() ? Field.entries(axes.size()) : seen;
        if (before.size() != axes.size()) {
            throw new ShapeError("layers slide along the same axes, " + before.size() + " of them; got "
                    + axes.size());
        }
        List<Field> fields = new ArrayList<>();
        for (int k = 0; k < axes.size(); k++) {
            fields.add(before.get(k).under(axes.get(k)));
        }
        return fields;
    }
}
