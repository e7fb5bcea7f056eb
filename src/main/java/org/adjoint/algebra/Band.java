package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Window;

/**
 * The matrix of a convolution in one formula for all of its entries: {@code A[o, i; c, j] = w[o, c, j − s·i + p]}, or with
 * {@code s·i − j + p} for a kernel that is flipped, and 0 where that is outside of the kernel. There may be several i and j.
 *
 * @param kernel  w
 * @param row     o, i: the axes of f
 * @param column  c, j: the axes of x
 * @param indices of w, as text
 */
public record Band(Variable kernel, String row, String column, List<String> indices) {
    private static final int MOST = 4;
    private static final String ROWS = "ijk";
    private static final String COLUMNS = "uvw";

    /** The formula for a matrix that is given with the axes of f followed by those of x, proved; or nothing. */
    public static Optional<Band> of(Expr matrix, Shape f, Shape x) {
        for (Variable kernel : Walk.variables(matrix)) {
            int spatial = f.rank() + x.rank() - kernel.shape().rank();
            int outer = f.rank() - spatial;
            int inner = x.rank() - spatial;
            if (spatial < 1 || spatial > ROWS.length() || outer < 0 || outer > 1 || inner < 0 || inner > 1) {
                continue;
            }
            for (boolean flipped : new boolean[] {false, true}) {
                for (int step = 1; step <= MOST; step++) {
                    for (List<Size> offsets : offsets(matrix, kernel.shape(), spatial)) {
                        Optional<Band> proved = proved(matrix, f, x, kernel, flipped ? -step : step, offsets);
                        if (proved.isPresent()) {
                            return proved;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The same offset along every axis, as square kernels and paddings have, or what some window begins with. */
    private static Set<List<Size>> offsets(Expr matrix, Shape kernel, int spatial) {
        Set<List<Size>> all = new LinkedHashSet<>();
        Set<Size> single = new LinkedHashSet<>(List.of(Size.ZERO));
        for (Expr node : Walk.postorder(matrix)) {
            if (node instanceof Window window) {
                window.access().offsets().forEach(o -> {
                    single.add(o);
                    single.add(Size.ZERO.minus(o));
                });
            }
        }
        single.forEach(o -> all.add(Collections.nCopies(spatial, o)));
        List<Size> last = new ArrayList<>();
        for (int k = kernel.rank() - spatial; k < kernel.rank(); k++) {
            last.add(kernel.get(k).minus(1));
        }
        all.add(last);
        return all;
    }

    /** With a negative step the kernel is flipped. */
    private static Optional<Band> proved(Expr matrix, Shape f, Shape x, Variable kernel, int step,
            List<Size> offsets) {
        int spatial = offsets.size();
        int outer = f.rank() - spatial;
        int inner = x.rank() - spatial;
        int rank = f.rank() + x.rank();
        List<List<Integer>> strides = new ArrayList<>();
        List<Size> starts = new ArrayList<>();
        List<String> written = new ArrayList<>();
        for (int d = 0; d < kernel.shape().rank(); d++) {
            Integer[] at = new Integer[rank];
            Arrays.fill(at, 0);
            int axis = d - outer - inner;
            if (axis < 0) {
                at[d < outer ? d : f.rank() + d - outer] = 1;
                starts.add(Size.ZERO);
                written.add(d < outer ? "o" : "c");
            } else {
                at[outer + axis] = -step;
                at[f.rank() + inner + axis] = step > 0 ? 1 : -1;
                starts.add(offsets.get(axis));
                written.add(text(step, ROWS.charAt(axis), COLUMNS.charAt(axis), offsets.get(axis)));
            }
            strides.add(List.of(at));
        }
        Window.Access access = new Window.Access(kernel.shape(), f.concat(x), strides, starts, false);
        return Equality.prove(Window.gather(kernel, access), matrix).map(proof -> new Band(kernel,
                names("o", outer, ROWS, spatial), names("c", inner, COLUMNS, spatial), written));
    }

    private static String text(int step, char i, char j, Size offset) {
        String scaled = (Math.abs(step) == 1 ? "" : Math.abs(step) + "*") + i;
        String difference = step > 0 ? j + " - " + scaled : scaled + " - " + j;
        String shown = offset.toString();
        return offset.equals(Size.ZERO) ? difference
                : difference + (shown.startsWith("-") ? " - " + Size.ZERO.minus(offset) : " + " + shown);
    }

    private static String names(String channel, int channels, String letters, int spatial) {
        List<String> names = new ArrayList<>();
        if (channels > 0) {
            names.add(channel);
        }
        for (int k = 0; k < spatial; k++) {
            names.add(String.valueOf(letters.charAt(k)));
        }
        return String.join(", ", names);
    }

    /** {@code A[i; u] = w[u - i], and 0 where that is outside of w}. */
    public String text() {
        return "A[" + row + "; " + column + "] = " + kernel.name() + "[" + String.join(", ", indices)
                + "], and 0 where that is outside of " + kernel.name();
    }
}
