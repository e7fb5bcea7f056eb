package org.adjoint.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.graphs.Numerically;
import org.adjoint.graphs.RandomGraph;

/** Reverse mode over definitions: local and closed forms, partial and total derivatives. */
class BackwardTest {
    private static final Variable A = Variable.of("A", Shape.of("d", "d"));
    private static final Variable B = Variable.of("b", Shape.of("d"));
    private static final Variable TARGET = Variable.of("target", Shape.of("d"));
    private static final Variable P = Variable.of("p", Shape.of("d"));
    private static final Variable Q = Variable.of("q", Shape.of("d"));
    private static final Variable R = Variable.of("r", Shape.of("d"));
    private static final Variable LOSS = Variable.scalar("loss");
    /** p = A b, q = exp p, r = p + q, loss = mean (r − target)²: p has two users. */
    private static final Definitions TWO_USERS = Definitions.NONE.with(P, A.matmul(B))
            .with(Q, Functions.EXP.apply(P)).with(R, P.plus(Q))
            .with(LOSS, Tensors.mean(R.minus(TARGET).pow(2), new int[] {0}, false));

    private static Backward.Step step(Backward backward, String name) {
        return backward.steps().stream().filter(step -> step.variable().name().equals(name)).findFirst().orElseThrow();
    }

    /** p̄ = q̄ ∂q/∂p + r̄ ∂r/∂p: one contribution for each quantity that uses p. */
    @Example
    void everyUserContributes() {
        Backward backward = Backward.of(TWO_USERS, LOSS, Set.of(A, B, TARGET));
        assertThat(backward.steps().stream().map(step -> step.variable().name()))
                .startsWith("loss", "r", "q", "p").containsExactlyInAnyOrder("loss", "r", "q", "p", "A", "b", "target");
        Backward.Step p = step(backward, "p");
        Variable rBar = step(backward, "r").adjoint();
        Variable qBar = step(backward, "q").adjoint();
        assertThat(p.contributions().stream().map(Backward.Contribution::user)).containsExactlyInAnyOrder(R, Q);
        assertThat(p.local()).isSameAs(rBar.plus(qBar.times(Functions.EXP.apply(P))));
        assertThat(step(backward, "loss").closed()).isSameAs(Constant.ONE);
        assertThat(step(backward, "A").local()).isSameAs(Tensors.outer(p.adjoint(), B));
        assertThat(step(backward, "b").local()).isSameAs(A.transpose().matmul(p.adjoint()));
    }

    /** r̄ = 2/d (r − target) and p̄ = 2/d (r − target)(exp p + 1), with r and p kept by name. */
    @Example
    void closedFormsKeepTheQuantities() {
        Backward backward = Backward.of(TWO_USERS, LOSS, Set.of(A, B));
        Expr rBar = R.minus(TARGET).times(2).dividedBy(Dimension.of(Size.symbol("d")));
        Numerically.assertSame("r̄", backward.closed(R), rBar, 1);
        Expr pBar = rBar.times(Functions.EXP.apply(P).plus(Constant.ONE));
        Numerically.assertSame("p̄", backward.closed(P), pBar, 2);
        Numerically.assertSame("Ā", backward.closed(A), Tensors.outer(pBar, B), 3);
        assertThat(Walk.variables(backward.closed(A))).doesNotContain(backward.steps().get(0).adjoint());
    }

    /** Definitions in a row, each over some of the earlier ones and of the inputs. */
    private record Program(Definitions definitions, List<Variable> inputs, Variable loss) {
    }

    private static Program program(long seed) {
        RandomGraph graphs = new RandomGraph(seed, false);
        Random random = new Random(seed);
        Shape shape = graphs.shape(2);
        List<Variable> inputs = List.of(Variable.of("x", shape), Variable.of("y", shape));
        List<Variable> all = new ArrayList<>(inputs);
        Definitions definitions = Definitions.NONE;
        for (int k = 0; k < random.nextInt(2, 6); k++) {
            Expr f = graphs.of(shape, 2);
            Map<Variable, Expr> images = new HashMap<>();
            for (Variable leaf : Walk.variables(f)) {
                if (leaf.shape().equals(shape)) {
                    images.put(leaf, all.get(random.nextInt(all.size())));
                }
            }
            Variable next = Variable.of("z" + k, shape);
            definitions = definitions.with(next, Substitution.of(images).apply(Functions.SIN.apply(f))
                    .plus(all.get(random.nextInt(all.size()))));
            all.add(next);
        }
        Variable loss = Variable.scalar("loss");
        return new Program(definitions.with(loss, all.getLast().times(all.get(all.size() - 2)).sum()), inputs, loss);
    }

    /** The closed form of every adjoint is its local form with the later adjoints put in. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void closedIsLocalWithLaterAdjoints(@ForAll long seed) {
        Program program = program(seed);
        Backward backward = Backward.of(program.definitions, program.loss, Set.copyOf(program.inputs));
        Map<Variable, Expr> closed = new HashMap<>();
        for (Backward.Step step : backward.steps()) {
            assertThat(Substitution.of(closed).apply(step.local())).as("seed %s", seed).isSameAs(step.closed());
            closed.put(step.adjoint(), step.closed());
            if (!step.contributions().isEmpty()) {
                assertThat(Tensors.sum(step.contributions().stream().map(Backward.Contribution::value).toList()))
                        .isSameAs(step.local());
            }
        }
    }

    /** The total derivative through the definitions is the derivative of the inlined formula. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void totalDerivativeIsThatOfTheInlinedFormula(@ForAll long seed) {
        Program program = program(seed);
        Expr inlined = program.definitions.inline(program.loss);
        for (Variable x : program.inputs) {
            Expr total = program.definitions.inline(Backward.gradient(program.definitions, program.loss, x));
            Expr direct = ReverseSweep.gradient(inlined, x);
            Numerically.Outcome outcome = Numerically.compare(total, direct,
                    Numerically.points(List.of(inlined, total, direct), seed, 2, 1));
            assertThat(outcome.difference()).as("seed %s by %s", seed, x).isEmpty();
        }
    }

    /** z = xy with y = x²: ∂z/∂x = y holds y, dz/dx = y + 2x·x does not. */
    @Example
    void partialHoldsWhatTotalMoves() {
        Variable x = Variable.scalar("x");
        Variable y = Variable.scalar("y");
        Variable z = Variable.scalar("z");
        Definitions definitions = Definitions.NONE.with(y, x.pow(2)).with(z, x.times(y));
        assertThat(Backward.partial(definitions, z, x)).isSameAs(y);
        assertThat(Backward.partial(definitions, z, y)).isSameAs(x);
        assertThat(Backward.partial(definitions, z, z)).isSameAs(Constant.ONE);
        Numerically.assertSame("dz/dx = 3x²", definitions.inline(Backward.gradient(definitions, z, x)),
                x.pow(2).times(3), 4);
        assertThat(Backward.gradient(definitions, z, y)).isSameAs(x);
        assertThatThrownBy(() -> Backward.partial(definitions, x, y))
                .hasMessage("a partial derivative is taken of a defined quantity; x has no definition");
    }

    /** Jacobian through definitions: shape(f) + shape(x), zero where there is no dependence. */
    @Example
    void jacobiansAndZeros() {
        assertThat(Backward.jacobian(TWO_USERS, P, B)).isSameAs(A);
        assertThat(Backward.jacobian(TWO_USERS, P, TARGET)).isSameAs(Linear.zero(Shape.of("d", "d")));
        assertThat(Backward.jacobian(TWO_USERS, B, B)).isSameAs(Delta.of(Size.symbol("d")));
        assertThat(Backward.gradient(TWO_USERS, LOSS, Variable.scalar("elsewhere"))).isSameAs(Constant.ZERO);
        assertThat(Backward.gradient(TWO_USERS, LOSS, LOSS)).isSameAs(Constant.ONE);
    }

    /** A detached definition hands nothing on. */
    @Example
    void detachCutsDefinitions() {
        Variable x = Variable.scalar("x");
        Variable y = Variable.scalar("y");
        Definitions definitions = Definitions.NONE.with(y, Detach.of(x.pow(2)));
        assertThat(Backward.gradient(definitions, x.times(y), x)).isSameAs(y);
    }

    /** Adjoint names do not collide with names in use. */
    @Example
    void adjointNamesAreFresh() {
        Variable x = Variable.scalar("x");
        Variable xBar = Variable.scalar("x_bar");
        Backward backward = Backward.of(Definitions.NONE, x.times(xBar), Set.of(x, xBar));
        assertThat(backward.steps().stream().map(step -> step.adjoint().name()).distinct()).hasSize(3)
                .doesNotContain("x", "x_bar");
        assertThat(backward.closed(x)).isSameAs(xBar);
    }

    @Example
    void aGradientNeedsAScalar() {
        assertThatThrownBy(() -> Backward.gradient(TWO_USERS, P, B)).isInstanceOf(ShapeError.class)
                .hasMessage("a gradient is taken of a scalar; use the Jacobian; got p [d]");
    }

    /** A chain of 20,000 definitions. */
    @Example
    void manyDefinitions() {
        Variable x = Variable.scalar("x");
        Map<Variable, Expr> chain = new LinkedHashMap<>();
        Variable last = x;
        for (int k = 0; k < 20_000; k++) {
            Variable next = Variable.scalar("z" + k);
            chain.put(next, Functions.SIN.apply(last));
            last = next;
        }
        Definitions definitions = Definitions.NONE.withAll(chain);
        assertThat(Backward.of(definitions, last, Set.of(x)).steps()).hasSize(20_001);
    }
}
