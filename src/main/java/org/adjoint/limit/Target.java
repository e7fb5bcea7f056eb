package org.adjoint.limit;

import org.adjoint.expr.Expr;

/**
 * Where the variable goes.
 *
 * @param at   the point, which may hold parameters
 * @param side from where; of no meaning at an infinity, where it is {@code BOTH}
 */
public record Target(Extended at, Side side) {
    public static final Target INFINITY = new Target(Extended.PLUS_INFINITY, Side.BOTH);
    public static final Target MINUS_INFINITY = new Target(Extended.MINUS_INFINITY, Side.BOTH);

    public Target {
        side = at instanceof Extended.Infinite ? Side.BOTH : side;
    }

    /** {@code v → at} from both sides. */
    public static Target at(Expr at) {
        return new Target(new Extended.Finite(at), Side.BOTH);
    }

    /** {@code v → at+}. */
    public static Target above(Expr at) {
        return new Target(new Extended.Finite(at), Side.ABOVE);
    }

    /** {@code v → at−}. */
    public static Target below(Expr at) {
        return new Target(new Extended.Finite(at), Side.BELOW);
    }
}
