package org.adjoint.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a limit on the way to it. A way is a point for the parameters and a side.
 *
 * @param reached       ways on which the function comes to the limit, or its values extrapolate to it
 * @param slow          ways on which it comes nearer, too slowly to be told from other limits
 * @param blind         ways on which nothing can be told
 * @param overflows     those of the blind ones on which numbers become too large to be computed
 * @param undefined     ways on which the function has no value
 * @param sizes         over how many choices of sizes
 * @param cut           whether time ran out before all was looked at
 * @param contradiction where the function goes to something else
 */
public record Sighting(int reached, int slow, int blind, int overflows, int undefined, int sizes, boolean cut,
        Optional<String> contradiction) {
    static final Sighting NOTHING = new Sighting(0, 0, 0, 0, 0, 0, false, Optional.empty());
    static final Sighting UNDEFINED = new Sighting(0, 0, 0, 0, 1, 0, false, Optional.empty());

    static Sighting of(Trend.Says says, boolean overflow) {
        return switch (says) {
            case YES -> new Sighting(1, 0, 0, 0, 0, 0, false, Optional.empty());
            case SLOWLY -> new Sighting(0, 1, 0, 0, 0, 0, false, Optional.empty());
            case NOTHING, ELSEWHERE, AWAY -> new Sighting(0, 0, 1, overflow ? 1 : 0, 0, 0, false, Optional.empty());
        };
    }

    static Sighting contradiction(String where) {
        return new Sighting(0, 0, 0, 0, 0, 0, false, Optional.of(where));
    }

    Sighting plus(Sighting more) {
        return new Sighting(reached + more.reached, slow + more.slow, blind + more.blind, overflows + more.overflows,
                undefined + more.undefined, Math.max(sizes, more.sizes), cut || more.cut,
                contradiction.or(() -> more.contradiction));
    }

    Sighting overOneMoreSize() {
        return new Sighting(reached, slow, blind, overflows, undefined, sizes + 1, cut, contradiction);
    }

    Sighting cutShort() {
        return new Sighting(reached, slow, blind, overflows, undefined, sizes, true, contradiction);
    }

    /** Whether the function has a value on no way that was tried. */
    boolean isNowhere() {
        return reached + slow + blind == 0 && undefined > 0;
    }

    /** Whether it was seen on some way. */
    public boolean isSeen() {
        return reached > 0;
    }

    /** In words. */
    public String text() {
        if (contradiction.isPresent()) {
            return "contradicted: " + contradiction.get();
        }
        List<String> rest = new ArrayList<>();
        if (slow > 0) {
            rest.add((reached > 0 ? "too slow to be seen on " + ways(slow) : "the approach is too slow"));
        }
        if (blind > 0) {
            String why = overflows == blind ? "overflows" : "shows no trend at any distance that can be computed";
            rest.add(reached > 0 ? why + " on " + ways(blind) : "the approach " + why);
        }
        if (cut) {
            rest.add("time ran out");
        }
        if (reached == 0) {
            return "not seen numerically: " + (rest.isEmpty() ? "no point was found at which the conditions hold"
                    : String.join("; ", rest));
        }
        return "seen numerically on " + ways(reached) + " to it"
                + (sizes > 1 ? " over " + sizes + " choices of sizes" : "")
                + (rest.isEmpty() ? "" : "; " + String.join("; ", rest));
    }

    private static String ways(int count) {
        return count == 1 ? "1 way" : count + " ways";
    }
}
