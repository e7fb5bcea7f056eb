package org.adjoint.expr;

import java.util.SortedMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Sizes as text: polynomials with the highest powers first, {@code 2*m*n - (H - 1)//2 + 1}. */
final class SizeText {
    private SizeText() {
    }

    static String of(SortedMap<Monomial, Long> terms) {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        terms.forEach((monomial, c) -> {
            // A lone quotient needs no brackets beside + and -.
            boolean lone = Math.abs(c) == 1 && monomial.degree() == 1 && monomial.first() instanceof Monomial.Floor;
            put(text, c, lone ? monomial.first().text() : monomial.text(), "*");
        });
        return text.toString();
    }

    /** The text in another notation, which names symbols and says how a floor quotient of two texts is written. */
    static String of(SortedMap<Monomial, Long> terms, UnaryOperator<String> symbol, BinaryOperator<String> quotient) {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        terms.forEach((monomial, c) -> {
            StringBuilder product = new StringBuilder();
            monomial.powers().forEach((atom, power) -> {
                String factor = switch (atom) {
                    case Monomial.Symbol(String name) -> symbol.apply(name);
                    case Monomial.Floor(Size numerator, Size denominator, String ignored) ->
                        quotient.apply(numerator.written(symbol, quotient), denominator.written(symbol, quotient));
                };
                for (int k = 0; k < power; k++) {
                    product.append(product.isEmpty() ? "" : " * ").append(factor);
                }
            });
            put(text, c, product, " * ");
        });
        return text.toString();
    }

    private static void put(StringBuilder text, long c, CharSequence monomial, String times) {
        long magnitude = Math.abs(c);
        text.append(c < 0 ? (text.isEmpty() ? "-" : " - ") : (text.isEmpty() ? "" : " + "));
        if (monomial.isEmpty()) {
            text.append(magnitude);
        } else {
            text.append(magnitude == 1 ? "" : magnitude + times).append(monomial);
        }
    }
}
