package org.adjoint.lang;

import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;

/**
 * Names of numbers: π everywhere, and in textbook text e = exp(1). What a name is declared to mean comes before. All numbers
 * are real, so i is a name like any other.
 */
final class NamedNumbers {
    private NamedNumbers() {
    }

    static Optional<Expr> of(String name, Dialect dialect) {
        return switch (name) {
            case "pi" -> Optional.of(Functions.PI.apply());
            case "e" -> dialect == Dialect.MATH ? Optional.of(Functions.EXP.apply(Constant.ONE)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    static boolean knows(String name, Dialect dialect) {
        return of(name, dialect).isPresent();
    }
}
