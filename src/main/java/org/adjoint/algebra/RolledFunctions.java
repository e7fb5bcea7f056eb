package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/**
 * Rolls and flips go out of functions of entries, {@code σ(roll x) = roll σ(x)}, and where they are known to be the way from one
 * index to another the other one is taken: so sums over all places forget them.
 *
 * <p>Of all rolls of what stands in a function, by the offsets that occur in it, one is chosen.
 */
final class RolledFunctions implements Rewrite.Rule {
    static final String ROLLED = "roll of a function";
    static final String FOLLOWED = "index along a roll";

    /** Of more different offsets none is chosen. */
    private static final int OFFSET_LIMIT = 6;

    /** {@code f[t] = base[u]} where u = t − shift modulo the size, or u = size − 1 − t. */
    private record Moved(Expr base, int axis, Optional<Size> shift) {
    }

    private final NormalForm forms;
    private final Map<Expr, Optional<Moved>> known = new HashMap<>();

    RolledFunctions(NormalForm forms) {
        this.forms = forms;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            Factor factor = factors.get(k);
            if (!Orientation.isEntrywise(factor)) {
                continue;
            }
            Optional<Moved> moved = moved(factor.base());
            if (moved.isPresent()) {
                return Optional.of(out(factors, k, moved.get()));
            }
        }
        return followed(factors, shape);
    }

    // ---- out of functions

    private static Rewrite out(List<Factor> factors, int k, Moved moved) {
        Factor factor = factors.get(k);
        int fresh = 1 + factors.stream().flatMapToInt(f -> IntStream.of(f.labels())).max().orElse(0);
        int old = factor.labels()[moved.axis];
        int[] labels = factor.labels().clone();
        labels[moved.axis] = fresh;
        Size n = factor.base().shape().get(moved.axis);
        IndexRelation relation = moved.shift
                .map(s -> new IndexRelation(List.of(new IndexRelation.Term(fresh, 1, n),
                        new IndexRelation.Term(old, -1, n)), s, Optional.of(n)))
                .orElseGet(() -> new IndexRelation(List.of(new IndexRelation.Term(fresh, 1, n),
                        new IndexRelation.Term(old, 1, n)), Size.ONE.minus(n), Optional.empty()));
        List<Expr> nodes = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        for (int f = 0; f < factors.size(); f++) {
            nodes.add(f == k ? new Factor(moved.base, factor.exponent(), labels).node() : factors.get(f).node());
            places.add(f == k ? labels : factors.get(f).labels());
        }
        List<IndexRelation.Placed> form = relation.factors();
        for (IndexRelation.Placed placed : form == null ? List.<IndexRelation.Placed>of() : form) {
            nodes.add(placed.node());
            places.add(placed.labels());
        }
        return new Rewrite(ROLLED, nodes, places);
    }

    private Optional<Moved> moved(Expr base) {
        Optional<Moved> before = known.get(base);
        if (before == null) {
            before = Optional.empty();
            for (int axis = 0; axis < base.shape().rank() && before.isEmpty(); axis++) {
                before = rolled(base, axis);
            }
            known.put(base, before);
        }
        return before;
    }

    private Optional<Moved> rolled(Expr base, int axis) {
        List<Expr> operands = Orientation.operands(base);
        if (base.shape().get(axis).isOne()) {
            return Optional.empty();
        }
        Uses uses = new Uses(base.shape().get(axis));
        for (Expr operand : operands) {
            for (Expr term : Terms.of(operand).keySet()) {
                uses.read(Terms.shaped(term, operand.shape()), axis);
            }
        }
        if (uses.isTurned()) {
            Expr turned = moved(base, operands, axis, -1, uses.size.minus(1));
            return isAlike(turned, base) ? Optional.of(new Moved(turned, axis, Optional.empty())) : Optional.empty();
        }
        if (!uses.isRolled()) {
            return Optional.empty();
        }
        Expr best = base;
        Size chosen = Size.ZERO;
        boolean first = true;
        for (Size shift : uses.shifts) {
            Expr other = shift.equals(Size.ZERO) ? base : moved(base, operands, axis, 1, shift);
            if (!isAlike(other, base)) {
                return Optional.empty();
            }
            if (first || Orientation.isBefore(other, best)) {
                best = other;
                chosen = shift;
            }
            first = false;
        }
        return best == base ? Optional.empty() : Optional.of(new Moved(best, axis, Optional.of(chosen)));
    }

    /** What is nothing but a view goes out of a function when it is built: then there is nothing to do. */
    private static boolean isAlike(Expr other, Expr base) {
        return !Orientation.isFunction(base) || other.getClass() == base.getClass();
    }

    /** What is reduced over axes along which rolls and flips change nothing, as the one of all rolls that is chosen. */
    Expr settled(Expr operand, int... axes) {
        Expr settled = operand;
        for (int axis : axes) {
            settled = rolled(settled, axis).map(Moved::base).orElse(settled);
        }
        return settled;
    }

    /** The function with {@code f[stride·t + shift]} in place of {@code f[t]}. */
    private Expr moved(Expr base, List<Expr> operands, int axis, int stride, Size shift) {
        return Orientation.of(forms, base, operands.stream().map(x -> {
            Expr slice = Window.slice(x, axis, shift, stride, x.shape().get(axis));
            return stride == 1 && slice instanceof Window window ? window.wrapped() : slice;
        }).toList());
    }

    /** How the index of one axis stands in the factors of what is in a function. */
    private static final class Uses {
        private final Size size;
        private final Set<Size> shifts = new LinkedHashSet<>();
        private int direct;
        private int turned;
        private int other;

        Uses(Size size) {
            this.size = size;
        }

        void read(Expr term, int axis) {
            for (Factor factor : Factor.of(term)) {
                if (!factor.uses(axis)) {
                    continue;
                }
                IndexRelation relation = IndexRelation.of(factor).orElse(null);
                IndexRelation.Term own = relation == null ? null : relation.term(axis).orElse(null);
                if (relation == null || own == null) {
                    direct++;
                    shifts.add(Size.ZERO);
                } else if (relation.isReversal()) {
                    turned++;
                } else if (Math.abs(own.coefficient()) == 1 && relation.modulus().equals(Optional.of(size))) {
                    shifts.add(relation.reduced(relation.offset().times(-own.coefficient())));
                } else {
                    other++;
                }
            }
        }

        /** Whether all that changes along the axis is read backwards. */
        boolean isTurned() {
            return turned > 0 && direct == 0 && other == 0 && shifts.isEmpty();
        }

        boolean isRolled() {
            return turned == 0 && other == 0 && shifts.size() <= OFFSET_LIMIT
                    && shifts.stream().anyMatch(shift -> !shift.equals(Size.ZERO));
        }
    }

    // ---- along rolls

    /** A summed index that is another one rolled or flipped is that other one in all relations. */
    private static Optional<Rewrite> followed(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            IndexRelation way = IndexRelation.of(factors.get(k)).filter(IndexRelation::isBijection).orElse(null);
            if (way == null) {
                continue;
            }
            for (int side = 0; side < 2; side++) {
                int from = way.terms().get(side).label();
                int to = way.terms().get(1 - side).label();
                if (from < shape.rank()) {
                    continue;
                }
                boolean always = to < shape.rank();
                Optional<Rewrite> found = followed(factors, k, way, from, shape, always);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Rewrite> followed(List<Factor> factors, int k, IndexRelation way, int from, Shape shape,
            boolean always) {
        List<Expr> nodes = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        boolean changed = false;
        boolean all = true;
        for (int f = 0; f < factors.size(); f++) {
            Factor factor = factors.get(f);
            IndexRelation other = f == k || !factor.uses(from) ? null : IndexRelation.of(factor).orElse(null);
            boolean fits = other != null && other.term(from).isPresent()
                    && (way.modulus().isEmpty() || way.modulus().equals(other.modulus()));
            List<IndexRelation.Placed> form = other == null || !fits ? null
                    : other.eliminating(from, way).factors();
            if (form == null) {
                all &= f == k || !factor.uses(from);
                nodes.add(factor.node());
                labels.add(factor.labels());
                continue;
            }
            changed = true;
            form.forEach(placed -> {
                nodes.add(placed.node());
                labels.add(placed.labels());
            });
        }
        if (!changed) {
            return Optional.empty();
        }
        Rewrite rewrite = Rewrite.keeping(FOLLOWED, nodes, labels, factors, WindowRule.NONE);
        boolean better = always || all || Orientation.isBefore(product(rewrite, shape), Factor.product(factors, shape));
        return better ? Optional.of(rewrite) : Optional.empty();
    }

    private static Expr product(Rewrite rewrite, Shape shape) {
        return Contraction.flattened(rewrite.factors(), rewrite.labels(),
                IntStream.range(0, shape.rank()).toArray(), shape);
    }
}
