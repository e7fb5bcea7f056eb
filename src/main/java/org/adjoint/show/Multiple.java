package org.adjoint.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/** A term and the number in front of it. */
record Multiple(Rational number, Expr term) {
    static Multiple of(Expr node) {
        return node instanceof Linear linear && linear.termCount() == 1
                ? new Multiple(linear.coefficient(0), linear.term(0))
                : new Multiple(Rational.ONE, node);
    }

    /** The number times the factors of the term, a contraction, but one, summed to the indices that are kept; −1 keeps all factors. */
    Expr without(int except, int[] kept) {
        Contraction products = (Contraction) term;
        List<Expr> rest = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (int f = 0; f < products.operandCount(); f++) {
            if (f != except) {
                rest.add(products.operand(f));
                labels.add(products.indices(f));
            }
        }
        Shape shape = Shape.of(Arrays.stream(kept).mapToObj(products.indexSizes()::get).toList());
        return Contraction.of(rest, labels, kept, shape).times(Constant.of(number));
    }
}
