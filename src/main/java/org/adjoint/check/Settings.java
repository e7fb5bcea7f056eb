package org.adjoint.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All that a check is told, besides the functions. */
record Settings(List<Source> sources, List<Input> inputs, OptionalLong seed, double tolerance, Effort effort,
        Precision precision, Duration limit, Names names, boolean shrinking, @Nullable Reference reference,
        @Nullable Reference slopeReference) {

    /** Agreement asked for beyond the error bars. */
    static final double DOUBLE_TOLERANCE = 1e-8;
    static final double SINGLE_TOLERANCE = 1e-4;

    /** Draws some points. */
    @FunctionalInterface
    interface Source {
        List<PointAt> draw(RandomGenerator random, Settings settings);
    }

    static final Settings DEFAULT = new Settings(List.of(), List.of(), OptionalLong.empty(), Double.NaN,
            Effort.THOROUGH, Precision.DOUBLE, Duration.ofSeconds(10), Names.UNKNOWN, true, null, null);

    Settings {
        sources = List.copyOf(sources);
        inputs = List.copyOf(inputs);
    }

    double agreement() {
        return !Double.isNaN(tolerance) ? tolerance : precision == Precision.SINGLE ? SINGLE_TOLERANCE
                : DOUBLE_TOLERANCE;
    }

    Settings source(Source source) {
        var more = new ArrayList<>(sources);
        more.add(source);
        return new Settings(more, inputs, seed, tolerance, effort, precision, limit, names, shrinking, reference,
                slopeReference);
    }

    Settings input(Input input) {
        var more = new ArrayList<>(inputs);
        more.add(input);
        return new Settings(sources, more, seed, tolerance, effort, precision, limit, names, shrinking, reference,
                slopeReference);
    }

    Settings seed(long value) {
        return new Settings(sources, inputs, OptionalLong.of(value), tolerance, effort, precision, limit, names,
                shrinking, reference, slopeReference);
    }

    Settings tolerance(double value) {
        return new Settings(sources, inputs, seed, value, effort, precision, limit, names, shrinking, reference,
                slopeReference);
    }

    Settings effort(Effort value) {
        return new Settings(sources, inputs, seed, tolerance, value, precision, limit, names, shrinking, reference,
                slopeReference);
    }

    Settings precision(Precision value) {
        return new Settings(sources, inputs, seed, tolerance, effort, value, limit, names, shrinking, reference,
                slopeReference);
    }

    Settings limit(Duration value) {
        return new Settings(sources, inputs, seed, tolerance, effort, precision, value, names, shrinking, reference,
                slopeReference);
    }

    Settings names(Names value) {
        return new Settings(sources, inputs, seed, tolerance, effort, precision, limit, value, shrinking, reference,
                slopeReference);
    }

    Settings shrinking(boolean value) {
        return new Settings(sources, inputs, seed, tolerance, effort, precision, limit, names, value, reference,
                slopeReference);
    }

    Settings reference(Reference value, @Nullable Reference ofSlopes) {
        return new Settings(sources, inputs, seed, tolerance, effort, precision, limit, names, shrinking, value,
                ofSlopes);
    }
}
