package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Rational;

/**
 * Factors that two products of one shape have in common, with the renaming of summed labels that makes them the same. Grown
 * from a pair of equal factors along shared labels; symmetric matrices fit either way round.
 */
final class Matching {
    /** Products with more factors than this are not matched. */
    private static final int FACTOR_LIMIT = 24;
    /** So many different matches of two products are tried. */
    private static final int MATCH_LIMIT = 6;
    private static final int NONE = -1;

    private final Cost cost;
    private final Product a;
    private final Product b;
    private final int[] partner;
    private final boolean[] taken;
    /** The label of {@code b} for each of {@code a}, and the other way round; −1 where there is none yet. */
    private final int[] image;
    private final int[] preimage;
    /** Whether output labels of {@code a} may be mapped to any label. */
    private boolean free;

    private Matching(Product a, Product b, Map<Integer, Integer> given, Cost cost) {
        this.cost = cost;
        this.a = a;
        this.b = b;
        this.partner = new int[a.factors().size()];
        Arrays.fill(partner, NONE);
        this.taken = new boolean[b.factors().size()];
        this.image = none(a, given.keySet());
        this.preimage = none(b, given.values());
        given.forEach(this::tie);
    }

    /** Room for every label of the product, and for those that are given, which may stand in none of its factors. */
    private static int[] none(Product product, Collection<Integer> given) {
        int labels = Math.max(product.freshLabel(), product.rank());
        for (int label : given) {
            labels = Math.max(labels, label + 1);
        }
        int[] none = new int[labels];
        Arrays.fill(none, NONE);
        return none;
    }

    /** The matches, each grown as far as it goes. */
    static List<Matching> of(Product a, Product b, Cost cost) {
        List<Matching> all = new ArrayList<>();
        if (a.factors().size() > FACTOR_LIMIT || b.factors().size() > FACTOR_LIMIT) {
            return all;
        }
        for (int i = 0; i < a.factors().size(); i++) {
            for (int j = 0; j < b.factors().size() && all.size() < MATCH_LIMIT; j++) {
                if (a.factors().get(i).base() != b.factors().get(j).base()) {
                    continue;
                }
                int f = i;
                int g = j;
                Matching match = new Matching(a, b, Map.of(), cost);
                if (!match.pair(i, j)) {
                    continue;
                }
                boolean settled = Arrays.stream(a.factors().get(i).labels()).noneMatch(a::isSummed);
                boolean seen = all.stream().anyMatch(other -> other.partner[f] == g);
                match.grow();
                if (!seen) {
                    all.add(match);
                }
                if (settled && match.size() > 1) {
                    Matching alone = new Matching(a, b, Map.of(), cost);
                    alone.pair(i, j);
                    all.add(alone);
                }
            }
        }
        return all;
    }

    private long size() {
        return Arrays.stream(partner).filter(j -> j >= 0).count();
    }

    /** A match of all factors of {@code pattern} in {@code b}, its output labels mapped as given where not negative. */
    static Map<Integer, Integer> whole(Product pattern, Product b, Map<Integer, Integer> given,
            List<Product.Factor> found, Cost cost) {
        Matching match = new Matching(pattern, b, given, cost);
        match.free = true;
        match.grow();
        for (int i = 0; i < match.partner.length; i++) {
            Rational exponent = pattern.factors().get(i).exponent();
            if (match.partner[i] < 0 || !b.factors().get(match.partner[i]).exponent().equals(exponent)) {
                return Map.of();
            }
        }
        for (int g : match.partner) {
            found.add(b.factors().get(g));
        }
        Map<Integer, Integer> images = new HashMap<>();
        for (int label = 0; label < match.image.length; label++) {
            if (match.image[label] != NONE) {
                images.put(label, match.image[label]);
            }
        }
        return images;
    }

    private void tie(int from, int to) {
        image[from] = to;
        preimage[to] = from;
    }

    private void grow() {
        boolean grown = true;
        while (grown) {
            grown = false;
            // Factors whose labels are settled first; then those that settle the fewest new ones.
            for (int open = 0; open <= 3 && !grown; open++) {
                for (int i = 0; i < partner.length && !grown; i++) {
                    if (partner[i] >= 0 || unsettled(a.factors().get(i)) != open) {
                        continue;
                    }
                    for (int j = 0; j < taken.length && !grown; j++) {
                        grown = !taken[j] && pair(i, j);
                    }
                }
            }
        }
    }

    private int unsettled(Product.Factor factor) {
        int count = 0;
        for (int axis = 0; axis < factor.labels().length; axis++) {
            int label = factor.labels()[axis];
            boolean settled = image[label] != NONE || (!free && label < a.rank()) || factor.size(axis).isOne();
            count += settled ? 0 : 1;
        }
        return count;
    }

    private boolean pair(int i, int j) {
        Product.Factor f = a.factors().get(i);
        Product.Factor g = b.factors().get(j);
        if (f.base() != g.base() || f.exponent().signum() * g.exponent().signum() <= 0) {
            return false;
        }
        if (!f.exponent().equals(g.exponent()) && unsettled(f) > 0) {
            return false;
        }
        int[] straight = g.labels();
        if (bind(f, straight)) {
            accept(i, j);
            return true;
        }
        if (straight.length == 2 && cost.isSymmetric(f.base())) {
            int[] turned = {straight[1], straight[0]};
            if (bind(f, turned)) {
                accept(i, j);
                return true;
            }
        }
        return false;
    }

    private void accept(int i, int j) {
        partner[i] = j;
        taken[j] = true;
    }

    /** Maps the labels of the factor to these, if nothing speaks against it. */
    private boolean bind(Product.Factor f, int[] labels) {
        int bound = 0;
        for (int axis = 0; axis < labels.length; axis++) {
            if (f.size(axis).isOne()) {
                continue;
            }
            int from = f.labels()[axis];
            int to = labels[axis];
            boolean fixed = !free && (from < a.rank() || to < b.rank());
            boolean fits = image[from] != NONE ? image[from] == to : fixed ? from == to : preimage[to] == NONE;
            if (!fits) {
                unbind(f, bound);
                return false;
            }
            if (image[from] == NONE) {
                tie(from, to);
                bound |= 1 << axis;
            }
        }
        return true;
    }

    /** Takes back what was tied at these axes. */
    private void unbind(Product.Factor f, int axes) {
        for (int axis = 0; axes >> axis != 0; axis++) {
            if ((axes >> axis & 1) == 1) {
                int from = f.labels()[axis];
                preimage[image[from]] = NONE;
                image[from] = NONE;
            }
        }
    }

    // ---- what was found

    boolean isMatched(int i) {
        return partner[i] >= 0;
    }

    /** The partner in {@code b} of a factor of {@code a}, or −1. */
    int partner(int i) {
        return partner[i];
    }

    boolean isTaken(int j) {
        return taken[j];
    }

    /** A label of {@code b} as one of {@code a}; those without a partner are kept apart from all of {@code a}. */
    int toA(int label, int offset) {
        if (label < b.rank()) {
            return label;
        }
        return preimage[label] == NONE ? label + offset : preimage[label];
    }

    boolean isWhole() {
        return Arrays.stream(partner).allMatch(j -> j >= 0) && partner.length == taken.length;
    }
}
