package org.adjoint.algebra;

import static org.adjoint.algebra.LawSymbols.inv;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.graphs.JavaCode;
import org.adjoint.graphs.Numerically;
import org.junit.jupiter.api.Test;

/** What is inferred of matrices holds at random points, and what is well known is inferred. */
class MatrixPropertiesTest {
    private static final Shape SQUARE = Shape.of("n", "n");
    private static final Variable X = Variable.of("X", SQUARE);
    private static final Variable TALL = Variable.of("T", Shape.of("m", "n"));
    private static final Variable S = Variable.of("S", SQUARE, Fact.Named.SYMMETRIC);
    private static final Variable D = Variable.of("D", SQUARE, Fact.Named.POSITIVE_DEFINITE);
    private static final Variable M = Variable.of("M", Shape.of("m", "m"), Fact.Named.POSITIVE_DEFINITE);
    private static final Variable I = Variable.of("I", SQUARE, Fact.Named.INVERTIBLE);
    private static final Variable Q = Variable.of("Q", SQUARE, Fact.Named.ORTHOGONAL);
    private static final Variable P = Variable.scalar("p", Fact.Named.POSITIVE);
    private static final Variable V = Variable.of("v", Shape.of("n"), Fact.Named.POSITIVE);
    private static final Variable U = Variable.of("u", Shape.of("n"));
    private static final Expr EYE = Delta.of(Size.symbol("n"));

    private static Expr gram(Expr x, Expr c) {
        return x.transpose().matmul(c).matmul(x);
    }

    @Test
    void symmetric() {
        assertThat(List.of(S, D, X.plus(X.transpose()), gram(TALL, M), inv(D), inv(gram(TALL, M)), EYE,
                Tensors.diag(U), TALL.transpose().matmul(TALL), D.plus(EYE.times(P)), S.times(S), gram(X, inv(S)),
                D.matmul(S).matmul(D), D.matmul(S).plus(S.matmul(D)))).allMatch(MatrixProperties::isSymmetric);
        assertThat(List.of(X, X.matmul(X), D.matmul(S), Q, TALL, X.minus(X.transpose()), X.times(S)))
                .noneMatch(MatrixProperties::isSymmetric);
    }

    @Test
    void definite() {
        assertThat(List.of(D, inv(D), D.times(2), EYE, D.plus(EYE), gram(TALL, M).plus(EYE.times(P)), gram(I, D),
                TALL.transpose().matmul(TALL).plus(EYE), Tensors.diag(V), D.plus(Tensors.outer(U, U)),
                I.matmul(I.transpose()), D.plus(S.matmul(S)), Tensors.diag(V).plus(gram(X, D))))
                .allMatch(MatrixProperties::isPositiveDefinite);
        assertThat(List.of(gram(TALL, M), TALL.transpose().matmul(TALL), S, D.minus(EYE), D.plus(X), D.times(-1),
                Tensors.diag(U), D.plus(EYE.times(Variable.scalar("a"))), X.matmul(X), D.plus(S),
                D.matmul(D.plus(EYE))))
                .noneMatch(MatrixProperties::isPositiveDefinite);
        assertThat(List.of(gram(TALL, M), TALL.transpose().matmul(TALL), Tensors.outer(U, U)))
                .allMatch(MatrixProperties::isPositiveSemidefinite);
    }

    @Test
    void invertibleAndOrthogonal() {
        assertThat(List.of(I, D, Q, inv(X), I.matmul(Q).matmul(D), I.transpose(), I.times(-3), I.times(P),
                Tensors.diag(V), gram(TALL, M).plus(EYE), I.matmul(I))).allMatch(MatrixProperties::isInvertible);
        assertThat(List.of(X, gram(TALL, M), I.plus(D), S, Tensors.diag(U), I.matmul(X), I.times(Variable.scalar("a"))))
                .noneMatch(MatrixProperties::isInvertible);
        assertThat(List.of(Q, Q.transpose(), Q.matmul(Q), EYE, inv(Q), Q.negate()))
                .allMatch(MatrixProperties::isOrthogonal);
        assertThat(List.of(I, Q.plus(Q), Q.times(2), D, Q.matmul(X))).noneMatch(MatrixProperties::isOrthogonal);
    }

    private static Expr random(Random random, int depth) {
        if (depth == 0) {
            return List.of(X, S, D, I, Q, EYE, Tensors.diag(V), Tensors.diag(U), gram(TALL, M),
                    Tensors.outer(U, U)).get(random.nextInt(10));
        }
        Expr a = random(random, depth - 1);
        Expr b = random.nextInt(3) == 0 ? a : random(random, depth - 1);
        return switch (random.nextInt(8)) {
            case 0 -> a.plus(b);
            case 1 -> a.plus(a.transpose());
            case 2 -> a.matmul(b);
            case 3 -> a.matmul(b).matmul(a.transpose());
            case 4 -> inv(a);
            case 5 -> a.times(P).plus(b.times(Rational.of(random.nextInt(-2, 3), 2)));
            case 6 -> a.times(b);
            default -> a.transpose();
        };
    }

    /** Every property that is inferred of a random expression holds wherever that has a value. */
    @Test
    void inferredPropertiesHold() {
        int found = 0;
        for (long seed = 0; seed < 4000; seed++) {
            Expr m = random(new Random(seed), 1 + (int) (seed % 3));
            List<Expr> zero = new ArrayList<>();
            List<Expr> positive = new ArrayList<>();
            List<Expr> defined = new ArrayList<>();
            if (MatrixProperties.isSymmetric(m)) {
                zero.add(m.minus(m.transpose()));
            }
            if (MatrixProperties.isPositiveDefinite(m)) {
                positive.add(MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, m));
                positive.add(Tensors.trace(m).plus(Constant.of(Rational.of(1, 1_000_000))));
                zero.add(m.minus(m.transpose()));
            }
            if (MatrixProperties.isPositiveSemidefinite(m)) {
                Variable z = Variable.of("z", Shape.of("n"));
                positive.add(z.matmul(m).matmul(z).plus(Constant.of(Rational.of(1, 1_000_000))));
            }
            if (MatrixProperties.isInvertible(m)) {
                defined.add(inv(m));
            }
            if (MatrixProperties.isOrthogonal(m)) {
                zero.add(m.matmul(m.transpose()).minus(EYE));
            }
            found += positive.size() + zero.size() + defined.size() > 0 ? 1 : 0;
            for (Point point : Numerically.points(List.of(m, Variable.of("z", Shape.of("n"))), seed, 3, 1)) {
                NumberTensor<Precise> value = Numerically.value(m, point);
                if (!value.isDefined()) {
                    continue;
                }
                String what = JavaCode.of(m) + " at " + point;
                for (Expr each : zero) {
                    assertThat(Numerically.value(each, point).entries()).as(what)
                            .allMatch(x -> Numerically.same(x, Numerically.FIELD.of(Rational.ZERO)));
                }
                for (Expr each : positive) {
                    assertThat(Numerically.FIELD.signum(Numerically.value(each, point).get(0))).as(what).isPositive();
                }
                for (Expr each : defined) {
                    assertThat(Numerically.value(each, point).isDefined()).as(what).isTrue();
                }
            }
        }
        assertThat(found).isGreaterThan(1000);
    }
}
