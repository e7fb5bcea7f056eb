package org.adjoint.derive;

import org.adjoint.limit.SeriesResult;

/**
 * An asymptotic series that is handed out.
 *
 * @param result   what was found; {@link SeriesResult.Undecided} too where the numbers contradict a coefficient
 * @param sighting how the coefficients were seen on the way, each as the limit of what the earlier ones leave
 */
public record Asymptotics(SeriesResult result, Sighting sighting) {
}
