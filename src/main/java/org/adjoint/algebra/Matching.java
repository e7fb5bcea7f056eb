package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
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

    private final Cost cost;
    private final Product a;
    private final Product b;
    private final int[] partner;
    private final boolean[] taken;
    private final Map<Integer, Integer> image = new HashMap<>();
    private final Map<Integer, Integer> preimage = new HashMap<>();
    /** Whether output labels of {@code a} may be mapped to any label. */
    private boolean free;

    private Matching(Product a, Product b, Cost cost) {
        this.cost = cost;
        this.a = a;
        this.b = b;
        this.partner = new int[a.factors().size()];
        Arrays.fill(partner, -1);
        this.taken = new boolean[b.factors().size()];
    }

    /** The matches, each grown as far as it goes. */
    static List<Matching> of(Product a, Product b, Cost cost) {
        List<Matching> all = new ArrayList<>();
        if (a.factors().size() > FACTOR_LIMIT || b.factors().size() > FACTOR_LIMIT) {
            return all;
        }
        for (int i = 0; i < a.factors().size(); i++) {
            for (int j = 0; j < b.factors().size() && all.size() < MATCH_LIMIT; j++) {
                int f = i;
                int g = j;
                Matching match = new Matching(a, b, cost);
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
                    Matching alone = new Matching(a, b, cost);
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
        Matching match = new Matching(pattern, b, cost);
        match.free = true;
        given.forEach((from, to) -> {
            match.image.put(from, to);
            match.preimage.put(to, from);
        });
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
        return match.image;
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
            boolean settled = image.containsKey(label) || (!free && label < a.rank()) || factor.size(axis).isOne();
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
        Map<Integer, Integer> more = new HashMap<>();
        for (int axis = 0; axis < labels.length; axis++) {
            if (f.size(axis).isOne()) {
                continue;
            }
            int from = f.labels()[axis];
            int to = labels[axis];
            Integer known = image.containsKey(from) ? image.get(from) : more.get(from);
            boolean fixed = !free && (from < a.rank() || to < b.rank());
            boolean fits = known != null ? known == to
                    : fixed ? from == to : !preimage.containsKey(to) && !more.containsValue(to);
            if (!fits) {
                return false;
            }
            more.put(from, to);
        }
        more.forEach((from, to) -> {
            image.put(from, to);
            preimage.put(to, from);
        });
        return true;
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
        Integer own = preimage.get(label);
        return own == null ? label + offset : own;
    }

    boolean isWhole() {
        return Arrays.stream(partner).allMatch(j -> j >= 0) && partner.length == taken.length;
    }
}
