package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Rational;

/** The convergents of the continued fraction of a number: of all fractions as simple, the nearest. */
final class Convergents {
    private Convergents() {
    }

    /** From {@code ⌊x⌋} to x itself, which is left out. Source: Hardy and Wright, chapter X. */
    static List<Rational> of(Rational x) {
        List<Rational> found = new ArrayList<>();
        Rational before = Rational.ONE;
        Rational beforeBelow = Rational.ZERO;
        Rational whole = Rational.of(x.floor());
        Rational above = whole;
        Rational below = Rational.ONE;
        Rational rest = x.minus(whole);
        while (!rest.isZero()) {
            found.add(above.dividedBy(below));
            Rational inverse = rest.inverse();
            Rational next = Rational.of(inverse.floor());
            rest = inverse.minus(next);
            Rational newAbove = next.times(above).plus(before);
            Rational newBelow = next.times(below).plus(beforeBelow);
            before = above;
            beforeBelow = below;
            above = newAbove;
            below = newBelow;
        }
        return found;
    }
}
