package org.adjoint.verify;

/** What a proposition is at one point. */
enum Truth {
    FALSE, UNDEFINED, UNKNOWN, TRUE;

    static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    Truth not() {
        return switch (this) {
            case FALSE -> TRUE;
            case TRUE -> FALSE;
            case UNDEFINED, UNKNOWN -> this;
        };
    }

    /** False if either is, then undefined, then unknown. */
    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Truth or(Truth other) {
        return not().and(other.not()).not();
    }
}
