package org.adjoint.verify;

import java.util.Optional;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Syntax;

/** Equations of limits with infinity: {@code limit(1/x, x -> 0+) == inf}. */
record Infinities(Elaborator reader) {

    /** Whether the side may be infinite: it is written so, or it is a limit. */
    static boolean mayBe(Syntax side) {
        return written(side) != 0
                || side instanceof Syntax.Call call && call.callee() instanceof Syntax.Name name
                        && name.id().equals("limit");
    }

    private static int written(Syntax side) {
        return switch (side) {
            case Syntax.Infinity infinity -> 1;
            case Syntax.Unary unary when unary.operand() instanceof Syntax.Infinity ->
                unary.op() == Syntax.Unary.Op.NEGATE ? -1 : 1;
            default -> 0;
        };
    }

    /** What is true of the equation when a side is infinite; empty when both are numbers. */
    Optional<Proposition> equal(Syntax left, Syntax right) {
        int a = sign(left);
        int b = sign(right);
        return a == 0 && b == 0 ? Optional.empty()
                : Optional.of(new Proposition.Settled(a == b, a == b ? "the limit is " + text(a)
                        : "left is " + text(a) + ", right is " + text(b)));
    }

    /** 1 or −1 for an infinity, 0 for a number. */
    private int sign(Syntax side) {
        if (written(side) != 0) {
            return written(side);
        }
        try {
            reader.expression(side);
            return 0;
        } catch (IllFormed problem) {
            return switch (problem.kind()) {
                case PLUS_INFINITY -> 1;
                case MINUS_INFINITY -> -1;
                case UNKNOWN_NAME, SHAPE, TYPE, DUPLICATE, CYCLE, BROKEN_DEFINITION, INDEX -> throw problem;
            };
        }
    }

    private static String text(int sign) {
        return sign == 0 ? "a number" : sign > 0 ? "inf" : "-inf";
    }
}
