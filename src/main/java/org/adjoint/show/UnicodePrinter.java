package org.adjoint.show;

import java.util.Set;
import org.adjoint.expr.Expr;

/** Unicode in the dialect {@code math} of the language, as in {@code 2 W x xᵀ}: what is printed parses back to the same node. */
public final class UnicodePrinter extends Printer {

    public UnicodePrinter() {
        this(INLINE_LIMIT, NODE_LIMIT);
    }

    /** With other limits, in nodes. */
    public UnicodePrinter(int inlineLimit, int nodeLimit) {
        super(inlineLimit, nodeLimit);
    }

    /** The expression as text. */
    public static String text(Expr expr) {
        return new UnicodePrinter().print(expr);
    }

    @Override
    Writer writer(Set<String> taken) {
        Fold fold = new Fold();
        UnicodeStyle style = new UnicodeStyle(fold, taken);
        return new MathWriter(style, new UnicodeText(fold, style));
    }
}
