package org.adjoint.check;

/**
 * Thrown by a function under test, or its derivative, that has nothing to return and can say why: the reason appears in
 * the report as it is. Outside the domain of a function nothing is wrong; all else is.
 */
public final class NoValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isOutsideTheDomain;

    private NoValue(String reason, boolean isOutsideTheDomain) {
        super(reason);
        this.isOutsideTheDomain = isOutsideTheDomain;
    }

    /** The function is not defined there: for a function inconclusive, for a derivative wrong. */
    public static NoValue outsideTheDomain(String reason) {
        return new NoValue(reason, true);
    }

    /** What came out is no value at all. */
    public static NoValue wrong(String reason) {
        return new NoValue(reason, false);
    }

    Refusal refusal(String who, boolean isDerivative) {
        return new Refusal(isOutsideTheDomain && !isDerivative ? Outcome.INCONCLUSIVE : Outcome.WRONG,
                who + " returns a value", String.valueOf(getMessage()), this);
    }
}
