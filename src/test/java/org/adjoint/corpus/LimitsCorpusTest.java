package org.adjoint.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adjoint.corpus.LimitScore.Row;
import org.junit.jupiter.api.Test;

/**
 * Published limits of every family, found by the command and judged by the referee of this package. The table that it prints is
 * the measure of the engine: {@code mvn -q -o test -Dtest=LimitsCorpusTest}; with {@code -Dcorpus.rows=true} every row
 * that is not right is shown too.
 */
class LimitsCorpusTest {
    private static final Path SAMPLE = Path.of("..", "shared", "cases", "limits.tsv");
    private static final int RIGHT = 175;
    /** Milliseconds; of a whole command on a slow machine. */
    private static final double SLOWEST = 10_000;

    private static LimitScore score(String name, List<LimitCase> cases) {
        LimitScore score = LimitScore.of(cases);
        System.out.println(name + "\n" + score.table());
        if (Boolean.getBoolean("corpus.rows")) {
            score.rows().stream().filter(row -> !row.isRight()).forEach(row -> System.out.println(row.line()));
        }
        assertThat(score.rows()).filteredOn(Row::isWrong).extracting(Row::line).isEmpty();
        assertThat(score.quantile(1)).isLessThan(SLOWEST);
        return score;
    }

    @Test
    void publishedLimits() {
        LimitScore score = score("our own corpus of limits", LimitCase.own());
        assertThat(score.count(Row::isRight)).isGreaterThanOrEqualTo(RIGHT);
    }

    @Test
    void sampleBesideTheCheckout() throws IOException {
        assumeThat(Files.exists(SAMPLE)).isTrue();
        LimitScore score = score("the sample of limits beside the checkout", LimitCase.file(SAMPLE));
        assertThat(score.rows()).filteredOn(row -> !row.isRight()).extracting(Row::line).isEmpty();
    }
}
