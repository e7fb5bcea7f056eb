package org.adjoint.lang;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown where something is well formed but cannot be computed: what needs it is undecided, for this reason. */
public final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;
    private final transient @Nullable Span span;

    /** At no place in particular. */
    public Undecided(String reason) {
        this(reason, null);
    }

    /** At a place of the source. */
    public Undecided(String reason, @Nullable Span span) {
        super(reason, null, false, false);
        this.reason = reason;
        this.span = span;
    }

    /** Why, in one line. */
    public String reason() {
        return reason;
    }

    /** Where, when it is known. */
    public Optional<Span> span() {
        return Optional.ofNullable(span);
    }
}
