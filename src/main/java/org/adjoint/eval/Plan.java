package org.adjoint.eval;

import java.util.List;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * A graph compiled for given sizes: a flat schedule over buffers that are assigned ahead and shared, so that evaluating
 * again allocates nothing. Graphs of scalars become a tape of numbered instructions; of tensors, elementwise chains run in
 * one pass and contractions as matrix products. Forms that overflow or cancel as written are computed in their stable form
 * ({@code log(sum(exp(x)))}, {@code log(sigmoid(x))}, {@code exp(x) - 1}).
 *
 * <p>Outside their domain functions give NaN or an infinity, as doubles do; the unselected branch of a {@code where} does
 * not matter. A plan has one memory: it is for one thread at a time, and what {@link #evaluate} gives is overwritten by
 * the next call.
 */
public final class Plan {
    private final Program program;
    private final Sizes sizes;

    private Plan(Program program, Sizes sizes) {
        this.program = program;
        this.sizes = sizes;
    }

    /**
     * The plan of the outputs, computed together: what they share is computed once. Unknown functions are taken to be the
     * polynomials of seed 0.
     *
     * @throws IllegalArgumentException when a size symbol has no value
     */
    public static Plan compile(List<? extends Expr> outputs, Sizes sizes) {
        return compile(outputs, sizes, UnknownFunctionModel.seeded(0));
    }

    /** The plan with another meaning of unknown functions. */
    public static Plan compile(List<? extends Expr> outputs, Sizes sizes, Interpretation interpretation) {
        List<Expr> roots = List.copyOf(outputs);
        List<Expr> postorder = Walk.postorder(roots);
        List<Expr> stable = StableForms.ofPlan(roots, postorder);
        List<Expr> order = stable == roots ? postorder : Walk.postorder(stable);
        Program program = ScalarCompiler.compile(stable, order, sizes)
                .orElseGet(() -> TensorCompiler.compile(stable, order, sizes, interpretation));
        return new Plan(program, sizes);
    }

    /** The plan of outputs in which defined variables stand for their definitions. */
    public static Plan compile(List<? extends Expr> outputs, Definitions definitions, Sizes sizes) {
        return compile(Inlining.of(outputs, definitions), sizes);
    }

    /**
     * The outputs at the values; overwritten by the next call.
     *
     * @throws IllegalArgumentException when a variable has no value, or one of another shape
     */
    public List<Tensor> evaluate(Values values) {
        return program.evaluate(values);
    }

    /** The variables that must have a value. */
    public List<Variable> variables() {
        return program.variables();
    }

    public Sizes sizes() {
        return sizes;
    }
}
