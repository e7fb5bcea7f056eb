package org.adjoint.limit;

/** What is found of an asymptotic series. */
public sealed interface SeriesResult {
    /** The series. */
    record Found(AsymptoticSeries series) implements SeriesResult {
    }

    /** Nothing was found out, and why. */
    record Undecided(String reason) implements SeriesResult {
    }
}
