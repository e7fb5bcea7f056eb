package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/**
 * Relations between indices in products: a summed index that one relation always gives is put into the other that has it
 * ({@code Σᵢ [i = t + j][i = u − v] = [t + j = u − v]}), sums to one where nothing else has it, and a fixed one is an entry.
 */
final class WindowRule implements Rewrite.Rule {
    static final String FORM = "window as a relation of indices";
    static final String COMPOSED = "window of a window";
    static final String COUNTED = "windows of ones";
    static final String ENTRY = "entry of a window";

    static final int NONE = -1;

    private final NormalForm forms;

    WindowRule(NormalForm forms) {
        this.forms = forms;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            IndexRelation relation = IndexRelation.of(factors.get(k)).orElse(null);
            if (relation == null) {
                continue;
            }
            List<IndexRelation.Placed> form = relation.factors();
            if (form != null && (form.size() != 1 || form.get(0).node() != factors.get(k).base())) {
                return Optional.of(rewrite(FORM, Rewrite.without(factors, k), form, NONE, factors.get(k)));
            }
            for (IndexRelation.Term term : relation.terms()) {
                Optional<Rewrite> found = term.label() < shape.rank() || !relation.isAlwaysSolvable(term.label())
                        ? Optional.empty()
                        : eliminated(factors, k, relation, term.label());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return exchanged(factors, shape);
    }

    /** Indices of one size and coefficient may change places in a relation: of the two products one is chosen. */
    private static Optional<Rewrite> exchanged(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            List<IndexRelation.Term> terms = IndexRelation.of(factors.get(k)).map(IndexRelation::terms)
                    .orElse(List.of());
            for (int p = 0; p < terms.size(); p++) {
                for (int q = p + 1; q < terms.size(); q++) {
                    if (terms.get(p).coefficient() != terms.get(q).coefficient()
                            || !terms.get(p).size().equals(terms.get(q).size())) {
                        continue;
                    }
                    int[] labels = factors.get(k).labels().clone();
                    labels[p] = terms.get(q).label();
                    labels[q] = terms.get(p).label();
                    List<Factor> other = new ArrayList<>(factors);
                    other.set(k, new Factor(factors.get(k).base(), factors.get(k).exponent(), labels));
                    if (Orientation.isBefore(Factor.product(other, shape), Factor.product(factors, shape))) {
                        return Optional.of(new Rewrite(FORM, other.stream().map(Factor::node).toList(),
                                other.stream().map(Factor::labels).toList()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Rewrite> eliminated(List<Factor> factors, int k, IndexRelation relation, int label) {
        List<Integer> users = IntStream.range(0, factors.size()).filter(f -> f != k && factors.get(f).uses(label))
                .boxed().toList();
        Factor own = factors.get(k);
        if (users.isEmpty()) {
            int[] kept = IntStream.range(0, own.labels().length).filter(axis -> own.labels()[axis] != label).toArray();
            Shape shape = Shape.of(IntStream.of(kept).mapToObj(own.base().shape()::get).toList());
            return Optional.of(Rewrite.of(COUNTED, Rewrite.without(factors, k), Contraction.ones(shape),
                    IntStream.of(kept).map(axis -> own.labels()[axis]).toArray()));
        }
        if (relation.terms().size() == 1 && relation.modulus().isEmpty()) {
            return fixed(factors, k, relation, label);
        }
        if (users.size() != 1) {
            return Optional.empty();
        }
        Factor user = factors.get(users.get(0));
        IndexRelation other = IndexRelation.of(user).orElse(null);
        boolean fits = other != null && other.term(label).isPresent()
                && (relation.modulus().isEmpty() || relation.modulus().equals(other.modulus()));
        if (other == null || !fits) {
            return Optional.empty();
        }
        List<IndexRelation.Placed> form = other.eliminating(label, relation).factors();
        return form == null ? Optional.empty()
                : Optional.of(rewrite(COMPOSED, Rewrite.without(factors, k, users.get(0)), form, label, user, own));
    }

    /** An index that is always c: every factor is read there. */
    private Optional<Rewrite> fixed(List<Factor> factors, int k, IndexRelation relation, int label) {
        int coefficient = relation.term(label).orElseThrow().coefficient();
        Size position = relation.offset().times(-coefficient);
        List<Expr> nodes = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (Factor factor : Rewrite.without(factors, k)) {
            if (IndexRelation.isRelation(factor.base()) && factor.uses(label)) {
                IndexRelation other = IndexRelation.of(factor).orElse(null);
                List<IndexRelation.Placed> form = other == null || other.term(label).isEmpty() ? null
                        : other.eliminating(label, relation).factors();
                if (form == null) {
                    return Optional.empty();
                }
                Rewrite parts = rewrite(ENTRY, List.of(), form, label, factor);
                nodes.addAll(parts.factors());
                labels.addAll(parts.labels());
                continue;
            }
            Expr node = factor.node();
            int[] own = factor.labels();
            for (int axis = own.length - 1; axis >= 0; axis--) {
                if (own[axis] == label) {
                    node = Window.entry(node, axis, position);
                    int gone = axis;
                    int[] before = own;
                    own = IntStream.range(0, own.length).filter(each -> each != gone).map(each -> before[each])
                            .toArray();
                }
            }
            nodes.add(node == factor.node() ? node : forms.of(node));
            labels.add(own);
        }
        return Optional.of(new Rewrite(ENTRY, nodes, labels));
    }

    /** The other factors times the new ones; what was replaced leaves ones, so that no index is lost. */
    private static Rewrite rewrite(String law, List<Factor> left, List<IndexRelation.Placed> form, int eliminated,
            Factor... gone) {
        List<Expr> nodes = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        left.forEach(factor -> {
            nodes.add(factor.node());
            labels.add(factor.labels());
        });
        form.forEach(placed -> {
            nodes.add(placed.node());
            labels.add(placed.labels());
        });
        return Rewrite.keeping(law, nodes, labels, List.of(gone), eliminated);
    }
}
