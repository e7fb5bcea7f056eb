package org.adjoint.check.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adjoint.check.Checked;
import org.adjoint.check.GradientCheck;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.Values;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * Checks derivatives of functions given as expressions: one's own code against the expression, or an expression for the
 * gradient.
 *
 * <pre>{@code
 * ExpressionCheck.of(loss, List.of(w, b), sizes).gradient(in -> myGradient(in[0], in[1])).points(9).verify();
 * }</pre>
 *
 * <p>Values come from the compiled plan in doubles; where these do not confirm a claim, slopes measured with sixty
 * digits decide, from both sides.
 */
public final class ExpressionCheck {

    private ExpressionCheck() {}

    /** The function of these inputs, each an array in row-major order; its result is one array too. */
    public static Checked<double[][], double[]> of(Expr function, List<Variable> inputs, Sizes sizes) {
        var plan = Plan.compile(List.of(function), sizes);
        var checked = GradientCheck.<double[]>ofArrays(in -> evaluate(plan, inputs, sizes, in).get(0))
                .measuredBy(new PreciseReference(function, inputs, sizes));
        for (var input : inputs) {
            checked = checked.input(input.name(), sizes.of(input.shape()));
        }
        return checked;
    }

    /** Checks expressions for the gradient of a scalar expression, one for each input. */
    public static GradientCheck gradient(Expr function, List<Variable> inputs, List<? extends Expr> gradient,
            Sizes sizes) {
        var plan = Plan.compile(gradient, sizes);
        return of(function, inputs, sizes)
                .gradient(in -> evaluate(plan, inputs, sizes, in).toArray(double[][]::new));
    }

    /**
     * Checks derivatives of the engine's own making: the gradient ∇f of a scalar expression against its values, and the
     * product of the Hessian with a vector, ∇(vᵀ∇f), against the gradient. Both are computed by compiled plans.
     */
    public static GradientCheck derived(Expr function, List<Variable> inputs, Sizes sizes) {
        var gradient = gradients(function, inputs);
        var tangents = inputs.stream().map(x -> Variable.of("tangent of " + x.name(), x.shape())).toList();
        var along = Tensors.sum(IntStream.range(0, inputs.size())
                .mapToObj(i -> Tensors.inner(gradient.get(i), tangents.get(i))).toList());
        var first = Plan.compile(gradient, sizes);
        var products = gradients(along, inputs);
        var second = Plan.compile(products, sizes);
        var all = Stream.concat(inputs.stream(), tangents.stream()).toList();
        var flat = Concatenation.of(gradient.stream().map(g -> Reshape.of(g, Shape.of(g.shape().count()))).toList(), 0);
        return of(function, inputs, sizes).measuredBy(
                new PreciseReference(function, inputs, sizes, gradient, List.of()),
                new PreciseReference(flat, inputs, sizes, products, tangents))
                .gradient(in -> evaluate(first, inputs, sizes, in).toArray(double[][]::new),
                        (in, v) -> evaluate(second, all, sizes,
                                Stream.of(in, v).flatMap(Arrays::stream).toArray(double[][]::new))
                                .toArray(double[][]::new));
    }

    private static List<Expr> gradients(Expr function, List<Variable> inputs) {
        var sweep = ReverseSweep.of(function, Constant.ONE, inputs);
        return inputs.stream().map(sweep::cotangent).toList();
    }

    private static List<double[]> evaluate(Plan plan, List<Variable> inputs, Sizes sizes, double[][] in) {
        var values = Values.NONE;
        for (int i = 0; i < inputs.size(); i++) {
            values = values.with(inputs.get(i), Tensor.of(sizes.of(inputs.get(i).shape()), in[i].clone()));
        }
        var results = new ArrayList<double[]>();
        plan.evaluate(values).forEach(t -> results.add(t.toArray().clone()));
        return results;
    }
}
