package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Window;

/** Making tensors, and moving their entries: shapes, transposes, joins, rolls and flips. */
final class LayoutFunctions {
    private LayoutFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("ones(*shape)", a -> Value.Tensor.of(Contraction.ones(a.shape("shape"))));
        table.row("zeros(*shape)", a -> Value.Tensor.of(Linear.zero(a.shape("shape"))));
        table.row("full(shape, value)",
                a -> Value.Tensor.of(Tensors.broadcast(a.expr("value"), a.shape("shape"))));
        table.row("ones_like(x)", a -> like(a.tensor("x"), Rational.ONE));
        table.row("zeros_like(x)", a -> like(a.tensor("x"), Rational.ZERO));
        table.row("broadcast_to(x, shape)", a -> Value.Tensor.of(Tensors.broadcast(a.expr("x"), a.shape("shape"))));
        table.also("broadcast_to", "expand");
        table.row("arange(start, stop=None)", LayoutFunctions::range);
        table.row("onehot(k, n)", LayoutFunctions::oneHot);
        table.also("onehot", "one_hot");
        table.row("reshape(x, *shape)", LayoutFunctions::reshape);
        table.also("reshape", "view");
        table.row("flatten(x)", a -> Value.Tensor.of(flat(a.expr("x"))));
        table.also("flatten", "ravel");
        table.row("vec(x)", a -> Value.Tensor.of(a.reader().under("vec", "row") ? flat(a.expr("x"))
                : flat(Tensors.transpose(a.expr("x")))));
        table.row("transpose(x, *axes=None)", LayoutFunctions::transpose);
        table.also("transpose", "permute");
        table.row("swapaxes(x, i, j)", LayoutFunctions::swap);
        table.row("squeeze(x, axis=None)", LayoutFunctions::squeeze);
        table.row("expand_dims(x, axis)", LayoutFunctions::expand);
        table.also("expand_dims", "unsqueeze");
        table.row("concatenate(x, axis=0)", a -> join(a, a.integer("axis", 0), false));
        table.also("concatenate", "concat", "cat");
        table.row("stack(x, axis=0)", a -> join(a, a.integer("axis", 0), true));
        table.row("vstack(x)", LayoutFunctions::vertical);
        table.row("hstack(x)", a -> join(a, items(a).get(0).shape().rank() > 1 ? 1 : 0, false));
        table.row("column_stack(x)", a -> join(a, items(a).get(0).shape().rank() > 1 ? 1 : -1,
                items(a).get(0).shape().rank() == 1));
        table.row("roll(x, shift, axis=None)", LayoutFunctions::roll);
        table.row("flip(x, axis=None)", LayoutFunctions::flip);
        table.row("rot90(x, k=1, axes=None)", LayoutFunctions::quarterTurns);
        table.row("tile(x, n)", a -> Value.Tensor.of(tile(a.expr("x"), a.size("n"))));
        table.row("array(x)", a -> a.value("x"));
        table.also("array", "asarray", "tensor");
    }

    private static Value like(Value.Tensor x, Rational value) {
        return new Value.Tensor(Linear.fill(x.expr().shape(), value), x.axes());
    }

    private static Value range(Arguments a) {
        Size start = a.has("stop") ? a.size("start") : Size.ZERO;
        Size stop = a.has("stop") ? a.size("stop") : a.size("start");
        Size count = stop.minus(start);
        if (count.isInteger() && count.value() < 1) {
            throw Failures.type(a.call(), Failures.excerpt(a.call()) + " is empty");
        }
        Expr range = Range.of(count);
        return Value.Tensor.of(start.equals(Size.ZERO) ? range : range.plus(Dimension.of(start)));
    }

    /** 1 at entry k of n, along a new last axis. */
    private static Value oneHot(Arguments a) {
        Value.Tensor k = a.tensor("k");
        Expr column = Tensors.insertAxis(k.expr(), k.expr().shape().rank());
        Expr positions = Range.of(a.size("n"));
        int first = a.reader().dialect.firstIndex();
        return new Value.Tensor(Functions.EQUAL.apply(column,
                first == 0 ? positions : positions.plus(Constant.of(first))), k.axes());
    }

    // ---- shapes

    private static Value reshape(Arguments a) {
        Expr x = a.expr("x");
        List<Syntax> sizes = a.rest();
        Shape shape = sizes.stream().anyMatch(LayoutFunctions::mentionsMinusOne) ? inferred(a, x) : a.shape("shape");
        return Value.Tensor.of(Reshape.of(x, shape));
    }

    private static boolean mentionsMinusOne(Syntax syntax) {
        return switch (syntax) {
            case Syntax.TupleLit tuple -> tuple.items().stream().anyMatch(LayoutFunctions::isMinusOne);
            case Syntax.ListLit list -> list.items().stream().anyMatch(LayoutFunctions::isMinusOne);
            default -> isMinusOne(syntax);
        };
    }

    private static boolean isMinusOne(Syntax syntax) {
        return syntax instanceof Syntax.Unary unary && unary.op() == Syntax.Unary.Op.NEGATE
                && unary.operand() instanceof Syntax.NumberLit n && n.value().isOne();
    }

    /** A shape with one −1, which is what is left of the number of entries. */
    private static Shape inferred(Arguments a, Expr x) {
        List<Syntax> written = a.rest().size() == 1 && a.rest().get(0) instanceof Syntax.TupleLit tuple
                ? tuple.items()
                : a.rest().size() == 1 && a.rest().get(0) instanceof Syntax.ListLit list ? list.items() : a.rest();
        Size known = Size.ONE;
        int open = -1;
        List<Size> sizes = new ArrayList<>();
        for (int k = 0; k < written.size(); k++) {
            boolean isOpen = isMinusOne(written.get(k));
            if (isOpen && open >= 0) {
                throw Failures.type(a.call(), "reshape infers one size, not two");
            }
            open = isOpen ? k : open;
            Size size = isOpen ? Size.ONE : a.reader().size(written.get(k));
            known = known.times(size);
            sizes.add(size);
        }
        Size product = known;
        sizes.set(open, x.shape().count().divideExact(known).orElseThrow(() -> new ShapeError(
                "a reshape keeps the number of entries; " + x.shape().count() + " is not divisible by " + product, x)));
        return Shape.of(sizes);
    }

    private static Expr flat(Expr x) {
        return Reshape.of(x, Shape.of(x.shape().count()));
    }

    private static Value transpose(Arguments a) {
        Value.Tensor x = a.tensor("x");
        int named = x.axes().size();
        int rank = x.shape().rank();
        List<Syntax> written = a.rest().size() == 1 && a.rest().get(0) instanceof Syntax.TupleLit tuple
                ? tuple.items()
                : a.rest().size() == 1 && a.rest().get(0) instanceof Syntax.ListLit list ? list.items() : a.rest();
        int[] order = IntStream.range(0, rank).map(k -> rank - 1 - k).toArray();
        if (!written.isEmpty()) {
            order = written.stream().mapToInt(s -> normal(a, a.reader().integer(s), rank)).toArray();
            if (order.length == 2 && rank > 2) {
                // torch.transpose(x, i, j) exchanges two axes
                int[] swapped = IntStream.range(0, rank).toArray();
                swapped[order[0]] = order[1];
                swapped[order[1]] = order[0];
                order = swapped;
            }
        }
        return new Value.Tensor(Tensors.permute(x.expr(), shifted(order, named)), x.axes());
    }

    private static int[] shifted(int[] order, int named) {
        int[] all = new int[order.length + named];
        Arrays.setAll(all, k -> k < named ? k : order[k - named] + named);
        return all;
    }

    private static int normal(Arguments a, int axis, int rank) {
        int normal = axis < 0 ? axis + rank : axis;
        if (normal < 0 || normal >= rank) {
            throw Failures.type(a.call(), Failures.excerpt(a.call()) + ": axis " + axis + " does not exist");
        }
        return normal;
    }

    private static Value swap(Arguments a) {
        Value.Tensor x = a.tensor("x");
        int[] order = IntStream.range(0, x.shape().rank()).toArray();
        int i = normal(a, a.integer("i", 0), order.length);
        int j = normal(a, a.integer("j", 0), order.length);
        order[i] = j;
        order[j] = i;
        return new Value.Tensor(Tensors.permute(x.expr(), shifted(order, x.axes().size())), x.axes());
    }

    private static Value squeeze(Arguments a) {
        Value.Tensor x = a.tensor("x");
        Expr squeezed = x.expr();
        int[] axes = a.axes(x);
        for (int k = axes.length - 1; k >= 0; k--) {
            if (squeezed.shape().get(axes[k]).isOne()) {
                squeezed = Tensors.sum(squeezed, new int[] {axes[k]}, false);
            } else if (a.has("axis")) {
                throw new ShapeError("only an axis of size 1 can be squeezed out", x.expr());
            }
        }
        return new Value.Tensor(squeezed, x.axes());
    }

    private static Value expand(Arguments a) {
        Value.Tensor x = a.tensor("x");
        int rank = x.shape().rank() + 1;
        return new Value.Tensor(
                Tensors.insertAxis(x.expr(), x.axes().size() + normal(a, a.integer("axis", 0), rank)), x.axes());
    }

    // ---- joins

    private static List<Value.Tensor> items(Arguments a) {
        if (!(a.value("x") instanceof Value.ListValue list) || list.items().isEmpty()) {
            throw Failures.type(a.call(), Failures.excerpt(a.call()) + ": a list of tensors is joined, as in [x, y]");
        }
        List<Value.Tensor> items = new ArrayList<>();
        list.items().forEach(item -> items.add(Values.tensor(item, a.syntax("x").span())));
        return items;
    }

    private static Value join(Arguments a, int axis, boolean newAxis) {
        List<Value.Tensor> items = items(a);
        Indices.Aligned aligned = Indices.align(items);
        if (!aligned.axes().isEmpty()) {
            throw new Undecided("joining entries named by an index is not computed", a.call().span());
        }
        int rank = items.get(0).shape().rank() + (newAxis ? 1 : 0);
        int at = normal(a, axis, rank);
        try {
            if (newAxis) {
                if (at == 0) {
                    return Value.Tensor.of(Tensors.stack(aligned.exprs()));
                }
                return Value.Tensor.of(Concatenation
                        .of(aligned.exprs().stream().map(x -> Tensors.insertAxis(x, at)).toList(), at));
            }
            return Value.Tensor.of(Concatenation.of(aligned.exprs(), at));
        } catch (ShapeError error) {
            List<Syntax> written = a.syntax("x") instanceof Syntax.ListLit list ? list.items()
                    : a.syntax("x") instanceof Syntax.TupleLit tuple ? tuple.items() : List.of();
            throw Failures.shape(a.call(), error,
                    written.size() == items.size() ? Failures.operands(written, items) : List.of());
        }
    }

    private static Value vertical(Arguments a) {
        return join(a, 0, items(a).get(0).shape().rank() == 1);
    }

    private static Expr tile(Expr x, Size n) {
        Shape shape = Shape.of(n).concat(x.shape());
        Expr rows = Tensors.broadcast(x, shape);
        return x.shape().isScalar() ? rows : Reshape.of(rows, x.shape().with(0, n.times(x.shape().get(0))));
    }

    // ---- moving entries

    private static Value roll(Arguments a) {
        Value.Tensor x = a.tensor("x");
        if (!a.has("axis") && x.shape().rank() != 1) {
            Expr flat = flat(a.plain(x));
            return Value.Tensor.of(Reshape.of(Window.roll(flat, 0, a.size("shift")), x.shape()));
        }
        List<Syntax> shifts = a.items("shift");
        int[] axes = a.has("axis") ? a.axes(x) : new int[] {a.axis(x, 0)};
        if (shifts.size() != 1 && shifts.size() != axes.length) {
            throw Failures.type(a.call(), "there is one shift for each axis, or one for all; got " + shifts.size()
                    + " for " + axes.length);
        }
        Expr rolled = x.expr();
        for (int k = 0; k < axes.length; k++) {
            rolled = Window.roll(rolled, axes[k], a.reader().size(shifts.get(shifts.size() == 1 ? 0 : k)));
        }
        return new Value.Tensor(rolled, x.axes());
    }

    /** A quarter turn against the clock, k times, in the plane of the first two axes or of those given, as NumPy's. */
    private static Value quarterTurns(Arguments a) {
        Value.Tensor x = a.tensor("x");
        int named = x.axes().size();
        int[] plane = a.has("axes") ? a.items("axes").stream().mapToInt(a.reader()::integer).toArray()
                : new int[] {0, 1};
        int rank = x.shape().rank();
        if (plane.length != 2 || plane[0] == plane[1] || Math.max(plane[0], plane[1]) >= rank
                || Math.min(plane[0], plane[1]) < 0) {
            throw Failures.shape(a.call(), "a quarter turn is in the plane of two axes, counted from 0", a.operands());
        }
        int[] order = IntStream.range(0, named + rank).toArray();
        order[named + plane[0]] = named + plane[1];
        order[named + plane[1]] = named + plane[0];
        Expr turned = x.expr();
        for (int k = Math.floorMod(a.integer("k", 1), 4); k > 0; k--) {
            turned = Window.flip(Tensors.permute(turned, order), named + plane[0]);
        }
        return new Value.Tensor(turned, x.axes());
    }

    private static Value flip(Arguments a) {
        Value.Tensor x = a.tensor("x");
        Expr flipped = x.expr();
        for (int axis : a.axes(x)) {
            flipped = Window.flip(flipped, axis);
        }
        return new Value.Tensor(flipped, x.axes());
    }
}
