package org.adjoint.derive;

import org.adjoint.limit.LimitResult;

/**
 * A limit that is handed out.
 *
 * @param result   what was found; {@link LimitResult.Undecided} too where the numbers contradict what was found
 * @param sighting how it was seen on the way
 */
public record Limit(LimitResult result, Sighting sighting) {
}
