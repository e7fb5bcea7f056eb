package org.adjoint.sequence;

/** Thrown where an expression is none that these methods know: why, for people. */
public final class NotClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    NotClosed(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** Why, in one line. */
    public String reason() {
        return reason;
    }
}
