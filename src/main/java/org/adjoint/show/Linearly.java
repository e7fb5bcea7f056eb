package org.adjoint.show;

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

    /** A call whose value is a symmetric matrix. */
    static Phrase symmetric(String function, Phrase argument) {
        return of(function, Kind.MATRIX, true, argument);
    }

    private static Phrase of(String function, Kind kind, boolean symmetric, Phrase argument) {
        if (argument instanceof Phrase.Product product && !product.bare()) {
            Phrase inner = Phrases.product(Rational.ONE, product.chain());
            Phrase scalar = Phrases.product(product.number(), product.above(), product.below());
            return Phrases.product(Rational.ONE, List.of(scalar, Phrases.call(function, kind, symmetric, inner)));
        }
        if (function.equals("sum") && argument instanceof Phrase.Call abs && abs.function().equals("abs")) {
            return Phrases.call("norm1", kind, abs.arguments().get(0));
        }
        if (function.equals("tr") && argument instanceof Phrase.Turned turned) {
            return Phrases.call(function, kind, turned.operand());
        }
        return Phrases.call(function, kind, symmetric, argument);
    }
}
