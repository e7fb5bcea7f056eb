package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/**
 * Windows and folds in normal forms: sums over indicators of relations between indices, {@code Σᵢ [i = m(o)]·x[i]}. Single
 * entries of variables stay as they are; of a function they are the function of the entries.
 */
final class WindowForms {
    private final NormalForm forms;

    WindowForms(NormalForm forms) {
        this.forms = forms;
    }

    /** The normal form of the window of an operand in normal form. */
    Expr of(Window window, Expr operand) {
        Window.Access access = window.access();
        if (window.isFold() || !isEntry(access)) {
            return contracted(window, operand);
        }
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Terms.of(operand).forEach((each, c) -> {
            Expr term = Terms.shaped(each, operand.shape());
            Terms.addTo(total, entry(window, term), c);
        });
        return Terms.total(window.shape(), total);
    }

    private Expr entry(Window window, Expr term) {
        if (Orientation.isFunction(term)) {
            return forms.of(term.withOperands(
                    term.operands().stream().map(x -> Window.gather(x, window.access())).toList()));
        }
        return term instanceof Contraction || term instanceof Delta || IndexRelation.isRelation(term)
                ? contracted(window, term)
                : window.withOperands(List.of(term));
    }

    /** Whether axes are read at one position or whole, and in order. */
    private static boolean isEntry(Window.Access access) {
        int next = 0;
        for (int axis = 0; axis < access.source().rank(); axis++) {
            List<Integer> row = access.strides().get(axis);
            int place = next;
            boolean constant = row.stream().allMatch(stride -> stride == 0);
            boolean whole = place < row.size() && IntStream.range(0, row.size())
                    .allMatch(k -> row.get(k) == (k == place ? 1 : 0))
                    && access.offsets().get(axis).equals(Size.ZERO)
                    && access.window().get(place).equals(access.source().get(axis));
            if (!constant && !whole) {
                return false;
            }
            next += whole ? 1 : 0;
        }
        return next == access.window().rank() && !access.circular();
    }

    private Expr contracted(Window window, Expr operand) {
        Window.Access access = window.access();
        int in = operand.shape().rank();
        int out = window.shape().rank();
        int[] own = IntStream.range(0, in).map(axis -> out + axis).toArray();
        int[] source = window.isFold() ? IntStream.range(0, out).toArray() : own;
        int[] places = window.isFold() ? own : IntStream.range(0, out).toArray();
        List<Expr> factors = new ArrayList<>(List.of(operand));
        List<int[]> labels = new ArrayList<>(List.of(own));
        for (int axis = 0; axis < access.source().rank(); axis++) {
            List<IndexRelation.Placed> relation = IndexRelation.of(access, axis, source[axis], places).factors();
            if (relation == null) {
                return term(window, operand);
            }
            for (IndexRelation.Placed placed : relation) {
                factors.add(placed.node());
                labels.add(placed.labels());
            }
        }
        return forms.product(factors, labels, window.shape());
    }

    /** A window that is no sum over relations is linear at least. */
    private static Expr term(Window window, Expr operand) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Terms.of(operand).forEach((term, c) -> Terms.addTo(total,
                window.withOperands(List.of(Terms.shaped(term, operand.shape()))), c));
        return Terms.total(window.shape(), total);
    }
}
