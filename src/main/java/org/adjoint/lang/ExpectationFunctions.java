package org.adjoint.lang;

import java.util.List;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Tensors;

/** Moments over the variables that are declared {@code random(..)}: {@code E(f)}, {@code Var(f)}, {@code Cov(f, g)}. */
final class ExpectationFunctions {
    private ExpectationFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("E(f)", a -> {
            Value.Tensor f = a.tensor("f");
            return new Value.Tensor(operators(a).expectation(f.expr(), definitions(a)), f.axes());
        });
        table.row("Var(f)", a -> {
            Value.Tensor f = a.tensor("f");
            return new Value.Tensor(operators(a).covariance(f.expr(), f.expr(), definitions(a)), f.axes());
        });
        table.row("Cov(f, g=None)", a -> {
            Value.Tensor f = a.tensor("f");
            Value.Tensor g = a.has("g") ? a.tensor("g") : f;
            if (f.shape().isScalar() && g.shape().isScalar()) {
                return EntrywiseFunctions.entrywise(List.of(f, g),
                        x -> operators(a).covariance(x.get(0), x.get(1), definitions(a)));
            }
            return Value.Tensor.of(matrix(a, a.plain(f), a.plain(g)));
        });
    }

    /** {@code Cov(fᵢ, gⱼ)} of two vectors. */
    private static Expr matrix(Arguments a, Expr f, Expr g) {
        if (f.shape().rank() != 1 || g.shape().rank() != 1) {
            throw Failures.shape(a.call(), "a covariance is of two numbers or of two vectors", a.operands());
        }
        Expr rows = Tensors.outer(f, Contraction.ones(g.shape()));
        Expr columns = Tensors.outer(Contraction.ones(f.shape()), g);
        return operators(a).covariance(rows, columns, definitions(a));
    }

    private static Operators operators(Arguments a) {
        return a.reader().operators;
    }

    private static Definitions definitions(Arguments a) {
        return a.reader().environment.definitions();
    }
}
