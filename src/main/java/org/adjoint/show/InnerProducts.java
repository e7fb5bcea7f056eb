package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.show.Phrase.Kind;

/** Sums of products of entries in the shortest notation: {@code x'*y}, {@code tr(A*B)}, {@code sum(A.*B')}, norms. */
final class InnerProducts {
    private InnerProducts() {
    }

    /** {@code Σ xₖ yₖ …} of two vectors or more. */
    static Phrase of(List<Phrase> vectors) {
        if (vectors.size() == 2 && vectors.get(0) == vectors.get(1) && vectors.get(0).cost() > 1) {
            return squaredNorm(vectors.get(0));
        }
        Phrase best = Linearly.call("sum", Kind.SCALAR, Phrases.entrywise(vectors, List.of()));
        boolean dotted = false;
        for (int k = 0; vectors.size() > 1 && k < vectors.size(); k++) {
            List<Phrase> rest = new ArrayList<>(vectors);
            rest.remove(k);
            Phrase other = Phrases.entrywise(rest, List.of());
            for (Phrase form : List.of(Phrases.product(Phrases.turned(vectors.get(k)), other),
                    Phrases.product(Phrases.turned(other), vectors.get(k)))) {
                if (form.cost() < best.cost() || (form.cost() == best.cost() && !dotted)) {
                    best = form;
                    dotted = true;
                }
            }
        }
        return best;
    }

    /** {@code Σ P_ik Q_ki}, the matrices given in both orientations. */
    static Phrase trace(Phrase p, Phrase q, Phrase pTurned, Phrase qTurned) {
        if (p == qTurned || q == pTurned) {
            return squaredNorm(p.cost() <= pTurned.cost() ? p : pTurned);
        }
        return cheapest(Linearly.call("tr", Kind.SCALAR, Phrases.product(p, q)),
                Linearly.call("tr", Kind.SCALAR, Phrases.product(qTurned, pTurned)),
                Linearly.call("sum", Kind.SCALAR, entrywise(p, qTurned)),
                Linearly.call("sum", Kind.SCALAR, entrywise(pTurned, q)));
    }

    private static Phrase squaredNorm(Phrase tensor) {
        return Phrases.power(Phrases.call("norm2", Kind.SCALAR, tensor), Phrases.literal("2"));
    }

    static Phrase entrywise(Phrase a, Phrase b) {
        return Phrases.entrywise(List.of(a, b), List.of());
    }

    /** The first of those with the fewest symbols. */
    static Phrase cheapest(Phrase first, Phrase... others) {
        Phrase best = first;
        for (Phrase other : others) {
            best = Phrases.cheaper(best, other);
        }
        return best;
    }
}
