package org.adjoint.algebra;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the prover got from one expression to an equal one. It is kept only while a proof is told: a proof that nobody reads
 * costs nothing. {@link Telling} makes a chain of it.
 */
final class Trace {
    /** A trace that keeps nothing. */
    static final Trace OFF = new Trace(false);

    /** A stretch of the way. */
    sealed interface Part {
        Expr before();

        Expr after();
    }

    /** One law, applied once. */
    record Step(String law, Expr before, Expr after) implements Part {
    }

    /** A stretch that is recorded by itself; where it is not, it is this law. */
    record Known(String law, Expr before, Expr after) implements Part {
    }

    /** Several parts of one expression become others, each of them recorded by itself; where one is not, it is this law. */
    record Places(String law, List<Expr> from, List<Expr> to, Function<List<Expr>, Expr> whole) implements Part {
        Places {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }

        /** One place. */
        static Places of(String law, Expr from, Expr to, Function<Expr, Expr> whole) {
            return new Places(law, List.of(from), List.of(to), parts -> whole.apply(parts.get(0)));
        }

        @Override
        public Expr before() {
            return whole.apply(from);
        }

        @Override
        public Expr after() {
            return whole.apply(to);
        }
    }

    /** What is the same up to the order and the grouping of terms. */
    static Step collected(Expr sum, Expr terms) {
        return new Step(StructureLaws.COLLECTED, sum, terms);
    }

    private final boolean on;
    private final NodeMap<Map<Expr, List<Part>>> ways = new NodeMap<>();

    private Trace(boolean on) {
        this.on = on;
    }

    static Trace on() {
        return new Trace(true);
    }

    boolean isOn() {
        return on;
    }

    /** Keeps the way from one expression to another, unless one is known. */
    void add(Expr from, Expr to, Part... parts) {
        if (on && from != to) {
            Map<Expr, List<Part>> targets = ways.get(from);
            if (targets == null) {
                targets = new HashMap<>();
                ways.put(from, targets);
            }
            targets.putIfAbsent(to, List.of(parts));
        }
    }

    /** The way, or null where none was kept. */
    @Nullable
    List<Part> way(Expr from, Expr to) {
        Map<Expr, List<Part>> targets = ways.get(from);
        return targets == null ? null : targets.get(to);
    }
}
