package org.adjoint.limit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;

/** What is found from above and from below, as one: a limit only where both sides have the same one, case by case. */
final class TwoSides {
    private TwoSides() {
    }

    static LimitResult meet(LimitResult above, LimitResult below, Assumptions assumptions) {
        if (above instanceof LimitResult.Undecided || above instanceof LimitResult.None) {
            return above;
        }
        if (below instanceof LimitResult.Undecided || below instanceof LimitResult.None) {
            return below;
        }
        if (above instanceof LimitResult.Value first && below instanceof LimitResult.Value second) {
            return meet(first, second, assumptions);
        }
        if (above instanceof LimitResult.Cases first && below instanceof LimitResult.Cases second) {
            return meet(first, second, assumptions);
        }
        LimitResult.Cases cases = above instanceof LimitResult.Cases upper ? upper : (LimitResult.Cases) below;
        List<LimitResult.Case> all = new ArrayList<>();
        for (LimitResult.Case one : cases.cases()) {
            Assumptions more = assumptions.and(one.when());
            all.add(new LimitResult.Case(one.when(), above == cases ? meet(one.result(), below, more)
                    : meet(above, one.result(), more)));
        }
        return new LimitResult.Cases(all, cases.steps());
    }

    private static LimitResult meet(LimitResult.Value above, LimitResult.Value below, Assumptions assumptions) {
        if (!above.conditions().equals(below.conditions())) {
            return new LimitResult.Undecided("the two sides hold under different conditions");
        }
        if (Folding.same(above.value(), below.value(), assumptions)) {
            return above;
        }
        boolean differ = above.value() instanceof Extended.Infinite || below.value() instanceof Extended.Infinite;
        return differ
                ? new LimitResult.None("the limits from above and from below differ",
                        new LimitResult.Approach(Path.ABOVE.words(), List.of(above.value())),
                        new LimitResult.Approach(Path.BELOW.words(), List.of(below.value())))
                : new LimitResult.Undecided("the limits from above and from below are not proved equal");
    }

    private static LimitResult meet(LimitResult.Cases above, LimitResult.Cases below, Assumptions assumptions) {
        List<LimitResult.Case> all = new ArrayList<>();
        for (LimitResult.Case one : above.cases()) {
            Set<Relation> when = new HashSet<>(one.when());
            Optional<LimitResult.Case> other = below.cases().stream()
                    .filter(each -> when.equals(new HashSet<>(each.when()))).findFirst();
            if (other.isEmpty() || above.cases().size() != below.cases().size()) {
                return new LimitResult.Undecided("the cases from above and from below are not the same");
            }
            all.add(new LimitResult.Case(one.when(),
                    meet(one.result(), other.get().result(), assumptions.and(one.when()))));
        }
        return new LimitResult.Cases(all, above.steps());
    }
}
