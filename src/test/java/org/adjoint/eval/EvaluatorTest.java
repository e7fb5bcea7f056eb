package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private static final Variable X = Variable.scalar("x");
    private static final Variable A = Variable.of("A", Shape.of("m", "n"));
    private static final Variable M = Variable.of("M", Shape.of("n", "n"));
    private static final Variable V = Variable.of("v", Shape.of("n"));

    private static NumberTensor<Radical> exact(Expr expr, Sizes sizes, Map<Variable, NumberTensor<Radical>> values) {
        return new Evaluator<>(new ExactArithmetic(), sizes).evaluate(expr, values);
    }

    private static NumberTensor<Radical> tensor(int[] shape, String... numbers) {
        List<Radical> entries = new ArrayList<>();
        for (String number : numbers) {
            entries.add(Radical.of(Rational.parse(number)));
        }
        return NumberTensor.of(shape, entries);
    }

    @Test
    void matrixTimesVector() {
        Map<Variable, NumberTensor<Radical>> values = Map.of(A, tensor(new int[] {2, 3}, "1", "2", "3", "4", "5", "6"),
                V, tensor(new int[] {3}, "1", "-1", "1/2"));
        assertThat(exact(A.matmul(V), Sizes.of(Map.of("m", 2, "n", 3)), values))
                .isEqualTo(tensor(new int[] {2}, "1/2", "2"));
    }

    @Test
    void meanDividesByTheSize() {
        Expr mean = V.sum().dividedBy(Dimension.of(Size.symbol("n")));
        assertThat(exact(mean, Sizes.of("n", 3), Map.of(V, tensor(new int[] {3}, "1", "2", "4"))).value())
                .isEqualTo(Radical.of(Rational.of(7, 3)));
    }

    @Test
    void inverseAndDeterminantAreExact() {
        Map<Variable, NumberTensor<Radical>> values = Map.of(M, tensor(new int[] {2, 2}, "0", "2", "3", "1"));
        Sizes sizes = Sizes.of("n", 2);
        assertThat(exact(MatrixFunction.of(MatrixFunction.Operation.INVERSE, M), sizes, values))
                .isEqualTo(tensor(new int[] {2, 2}, "-1/6", "1/3", "1/2", "0"));
        assertThat(exact(MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, M), sizes, values).value())
                .isEqualTo(Radical.of(Rational.of(-6)));
    }

    @Test
    void singularMatrixHasNoInverse() {
        NumberTensor<Radical> inverse = exact(MatrixFunction.of(MatrixFunction.Operation.INVERSE, M),
                Sizes.of("n", 2), Map.of(M, tensor(new int[] {2, 2}, "1", "2", "2", "4")));
        assertThat(inverse.firstUndefined().orElseThrow().reason()).contains("invertible");
    }

    /** An undefined entry says why, and leaves the others alone. */
    @Test
    void undefinedEntriesStayApart() {
        NumberTensor<Radical> reciprocal = exact(Tensors.reciprocal(V), Sizes.of("n", 3),
                Map.of(V, tensor(new int[] {3}, "2", "0", "-4")));
        assertThat(reciprocal.get(0)).isEqualTo(Radical.of(Rational.HALF));
        assertThat(reciprocal.get(2)).isEqualTo(Radical.of(Rational.of(-1, 4)));
        Undefined why = reciprocal.undefined(1).orElseThrow();
        assertThat(why.isOutsideDomain()).isTrue();
        assertThat(why.reason()).contains("division by zero");
        assertThat(why.position()).isEqualTo(1);
        assertThatThrownBy(() -> reciprocal.get(1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void whatHasNoRadicalValueIsNotExactButNotUndefinedMathematically() {
        Undefined why = exact(Functions.EXP.apply(X), Sizes.NONE, Map.of(X, tensor(new int[0], "1"))).firstUndefined()
                .orElseThrow();
        assertThat(why.kind()).isEqualTo(Undefined.Kind.NOT_EXACT);
    }

    /** where(x > 0, 1/x, 0) has a value at x = 0. */
    @Test
    void unselectedBranchDoesNotMatter() {
        Expr guarded = Where.of(Functions.STEP.apply(X), Tensors.reciprocal(X), Constant.ZERO);
        assertThat(exact(guarded, Sizes.NONE, Map.of(X, tensor(new int[0], "0"))).value()).isEqualTo(Radical.ZERO);
        assertThat(exact(guarded, Sizes.NONE, Map.of(X, tensor(new int[0], "4"))).value())
                .isEqualTo(Radical.of(Rational.of(1, 4)));
    }

    @Test
    void firstOfEqualMaximaIsMarked() {
        assertThat(exact(Reduction.of(Reduction.Operation.FIRST_MAX, V, 0), Sizes.of("n", 4),
                Map.of(V, tensor(new int[] {4}, "1", "3", "3", "2"))))
                .isEqualTo(tensor(new int[] {4}, "0", "1", "0", "0"));
    }

    @Test
    void logSumExpAtSixtyDigitsDoesNotOverflow() {
        Expr lse = Reduction.of(Reduction.Operation.LOG_SUM_EXP, V, 0);
        PreciseArithmetic field = new PreciseArithmetic(60);
        NumberTensor<Precise> at = NumberTensor.of(new int[] {2},
                List.of(field.of(Rational.of(100_000)), field.of(Rational.of(100_000))));
        Precise value = new Evaluator<>(field, Sizes.of("n", 2)).evaluate(lse, Map.of(V, at)).value();
        assertThat(field.toDouble(field.subtract(value, field.of(Rational.of(100_000))))).isEqualTo(Math.log(2));
    }

    @Test
    void definitionsAreFollowed() {
        Variable y = Variable.scalar("y");
        Definitions definitions = Definitions.NONE.with(y, X.times(X));
        NumberTensor<Radical> at = tensor(new int[0], "3");
        Evaluator<Radical> evaluator = new Evaluator<>(new ExactArithmetic(), Sizes.NONE);
        assertThat(evaluator.evaluate(List.of(y.plus(X)), definitions, Map.of(X, at)).get(0).value())
                .isEqualTo(Radical.of(Rational.of(12)));
        assertThat(evaluator.evaluate(List.of(y.plus(X)), definitions, Map.of(X, at, y, at)).get(0).value())
                .isEqualTo(Radical.of(Rational.of(6)));
    }

    @Test
    void deepChainsNeedNoStack() {
        Expr chain = X;
        for (int k = 0; k < 100_000; k++) {
            chain = Functions.RELU.apply(chain.plus(Constant.ONE));
        }
        assertThat(exact(chain, Sizes.NONE, Map.of(X, tensor(new int[0], "1"))).value())
                .isEqualTo(Radical.of(Rational.of(100_001)));
    }

    @Test
    void budgetStopsTheEvaluation() {
        Expr chain = X;
        for (int k = 0; k < 60; k++) {
            chain = chain.times(chain);
        }
        Expr huge = chain;
        Budget budget = Budget.defaults().withBits(10_000).withTime(Duration.ofSeconds(20));
        assertThatThrownBy(() -> budget.run(() -> exact(huge, Sizes.NONE, Map.of(X, tensor(new int[0], "3")))))
                .isInstanceOf(Budget.Exceeded.class);
    }

    @Test
    void missingAndMisshapenValuesAreNamed() {
        assertThatThrownBy(() -> exact(V, Sizes.of("n", 2), Map.of())).hasMessageContaining("variable v has no value");
        assertThatThrownBy(() -> exact(V, Sizes.of("n", 2), Map.of(V, tensor(new int[] {3}, "1", "2", "3"))))
                .hasMessageContaining("value of v must have the shape [n], here [2]; got [3]");
        assertThatThrownBy(() -> exact(V, Sizes.NONE, Map.of(V, tensor(new int[] {1}, "1"))))
                .hasMessageContaining("size n has no value");
    }
}
