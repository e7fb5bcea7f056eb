package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.Values;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** A layer at one point: its output against loops, its shape foretold, and its gradients against differences. */
final class LayerRun {
    private static final double STEP = 1e-5;

    /** What a layer should compute from its input and from its parameters, buffers and masks by their names. */
    interface Loops {
        Array of(Array x, Given given);
    }

    /** Parameters, buffers and masks by their names. */
    record Given(Map<String, Array> values) {
        Array get(String name) {
            return Objects.requireNonNull(values.get(name), name);
        }

        boolean has(String name) {
            return values.containsKey(name);
        }
    }

    private LayerRun() {
    }

    static void check(Model model, Mode mode, Random random, Array x, Loops loops) {
        Variable input = Variable.of("x", x.size());
        Expr output = model.apply(input, mode);
        assertThat(output.shape()).as("%s on %s", model, x.size()).isEqualTo(model.output(x.size(), mode));
        Map<Variable, Array> given = given(model, output, input, x, random);
        Map<String, Array> named = new LinkedHashMap<>();
        given.forEach((variable, array) -> named.put(variable.name(), array));
        Array expected = loops.of(x, new Given(named));
        Tensor actual = evaluate(List.of(output), given).get(0);
        assertThat(actual.shape()).as("shape of %s on %s", model, x.size()).isEqualTo(expected.shape());
        assertClose(model + " on " + x.size(), actual.toArray(), expected.data(), 1e-10);
        assertGradients(model, output, given, random);
    }

    /** Values for whatever occurs: positive where that is declared, zeros and ones where these are. */
    private static Map<Variable, Array> given(Model model, Expr output, Variable input, Array x, Random random) {
        Set<Variable> variables = new LinkedHashSet<>();
        model.parameters().forEach(parameter -> variables.add(parameter.variable()));
        for (Expr node : Walk.postorder(List.of(output))) {
            if (node instanceof Variable variable && variable != input) {
                variables.add(variable);
            }
        }
        Map<Variable, Array> given = new LinkedHashMap<>();
        given.put(input, x);
        variables.forEach(v -> given.put(v, Array.like(v.shape(), index -> value(v, random))));
        return given;
    }

    private static double value(Variable variable, Random random) {
        String facts = variable.facts().toString();
        return facts.contains("POSITIVE") ? 0.5 + random.nextDouble()
                : facts.contains("ZERO_ONE") ? random.nextInt(2) : random.nextGaussian();
    }

    private static List<Tensor> evaluate(List<Expr> roots, Map<Variable, Array> given) {
        Values values = Values.NONE;
        for (Map.Entry<Variable, Array> entry : given.entrySet()) {
            values = values.with(entry.getKey(), entry.getValue().tensor());
        }
        return Plan.compile(roots, Sizes.NONE).evaluate(values);
    }

    /** {@code ⟨∇f, v⟩} for a random v in all inputs against {@code (f(p + hv) − f(p − hv))/2h}, f a weighted sum of outputs. */
    private static void assertGradients(Model model, Expr output, Map<Variable, Array> given, Random random) {
        Array weights = Array.like(output.shape(), index -> random.nextGaussian());
        Variable cotangent = Variable.of("cotangent", output.shape());
        List<Variable> inputs = given.keySet().stream().filter(v -> !v.name().endsWith("mask")).toList();
        ReverseSweep sweep = ReverseSweep.of(output, cotangent, inputs);
        List<Expr> gradients = new ArrayList<>();
        inputs.forEach(variable -> gradients.add(sweep.cotangent(variable)));
        Map<Variable, Array> there = new LinkedHashMap<>(given);
        there.put(cotangent, weights);
        List<Tensor> slopes = evaluate(gradients, there);
        Map<Variable, Array> up = new LinkedHashMap<>(given);
        Map<Variable, Array> down = new LinkedHashMap<>(given);
        double slope = 0;
        for (int k = 0; k < inputs.size(); k++) {
            Array at = Objects.requireNonNull(given.get(inputs.get(k)));
            Array direction = Array.random(random, at.shape());
            up.put(inputs.get(k), moved(at, direction, STEP));
            down.put(inputs.get(k), moved(at, direction, -STEP));
            slope += dot(slopes.get(k).toArray(), direction.data());
        }
        double difference = (dot(evaluate(List.of(output), up).get(0).toArray(), weights.data())
                - dot(evaluate(List.of(output), down).get(0).toArray(), weights.data())) / (2 * STEP);
        assertThat(slope).as("slope of %s", model).isCloseTo(difference, within(1e-5 * (1 + Math.abs(difference))));
    }

    private static Array moved(Array at, Array direction, double by) {
        double[] data = at.data().clone();
        for (int k = 0; k < data.length; k++) {
            data[k] += by * direction.data()[k];
        }
        return new Array(at.shape(), data);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int k = 0; k < actual.length; k++) {
            assertThat(actual[k]).as("%s, entry %s", what, k)
                    .isCloseTo(expected[k], within(tolerance * (1 + Math.abs(expected[k]))));
        }
    }
}
