package org.adjoint.corpus;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.cli.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What the command {@code derive} says to a case.
 *
 * @param matlab       the closed form; empty when it is refused
 * @param proved       whether the evidence is a proof
 * @param reason       why it is refused
 * @param milliseconds how long it took
 */
record Answer(String matlab, boolean proved, String reason, double milliseconds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FACTS = Map.of("inv", "invertible", "sym", "symmetric", "spd", "spd",
            "pos", "positive", "unit", "unit", "onehot", "onehot", "prob", "probability", "int", "integer");

    boolean isRefused() {
        return matlab.isEmpty();
    }

    /** The same answer, which took no longer than a time measured before. */
    Answer within(double shortest) {
        return new Answer(matlab, proved, reason, Math.min(milliseconds, shortest));
    }

    /** The question that a case asks, as arguments of the command. */
    static List<String> question(Case each) {
        List<String> arguments = new ArrayList<>(List.of("derive", each.expression(), "--dialect", "matlab", "--wrt",
                each.wrt(), "--layout", each.layout(), "--format", "json"));
        shapes(each, FACTS).forEach(shape -> arguments.addAll(List.of("--shape", shape)));
        return arguments;
    }

    static Answer to(Case each) {
        List<String> arguments = question(each);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        long start = System.nanoTime();
        int code = Main.run(arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err, true));
        double milliseconds = (System.nanoTime() - start) / 1e6;
        if (code == 2 || code == 3) {
            return new Answer("", false, err.toString().strip(), milliseconds);
        }
        JsonNode result = JSON.readTree(out.toString());
        JsonNode first = result.path("results").path(0);
        return first.path("matlab").asString("").isEmpty()
                ? new Answer("", false, result.path("refused").toString() + first.path("matlab"), milliseconds)
                : new Answer(first.path("matlab").asString(),
                        first.path("evidence").path("class").asString("").equals("proved"), "", milliseconds);
    }

    /** The declarations of a case as the command line takes them, with those facts that it has a word for. */
    static List<String> shapes(Case each, Map<String, String> words) {
        List<String> shapes = new ArrayList<>();
        for (Declarations.Variable variable : Declarations.of(each.shapes()).variables()) {
            Set<String> facts = new java.util.TreeSet<>(variable.facts());
            facts.retainAll(words.keySet());
            StringBuilder shape = new StringBuilder(variable.name() + "=[" + String.join(",", variable.axes()) + "]");
            facts.forEach(fact -> shape.append(' ').append(words.get(fact)));
            shapes.add(shape.toString());
        }
        return shapes;
    }
}
