package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** Notation made from parts; its meaning is what the language makes of it. */
final class Surface {
    private Surface() {
    }

    static Shown leaf(Expr expr) {
        return new Shown.Leaf(expr);
    }

    /** The matrix product; of a vector and a matrix, the matrix transposed and the vector. */
    static Shown matmul(Shown a, Shown b) {
        if (a.rank() == 1 && b.rank() == 2) {
            return matmul(permute(b, 1, 0), a);
        }
        return new Shown.Matmul(a, b, Tensors.matmul(a.meaning(), b.meaning()));
    }

    static Shown outer(Shown a, Shown b) {
        if (a.rank() != 1 || b.rank() != 1) {
            throw new ShapeError("an outer product takes vectors", a.meaning(), b.meaning());
        }
        return new Shown.Outer(a, b, Tensors.outer(a.meaning(), b.meaning()));
    }

    static Shown trace(Shown a) {
        return call("trace", Tensors.trace(a.meaning()), a);
    }

    static Shown diagonal(Shown a) {
        return call("diagonal", Tensors.diagonal(a.meaning()), a);
    }

    static Shown diag(Shown v) {
        return new Shown.Diagonal(v, Tensors.diag(v.meaning()));
    }

    static Shown call(String function, Expr meaning, Shown... arguments) {
        return new Shown.Call(function, List.of(arguments), List.of(), meaning);
    }

    /** The tensor with its axes in another order. */
    static Shown permute(Shown a, int... order) {
        int rank = order.length;
        boolean same = IntStream.range(0, rank).allMatch(k -> order[k] == k);
        if (same) {
            return a;
        }
        Expr meaning = Tensors.permute(a.meaning(), order);
        if (a instanceof Shown.Transpose turned && turned.operand().meaning() == meaning) {
            return turned.operand();
        }
        if (IntStream.range(0, rank).allMatch(k -> order[k] == rank - 1 - k)) {
            return new Shown.Transpose(a, meaning);
        }
        return call("transpose", meaning, a, verbatim(IntStream.of(order).boxed().toList().toString()));
    }

    /** The sum over the axes. */
    static Shown total(Shown a, int... axes) {
        if (axes.length == 0) {
            return a;
        }
        List<Integer> listed = axes.length == a.rank() ? List.of() : IntStream.of(axes).boxed().toList();
        return new Shown.Total(a, listed, Tensors.sum(a.meaning(), axes, false));
    }

    /** A sum over axes whose sizes are among the divisors, which go. */
    static Optional<Shown> mean(Shown sum, List<Size> below) {
        if (!(sum instanceof Shown.Total total)) {
            return Optional.empty();
        }
        Shape shape = total.operand().meaning().shape();
        int[] axes = total.axes().isEmpty() ? IntStream.range(0, shape.rank()).toArray()
                : total.axes().stream().mapToInt(k -> k).toArray();
        List<Size> left = new ArrayList<>(below);
        boolean all = IntStream.of(axes).allMatch(axis -> left.remove(shape.get(axis)));
        if (!all) {
            return Optional.empty();
        }
        below.clear();
        below.addAll(left);
        List<Shown.Option> options = total.axes().isEmpty() ? List.of()
                : List.of(new Shown.Option("axis", Fold.axesText(total.axes())));
        return Optional.of(new Shown.Call("mean", List.of(total.operand()), options,
                Tensors.mean(total.operand().meaning(), axes, false)));
    }

    /** The product entry by entry, with broadcasting. */
    static Shown product(Fraction coefficient, List<Shown> factors, List<Shown> divisors) {
        if (coefficient.isOne() && factors.size() == 1 && divisors.isEmpty()) {
            return factors.get(0);
        }
        List<Expr> meanings = new ArrayList<>();
        if (!coefficient.number().isOne()) {
            meanings.add(Constant.of(coefficient.number()));
        }
        coefficient.above().forEach(size -> meanings.add(Dimension.of(size)));
        coefficient.below().forEach(size -> meanings.add(Tensors.reciprocal(Dimension.of(size))));
        factors.forEach(factor -> meanings.add(factor.meaning()));
        divisors.forEach(divisor -> meanings.add(Tensors.reciprocal(divisor.meaning())));
        return new Shown.Product(coefficient, List.copyOf(factors), List.copyOf(divisors), Tensors.product(meanings));
    }

    /** New axes of size 1 where {@code kept} says false; trailing whole axes are left out of the text. */
    static Shown withNewAxes(Shown a, boolean[] kept) {
        List<Shown.Item> items = new ArrayList<>();
        Expr meaning = a.meaning();
        int last = -1;
        for (int axis = 0; axis < kept.length; axis++) {
            items.add(kept[axis] ? Shown.WHOLE : Shown.NEW_AXIS);
            if (!kept[axis]) {
                meaning = Tensors.insertAxis(meaning, axis);
                last = axis;
            }
        }
        if (last < 0) {
            return a;
        }
        return new Shown.Index(a, List.copyOf(items.subList(0, last + 1)), meaning);
    }

    /** The Kronecker product of two matrices. */
    static Shown kron(Shown a, Shown b) {
        Shape m = a.meaning().shape();
        Shape n = b.meaning().shape();
        Expr product = Contraction.of(List.of(a.meaning(), b.meaning()), List.of(new int[] {0, 2}, new int[] {1, 3}),
                new int[] {0, 1, 2, 3}, Shape.of(m.get(0), n.get(0), m.get(1), n.get(1)));
        return call("kron", Reshape.of(product, Shape.of(m.get(0).times(n.get(0)), m.get(1).times(n.get(1)))), a, b);
    }

    static Shown reshape(Shown a, Shape shape) {
        return call("reshape", Reshape.of(a.meaning(), shape), a, verbatim(shape.toString()));
    }

    static Shown broadcastTo(Shown a, Shape shape) {
        return call("broadcast_to", Tensors.broadcast(a.meaning(), shape), a, verbatim(shape.toString()));
    }

    static Shown ones(Shape shape) {
        return sized("ones", shape, Contraction.ones(shape));
    }

    static Shown zeros(Shape shape) {
        return sized("zeros", shape, Linear.zero(shape));
    }

    private static Shown sized(String function, Shape shape, Expr meaning) {
        return new Shown.Call(function, shape.sizes().stream().map(Surface::extent).toList(), List.of(), meaning);
    }

    static Shown extent(Size size) {
        return new Shown.Verbatim(size.toString(), Dimension.of(size));
    }

    static Shown verbatim(String text) {
        return new Shown.Verbatim(text, Constant.ZERO);
    }
}
