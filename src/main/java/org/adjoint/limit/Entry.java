package org.adjoint.limit;

import java.util.List;
import java.util.Map;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Size;

/**
 * What a symbol of an entry form stands for: something that depends on indices, by label. Labels below the rank of a tensor
 * are its own indices; the bound labels of sums are numbered from {@value #FIRST_BOUND}.
 */
sealed interface Entry {
    int FIRST_BOUND = 1000;

    /** {@code T[l₀, l₁, …]}, free of the variable of the limit. */
    record Of(Expr tensor, List<Integer> labels) implements Entry {
        public Of {
            labels = List.copyOf(labels);
        }
    }

    /** One of finitely many scalars, by the label. */
    record Listed(List<Expr> scalars, int label) implements Entry {
        public Listed {
            scalars = List.copyOf(scalars);
        }
    }

    /** {@code Σ weight · exp(Σₖ φₖ·gₖ)} over bound labels: φ depends on the variable only, weight and g on all but it. */
    record ExponentialSum(Expr weight, Map<Expr, Expr> exponents, Map<Integer, Size> bound) implements Entry {
        public ExponentialSum {
            exponents = Map.copyOf(exponents);
            bound = Map.copyOf(bound);
        }

        /** What stands under the sum. */
        Expr term() {
            Expr total = Constant.ZERO;
            for (Map.Entry<Expr, Expr> exponent : exponents.entrySet()) {
                total = total.plus(exponent.getKey().times(exponent.getValue()));
            }
            return weight.times(Functions.EXP.apply(total));
        }

        /** Whether there is one rate only. */
        boolean isSimple() {
            return exponents.size() == 1;
        }

        Expr rate() {
            return exponents.keySet().iterator().next();
        }

        Expr exponent() {
            return exponents.values().iterator().next();
        }
    }

    /** {@code Σ term} over bound labels, of a term that is no product of exponentials. */
    record Sum(Expr term, Map<Integer, Size> bound) implements Entry {
        public Sum {
            bound = Map.copyOf(bound);
        }
    }

    /** {@code max term} over bound labels. */
    record Maximum(Expr term, Map<Integer, Size> bound) implements Entry {
        public Maximum {
            bound = Map.copyOf(bound);
        }
    }
}
