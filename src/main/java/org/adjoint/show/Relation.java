package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/**
 * What a window says of indices along one axis. The sizes fit exactly, so that nothing outside of a tensor is read and
 * nothing inside is left out.
 */
sealed interface Relation {
    boolean touches(int label);

    Relation renamed(int from, int to);

    /** {@code a = b}. */
    record Equal(int a, int b) implements Relation {
        @Override
        public boolean touches(int label) {
            return a == label || b == label;
        }

        @Override
        public Relation renamed(int from, int to) {
            return new Equal(a == from ? to : a, b == from ? to : b);
        }
    }

    /** {@code a + b = n − 1}: one runs backwards. */
    record Reversed(int a, int b) implements Relation {
        @Override
        public boolean touches(int label) {
            return a == label || b == label;
        }

        int other(int label) {
            return a == label ? b : a;
        }

        @Override
        public Relation renamed(int from, int to) {
            return new Reversed(a == from ? to : a, b == from ? to : b);
        }
    }

    /** {@code whole = a + b}, from 0: the size of {@code whole} is the sum of the two others less 1. */
    record Added(int whole, int a, int b) implements Relation {
        @Override
        public boolean touches(int label) {
            return whole == label || a == label || b == label;
        }

        @Override
        public Relation renamed(int from, int to) {
            return new Added(whole == from ? to : whole, a == from ? to : a, b == from ? to : b);
        }
    }

    /**
     * The relations of a window, one for each axis of its source; none when there is another kind among them.
     *
     * @param source the indices of the source
     * @param window the indices of the window
     */
    static Optional<List<Relation>> of(Window.Access access, int[] source, int[] window) {
        List<Relation> relations = new ArrayList<>();
        for (int d = 0; d < source.length && !access.circular(); d++) {
            along(access, d, source[d], window).ifPresent(relations::add);
        }
        return relations.size() == source.length ? Optional.of(relations) : Optional.empty();
    }

    private static Optional<Relation> along(Window.Access access, int d, int source, int[] inner) {
        List<Integer> used = new ArrayList<>();
        List<Integer> strides = access.strides().get(d);
        for (int k = 0; k < strides.size(); k++) {
            if (strides.get(k) != 0) {
                used.add(k);
            }
        }
        Size offset = access.offsets().get(d);
        Size size = access.source().get(d);
        if (used.size() == 1) {
            int k = used.get(0);
            boolean same = access.window().get(k).equals(size);
            if (same && strides.get(k) == 1 && offset.equals(Size.ZERO)) {
                return Optional.of(new Equal(source, inner[k]));
            }
            return same && strides.get(k) == -1 && offset.equals(size.minus(1))
                    ? Optional.of(new Reversed(source, inner[k]))
                    : Optional.empty();
        }
        if (used.size() != 2 || !offset.equals(Size.ZERO)) {
            return Optional.empty();
        }
        int i = used.get(0);
        int j = used.get(1);
        Size m = access.window().get(i);
        Size n = access.window().get(j);
        int si = strides.get(i);
        int sj = strides.get(j);
        if (si == 1 && sj == 1 && fits(size, m, n)) {
            return Optional.of(new Added(source, inner[i], inner[j]));
        } else if (si == 1 && sj == -1 && fits(m, size, n)) {
            return Optional.of(new Added(inner[i], source, inner[j]));
        } else if (si == -1 && sj == 1 && fits(n, size, m)) {
            return Optional.of(new Added(inner[j], source, inner[i]));
        }
        return Optional.empty();
    }

    private static boolean fits(Size whole, Size a, Size b) {
        return whole.equals(a.plus(b).minus(1));
    }
}
