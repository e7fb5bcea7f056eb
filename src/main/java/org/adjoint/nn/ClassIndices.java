package org.adjoint.nn;

import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** Classes given by their numbers, from 0. */
public final class ClassIndices {
    private ClassIndices() {
    }

    /**
     * Checks the classes that are known.
     *
     * @param target  with definitions replaced by their values
     * @param classes how many there are
     * @throws ShapeError when one is no integer, or is out of range
     */
    public static void require(Expr target, Size classes) {
        if (target instanceof Variable v && v.facts().stream().noneMatch(ClassIndices::isInteger)) {
            throw new ShapeError("class indices are integers; declare " + v.name() + " : N"
                    + (v.shape().isScalar() ? "" : v.shape()), target);
        }
        if (!(target instanceof Constant constant)) {
            return;
        }
        for (int k = 0; k < constant.values().size(); k++) {
            Rational y = constant.values().get(k);
            boolean high = classes.isInteger() && y.compareTo(Rational.of(classes.value())) >= 0;
            if (!y.isInteger() || y.signum() < 0 || high) {
                throw new ShapeError("class indices are integers from 0 to " + classes.minus(1) + "; entry " + k
                        + " of the target is " + y);
            }
        }
    }

    private static boolean isInteger(Fact fact) {
        return fact == Fact.Named.INTEGER || fact == Fact.Named.NATURAL || fact == Fact.Named.ZERO_ONE
                || fact == Fact.Named.ONE_HOT;
    }

    /** {@code [c = y]} with the index c along an axis that the target has not, and this shape has. */
    static Expr oneHot(Expr target, int axis, Shape shape) {
        Expr positions = Range.of(shape.get(axis));
        for (int k = axis + 1; k < shape.rank(); k++) {
            positions = Tensors.insertAxis(positions, positions.shape().rank());
        }
        return Functions.EQUAL.apply(Tensors.insertAxis(target, axis), positions);
    }
}
