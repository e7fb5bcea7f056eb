package org.adjoint.lang;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;

/**
 * Predicates as parts of expressions, such as the condition of a set: they are settled as they are read. As the whole of a
 * proposition they are judged.
 */
final class Predicates {
    private Predicates() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("divides(a, b)", a -> new Value.Truth(divides(a)));
        table.row("integer(x)", a -> new Value.Truth(number(a, "x").isInteger()));
        table.row("ill_formed(*x)", a -> new Value.Truth(isIllFormed(a)));
        for (String predicate : List.of("differentiable", "unique_max", "equivalent")) {
            table.row(predicate + "(*x)", a -> {
                throw Failures.type(a.call(), predicate + " is a proposition, not part of an expression");
            });
        }
    }

    private static boolean divides(Arguments a) {
        Optional<Size> quotient = Values.size(a.value("b"), a.reader().environment)
                .flatMap(b -> Values.size(a.value("a"), a.reader().environment).flatMap(b::divideExact));
        if (quotient.isPresent()) {
            return true;
        }
        Rational divisor = number(a, "a");
        Rational dividend = number(a, "b");
        return divisor.isInteger() && dividend.isInteger()
                && (divisor.isZero() ? dividend.isZero() : dividend.dividedBy(divisor).isInteger());
    }

    private static Rational number(Arguments a, String parameter) {
        Expr value = a.reader().inline(a.expr(parameter));
        return Constant.uniform(value).filter(c -> value.shape().isScalar())
                .orElseThrow(() -> new Undecided(Failures.excerpt(a.call()) + " is settled for numbers only; "
                        + Failures.excerpt(a.syntax(parameter)) + " is none", a.call().span()));
    }

    private static boolean isIllFormed(Arguments a) {
        for (Syntax part : a.rest()) {
            try {
                a.reader().value(part);
            } catch (IllFormed problem) {
                return true;
            }
        }
        return false;
    }
}
