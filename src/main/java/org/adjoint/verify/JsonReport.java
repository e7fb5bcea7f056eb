package org.adjoint.verify;

import java.util.Map;
import org.adjoint.show.TextPrinter;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report for programs: {@code {"claims":[{"file","line","id","part","claim","verdict","expected","asExpected",
 * "links":[…],"conventions":[…],"evidence":{"class","detail","counterexample","laws":[…],"steps":[{"law","before","after"}]}}],"problems":[…],"summary":{…}}}. A part that
 * is not given is null, and so is a counterexample {@code {"sizes","values","left","right","seed"}}.
 */
public final class JsonReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonReport() {
    }

    /** The report as one JSON object. */
    public static String of(Report report) {
        ObjectNode root = NODES.objectNode();
        ArrayNode claims = root.putArray("claims");
        report.claims().forEach(claim -> claims.add(claim(claim)));
        ArrayNode problems = root.putArray("problems");
        report.problems().forEach(problems::add);
        root.set("summary", summary(report));
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static ObjectNode claim(Claim claim) {
        ObjectNode node = NODES.objectNode();
        node.put("file", claim.file());
        node.put("line", claim.line());
        node.put("id", claim.id());
        node.put("part", claim.part().orElse(null));
        node.put("claim", claim.text());
        node.put("verdict", claim.verdict().word());
        node.put("expected", claim.expected());
        node.put("asExpected", claim.asExpected());
        ArrayNode links = node.putArray("links");
        for (Link link : claim.links()) {
            ObjectNode one = links.addObject();
            one.put("link", link.number());
            one.put("claim", link.text());
            one.put("verdict", link.verdict().word());
            one.set("evidence", evidence(link.evidence()));
        }
        ArrayNode conventions = node.putArray("conventions");
        claim.conventions().forEach(conventions::add);
        node.set("evidence", evidence(claim.evidence()));
        return node;
    }

    private static ObjectNode evidence(Evidence evidence) {
        ObjectNode node = NODES.objectNode();
        node.put("class", evidence.kind().word());
        node.put("detail", evidence.detail());
        if (evidence.counterexample().isEmpty()) {
            node.putNull("counterexample");
        } else {
            node.set("counterexample", counterexample(evidence.counterexample().get()));
        }
        evidence.proof().map(proof -> ProofText.of(proof, new TextPrinter()::closed)).ifPresent(proof -> {
            ArrayNode laws = node.putArray("laws");
            proof.laws().forEach(laws::add);
            ArrayNode steps = node.putArray("steps");
            proof.steps().forEach(step -> steps.addObject().put("law", step.law()).put("before", step.before())
                    .put("after", step.after()));
        });
        return node;
    }

    private static ObjectNode counterexample(Counterexample counterexample) {
        ObjectNode node = NODES.objectNode();
        ObjectNode sizes = node.putObject("sizes");
        counterexample.sizes().forEach(sizes::put);
        ObjectNode values = node.putObject("values");
        counterexample.values().forEach(values::put);
        node.put("left", counterexample.left());
        node.put("right", counterexample.right());
        node.put("seed", counterexample.seed());
        return node;
    }

    private static ObjectNode summary(Report report) {
        ObjectNode node = NODES.objectNode();
        node.put("claims", report.claims().size());
        for (Map.Entry<Verdict, Integer> count : report.counts().entrySet()) {
            node.put(count.getKey().word(), count.getValue());
        }
        node.put("unexpected", report.unexpected());
        node.put("problems", report.problems().size());
        return node;
    }
}
