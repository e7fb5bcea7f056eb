package org.adjoint.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;

/** What stands outside of a tensor: {@code a b c d} padded by two on each side. */
public enum Padding {
    /** {@code 0 0 | a b c d | 0 0}. */
    ZERO,
    /** {@code c d | a b c d | a b}. */
    CIRCULAR,
    /** {@code c b | a b c d | c b}: mirrored at the outermost entries. */
    REFLECT,
    /** {@code b a | a b c d | d c}: mirrored at the edge. */
    SYMMETRIC,
    /** {@code a a | a b c d | d d}. */
    REPLICATE;

    /** PyTorch's name of it. */
    public String mode() {
        return this == ZERO ? "zeros" : name().toLowerCase(Locale.ROOT);
    }

    /** The tensor with {@code before} and {@code after} more entries along the axis. */
    public Expr pad(Expr x, int axis, Size before, Size after) {
        if (before.equals(Size.ZERO) && after.equals(Size.ZERO)) {
            return x;
        }
        Size n = x.shape().get(axis);
        return switch (this) {
            case ZERO -> shifted(x, axis, before, n.plus(before).plus(after), false);
            case CIRCULAR -> shifted(x, axis, before, n.plus(before).plus(after), true);
            case REFLECT -> {
                atMost(x, before, n.minus(1));
                atMost(x, after, n.minus(1));
                yield joined(axis, before, mirrored(x, axis, before, before), x, after,
                        mirrored(x, axis, n.minus(2), after));
            }
            case SYMMETRIC -> {
                atMost(x, before, n);
                atMost(x, after, n);
                yield joined(axis, before, mirrored(x, axis, before.minus(1), before), x, after,
                        mirrored(x, axis, n.minus(1), after));
            }
            case REPLICATE -> joined(axis, before, repeated(x, axis, Size.ZERO, before), x, after,
                    repeated(x, axis, n.minus(1), after));
        };
    }

    /**
     * The adjoint of {@link #pad}: a cotangent of the padded tensor, with what stands in the padding added to the entries that
     * are repeated there.
     *
     * @param n how long the axis is without padding
     */
    public Expr unpad(Expr cotangent, int axis, Size n, Size before, Size after) {
        if (before.equals(Size.ZERO) && after.equals(Size.ZERO)) {
            return cotangent;
        }
        Variable x = Variable.of("x", cotangent.shape().with(axis, n));
        Expr padded = pad(x, axis, before, after);
        if (padded instanceof Window window) {
            return Window.fold(cotangent, window.access());
        }
        Expr sum = Constant.ZERO;
        Size start = Size.ZERO;
        for (Expr part : padded.operands()) {
            Size count = part.shape().get(axis);
            Expr pulled = pulled(Window.slice(cotangent, axis, start, 1, count), axis, part);
            sum = start.equals(Size.ZERO) ? pulled : sum.plus(pulled);
            start = start.plus(count);
        }
        return sum;
    }

    /** The cotangent of one of the parts: the tensor itself, mirrored entries of it, or an entry that is repeated. */
    private static Expr pulled(Expr cotangent, int axis, Expr part) {
        return switch (part) {
            case Window mirrored -> Window.fold(cotangent, mirrored.access());
            case Contraction repeated when repeated.operand(0) instanceof Window edge ->
                Window.fold(Tensors.sum(cotangent, new int[] {axis}, true), edge.access());
            // An axis with one entry is its own edge.
            case Contraction whole -> Tensors.sum(cotangent, new int[] {axis}, true);
            default -> cotangent;
        };
    }

    private static Expr shifted(Expr x, int axis, Size before, Size count, boolean circular) {
        Expr zero = Window.slice(x, axis, Size.ZERO.minus(before), 1, count);
        return circular && zero instanceof Window window ? window.wrapped() : zero;
    }

    private void atMost(Expr x, Size padding, Size most) {
        Size room = most.minus(padding);
        if (room.isInteger() && room.value() < 0) {
            throw new ShapeError("padding by " + name().toLowerCase(Locale.ROOT)
                    + " repeats entries once; at most " + most + " can be padded, got " + padding, x);
        }
    }

    /** The entries {@code start, start − 1, …}. */
    private static Expr mirrored(Expr x, int axis, Size start, Size count) {
        return count.equals(Size.ZERO) ? x : Window.slice(x, axis, start, -1, count);
    }

    private static Expr repeated(Expr x, int axis, Size position, Size count) {
        Expr edge = Window.slice(x, axis, position, 1, Size.ONE);
        Shape shape = x.shape().with(axis, count);
        return count.equals(Size.ZERO) ? x : Tensors.broadcast(edge, shape);
    }

    private static Expr joined(int axis, Size before, Expr left, Expr x, Size after, Expr right) {
        List<Expr> parts = new ArrayList<>();
        if (!before.equals(Size.ZERO)) {
            parts.add(left);
        }
        parts.add(x);
        if (!after.equals(Size.ZERO)) {
            parts.add(right);
        }
        return Concatenation.of(parts, axis);
    }
}
