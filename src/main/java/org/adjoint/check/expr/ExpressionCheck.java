package org.adjoint.check.expr;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.check.Checked;
import org.adjoint.check.GradientCheck;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.Values;
import org.adjoint.expr.Expr;
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
