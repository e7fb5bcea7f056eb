package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.show.Phrase.Kind;

/** Contractions and windows in the dialect {@code matlab}: taken apart, then read as a {@link Network}. */
final class MatlabContraction {
    private final MatlabFold fold;

    MatlabContraction(MatlabFold fold) {
        this.fold = fold;
    }

    Phrase fold(Expr node) {
        return sum(node, true, (flat, diagonal) -> form(flat, node.shape().rank(), diagonal));
    }

    /** The contraction as a matrix: its first axes stacked to rows, the others to columns, the last running fastest. */
    Phrase stacked(Expr node, int split) {
        int rank = node.shape().rank();
        return sum(node, false, (flat, diagonal) -> {
            List<Integer> rows = new ArrayList<>(IntStream.of(axes(flat, 0, split)).boxed().toList());
            List<Integer> columns = new ArrayList<>(IntStream.of(axes(flat, split, rank)).boxed().toList());
            flat.unstack(rows);
            flat.unstack(columns);
            int[] output = IntStream.concat(rows.stream().mapToInt(k -> k), columns.stream().mapToInt(k -> k))
                    .toArray();
            return network(flat, output).stacked(rows, columns);
        });
    }

    private interface Reading {
        Phrase of(Flat flat, boolean diagonal);
    }

    private Phrase sum(Expr node, boolean plain, Reading reading) {
        List<Phrase> terms = new ArrayList<>();
        for (Flat flat : Flat.of(node, fold::isNamed).multipliedOut()) {
            boolean diagonal = flat.resolveDeltas(plain && node.shape().rank() == 2);
            terms.add(Phrases.product(flat.number(), List.of(reading.of(flat, diagonal))));
        }
        return Phrases.sum(terms);
    }

    private Phrase form(Flat flat, int rank, boolean diagonal) {
        int[] output = axes(flat, 0, rank);
        int[] shown = diagonal && output.length == 2 ? new int[] {output[0]} : output;
        Network network = network(flat, shown);
        Phrase form = fold.isLenient() ? Means.of(network.form(), fold.counts()) : network.form();
        if (fold.isLenient() && network.isIndexed()) {
            throw new NoWords("a contraction");
        }
        if (shown.length < output.length) {
            boolean bare = flat.factors().stream().noneMatch(factor -> factor.labels().length > 0);
            Phrase eye = MatlabFold.eye(flat.size(output[0]));
            return bare ? Phrases.product(Rational.ONE, scalarOf(form, eye)) : Linearly.symmetric("diag", form);
        } else if (rank == 2 && output.length == 1 && output[0] == 1) {
            return Phrases.turned(form);
        } else if (rank > 2 && output.length < rank) {
            throw new NoWords("a tensor with axes of size 1");
        }
        return form;
    }

    /** The indices of the result in that range that are longer than 1. */
    private static int[] axes(Flat flat, int from, int to) {
        return IntStream.range(from, to).filter(k -> !flat.size(k).isOne()).toArray();
    }

    private Network network(Flat flat, int... shown) {
        Network network = new Network(flat.sizes(), fold.counts(), shown);
        flat.loose().forEach(size -> network.add(Phrases.size(size)));
        List<Flat.Factor> factors = new ArrayList<>(flat.factors());
        factors.sort((a, b) -> fold.order().compare(a.node(), b.node()));
        if (fold.isLenient() && factors.stream().anyMatch(factor -> factor.node().shape().sizes().stream()
                .anyMatch(Size::isOne))) {
            throw new NoWords("a matrix of one row or column beside vectors");
        }
        for (Flat.Factor factor : factors) {
            Phrase phrase = fold.phrase(factor.node());
            network.add(phrase, phrase.kind() == Kind.TENSOR ? factor.labels()
                    : IntStream.of(factor.labels()).filter(k -> !flat.size(k).isOne()).toArray());
        }
        flat.relations().forEach(network::add);
        return network;
    }

    /** The scalars before {@code ones(n)}, before another matrix. */
    private static List<Phrase> scalarOf(Phrase ones, Phrase matrix) {
        if (ones instanceof Phrase.Product product) {
            return List.of(Phrases.product(product.number(), product.above(), product.below()), matrix);
        }
        return List.of(matrix);
    }
}
