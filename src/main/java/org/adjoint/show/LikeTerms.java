package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Rational;

/** Joins terms that are written alike, and convolutions and products with a commutation matrix that share a factor. */
final class LikeTerms {
    /** Longer terms are not compared. */
    private static final int LONGEST = 60;
    private static final Set<String> BILINEAR = Set.of("conv", "corr", "conv2", "corr2", "kron");

    private LikeTerms() {
    }

    /** The terms of the same sum, as few as were found. */
    static List<Phrase> joined(List<Phrase> terms) {
        if (terms.size() < 2 || terms.size() > 8 || terms.stream().anyMatch(term -> term.cost() > LONGEST)) {
            return terms;
        }
        List<Phrase> joined = new ArrayList<>(terms);
        for (int k = 0; k < joined.size(); k++) {
            for (int j = joined.size() - 1; j > k; j--) {
                Optional<Phrase> both = join(joined.get(k), joined.get(j));
                if (both.isPresent()) {
                    joined.remove(j);
                    joined.set(k, both.get());
                }
            }
        }
        return joined;
    }

    private static Optional<Phrase> join(Phrase a, Phrase b) {
        Rational m = number(a);
        Rational n = number(b);
        if (a.kind() != b.kind() || m.isZero() || n.isZero()) {
            return Optional.empty();
        }
        Phrase x = bare(a, m);
        Phrase y = bare(b, n);
        if (x.cost() == y.cost() && !m.plus(n).isZero() && MatlabText.isSame(x, y)) {
            return Optional.of(Phrases.product(m.plus(n), List.of(x)));
        }
        if (x instanceof Phrase.Call f && y instanceof Phrase.Call g && f.function().equals(g.function())
                && BILINEAR.contains(f.function())) {
            return arguments(f, m, g, n);
        }
        return x instanceof Phrase.Product p && y instanceof Phrase.Product q && p.bare() && q.bare()
                ? swapped(p, m, q, n)
                : Optional.empty();
    }

    /** {@code f(x,w) + f(y,w)} is {@code f(x+y,w)}. */
    private static Optional<Phrase> arguments(Phrase.Call f, Rational m, Phrase.Call g, Rational n) {
        for (int k = 0; k < 2; k++) {
            Phrase x = f.arguments().get(k);
            Phrase y = g.arguments().get(k);
            if (MatlabText.isSame(f.arguments().get(1 - k), g.arguments().get(1 - k)) && x.kind() == y.kind()) {
                Phrase sum = sum(x, m, y, n);
                Phrase other = f.arguments().get(1 - k);
                return Optional.of(k == 0 ? Linearly.call(f.function(), f.kind(), sum, other)
                        : Linearly.call(f.function(), f.kind(), other, sum));
            }
        }
        return Optional.empty();
    }

    /** {@code P*comm(m,n) + Q*comm(m,n)} is {@code (P+Q)*comm(m,n)}. */
    private static Optional<Phrase> swapped(Phrase.Product p, Rational m, Phrase.Product q, Rational n) {
        if (p.chain().size() < 2 || q.chain().size() < 2) {
            return Optional.empty();
        }
        Phrase last = p.chain().getLast();
        boolean swap = last instanceof Phrase.Call comm && comm.function().equals("comm")
                && MatlabText.isSame(last, q.chain().getLast());
        return swap ? Optional.of(Phrases.product(sum(head(p), m, head(q), n), last)) : Optional.empty();
    }

    private static Phrase head(Phrase.Product product) {
        return Phrases.product(Rational.ONE, product.chain().subList(0, product.chain().size() - 1));
    }

    private static Phrase sum(Phrase x, Rational m, Phrase y, Rational n) {
        return Phrases.sum(List.of(Phrases.product(m, List.of(x)), Phrases.product(n, List.of(y))));
    }

    private static Rational number(Phrase term) {
        return term instanceof Phrase.Product product ? product.number() : Rational.ONE;
    }

    private static Phrase bare(Phrase term, Rational number) {
        return number.isOne() ? term : Phrases.product(Rational.ONE.dividedBy(number), List.of(term));
    }
}
