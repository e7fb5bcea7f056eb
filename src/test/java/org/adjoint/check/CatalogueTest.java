package org.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every planted mistake is caught with each of twenty seeds, and the right derivative beside it is never rejected. */
class CatalogueTest {

    private static final int SEEDS = 20;

    static Stream<Planted> bugs() {
        return Stream.of(ElementwiseBugs.factors(), ElementwiseBugs.scales(), ElementwiseBugs.edges(),
                TensorBugs.reductions(), TensorBugs.broadcasting(), TensorBugs.matrices(), TensorBugs.windows())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void caughtWithEverySeed(Planted bug) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = bug.check(false, seed).check();
            assertThat(report.passed()).as("%s: %s", bug, report).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void rightOneIsNotRejected(Planted bug) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var report = bug.check(true, seed).check();
            assertThat(report.wrong()).as("%s: %s", bug, report).isEmpty();
            assertThat(report.confirmed()).as("%s: %s", bug, report).isTrue();
        }
    }
}
