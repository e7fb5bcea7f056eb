package org.adjoint.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.adjoint.cli.Main;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

/** Wrong answers are never proved: published mistakes, and published formulas with one slip made on purpose. */
class WrongAnswersTest {
    private static final Path SAMPLE = Path.of("..", "shared", "cases", "wrong-answers.tsv");
    private static final Map<String, List<String>> SLIPS = Map.of("+", List.of("-"), "-", List.of("+"), "'",
            List.of(""),
            "2*", List.of("", "3*"), "cos", List.of("sin"), "inv(", List.of("("), "^2", List.of("", "^3"), ".*",
            List.of("./"));
    private static final Pattern PLACES = Pattern.compile("\\+|(?<=[\\w)'])-|'|2\\*|cos|inv\\(|\\^2|\\.\\*");

    /** One slip at a random place, if there is a place for one. */
    private static Optional<String> slip(String text, Random random) {
        List<MatchResult> places = PLACES.matcher(text).results().toList();
        if (places.isEmpty()) {
            return Optional.empty();
        }
        MatchResult place = places.get(random.nextInt(places.size()));
        List<String> slips = SLIPS.getOrDefault(place.group(), List.of());
        return Optional.of(text.substring(0, place.start()) + slips.get(random.nextInt(slips.size()))
                + text.substring(place.end()));
    }

    @Test
    void noSlipIsProvedRight() {
        Random random = new Random(20120115);
        List<String> proved = new ArrayList<>();
        int wrong = 0;
        for (Case each : Case.own()) {
            Optional<String> slip = slip(each.expected(), random);
            if (slip.isEmpty() || Referee.objection(each.withExpected(slip.orElseThrow())).isEmpty()) {
                continue;
            }
            try {
                wrong++;
                if (Reading.proof(each, slip.orElseThrow(), each.expected()).isPresent()) {
                    proved.add(each + "\n    " + slip.orElseThrow() + " == " + each.expected());
                }
            } catch (RuntimeException illFormed) {
                // A slip may leave shapes that do not fit, which is found out in its own way.
                assertThat(illFormed.getMessage()).isNotBlank();
            }
        }
        assertThat(wrong).isGreaterThan(Case.own().size() / 2);
        assertThat(proved).isEmpty();
    }

    @Test
    void publishedMistakesAreRefuted() throws IOException {
        assumeThat(Files.exists(SAMPLE)).isTrue();
        List<Case> right = Case.file(SAMPLE, "right");
        Map<String, Case> wrong = new HashMap<>();
        Case.file(SAMPLE, "wrong").forEach(each -> wrong.put(each.id(), each));
        for (Case each : right) {
            Answer answer = Answer.to(each);
            assertThat(Referee.objection(each.withExpected(answer.matlab()))).as(each.toString()).isEmpty();
            assertThat(verdict(each, answer.matlab(), each.expected())).as(each.toString()).isIn("proved", "supported");
            Case mistake = wrong.getOrDefault(each.id(), each);
            assertThat(Referee.objection(mistake)).as(mistake.toString()).isPresent();
            assertThat(verdict(mistake, answer.matlab(), mistake.expected())).as(mistake.toString())
                    .isEqualTo("refuted");
        }
    }

    /** What the command {@code equal} says to the derived form and a given one. */
    private static String verdict(Case each, String derived, String given) {
        List<String> arguments = new ArrayList<>(List.of("equal", derived, given, "--dialect", "matlab", "--format",
                "json"));
        Answer.shapes(each, Reading.FACTS).forEach(shape -> arguments.addAll(List.of("--shape", shape)));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Main.run(arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err, true));
        assertThat(out.toString()).as(err.toString()).isNotEmpty();
        return new ObjectMapper().readTree(out.toString()).path("verdict").asString("none");
    }
}
