package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;
import org.jspecify.annotations.Nullable;

/**
 * Windows that never leave a tensor go inside of functions of its entries, {@code σ(x)[s·t + k] = σ(x[s·t + k])}: the index that
 * a relation always gives is put into every function that has it. Two relations that give two indices by the same others make
 * these equal: {@code [i = m(o)][j = m(o)] = [i = m(o)][i = j]}.
 */
final class FunctionWindows implements Rewrite.Rule {
    static final String INSIDE = "window of a function";
    static final String SHARED = "one window for two factors";

    private final NormalForm forms;

    FunctionWindows(NormalForm forms) {
        this.forms = forms;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        Map<Integer, IndexRelation> relations = new LinkedHashMap<>();
        for (int k = 0; k < factors.size(); k++) {
            int at = k;
            IndexRelation.of(factors.get(k)).ifPresent(relation -> relations.put(at, relation));
        }
        for (Map.Entry<Integer, IndexRelation> each : relations.entrySet()) {
            IndexRelation relation = each.getValue();
            for (IndexRelation.Term term : relation.terms()) {
                if (term.label() >= shape.rank() && relation.modulus().isEmpty() && !relation.isBijection()
                        && relation.isAlwaysSolvable(term.label())) {
                    Optional<Rewrite> found = inside(factors, each.getKey(), relation, term.label());
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return shared(factors, relations);
    }

    // ---- functions

    private Optional<Rewrite> inside(List<Factor> factors, int k, IndexRelation relation, int label) {
        List<Integer> users = IntStream.range(0, factors.size()).filter(f -> f != k && factors.get(f).uses(label))
                .boxed().toList();
        Map<Integer, Factor> read = new LinkedHashMap<>();
        for (int user : users) {
            Factor inner = read(factors.get(user), relation, label);
            if (inner != null) {
                read.put(user, inner);
            }
        }
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, List<IndexRelation.Placed>> composed = new LinkedHashMap<>();
        for (int user : users) {
            IndexRelation other = read.containsKey(user) ? null : IndexRelation.of(factors.get(user)).orElse(null);
            List<IndexRelation.Placed> form = other == null || other.modulus().isPresent()
                    || other.term(label).isEmpty() ? null : other.eliminating(label, relation).factors();
            if (form != null) {
                composed.put(user, form);
            }
        }
        boolean gone = read.size() + composed.size() == users.size();
        List<Expr> nodes = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int f = 0; f < factors.size(); f++) {
            Factor factor = read.getOrDefault(f, factors.get(f));
            if (f == k && gone) {
                continue;
            }
            if (gone && composed.containsKey(f)) {
                composed.getOrDefault(f, List.of()).forEach(placed -> {
                    nodes.add(placed.node());
                    labels.add(placed.labels());
                });
                continue;
            }
            nodes.add(factor.node());
            labels.add(factor.labels());
        }
        return Optional.of(Rewrite.keeping(INSIDE, nodes, labels, factors, gone ? label : WindowRule.NONE));
    }

    /** A function of entries, with the index put in; null for what is read from outside. */
    private @Nullable Factor read(Factor factor, IndexRelation relation, int label) {
        Expr base = factor.base();
        List<Integer> axes = IntStream.range(0, factor.labels().length)
                .filter(axis -> factor.labels()[axis] == label).boxed().toList();
        if (!Orientation.isEntrywise(factor)) {
            return null;
        }
        int coefficient = relation.term(label).orElseThrow().coefficient();
        List<Integer> places = new ArrayList<>();
        List<Size> sizes = new ArrayList<>();
        for (int axis = 0; axis < factor.labels().length; axis++) {
            if (!axes.contains(axis)) {
                places.add(factor.labels()[axis]);
                sizes.add(base.shape().get(axis));
            }
        }
        int[] shifts = new int[places.size() + relation.terms().size()];
        for (IndexRelation.Term term : relation.terms()) {
            if (term.label() == label) {
                continue;
            }
            int at = indexOf(places, sizes, term);
            if (at < 0) {
                at = places.size();
                places.add(term.label());
                sizes.add(term.size());
            }
            shifts[at] += -coefficient * term.coefficient();
        }
        List<List<Integer>> strides = new ArrayList<>();
        List<Size> offsets = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < factor.labels().length; axis++) {
            boolean given = axes.contains(axis);
            int own = given ? -1 : next++;
            strides.add(IntStream.range(0, places.size()).mapToObj(p -> given ? shifts[p] : p == own ? 1 : 0).toList());
            offsets.add(given ? relation.offset().times(-coefficient) : Size.ZERO);
        }
        Window.Access access = new Window.Access(base.shape(), Shape.of(sizes), strides, offsets, false);
        Expr inner = Orientation.isFunction(base)
                ? base.withOperands(base.operands().stream().map(x -> Window.gather(x, access)).toList())
                : Window.gather(base, access);
        return new Factor(forms.of(inner), factor.exponent(),
                places.stream().mapToInt(place -> place).toArray());
    }

    private static int indexOf(List<Integer> places, List<Size> sizes, IndexRelation.Term term) {
        for (int k = 0; k < places.size(); k++) {
            if (places.get(k) == term.label() && sizes.get(k).equals(term.size())) {
                return k;
            }
        }
        return -1;
    }

    // ---- shared windows

    private static Optional<Rewrite> shared(List<Factor> factors, Map<Integer, IndexRelation> relations) {
        for (Map.Entry<Integer, IndexRelation> first : relations.entrySet()) {
            for (Map.Entry<Integer, IndexRelation> second : relations.entrySet()) {
                Optional<IndexRelation.Placed> equal = first.getKey() < second.getKey()
                        ? first.getValue().equality(second.getValue())
                        : Optional.empty();
                if (equal.isPresent()) {
                    Rewrite rewrite = Rewrite.of(SHARED, Rewrite.without(factors, second.getKey()),
                            equal.get().node(), equal.get().labels());
                    return Optional.of(Rewrite.keeping(SHARED, rewrite.factors(), rewrite.labels(),
                            List.of(factors.get(second.getKey())), WindowRule.NONE));
                }
            }
        }
        return Optional.empty();
    }
}
