package org.adjoint.nn;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** The axis of channels, before the spatial ones: {@code [B, C, n…]} or {@code [C, n…]}. */
public final class Channels {
    private static final String[] SPATIAL = {"no axis", "one axis", "two axes", "three axes"};
    private static final String[] LETTERS = {"C", "C, L", "C, H, W", "C, D, H, W"};

    private Channels() {
    }

    /** A value for each channel, to be broadcast over that many spatial axes: {@code [C]} to {@code [C, 1, …]}. */
    public static Expr column(Expr values, int axes) {
        Expr column = values;
        for (int k = 0; k < axes; k++) {
            column = Tensors.insertAxis(column, k + 1);
        }
        return column;
    }

    /** {@code y γ + β} for each channel, which that many axes follow; γ and β are the first two parameters. */
    static Expr scaled(Expr y, List<Parameter> parameters, int axes) {
        return y.times(column(parameters.get(0).variable(), axes)).plus(column(parameters.get(1).variable(), axes));
    }

    static Shape with(Size channels, Shape shape, int axes) {
        return shape.with(shape.rank() - axes - 1, channels);
    }

    static void requireImage(Model model, Shape input, int axes) {
        Misfit.requireEntries(model, input);
        Misfit.require(input.rank() == axes + 1 || input.rank() == axes + 2, model,
                "the input has " + SPATIAL[axes] + " after its channels: [B, " + LETTERS[axes] + "] or ["
                        + LETTERS[axes] + "]",
                input);
    }

    /** The input has that many channels, and axes. */
    static void requireInput(Model model, Shape input, int axes, Size channels) {
        requireImage(model, input, axes);
        Misfit.require(input.get(input.rank() - axes - 1).equals(channels), model,
                "the channels of the input are in_channels", input);
    }

    static void requireGroups(Size in, Size out, Size groups) {
        Misfit.requirePositive("in_channels", in);
        Misfit.requirePositive("out_channels", out);
        Misfit.requirePositive("groups", groups);
        requireMultiple("in_channels", in, groups);
        requireMultiple("out_channels", out, groups);
    }

    private static void requireMultiple(String name, Size channels, Size groups) {
        if (channels.isInteger() && groups.isInteger() && channels.value() % groups.value() != 0) {
            throw new ShapeError(name + " is a multiple of groups; got " + channels + " and " + groups);
        }
    }

    /** The channels of a group. */
    static Size each(Size channels, Size groups) {
        return channels.floorDivide(groups);
    }

    static int number(Size groups) {
        if (!groups.isInteger()) {
            throw new ShapeError("channels are taken apart into a number of groups, got " + groups);
        }
        return Math.toIntExact(groups.value());
    }
}
