package org.adjoint.check;

/** What a function looks like along a line through a point, as far as its values tell. */
public enum Kind {

    /** Both one-sided derivatives exist and agree within their errors. */
    SMOOTH("smooth"),

    /** Both one-sided derivatives exist and differ: |x| at 0. */
    KINK("a kink"),

    /** The function is defined on one side only, arbitrarily close to the point: x³ᐟ² at 0. */
    EDGE("an edge of the domain"),

    /** The values do not tend to f(x) on some side: the step function at 0. */
    JUMP("a jump"),

    /** The values tend to f(x), but the difference quotients grow without bound: √x at 0. */
    STEEP("an infinite slope"),

    /** f(x) is not finite, or nothing near x is, or the derivative overflows. */
    UNDEFINED("undefined");

    private final String words;

    Kind(String words) { this.words = words; }

    @Override
    public String toString() { return words; }
}
