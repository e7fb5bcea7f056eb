package org.adjoint.show;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Size;

/** Sums over the number of what they add up are means. */
final class Means {
    private Means() {
    }

    /** @param counts how many numbers each sum adds up, by identity */
    static Phrase of(Phrase phrase, IdentityHashMap<Phrase, Size> counts) {
        if (!(phrase instanceof Phrase.Product product) || product.below().isEmpty()) {
            return phrase;
        }
        List<Phrase> below = new ArrayList<>(product.below());
        List<Phrase> factors = new ArrayList<>();
        for (List<Phrase> list : List.of(product.above(), product.chain())) {
            for (Phrase factor : list) {
                factors.add(factor instanceof Phrase.Turned turned
                        ? mean(turned.operand(), below, counts).map(Phrases::turned).orElse(factor)
                        : mean(factor, below, counts).orElse(factor));
            }
        }
        return Phrases.product(product.number(), factors, below);
    }

    private static Optional<Phrase> mean(Phrase factor, List<Phrase> below, IdentityHashMap<Phrase, Size> counts) {
        if (factor instanceof Phrase.Call diag && diag.function().equals("diag")) {
            return mean(diag.arguments().get(0), below, counts).map(inner -> Linearly.symmetric("diag", inner));
        }
        if (factor instanceof Phrase.Entrywise product) {
            return inProduct(product, below, counts);
        }
        Size count = counts.get(factor);
        if (count == null || !(factor instanceof Phrase.Call sum)) {
            return Optional.empty();
        }
        String text = count.toString().replace(" ", "");
        boolean found = below.removeIf(divisor -> divisor instanceof Phrase.Word word && word.text().equals(text));
        return found ? Optional.of(Phrases.call(sum.function().replace("sum", "mean"), sum.kind(),
                sum.arguments().get(0))) : Optional.empty();
    }

    /** One factor of a product entry by entry. */
    private static Optional<Phrase> inProduct(Phrase.Entrywise product, List<Phrase> below,
            IdentityHashMap<Phrase, Size> counts) {
        for (int k = 0; k < product.factors().size(); k++) {
            Optional<Phrase> mean = mean(product.factors().get(k), below, counts);
            if (mean.isPresent()) {
                List<Phrase> factors = new ArrayList<>(product.factors());
                factors.set(k, mean.get());
                return Optional.of(Phrases.entrywise(factors, product.divisors()));
            }
        }
        return Optional.empty();
    }
}
