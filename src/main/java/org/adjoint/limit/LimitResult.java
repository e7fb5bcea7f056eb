package org.adjoint.limit;

import java.util.List;
import org.adjoint.algebra.Relation;

/** What is found about a limit. */
public sealed interface LimitResult {
    /**
     * The limit, of the shape of the function where it is finite.
     *
     * @param conditions under which it is the limit, besides what was assumed
     */
    record Value(Extended value, List<Relation> conditions, List<Step> steps) implements LimitResult {
        public Value {
            conditions = List.copyOf(conditions);
            steps = List.copyOf(steps);
        }
    }

    /** The limit depends on the parameters; the cases exclude one another and cover what was assumed. */
    record Cases(List<Case> cases, List<Step> steps) implements LimitResult {
        public Cases {
            cases = List.copyOf(cases);
            steps = List.copyOf(steps);
        }
    }

    /** Where all of the relations hold, that is the limit; without a value there is none. */
    record Case(List<Relation> when, LimitResult result) {
        public Case {
            when = List.copyOf(when);
        }
    }

    /** There is no limit: two ways to approach on which the function does different things. */
    record None(String reason, Approach first, Approach second) implements LimitResult {
    }

    /**
     * One way to approach.
     *
     * @param way   in words: {@code from above}, {@code along x = 2πk}
     * @param value where the function goes on it; empty where it is not defined there
     */
    record Approach(String way, List<Extended> value) {
        public Approach {
            value = List.copyOf(value);
        }
    }

    /** Nothing was found out, and why. */
    record Undecided(String reason) implements LimitResult {
    }
}
