package org.adjoint.algebra;

import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/** The variables that the laws are about, and short names for what they are built of. */
final class LawSymbols {
    static final Variable A = Variable.scalar("a");
    static final Variable B = Variable.scalar("b");
    static final Variable P = Variable.scalar("p", Fact.Named.POSITIVE);
    static final Variable R = Variable.scalar("r", Fact.Named.POSITIVE);
    static final Variable X = Variable.of("x", Shape.of("n"));
    static final Variable Y = Variable.of("y", Shape.of("n"));
    static final Variable Q = Variable.of("q", Shape.of("n"), Fact.Named.POSITIVE);
    static final Variable PROBABILITY = Variable.of("pi", Shape.of("m", "n"), Fact.Named.PROBABILITY);
    static final Variable ONE_HOT = Variable.of("h", Shape.of("n"), Fact.Named.ONE_HOT);
    static final Variable W = Variable.of("W", Shape.of("m", "n"));
    static final Variable V = Variable.of("V", Shape.of("n", "k"));
    static final Variable S = Variable.of("S", Shape.of("n", "n"));
    static final Expr N = Dimension.of(Size.symbol("n"));

    private LawSymbols() {
    }

    static Law law(String name, String statement, Expr left, Expr right) {
        return new Law(name, statement, left, right);
    }

    static Expr f(ScalarFunction function, Expr... x) {
        return function.apply(x);
    }

    static Expr exp(Expr x) {
        return Functions.EXP.apply(x);
    }

    static Expr log(Expr x) {
        return Functions.LOG.apply(x);
    }

    static Expr sqrt(Expr x) {
        return Functions.SQRT.apply(x);
    }

    static Expr root(Expr x, long num, long den) {
        return x.pow(Constant.of(Rational.of(num, den)));
    }

    static Expr number(long value) {
        return Constant.of(value);
    }

    static Expr inv(Expr x) {
        return MatrixFunction.of(MatrixFunction.Operation.INVERSE, x);
    }
}
