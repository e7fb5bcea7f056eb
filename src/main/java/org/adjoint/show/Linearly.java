package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Rational;
import org.adjoint.show.Phrase.Kind;

/** Calls of linear functions; numbers and scalars come out in front. */
final class Linearly {
    private Linearly() {
    }

    static Phrase call(String function, Kind kind, Phrase argument) {
        return of(function, kind, kind == Kind.SCALAR, argument);
    }

    /** A call that is linear in two arguments. */
    static Phrase call(String function, Kind kind, Phrase a, Phrase b) {
        List<Phrase> factors = new ArrayList<>();
        Phrase left = bare(a, factors);
        Phrase right = bare(b, factors);
        factors.add(Phrases.call(function, kind, left, right));
        return Phrases.product(Rational.ONE, factors);
    }

    /** The phrase without the numbers and scalars in front, which go to the list. */
    static Phrase bare(Phrase phrase, List<Phrase> scalars) {
        if (phrase instanceof Phrase.Product product && !product.bare() && !product.chain().isEmpty()) {
            scalars.add(Phrases.product(product.number(), product.above(), product.below()));
            return Phrases.product(Rational.ONE, product.chain());
        }
        return phrase;
    }

    /** A call whose value is a symmetric matrix. */
    static Phrase symmetric(String function, Phrase argument) {
        return of(function, Kind.MATRIX, true, argument);
    }

    private static Phrase of(String function, Kind kind, boolean symmetric, Phrase argument) {
        if (argument instanceof Phrase.Product product && !product.bare()) {
            Phrase inner = Phrases.product(Rational.ONE, product.chain());
            Phrase scalar = Phrases.product(product.number(), product.above(), product.below());
            return Phrases.product(Rational.ONE, List.of(scalar, of(function, kind, symmetric, inner)));
        }
        if (function.equals("sum") && argument instanceof Phrase.Call abs && abs.function().equals("abs")) {
            return Phrases.call("norm1", kind, abs.arguments().get(0));
        }
        if (function.equals("diag") && argument instanceof Phrase.Call ones && ones.function().equals("ones")) {
            return Phrases.call("eye", kind, true, ones.arguments().get(0));
        }
        if (function.equals("tr") && argument instanceof Phrase.Turned turned) {
            return of(function, kind, symmetric, turned.operand());
        }
        if (function.equals("tr") && argument instanceof Phrase.Product chain) {
            return Phrases.call(function, kind, Phrases.product(Rational.ONE, rotated(chain.chain())));
        }
        return Phrases.call(function, kind, symmetric, argument);
    }

    /** The trace is cyclic: the chain from the first of the names on. */
    private static List<Phrase> rotated(List<Phrase> chain) {
        int first = 0;
        for (int k = 1; k < chain.size(); k++) {
            first = name(chain.get(k)).compareTo(name(chain.get(first))) < 0 ? k : first;
        }
        List<Phrase> rotated = new ArrayList<>(chain.subList(first, chain.size()));
        rotated.addAll(chain.subList(0, first));
        return rotated;
    }

    private static String name(Phrase phrase) {
        return phrase instanceof Phrase.Word word ? word.text() : "~";
    }
}
