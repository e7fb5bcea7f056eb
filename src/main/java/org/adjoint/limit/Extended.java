package org.adjoint.limit;

import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;

/** A point of the extended reals: an expression without the variable of the limit, or an infinity. */
public sealed interface Extended {
    Extended PLUS_INFINITY = new Infinite(1);
    Extended MINUS_INFINITY = new Infinite(-1);

    /** A real value; of the shape of the function where it is a limit. */
    record Finite(Expr value) implements Extended {
    }

    /** {@code +∞} or {@code −∞}. */
    record Infinite(int sign) implements Extended {
        /** @throws IllegalArgumentException when the sign is neither 1 nor −1 */
        public Infinite {
            if (Math.abs(sign) != 1) {
                throw new IllegalArgumentException("an infinity has the sign 1 or -1; got " + sign);
            }
        }
    }

    static Extended of(long value) {
        return new Finite(Constant.of(value));
    }
}
