package org.adjoint.derive;

import java.util.function.Function;
import org.adjoint.expr.Expr;

/**
 * Something that must hold for a result to be valid.
 *
 * @param kind    what must hold
 * @param subject of which expression
 */
public record Condition(Kind kind, Expr subject) {
    /** What must hold of the subject, as a template in which {@code {0}} stands for it. */
    public enum Kind {
        POSITIVE("{0} > 0"), NONNEGATIVE("{0} >= 0"), NONZERO("{0} != 0"), ABOVE_MINUS_ONE("{0} > -1"),
        WITHIN_UNIT("-1 < {0} < 1"), COSINE_NONZERO("cos({0}) != 0"), INVERTIBLE("{0} invertible"),
        FULL_COLUMN_RANK("{0} has full column rank"), FULL_ROW_RANK("{0} has full row rank"),
        KINK("almost everywhere: {0} away from its kink"),
        UNIQUE_MAXIMUM("{0} has a unique maximum, or the first counts"),
        UNIQUE_MINIMUM("{0} has a unique minimum, or the first counts");

        private final String template;

        Kind(String template) {
            this.template = template;
        }

        public String template() {
            return template;
        }
    }

    /** The condition in words, with its subject in the given notation. */
    public String text(Function<? super Expr, String> notation) {
        return kind.template().replace("{0}", notation.apply(subject))
                + (convention().isEmpty() ? "" : " (" + convention() + ")");
    }

    /** For a kink, the value that its derivative is given there; empty otherwise. */
    public String convention() {
        return kind == Kind.KINK && subject instanceof org.adjoint.expr.Elementwise f ? f.function().kink().orElse("")
                : "";
    }
}
