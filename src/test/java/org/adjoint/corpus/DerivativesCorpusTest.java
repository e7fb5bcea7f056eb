package org.adjoint.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.adjoint.corpus.Score.Row;
import org.junit.jupiter.api.Test;

/**
 * Published derivatives of every kind, derived by the command and judged by the referee of this package. The table that it
 * prints is the measure of the engine: {@code mvn -q -o test -Dtest=DerivativesCorpusTest}; with
 * {@code -Dcorpus.rows=true} every row that falls short is shown too.
 */
class DerivativesCorpusTest {
    private static final int RIGHT = 505;
    /** Of the right answers, how many are proved equal to the published form. */
    private static final double PROVED = 0.95;

    private static Score score(String name, List<Case> cases) {
        Score score = Score.of(cases);
        System.out.println(name + "\n" + score.table());
        if (Boolean.getBoolean("corpus.rows")) {
            score.rows().stream().filter(row -> !row.isRight() || !row.proved() || row.ratio() > 1.5)
                    .forEach(row -> System.out.println(row.line()));
        }
        return score;
    }

    @Test
    void publishedDerivatives() {
        Score score = score("our own corpus", Case.own());
        assertThat(score.rows()).filteredOn(Row::isWrong).isEmpty();
        assertThat(score.right()).hasSizeGreaterThanOrEqualTo(RIGHT);
        holdsTheBars(score);
    }

    @Test
    void sampleBesideTheCheckout() {
        List<Case> sample = Case.beside();
        assumeThat(sample).isNotEmpty();
        Score score = score("the sample beside the checkout", sample);
        assertThat(score.rows()).filteredOn(row -> !row.isRight()).isEmpty();
        holdsTheBars(score);
    }

    /** Proofs of the published forms, and printed sizes against theirs. Times are printed, not judged. */
    private static void holdsTheBars(Score score) {
        List<Double> ratios = score.ratios();
        assertThat((double) score.count(Row::proved)).isGreaterThanOrEqualTo(PROVED * score.right().size());
        assertThat(Score.quantile(ratios, 0.5)).isLessThanOrEqualTo(1);
        assertThat(Score.quantile(ratios, 0.95)).isLessThanOrEqualTo(1.5);
        assertThat(Score.quantile(ratios, 1)).isLessThanOrEqualTo(3);
    }
}
