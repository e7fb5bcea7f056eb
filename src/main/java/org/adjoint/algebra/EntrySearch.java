package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Window;

/**
 * Tensors of integer sizes compared entry by entry, whatever they were taken from; determinants and inverses of small matrices
 * are expanded by cofactors first, which is what Cayley-Hamilton needs.
 */
final class EntrySearch {
    /** Graphs with more nodes than this, or larger tensors, are compared so only where slices or stacked parts ask for it. */
    private static final int NODE_LIMIT = 200;
    private static final int ENTRY_LIMIT = 16;

    private final Expr a;
    private final Expr b;
    private final NormalForm normal;
    private final Trace trace;

    EntrySearch(Expr a, Expr b, NormalForm normal, Trace trace) {
        this.a = a;
        this.b = b;
        this.normal = normal;
        this.trace = trace;
    }

    /** @param before what comes before the difference of the two in the chain of steps */
    Optional<Search.Argument> argument(Trace.Part before) {
        if (!isLayout() && !isSmallMatrices()) {
            return Optional.empty();
        }
        Expr first = Cofactors.expanded(a);
        Expr second = Cofactors.expanded(b);
        return Unrolled.entries(List.of(first, second)).filter(sides -> {
            for (int k = 0; k < sides.get(0).size(); k++) {
                Expr form = normal.of(sides.get(0).get(k).minus(sides.get(1).get(k)));
                if (!Linear.isZero(form) && !new ZeroTest(normal).isZero(form)) {
                    return false;
                }
            }
            return true;
        }).map(sides -> new Search.Argument("entry by entry: corresponding entries have the same normal form",
                () -> steps(before, first.minus(second), sides.get(0), sides.get(1))));
    }

    private boolean isLayout() {
        return a.shape().rank() > 0 && Walk.postorder(List.of(a, b)).stream()
                .anyMatch(e -> e instanceof Concatenation || e instanceof Window);
    }

    private boolean isSmallMatrices() {
        List<Expr> nodes = Walk.postorder(List.of(a, b));
        return nodes.size() <= NODE_LIMIT && nodes.stream().anyMatch(EntrySearch::isMatrixProduct)
                && nodes.stream()
                        .allMatch(e -> e.shape().count().isInteger() && e.shape().count().value() <= ENTRY_LIMIT);
    }

    private static boolean isMatrixProduct(Expr node) {
        return Cofactors.expands(node) || (node instanceof Contraction product
                && product.operands().stream().anyMatch(factor -> factor.shape().rank() == 2));
    }

    private List<Proof.Step> steps(Trace.Part before, Expr expanded, List<Expr> left, List<Expr> right) {
        List<Expr> differences = new ArrayList<>();
        List<Expr> forms = new ArrayList<>();
        List<Expr> zeros = new ArrayList<>();
        for (int k = 0; k < left.size(); k++) {
            differences.add(left.get(k).minus(right.get(k)));
            forms.add(normal.of(differences.get(k)));
            zeros.add(Linear.zero(Shape.SCALAR));
        }
        Shape shape = a.shape();
        Trace.Places places = new Trace.Places(StructureLaws.EXPANDED, differences, forms,
                parts -> Cofactors.stacked(parts, shape));
        Trace.Places vanishing = new Trace.Places(StructureLaws.EXPANDED, forms, zeros,
                parts -> Cofactors.stacked(parts, shape));
        Expr difference = a.minus(b);
        String cofactors = Walk.postorder(difference).stream()
                .anyMatch(e -> Cofactors.expands(e) && e.shape().rank() == 2)
                        ? Cofactors.INVERSE
                        : Cofactors.DETERMINANT;
        return new Telling(trace, normal::known).steps(before, new Trace.Step(cofactors, difference, expanded),
                new Trace.Step(StructureLaws.ENTRIES, expanded, places.before()), places, vanishing,
                new Trace.Step(StructureLaws.ENTRIES, vanishing.after(), Linear.zero(shape)));
    }
}
