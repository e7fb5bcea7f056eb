package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;

/**
 * A contraction as array operations. Indices that one factor has alone are summed in it; then factors are taken two by two,
 * the pair with the smallest result first, as elementwise products, matrix products or a general contraction; what is left
 * has no summed index and is one elementwise product that broadcasts.
 */
final class Products {
    /** A value whose axes carry indices; below the line of a fraction or above it. */
    private record Item(Term term, int[] indices, boolean below, boolean identity) {
        Item(Term term, int[] indices) {
            this(term, indices, false, false);
        }

        boolean has(int index) {
            return IntStream.of(indices).anyMatch(k -> k == index);
        }
    }

    private final ArrayWriter writer;

    Products(ArrayWriter writer) {
        this.writer = writer;
    }

    Term of(Contraction product) {
        int rank = product.shape().rank();
        if (product.operandCount() == 0) {
            return Term.spread("1", Term.ATOM, rank);
        }
        List<Item> items = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            boolean inPlace = product.summedCount() == 0
                    && Arrays.equals(product.indices(k), IntStream.range(0, rank).toArray());
            items.add(inPlace && product.operandCount() > 1 ? inPlace(product.operand(k), product.indices(k))
                    : distinct(item(product.operand(k), product.indices(k)), product));
        }
        while (sum(items, product) || merge(items, product)) {
            // until no index is summed
        }
        return elementwise(items, rank);
    }

    /** A factor of an elementwise product, which may leave the broadcasting to that product. */
    private Item inPlace(Expr factor, int[] indices) {
        Item item = item(factor, indices);
        return item.below ? new Item(writer.written(((Elementwise) factor).operand(0)), indices, true, false)
                : new Item(writer.written(factor), indices, false, item.identity);
    }

    /** Powers with negative exponents, computed for this product alone, go below the line. */
    private Item item(Expr factor, int[] indices) {
        boolean identity = factor instanceof Delta;
        if (factor instanceof Elementwise power && power.function() == Functions.POWER && !writer.isShared(power)) {
            Rational exponent = Constant.uniform(power.operand(1)).orElse(Rational.ZERO);
            if (exponent.equals(Rational.MINUS_ONE)) {
                Expr base = power.operand(0);
                return new Item(writer.full(writer.written(base), base.shape()), indices, true, false);
            }
        }
        return new Item(writer.whole(factor), indices, false, identity);
    }

    private Item distinct(Item item, Contraction product) {
        int[] distinct = IntStream.of(item.indices).distinct().toArray();
        if (distinct.length == item.indices.length) {
            return item;
        }
        Item above = above(item);
        return new Item(writer.einsum(List.of(above.term), List.of(item.indices), distinct, product.indexSizes()),
                distinct);
    }

    /** Sums the indices that a single item has. */
    private boolean sum(List<Item> items, Contraction product) {
        int rank = product.shape().rank();
        boolean any = false;
        for (int k = 0; k < items.size(); k++) {
            Item item = items.get(k);
            List<Item> others = new ArrayList<>(items);
            others.remove(k);
            int[] axes = IntStream.range(0, item.indices.length)
                    .filter(axis -> item.indices[axis] >= rank
                            && others.stream().noneMatch(other -> other.has(item.indices[axis])))
                    .toArray();
            if (axes.length > 0) {
                int[] left = IntStream.of(item.indices)
                        .filter(index -> IntStream.of(axes).noneMatch(axis -> item.indices[axis] == index)).toArray();
                items.set(k, new Item(writer.kept(writer.sum(above(item).term, axes)), left));
                any = true;
            }
        }
        return any;
    }

    /** Takes the best pair that shares a summed index; false when none does. */
    private boolean merge(List<Item> items, Contraction product) {
        int rank = product.shape().rank();
        int first = -1;
        int second = -1;
        int best = Integer.MAX_VALUE;
        for (int a = 0; a < items.size(); a++) {
            for (int b = a + 1; b < items.size(); b++) {
                if (sharesSummed(items.get(a), items.get(b), rank)) {
                    int cost = 2 * left(items, a, b, rank).length + (isWithin(items, a, b) ? 0 : 1);
                    if (cost < best) {
                        best = cost;
                        first = a;
                        second = b;
                    }
                }
            }
        }
        if (first < 0) {
            return false;
        }
        Item a = items.get(first);
        Item b = items.get(second);
        int[] left = left(items, first, second, rank);
        if (left.length > Math.max(rank, Math.max(a.indices.length, b.indices.length))) {
            Term all = writer.einsum(items.stream().map(item -> above(item).term).toList(),
                    items.stream().map(Item::indices).toList(), IntStream.range(0, rank)
                            .filter(index -> items.stream().anyMatch(item -> item.has(index))).toArray(),
                    product.indexSizes());
            int[] covered = IntStream.range(0, rank).filter(index -> items.stream().anyMatch(item -> item.has(index)))
                    .toArray();
            items.clear();
            items.add(new Item(all, covered));
            return true;
        }
        Item merged = pair(a, b, left, product);
        items.set(first, new Item(writer.kept(merged.term), merged.indices, merged.below, false));
        items.remove(second);
        return true;
    }

    private static boolean sharesSummed(Item a, Item b, int rank) {
        return IntStream.of(a.indices).anyMatch(index -> index >= rank && b.has(index));
    }

    private static boolean isWithin(List<Item> items, int a, int b) {
        return contains(items.get(a), items.get(b)) || contains(items.get(b), items.get(a));
    }

    private static boolean contains(Item a, Item b) {
        return IntStream.of(b.indices).allMatch(a::has);
    }

    /** The indices of the pair that the result or another item needs, those of the first item first. */
    private static int[] left(List<Item> items, int a, int b, int rank) {
        return IntStream.concat(IntStream.of(items.get(a).indices), IntStream.of(items.get(b).indices)).distinct()
                .filter(index -> index < rank || IntStream.range(0, items.size())
                        .anyMatch(k -> k != a && k != b && items.get(k).has(index)))
                .toArray();
    }

    private Item pair(Item a, Item b, int[] left, Contraction product) {
        Item large = a.indices.length >= b.indices.length ? a : b;
        Item small = large == a ? b : a;
        int[] gone = IntStream.of(large.indices)
                .filter(index -> IntStream.of(left).noneMatch(k -> k == index)).toArray();
        boolean matrices = large.indices.length <= 2 && gone.length == 1 && large.has(gone[0]) && small.has(gone[0])
                && left.length == large.indices.length + small.indices.length - 2;
        if (matrices) {
            return matrices(a, b, gone[0]);
        }
        if (contains(large, small)) {
            Item whole = new Item(quotient(List.of(large, aligned(small, large.indices)), large.indices.length),
                    large.indices);
            if (gone.length == 0) {
                return whole;
            }
            int[] axes = IntStream.range(0, large.indices.length)
                    .filter(axis -> IntStream.of(gone).anyMatch(index -> index == large.indices[axis])).toArray();
            int[] rest = IntStream.of(large.indices)
                    .filter(index -> IntStream.of(gone).noneMatch(k -> k == index)).toArray();
            return new Item(writer.sum(whole.term, axes), rest);
        }
        return new Item(writer.einsum(List.of(above(a).term, above(b).term), List.of(a.indices, b.indices), left,
                product.indexSizes()), left);
    }

    private Item matrices(Item first, Item second, int k) {
        Item a = above(first);
        Item b = above(second);
        if (a.indices.length == 1 && b.indices.length == 1) {
            return new Item(writer.dot(a.term, b.term), new int[0]);
        }
        if (a.indices.length == 1) {
            return matrices(second, first, k);
        }
        int free = a.indices[0] == k ? a.indices[1] : a.indices[0];
        if (b.indices.length == 1) {
            return new Item(writer.matvec(a.term, a.indices[0] == k, b.term), new int[] {free});
        }
        int otherFree = b.indices[0] == k ? b.indices[1] : b.indices[0];
        // Rows of the result are the lower index, so that a result needs no transpose.
        boolean swap = otherFree < free;
        Item left = swap ? b : a;
        Item right = swap ? a : b;
        return new Item(writer.matmul(left.term, left.indices[0] == k, right.term, right.indices[1] == k),
                new int[] {Math.min(free, otherFree), Math.max(free, otherFree)});
    }

    private Item above(Item item) {
        if (!item.below) {
            return item;
        }
        int rank = item.indices.length;
        return new Item(new Term("1" + writer.over(rank) + item.term.at(Term.SIGN), Term.PRODUCT, item.term.host(),
                item.term.covered()), item.indices);
    }

    /** The item with the axes of a larger one, so that it broadcasts against it. */
    private Item aligned(Item item, int[] indices) {
        int[] places = IntStream.of(item.indices)
                .map(index -> IntStream.range(0, indices.length).filter(k -> indices[k] == index).findFirst()
                        .orElseThrow())
                .toArray();
        int[] order = IntStream.range(0, places.length).boxed()
                .sorted((p, q) -> Integer.compare(places[p], places[q])).mapToInt(p -> p).toArray();
        boolean sorted = IntStream.range(0, order.length).allMatch(p -> order[p] == p);
        Term term = sorted ? item.term : writer.permute(item.term, order);
        return new Item(writer.align(term, IntStream.of(places).sorted().toArray(), indices.length), indices,
                item.below, item.identity);
    }

    /** What has no summed index left. */
    private Term elementwise(List<Item> items, int rank) {
        int[] output = IntStream.range(0, rank).toArray();
        List<Item> scalars = items.stream().filter(item -> item.indices.length == 0).toList();
        List<Item> tensors = items.stream().filter(item -> item.indices.length > 0).toList();
        Optional<Term> special = special(tensors, rank);
        List<Item> factors = new ArrayList<>();
        for (Item item : scalars) {
            factors.add(new Item(writer.align(item.term, new int[0], rank), output, item.below, false));
        }
        if (special.isPresent()) {
            factors.add(new Item(special.get(), output));
        } else {
            tensors.forEach(item -> factors.add(aligned(item, output)));
        }
        return quotient(factors, rank);
    }

    /** Outer products and diagonal matrices have names of their own. */
    private Optional<Term> special(List<Item> tensors, int rank) {
        if (rank != 2 || tensors.size() != 2 || tensors.stream().anyMatch(Item::below)) {
            return Optional.empty();
        }
        Item a = tensors.get(0);
        Item b = tensors.get(1);
        if (a.indices.length == 1 && b.indices.length == 1 && a.indices[0] != b.indices[0]) {
            return Optional.of(a.indices[0] == 0 ? writer.outer(a.term, b.term) : writer.outer(b.term, a.term));
        }
        Item vector = a.indices.length == 1 ? a : b;
        Item matrix = vector == a ? b : a;
        return matrix.identity && matrix.indices.length == 2 && vector.indices.length == 1
                ? Optional.of(writer.diag(vector.term))
                : Optional.empty();
    }

    /** The factors multiplied and divided entry by entry. */
    private Term quotient(List<Item> factors, int rank) {
        List<Item> above = factors.stream().filter(item -> !item.below).toList();
        List<Item> below = factors.stream().filter(Item::below).toList();
        if (factors.size() == 1 && below.isEmpty()) {
            return factors.get(0).term;
        }
        StringBuilder text = new StringBuilder();
        for (Item item : above) {
            text.append(text.isEmpty() ? item.term.at(Term.PRODUCT) : writer.times(rank) + item.term.at(Term.SIGN));
        }
        if (text.isEmpty()) {
            text.append('1');
        }
        for (Item item : below) {
            text.append(writer.over(rank)).append(item.term.at(Term.SIGN));
        }
        List<Term> terms = factors.stream().map(Item::term).toList();
        return new Term(text.toString(), Term.PRODUCT, terms.stream().allMatch(Term::host), Term.covered(rank, terms));
    }
}
