package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;
import org.adjoint.lang.Syntax;

/** Half a unit of the last digit of printed numbers: 0.005 of {@code 0.67}, shaped like the list that is printed. */
final class Tolerances {
    private Tolerances() {
    }

    /** The tolerance of a printed number, or of a list of them; nothing when something else is written. */
    static Optional<Expr> printed(Syntax syntax) {
        return switch (syntax) {
            case Syntax.NumberLit number -> Optional.of(Constant.of(halfUnit(number)));
            case Syntax.Unary unary -> printed(unary.operand());
            case Syntax.ListLit list -> stacked(list.items());
            case Syntax.TupleLit tuple -> stacked(tuple.items());
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> stacked(List<Syntax> items) {
        List<Expr> parts = new ArrayList<>();
        for (Syntax item : items) {
            Optional<Expr> part = printed(item);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(Tensors.stack(parts));
    }

    /** The literal {@code m.dd e k} has units of {@code 10^(k − places)}; a percentage of hundredths of that. */
    static Rational halfUnit(Syntax.NumberLit number) {
        String text = number.text();
        int places = 0;
        int exponent = number.percent() ? -2 : 0;
        boolean afterPoint = false;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == '.') {
                afterPoint = true;
            } else if (c == 'e' || c == 'E') {
                exponent += Integer.parseInt(text.substring(k + 1).replace("%", ""));
                break;
            } else if (afterPoint && Character.isDigit(c)) {
                places++;
            }
        }
        return Rational.of(10).pow(exponent - places).times(Rational.HALF);
    }
}
