package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/**
 * Tensors laid end to end, of symbolic lengths, as sums of tensors with zeros around them, {@code [x, y] = [x, 0] + [0, y]}, of
 * which the normal form knows windows and products. What works entry by entry goes into the parts first, {@code f([x, y]) = [f(x),
 * f(y)]}, and a reduction over all of them is one of those of the parts, {@code max [x, y] = max(max x, max y)}.
 */
final class EndToEnd {
    static final String LAW = "parts laid end to end";
    private static final int NODE_LIMIT = 400;
    private static final int PART_LIMIT = 8;

    private final NodeMap<Expr> images = new NodeMap<>();

    private EndToEnd() {
    }

    /** The expressions written so; nothing where no parts of symbolic length are laid end to end. */
    static Optional<List<Expr>> of(Expr a, Expr b) {
        List<Expr> nodes = Walk.postorder(List.of(a, b));
        if (nodes.size() > NODE_LIMIT || nodes.stream().noneMatch(EndToEnd::isSymbolic)) {
            return Optional.empty();
        }
        EndToEnd all = new EndToEnd();
        nodes.forEach(node -> all.images.put(node, all.image(node)));
        return Optional.of(List.of(padded(all.known(a)), padded(all.known(b))));
    }

    private static boolean isSymbolic(Expr node) {
        return node instanceof Concatenation all && all.operandCount() <= PART_LIMIT
                && !all.shape().get(all.axis()).isInteger();
    }

    private Expr known(Expr node) {
        return Objects.requireNonNull(images.get(node));
    }

    /** An equal expression; parts laid end to end stay so until something looks at all of them. */
    private Expr image(Expr node) {
        List<Expr> operands = node.operands().stream().map(this::known).toList();
        return switch (node) {
            case Elementwise f -> entrywise(f, operands);
            case Linear sum -> entrywise(sum, operands);
            case Where where -> entrywise(where, operands);
            case Detach detach -> entrywise(detach, operands);
            case Reduction reduction -> reduced(reduction, operands.get(0));
            case Concatenation all -> joined(all, operands);
            case Contraction product -> rebuilt(product, operands);
            case Window window -> window(window, operands.get(0));
            case Reshape reshape -> rebuilt(reshape, operands);
            case MatrixFunction f -> rebuilt(f, operands);
            case Application f -> rebuilt(f, operands);
            case Variable leaf -> leaf;
            case Constant leaf -> leaf;
            case Dimension leaf -> leaf;
            case Range leaf -> leaf;
            case Delta leaf -> leaf;
        };
    }

    private static Expr rebuilt(Expr node, List<Expr> operands) {
        List<Expr> whole = operands.stream().map(EndToEnd::padded).toList();
        return whole.equals(node.operands()) ? node : node.withOperands(whole);
    }

    /** {@code [x, y][::−1] = [y[::−1], x[::−1]]}, and {@code [x, y][:0:−1] = [y[::−1], x[:0:−1]]} as x has an entry. */
    private static Expr window(Window window, Expr x) {
        if (!(x instanceof Concatenation all) || !isSymbolic(x)) {
            return rebuilt(window, List.of(x));
        }
        int axis = all.axis();
        Size first = all.operand(0).shape().get(axis);
        if (window == Window.flip(window.operand(0), axis)) {
            return Concatenation.of(all.operands().reversed().stream().map(part -> Window.flip(part, axis)).toList(),
                    axis);
        }
        if (first.isPositive() && window == butFirst(window.operand(0), axis)) {
            List<Expr> parts = new ArrayList<>(all.operands().subList(1, all.operandCount()).reversed().stream()
                    .map(part -> Window.flip(part, axis)).toList());
            parts.add(butFirst(all.operand(0), axis));
            return Concatenation.of(parts, axis);
        }
        return rebuilt(window, List.of(x));
    }

    /** {@code x[:0:−1]}. */
    private static Expr butFirst(Expr x, int axis) {
        Size rest = x.shape().get(axis).minus(1);
        return Window.slice(x, axis, rest, -1, rest);
    }

    /** {@code [x[:0:−1], x[:1]] = x[::−1]}. */
    private static List<Expr> rejoined(List<Expr> parts, int axis) {
        List<Expr> joined = new ArrayList<>();
        for (Expr part : parts) {
            Expr x = part instanceof Window first ? first.operand(0) : part;
            boolean follows = !joined.isEmpty() && x != part && x.shape().rank() == part.shape().rank()
                    && x.shape().get(axis).isPositive() && part == Window.slice(x, axis, Size.ZERO, 1, Size.ONE)
                    && joined.getLast() == butFirst(x, axis);
            if (follows) {
                joined.set(joined.size() - 1, Window.flip(x, axis));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }

    /** {@code [[x, y], z] = [x, y, z]}. */
    private static Expr joined(Concatenation all, List<Expr> operands) {
        List<Expr> parts = new ArrayList<>();
        for (Expr operand : operands) {
            if (operand instanceof Concatenation inner && inner.axis() == all.axis() && isSymbolic(inner)) {
                parts.addAll(inner.operands());
            } else {
                parts.add(padded(operand));
            }
        }
        return Concatenation.of(rejoined(parts, all.axis()), all.axis());
    }

    /** {@code f([x, y], z) = [f(x, z[:n]), f(y, z[n:])]} along the parts of the first operand that has some. */
    private static Expr entrywise(Expr node, List<Expr> operands) {
        Concatenation first = operands.stream().filter(EndToEnd::isSymbolic).map(Concatenation.class::cast).findFirst()
                .orElse(null);
        if (first == null) {
            return rebuilt(node, operands);
        }
        int axis = first.axis();
        List<Expr> parts = new ArrayList<>();
        Size start = Size.ZERO;
        for (int k = 0; k < first.operandCount(); k++) {
            Size length = first.operand(k).shape().get(axis);
            List<Expr> cut = new ArrayList<>();
            for (Expr operand : operands) {
                cut.add(operand instanceof Concatenation all && partition(all).equals(partition(first))
                        ? all.operand(k)
                        : cut(padded(operand), axis, start, length));
            }
            parts.add(applied(node, cut));
            start = start.plus(length);
        }
        return Concatenation.of(parts, axis);
    }

    /** The function of other operands, all of one shape. */
    private static Expr applied(Expr node, List<Expr> operands) {
        if (node instanceof Linear sum) {
            List<Rational> coefficients = new ArrayList<>();
            for (int k = 0; k < sum.termCount(); k++) {
                coefficients.add(sum.coefficient(k));
            }
            return Linear.of(operands.get(0).shape(), operands, coefficients);
        }
        return node.withOperands(operands);
    }

    private static List<Object> partition(Concatenation all) {
        List<Object> partition = new ArrayList<>(List.of(all.axis()));
        all.operands().forEach(part -> partition.add(part.shape().get(all.axis())));
        return partition;
    }

    private static Expr cut(Expr x, int axis, Size start, Size length) {
        return Constant.uniform(x).map(value -> Linear.fill(x.shape().with(axis, length), value))
                .orElseGet(() -> Window.slice(x, axis, start, 1, length));
    }

    private static Expr reduced(Reduction reduction, Expr x) {
        int[] axes = reduction.axes();
        boolean over = isSymbolic(x) && Arrays.stream(axes).anyMatch(axis -> axis == ((Concatenation) x).axis());
        // A part of length 0 has no maximum.
        boolean empty = reduction.operation() == Reduction.Operation.MAX && isSymbolic(x) && !x.operands().stream()
                .allMatch(part -> part.shape().get(((Concatenation) x).axis()).isPositive());
        if (!over || empty) {
            return rebuilt(reduction, List.of(x));
        }
        return switch (reduction.operation()) {
            case MAX -> each(x, part -> Reduction.of(Reduction.Operation.MAX, part, axes),
                    (a, b) -> Functions.MAXIMUM.apply(a, b));
            case PRODUCT -> each(x, part -> Reduction.of(Reduction.Operation.PRODUCT, part, axes), Expr::times);
            case LOG_SUM_EXP -> Functions.LOG.apply(
                    each(x, part -> Tensors.sum(Functions.EXP.apply(part), axes, false), Expr::plus));
            case FIRST_MAX -> rebuilt(reduction, List.of(x));
        };
    }

    private static Expr each(Expr x, UnaryOperator<Expr> value, BinaryOperator<Expr> together) {
        return x.operands().stream().map(value).reduce(together).orElseThrow();
    }

    /** Parts that are still laid end to end as a sum, each with zeros around it. */
    private static Expr padded(Expr image) {
        if (!(image instanceof Concatenation all) || !isSymbolic(all)) {
            return image;
        }
        Size total = all.shape().get(all.axis());
        Size start = Size.ZERO;
        List<Expr> terms = new ArrayList<>();
        for (Expr part : all.operands()) {
            terms.add(Linear.isZero(part) ? Linear.zero(all.shape())
                    : Window.slice(part, all.axis(), Size.ZERO.minus(start), 1, total));
            start = start.plus(part.shape().get(all.axis()));
        }
        return Tensors.sum(terms);
    }
}
