package org.adjoint.algebra;

import java.util.List;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;

/** The arithmetic of scalar expressions: evaluating a graph in it takes the graph apart into its entries. */
final class SymbolicArithmetic implements Arithmetic<Expr> {
    @Override
    public Expr of(Rational value) {
        return Constant.of(value);
    }

    @Override
    public Expr add(Expr a, Expr b) {
        return a.plus(b);
    }

    @Override
    public Expr subtract(Expr a, Expr b) {
        return a.minus(b);
    }

    @Override
    public Expr multiply(Expr a, Expr b) {
        return a.times(b);
    }

    @Override
    public Expr divide(Expr a, Expr b) {
        if (Linear.isZero(b)) {
            throw new OutsideDomain("division by zero");
        }
        return Tensors.product(List.of(a, Tensors.reciprocal(b)));
    }

    @Override
    public Expr negate(Expr a) {
        return a.negate();
    }

    @Override
    public Expr power(Expr base, Expr exponent) {
        return Functions.POWER.apply(base, exponent);
    }

    @Override
    public Expr sqrt(Expr a) {
        return Functions.SQRT.apply(a);
    }

    @Override
    public Expr exp(Expr a) {
        return Functions.EXP.apply(a);
    }

    @Override
    public Expr log(Expr a) {
        return Functions.LOG.apply(a);
    }

    @Override
    public Expr sin(Expr a) {
        return Functions.SIN.apply(a);
    }

    @Override
    public Expr cos(Expr a) {
        return Functions.COS.apply(a);
    }

    @Override
    public Expr tan(Expr a) {
        return Functions.TAN.apply(a);
    }

    @Override
    public Expr asin(Expr a) {
        return Functions.ASIN.apply(a);
    }

    @Override
    public Expr acos(Expr a) {
        return Functions.ACOS.apply(a);
    }

    @Override
    public Expr atan(Expr a) {
        return Functions.ATAN.apply(a);
    }

    @Override
    public Expr sinh(Expr a) {
        return Functions.SINH.apply(a);
    }

    @Override
    public Expr cosh(Expr a) {
        return Functions.COSH.apply(a);
    }

    @Override
    public Expr tanh(Expr a) {
        return Functions.TANH.apply(a);
    }

    @Override
    public Expr erf(Expr a) {
        return Functions.ERF.apply(a);
    }

    @Override
    public Expr abs(Expr a) {
        return Functions.ABS.apply(a);
    }

    @Override
    public int signum(Expr a) {
        Rational number = Constant.uniform(a).orElse(null);
        if (number != null) {
            return number.signum();
        }
        if (Signs.isPositive(a)) {
            return 1;
        }
        throw new Undecidable("the sign of a symbolic entry");
    }

    @Override
    public int compare(Expr a, Expr b) {
        return signum(a.minus(b));
    }

    @Override
    public Expr pi() {
        return Functions.PI.apply();
    }

    @Override
    public double toDouble(Expr a) {
        return Constant.uniform(a).map(Rational::toDouble)
                .orElseThrow(() -> new NotExact("the value of a symbolic entry"));
    }

    @Override
    public boolean exact() {
        return true;
    }
}
