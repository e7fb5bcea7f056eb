package org.adjoint.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Random expressions of the notation, derived by the command and judged by the referee of this package. Other ones are
 * drawn by {@code mvn -q -o test -Dtest=RandomExpressionsTest -Dfuzz.from=1000 -Dfuzz.count=500}.
 */
class RandomExpressionsTest {
    private static final long FROM = Long.getLong("fuzz.from", 1);
    private static final int COUNT = Integer.getInteger("fuzz.count", 80);

    /** Functions that are constant almost everywhere have no derivative to show. */
    private static final String JUMPS = "it is not differentiable where it jumps";

    @Test
    void noneIsWrongAndHardlyOneIsRefused() {
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int right = 0;
        for (long seed = FROM; seed < FROM + COUNT; seed++) {
            Case each = RandomCase.of(seed);
            if (!Referee.canTell(each)) {
                continue;
            }
            Answer answer = Answer.to(each);
            if (answer.isRefused()) {
                assertThat(answer.reason()).as(pasteable(each)).doesNotContain("at org.adjoint", "Exception");
                if (!answer.reason().contains(JUMPS)) {
                    refused.add(pasteable(each) + "\n    " + answer.reason());
                }
                continue;
            }
            Optional<String> objection = Referee.objection(each.withExpected(answer.matlab()));
            objection.ifPresent(o -> wrong.add(pasteable(each) + "\n    gives " + answer.matlab() + "\n    but " + o));
            right += objection.isEmpty() ? 1 : 0;
        }
        System.out.println("random expressions from seed " + FROM + ": " + right + " right, " + wrong.size()
                + " wrong, " + refused.size() + " refused");
        refused.forEach(System.out::println);
        assertThat(wrong).isEmpty();
        assertThat(right).isGreaterThan(COUNT / 2);
    }

    /** The question as it is typed into a shell. */
    private static String pasteable(Case each) {
        StringBuilder text = new StringBuilder(each.id()).append(": adjoint");
        for (String argument : Answer.question(each)) {
            text.append(" '").append(argument.replace("'", "'\\''")).append('\'');
        }
        return text.toString();
    }
}
