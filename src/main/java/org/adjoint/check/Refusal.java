package org.adjoint.check;

import org.jspecify.annotations.Nullable;

/** A call that gave nothing to compare: the function threw, or returned something of another type or shape. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final String rule;

    Refusal(Outcome outcome, String rule, String reason, @Nullable Throwable cause) {
        super(reason, cause, false, false);
        this.outcome = outcome;
        this.rule = rule;
    }

    Outcome outcome() { return outcome; }

    String rule() { return rule; }

    String reason() { return String.valueOf(getMessage()); }
}
