package org.adjoint.lang;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Walk;

/**
 * Sizes that dialect matlab leaves out: {@code vector(1)}, {@code matrix(1)} and {@code eye} are as large as what they are added to
 * or multiplied with. Each is a symbol of its own until it meets a size that it must equal; then the expression is read once more
 * with that size in its place.
 */
final class OpenSizes {
    /** A size was found; what was read before it was known is read again. */
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Found() {
            super("a size was found", null, false, false);
        }
    }

    private final IdentityHashMap<Syntax, List<Size>> symbols = new IdentityHashMap<>();
    private final Map<Size, Size> found = new LinkedHashMap<>();
    private final Set<Size> all = new java.util.LinkedHashSet<>();

    /** The size along an axis of what was written without sizes. */
    Size of(Syntax written, int axis) {
        List<Size> own = symbols.computeIfAbsent(written, key -> new ArrayList<>());
        while (own.size() <= axis) {
            Size symbol = Size.symbol("size " + (all.size() + 1));
            all.add(symbol);
            own.add(symbol);
        }
        return known(own.get(axis));
    }

    private Size known(Size size) {
        Size now = size;
        while (found.containsKey(now)) {
            now = found.get(now);
        }
        return now;
    }

    /**
     * Whether two sizes are equal.
     *
     * @throws Found when they were not, but are from now on
     */
    boolean same(Size a, Size b) {
        if (a.equals(b)) {
            return true;
        }
        if (all.isEmpty() || (!all.contains(a) && !all.contains(b))) {
            return false;
        }
        boolean left = all.contains(a);
        found.put(left ? a : b, left ? b : a);
        throw new Found();
    }

    /** Whether two matrices have the same shape; sizes left out are made to fit where both run along the same axes. */
    boolean sameShape(Matrix a, Matrix b) {
        boolean same = a.rank() == b.rank() && a.row() == b.row();
        for (int axis = 0; same && axis < a.rank(); axis++) {
            same = same(a.expr().shape().get(axis), b.expr().shape().get(axis));
        }
        return same;
    }

    /** Whether the value still depends on a size that was left out. */
    boolean remain(Expr expr) {
        return !all.isEmpty()
                && Walk.sizeSymbols(List.of(expr)).stream().anyMatch(name -> all.contains(Size.symbol(name)));
    }
}
