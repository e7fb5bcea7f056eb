package org.adjoint.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.adjoint.lang.Problem;
import org.adjoint.verify.Counterexample;
import org.adjoint.verify.Equation;
import org.adjoint.verify.ProofText;

/** What {@code adjoint equal} found, for people and for programs. */
record EqualReport(String left, String right, Equation.Judged judged, long seed) {

    /** The verdict with its reason; below it the laws of the proof, the counterexample, or the place of what is wrong. */
    String text(OutputFormat notation, boolean proofs) {
        StringBuilder text = new StringBuilder(judged.verdict().word()).append(": ").append(judged.evidence().detail())
                .append('\n');
        judged.evidence().proof().ifPresent(proof -> {
            if (!proof.laws().isEmpty()) {
                text.append("  by ").append(String.join(", ", proof.laws())).append('\n');
            }
            if (proofs) {
                ProofText.checked(proof, notation::closed, seed)
                        .forEach(line -> text.append("    ").append(line).append('\n'));
            }
        });
        judged.evidence().counterexample().ifPresent(c -> text.append("  ").append(c).append('\n'));
        judged.problem().ifPresent(p -> text.append(p.render()).append('\n'));
        if (!judged.scalars().isEmpty()) {
            text.append("  taken as real numbers: ").append(String.join(", ", judged.scalars())).append('\n');
        }
        judged.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        return text.toString();
    }

    /**
     * {@code {"left","right","verdict","detail","evidence","counterexample","at","scalars","notes"}}; the evidence of a proof
     * has {@code "laws"} and {@code "steps"}; the counterexample is null or
     * {@code {"sizes","values","left","right","seed"}}, and {@code at} null or the place of what is wrong.
     */
    String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("left", left);
        object.put("right", right);
        object.put("verdict", judged.verdict().word());
        object.put("detail", judged.evidence().detail());
        object.put("evidence", evidence());
        object.put("counterexample", judged.evidence().counterexample().map(EqualReport::json).orElse(null));
        object.put("at", judged.problem().map(Problem::span).map(Object::toString).orElse(null));
        object.put("scalars", judged.scalars());
        object.put("notes", judged.notes());
        return Json.write(object) + "\n";
    }

    private Map<String, Object> evidence() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("class", judged.verdict().word());
        judged.evidence().proof().ifPresent(proof -> addTo(object, ProofText.of(proof, OutputFormat.TEXT::closed)));
        return object;
    }

    /** The laws and the steps of a proof, and how many steps are left out, where some are. */
    static void addTo(Map<String, Object> evidence, ProofText proof) {
        evidence.put("laws", proof.laws());
        evidence.put("steps", proof.steps());
        if (proof.omitted() > 0) {
            evidence.put("omittedSteps", proof.omitted());
        }
    }

    private static Map<String, Object> json(Counterexample counterexample) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("sizes", counterexample.sizes());
        object.put("values", counterexample.values());
        object.put("left", counterexample.left());
        object.put("right", counterexample.right());
        object.put("seed", counterexample.seed());
        return object;
    }
}
