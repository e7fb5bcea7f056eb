package org.adjoint.limit;

import java.util.Optional;

/** A law that gives a limit at sight, with its proof as steps; asked before anything else is tried. */
public interface LimitTheorem {
    /** The limit, or nothing where the theorem does not fit. */
    Optional<LimitResult> apply(Question question);
}
