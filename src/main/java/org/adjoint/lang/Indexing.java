package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Range;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Window;
import org.jspecify.annotations.Nullable;

/**
 * Entries and slices: {@code x[2, i, a:b, None, ...]}.
 *
 * <p>An index name removes its axis and names it; a name that occurs twice takes the diagonal. When every item is a whole
 * axis or a name that runs over one, the result is a contraction; otherwise one gather reads all entries.
 */
final class Indexing {
    private final Elaborator reader;

    Indexing(Elaborator reader) {
        this.reader = reader;
    }

    Value read(Syntax.Index index) {
        if (index.base() instanceof Syntax.Name name
                && reader.environment.lookup(name.id()).orElse(null) instanceof Binding.Members members) {
            return members.family().member(reader, index);
        }
        Value base = reader.value(index.base());
        return switch (base) {
            case Value.Module module -> new Modules(reader).part(index, module);
            case Value.ListValue list when index.items().size() == 1 && isInteger(index.items().get(0)) -> element(
                    list.items(), index.items().get(0));
            case Value.ShapeValue shape -> ofShape(shape.shape(), index);
            case Value.Tensor tensor -> entries(index, tensor, 0, index.items());
            case Value.ListValue list -> entries(index, Values.tensor(list, index.base().span()), 0, index.items());
            default -> throw Failures.type(index, Values.describe(base) + " has no entries");
        };
    }

    /** The one of some items that an integer names, from the end when it is negative. */
    <T> T element(List<T> items, Syntax item) {
        int k = reader.integer(item) - reader.dialect.firstIndex();
        int at = k < 0 ? k + items.size() : k;
        if (at < 0 || at >= items.size()) {
            throw new IllFormed(IllFormed.Kind.INDEX, item.span(),
                    "index " + Failures.excerpt(item) + " is out of range; there are " + items.size() + " entries");
        }
        return items.get(at);
    }

    private boolean isInteger(Syntax item) {
        return !(item instanceof Syntax.Slice || item instanceof Syntax.Ellipsis || item instanceof Syntax.NoneLit)
                && Affine.of(item, reader).filter(a -> a.strides().isEmpty() && a.offset().isInteger()).isPresent();
    }

    private Value ofShape(Shape shape, Syntax.Index index) {
        Syntax item = index.items().get(0);
        if (index.items().size() == 1 && item instanceof Syntax.Slice slice) {
            int rank = shape.rank();
            int from = slice.start().map(s -> bounded(reader.integer(s), rank)).orElse(0);
            int to = slice.stop().map(s -> bounded(reader.integer(s), rank)).orElse(rank);
            return new Value.ShapeValue(shape.slice(Math.min(from, to), to));
        }
        return Value.Tensor.of(Dimension.of(element(shape.sizes(), item)));
    }

    private static int bounded(int k, int rank) {
        return Math.max(0, Math.min(rank, k < 0 ? k + rank : k));
    }

    // ---- what each axis of the result reads

    /** The map being built: one axis of the window after the other, and for each axis of the source its affine form. */
    private static final class Access {
        private final Map<String, Integer> named = new LinkedHashMap<>();
        private final List<Integer> plain = new ArrayList<>();
        private final List<Size> sizes = new ArrayList<>();
        private final List<Map<Integer, Integer>> strides = new ArrayList<>();
        private final List<Size> offsets = new ArrayList<>();
        private boolean whole = true;

        int axis(Size size) {
            sizes.add(size);
            return sizes.size() - 1;
        }

        int named(String name, Size size) {
            Integer known = named.get(name);
            if (known != null) {
                return known;
            }
            int axis = axis(size);
            named.put(name, axis);
            return axis;
        }

        void source(Map<Integer, Integer> row, Size offset) {
            strides.add(row);
            offsets.add(offset);
        }
    }

    /** An entry that is looked up by value: the axis of the window that is contracted with an indicator. */
    private record Lookup(int axis, Value.Tensor position) {
    }

    /**
     * The entries of the tensor that the items name, from its trailing axis {@code first} on; axes before it stay.
     */
    Value.Tensor entries(Syntax whole, Value.Tensor base, int first, List<Syntax> items) {
        List<Syntax> full = expand(whole, base, first, items);
        Access map = new Access();
        List<Lookup> lookups = new ArrayList<>();
        int axis = 0;
        for (String name : base.axes()) {
            map.source(Map.of(map.named(name, base.expr().shape().get(axis++)), 1), Size.ZERO);
        }
        for (int k = 0; k < first; k++) {
            wholeAxis(map, base.expr().shape().get(axis++));
        }
        for (Syntax item : full) {
            if (item instanceof Syntax.NoneLit) {
                map.plain.add(-1);
                continue;
            }
            Size size = base.expr().shape().get(axis++);
            if (item instanceof Syntax.Slice slice) {
                slice(map, whole, slice, size, axis - base.axes().size() - 1);
            } else {
                position(map, lookups, whole, item, size, axis - base.axes().size() - 1);
            }
        }
        Expr gathered = gather(base.expr(), map);
        return finish(gathered, map, lookups);
    }

    /** The items with {@code ...} and missing trailing items written out as whole axes. */
    private List<Syntax> expand(Syntax whole, Value.Tensor base, int first, List<Syntax> items) {
        long used = items.stream().filter(i -> !(i instanceof Syntax.NoneLit || i instanceof Syntax.Ellipsis)).count();
        int rank = base.shape().rank() - first;
        if (used > rank) {
            throw new IllFormed(IllFormed.Kind.SHAPE, whole.span(), Failures.excerpt(whole)
                    + ": there are more indices than axes; "
                    + (whole instanceof Syntax.Index index ? Failures.excerpt(index.base()) + " is " : "the shape is ")
                    + base.shape());
        }
        List<Syntax> full = new ArrayList<>();
        Syntax.Slice all = new Syntax.Slice(Optional.empty(), Optional.empty(), Optional.empty(), whole.span());
        boolean dots = false;
        for (Syntax item : items) {
            if (item instanceof Syntax.Ellipsis) {
                if (dots) {
                    throw Failures.type(item, "an index has at most one ...");
                }
                dots = true;
                for (long k = used; k < rank; k++) {
                    full.add(all);
                }
            } else {
                full.add(item);
            }
        }
        for (long k = used; !dots && k < rank; k++) {
            full.add(all);
        }
        return full;
    }

    private static void wholeAxis(Access map, Size size) {
        int axis = map.axis(size);
        map.plain.add(axis);
        map.source(Map.of(axis, 1), Size.ZERO);
    }

    private void position(Access map, List<Lookup> lookups, Syntax whole, Syntax item, Size size, int axis) {
        Optional<Affine> found = Affine.of(item, reader);
        if (found.isEmpty()) {
            Value.Tensor position = reader.tensorOf(item);
            if (!position.shape().isScalar()) {
                throw new Undecided("indexing by a tensor is not computed: " + Failures.excerpt(item), item.span());
            }
            int read = map.axis(size);
            map.source(Map.of(read, 1), Size.ZERO);
            lookups.add(new Lookup(read, position));
            return;
        }
        Affine form = found.get();
        requireRange(whole, item, size, axis);
        Size offset = form.offset().minus(Size.of(reader.dialect.firstIndex()));
        if (form.strides().isEmpty() && offset.isInteger() && offset.value() < 0
                && reader.dialect == Dialect.NUMPY) {
            offset = offset.plus(size);
        }
        Map<Integer, Integer> row = new LinkedHashMap<>();
        Size[] reach = along(map, form, offset, row);
        check(whole, item, reach[0], reach[1], size, axis);
        map.whole &= row.size() == 1 && row.containsValue(1) && offset.equals(Size.ZERO)
                && map.sizes.get(row.keySet().iterator().next()).equals(size);
        map.source(row, offset);
    }

    /** An index without a written range runs over one axis, so all axes that it indexes by itself have one size. */
    private void requireRange(Syntax whole, Syntax item, Size size, int axis) {
        if (item instanceof Syntax.Name name
                && reader.environment.lookup(name.id()).orElse(null) instanceof Binding.Index index && index.inferred()
                && !index.count().equals(size)) {
            throw new IllFormed(IllFormed.Kind.SHAPE, Problem
                    .at(item.span(), Failures.excerpt(whole) + ": the axes that " + name.id()
                            + " indexes must have one size; axis " + axis + " has " + size + ", and " + name.id()
                            + " runs over " + index.count())
                    .hint("give it a range, as in `for " + name.id() + " in 0..k`"));
        }
    }

    private Size count(String name) {
        return reader.environment.axis(name).map(Binding.Index::count).orElse(Size.ONE);
    }

    private void check(Syntax whole, Syntax item, Size low, Size high, Size size, int axis) {
        Size room = size.minus(Size.ONE).minus(high);
        boolean outside = (low.isInteger() && low.value() < 0) || (room.isInteger() && room.value() < 0);
        if (outside) {
            int first = reader.dialect.firstIndex();
            throw new IllFormed(IllFormed.Kind.INDEX, item.span(), Failures.excerpt(whole) + ": index "
                    + Failures.excerpt(item) + " is out of range; axis " + axis + " has the entries " + first + " to "
                    + size.plus(Size.of(first - 1)));
        }
        requireNonNegative(low);
        requireNonNegative(room);
    }

    private void requireNonNegative(Size size) {
        if (!size.isNonNegative()) {
            reader.environment.requireNonNegative(size);
        }
    }

    // ---- slices

    private void slice(Access map, Syntax whole, Syntax.Slice slice, Size size, int at) {
        int step = slice.step().map(reader::integer).orElse(1);
        if (step == 0) {
            throw Failures.type(slice, "the step of a slice cannot be 0");
        }
        boolean up = step > 0;
        Affine from = moving(slice.start());
        if (from != null) {
            moved(map, whole, slice, from, step, size, at);
            return;
        }
        // where entries count from 1, a slice includes its end
        int beyond = reader.dialect == Dialect.NUMPY ? 0 : up ? 1 : -1;
        Size start = slice.start().map(s -> bound(s, size, up, 0)).orElse(up ? Size.ZERO : size.minus(Size.ONE));
        Size stop = slice.stop().map(s -> bound(s, size, up, beyond)).orElse(up ? size : Size.of(-1));
        Size span = up ? stop.minus(start) : start.minus(stop);
        Size count = span.plus(Size.of(Math.abs(step) - 1)).floorDivide(Size.of(Math.abs(step)));
        int axis = sliceAxis(map, slice, count, size);
        map.source(Map.of(axis, step), start);
        map.whole &= step == 1 && start.equals(Size.ZERO) && count.equals(size);
    }

    /** The axis of what a slice reads, which is not empty. */
    private int sliceAxis(Access map, Syntax.Slice slice, Size count, Size size) {
        if (count.isInteger() && count.value() < 1) {
            throw new IllFormed(IllFormed.Kind.INDEX, slice.span(),
                    "the slice " + Failures.excerpt(slice) + " of an axis of size " + size + " is empty");
        }
        requireNonNegative(count.minus(Size.ONE));
        int axis = map.axis(count);
        map.plain.add(axis);
        return axis;
    }

    /** The bound of a slice that moves with index names; null for one that stands still, or is left out. */
    private @Nullable Affine moving(Optional<Syntax> bound) {
        return bound.flatMap(syntax -> Affine.of(syntax, reader)).filter(form -> !form.strides().isEmpty())
                .orElse(null);
    }

    /** A slice whose ends move together, {@code x[i:i + k]}: a window for each value of the index. */
    private void moved(Access map, Syntax whole, Syntax.Slice slice, Affine from, int step, Size size, int at) {
        Affine to = moving(slice.stop());
        if (step != 1 || to == null || !to.strides().equals(from.strides())) {
            throw Failures.type(slice, "a slice that begins at an index ends at the same index plus its length, as in"
                    + " x[i:i + k]");
        }
        boolean first = reader.dialect == Dialect.NUMPY;
        Size count = to.offset().minus(from.offset()).plus(first ? 0 : 1);
        Map<Integer, Integer> row = new LinkedHashMap<>();
        Size offset = from.offset().minus(Size.of(reader.dialect.firstIndex()));
        Size[] reach = along(map, from, offset, row);
        row.put(sliceAxis(map, slice, count, size), 1);
        map.whole = false;
        check(whole, slice, reach[0], reach[1].plus(count).minus(1), size, at);
        map.source(row, offset);
    }

    /** Adds the strides of the form to the row; the least and the greatest position that it takes. */
    private Size[] along(Access map, Affine form, Size offset, Map<Integer, Integer> row) {
        Size low = offset;
        Size high = offset;
        for (Map.Entry<String, Integer> part : form.strides().entrySet()) {
            Size count = count(part.getKey());
            row.put(map.named(part.getKey(), count), part.getValue());
            Size reach = count.minus(Size.ONE).times(Size.of(part.getValue()));
            low = part.getValue() < 0 ? low.plus(reach) : low;
            high = part.getValue() > 0 ? high.plus(reach) : high;
        }
        return new Size[] {low, high};
    }

    /** A bound of a slice as a position: negative ones count from the end, those beyond an integer size are cut off. */
    private Size bound(Syntax syntax, Size size, boolean up, int beyond) {
        Size given = reader.size(syntax);
        Size first = Size.of(reader.dialect.firstIndex());
        boolean fromEnd = given.isInteger() && given.value() < 0 && reader.dialect == Dialect.NUMPY;
        Size position = fromEnd ? size.plus(given) : given.minus(first).plus(Size.of(beyond));
        if (position.isInteger() && size.isInteger()) {
            long least = up ? 0 : -1;
            long most = up ? size.value() : size.value() - 1;
            return Size.of(Math.max(least, Math.min(most, position.value())));
        }
        Size room = size.minus(position);
        if (!room.isNonNegative()) {
            reader.environment.requireNonNegative(room);
        }
        requireNonNegative(position);
        return position;
    }

    // ---- the node

    private static Expr gather(Expr base, Access map) {
        if (map.whole) {
            return base;
        }
        int rank = map.sizes.size();
        List<List<Integer>> strides = new ArrayList<>();
        for (Map<Integer, Integer> row : map.strides) {
            Integer[] dense = new Integer[rank];
            Arrays.fill(dense, 0);
            row.forEach((axis, stride) -> dense[axis] = stride);
            strides.add(List.of(dense));
        }
        return Window.gather(base, new Window.Access(base.shape(), Shape.of(map.sizes), strides, map.offsets, false));
    }

    /** Puts the named axes first, adds the new ones, and contracts lookups with their indicators. */
    private static Value.Tensor finish(Expr gathered, Access map, List<Lookup> lookups) {
        int[] labels = new int[gathered.shape().rank()];
        if (map.whole) {
            for (int k = 0; k < labels.length; k++) {
                labels[k] = map.strides.get(k).keySet().iterator().next();
            }
        } else {
            Arrays.setAll(labels, k -> k);
        }
        List<String> axes = new ArrayList<>(map.named.keySet());
        List<Integer> output = new ArrayList<>(map.named.values());
        List<Expr> factors = new ArrayList<>(List.of(gathered));
        List<int[]> factorLabels = new ArrayList<>(List.of(labels));
        int fresh = map.sizes.size();
        for (Lookup lookup : lookups) {
            Value.Tensor indicator = indicator(lookup.position(), map.sizes.get(lookup.axis()));
            int[] own = new int[indicator.expr().shape().rank()];
            for (int k = 0; k < indicator.axes().size(); k++) {
                String name = indicator.axes().get(k);
                Integer known = map.named.get(name);
                if (known == null) {
                    known = fresh++;
                    map.named.put(name, known);
                    map.sizes.add(indicator.expr().shape().get(k));
                    axes.add(name);
                    output.add(known);
                }
                own[k] = known;
            }
            own[own.length - 1] = lookup.axis();
            factors.add(indicator.expr());
            factorLabels.add(own);
        }
        List<Size> sizes = new ArrayList<>();
        output.forEach(label -> sizes.add(map.sizes.get(label)));
        for (int axis : map.plain) {
            sizes.add(axis < 0 ? Size.ONE : map.sizes.get(axis));
            output.add(axis < 0 ? fresh++ : axis);
        }
        int[] out = output.stream().mapToInt(k -> k).toArray();
        return new Value.Tensor(Contraction.of(factors, factorLabels, out, Shape.of(sizes)), axes);
    }

    /** {@code [position == k]} along a new last axis. */
    private static Value.Tensor indicator(Value.Tensor position, Size size) {
        Expr column = Tensors.insertAxis(position.expr(), position.expr().shape().rank());
        return new Value.Tensor(Functions.EQUAL.apply(column, Range.of(size)), position.axes());
    }
}
