package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a failing point while it keeps failing in the same way: sizes first, then entries to zero, then numbers.
 *
 * <p>It ends after so many trials, or so much work of the functions under test, counted in calls times entries of the
 * Jacobian: the same seed gives the same result. Only functions that are slow for their size are cut off by the clock.
 */
final class Shrinker {

    private static final int TRIALS = 200;
    private static final long WORK = 100_000_000L;
    private static final long NANOS = 10_000_000_000L;
    private static final int ENTRIES = 64;

    private final Settings settings;
    private final Form form;
    /** What is wrong at a point; nothing if it does not fail in the same way. */
    private final Function<PointAt, List<Finding>> failing;
    private final LongSupplier spent;
    private final long most;
    private final long deadline = System.nanoTime() + NANOS;
    private PointAt best;
    private List<Finding> findings;
    private int trials;

    /** @param spent the work of the functions under test so far */
    Shrinker(Settings settings, Form form, PointAt start, List<Finding> found,
            Function<PointAt, List<Finding>> failing, LongSupplier spent) {
        this.spent = spent;
        this.most = spent.getAsLong() + WORK;
        this.settings = settings;
        this.form = form;
        this.best = start;
        this.findings = found;
        this.failing = failing;
    }

    PointAt point() { return best; }

    List<Finding> findings() { return findings; }

    void run() {
        sizes();
        zeros();
        for (int i = 0; i < Math.min(ENTRIES, best.x().length); i++) {
            simpler(i);
        }
    }

    private boolean accept(@Nullable PointAt candidate) {
        if (candidate == null || trials >= TRIALS || spent.getAsLong() > most || System.nanoTime() > deadline) {
            return false;
        }
        trials++;
        var found = failing.apply(candidate);
        if (found.isEmpty()) {
            return false;
        }
        best = candidate;
        findings = found;
        return true;
    }

    private void sizes() {
        var symbolic = settings.inputs().stream().anyMatch(Input::isSymbolic);
        if (symbolic) {
            letters();
        } else if (settings.inputs().isEmpty() && form.isOneArray()) {
            lengths();
        }
    }

    private void letters() {
        var letters = bound();
        for (var letter : List.copyOf(letters.keySet())) {
            for (int size = 1; size < letters.getOrDefault(letter, 1); size++) {
                var fewer = new TreeMap<>(letters);
                fewer.put(letter, size);
                if (accept(corner(fewer))) {
                    letters.put(letter, size);
                    break;
                }
            }
        }
    }

    private Map<String, Integer> bound() {
        var letters = new TreeMap<String, Integer>();
        for (int s = 0; s < Math.min(settings.inputs().size(), best.layout().slots().size()); s++) {
            var names = settings.inputs().get(s).sizes();
            var sizes = best.layout().slots().get(s).sizes();
            for (int axis = 0; axis < Math.min(names.size(), sizes.length); axis++) {
                if (!Character.isDigit(names.get(axis).charAt(0))) {
                    letters.put(names.get(axis), sizes[axis]);
                }
            }
        }
        return letters;
    }

    /** The first rows, columns, ... of each input. */
    private @Nullable PointAt corner(Map<String, Integer> letters) {
        var layout = new Layout(settings.inputs().stream().map(i -> i.bind(letters)).toList());
        if (layout.slots().size() != best.layout().slots().size()) {
            return null;
        }
        var x = new double[layout.count()];
        int k = 0;
        for (int s = 0; s < layout.slots().size(); s++) {
            var to = layout.slots().get(s).sizes();
            var from = best.layout().slots().get(s).sizes();
            int offset = best.layout().offset(s);
            for (int e = 0; e < layout.slots().get(s).count(); e++) {
                x[k++] = best.x()[offset + place(e, to, from)];
            }
        }
        return new PointAt(x, layout);
    }

    private static int place(int entry, int[] to, int[] from) {
        int place = 0;
        int stride = 1;
        int rest = entry;
        for (int axis = to.length - 1; axis >= 0; axis--) {
            place += rest % to[axis] * stride;
            rest /= to[axis];
            stride *= from[axis];
        }
        return place;
    }

    /** Parts of one array of any length. */
    private void lengths() {
        for (int part = Math.max(1, best.x().length / 2); part >= 1; part /= 2) {
            int from = 0;
            while (best.x().length > part && from < best.x().length) {
                if (!accept(without(from, Math.min(from + part, best.x().length)))) {
                    from += part;
                }
            }
        }
    }

    private PointAt without(int from, int to) {
        var x = best.x();
        var rest = new double[x.length - (to - from)];
        System.arraycopy(x, 0, rest, 0, from);
        System.arraycopy(x, to, rest, from, x.length - to);
        return new PointAt(rest, Layout.of(new Slot(best.layout().slots().get(0).name(), rest.length)));
    }

    private void zeros() {
        for (int part = Math.max(1, best.x().length / 2); part >= 1; part /= 2) {
            for (int from = 0; from < best.x().length; from += part) {
                var x = best.x().clone();
                int to = Math.min(from + part, x.length);
                if (Arrays.stream(x, from, to).anyMatch(v -> v != 0)) {
                    Arrays.fill(x, from, to, 0);
                    accept(inside(x));
                }
            }
        }
    }

    private void simpler(int i) {
        var value = best.x()[i];
        if (value == 0) {
            return;
        }
        var sign = Math.signum(value);
        var candidates = new ArrayList<>(List.of(1.0, sign, 2 * sign, 3 * sign, Math.rint(value)));
        for (double digits = 10; digits <= 1000; digits *= 10) {
            candidates.add(Math.rint(value * digits) / digits);
        }
        candidates.add(sign * Math.pow(10, Math.rint(Math.log10(Math.abs(value)))));
        for (double simple : candidates) {
            if (simple == value) {
                return;
            }
            var x = best.x().clone();
            x[i] = simple;
            if (simple != 0 && accept(inside(x))) {
                return;
            }
        }
    }

    private @Nullable PointAt inside(double[] x) {
        int k = 0;
        for (int s = 0; s < Math.min(settings.inputs().size(), best.layout().slots().size()); s++) {
            for (int e = 0; e < best.layout().slots().get(s).count(); e++) {
                if (!settings.inputs().get(s).domain().contains(x[k++])) {
                    return null;
                }
            }
        }
        return new PointAt(x, best.layout());
    }
}
