package org.adjoint.nn;

import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/** Errors that name the layer, where it stands, the law, and the shape that it got. */
final class Misfit {
    private Misfit() {
    }

    static ShapeError of(Model model, String law, Shape input) {
        return new ShapeError(place(model) + law + "; the input is " + input);
    }

    /** {@code net[2] = Conv2d(…): }. */
    static String place(Model model) {
        return (model.path().isEmpty() ? "" : model.path() + " = ") + model + ": ";
    }

    static void require(boolean holds, Model model, String law, Shape input) {
        if (!holds) {
            throw of(model, law, input);
        }
    }

    /** Every axis has an entry: an empty batch has no output. */
    static void requireEntries(Model model, Shape input) {
        require(input.sizes().stream().allMatch(size -> !size.isInteger() || size.value() >= 1), model,
                "every axis of the input has at least one entry", input);
    }

    /** Hyperparameters that count something. */
    static Size requirePositive(String name, Size size) {
        if (size.isInteger() && size.value() < 1) {
            throw new ShapeError(name + " is at least 1, got " + size);
        }
        return size;
    }
}
