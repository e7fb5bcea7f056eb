package org.adjoint.show;

import java.util.Set;
import org.adjoint.expr.Expr;

/** LaTeX for people, to be set in math mode, as in {@code 2 W x x^{\\top}}. */
public final class LatexPrinter extends Printer {

    public LatexPrinter() {
        this(INLINE_LIMIT, NODE_LIMIT);
    }

    /** With other limits, in nodes. */
    public LatexPrinter(int inlineLimit, int nodeLimit) {
        super(inlineLimit, nodeLimit);
    }

    /** The expression as text. */
    public static String text(Expr expr) {
        return new LatexPrinter().print(expr);
    }

    @Override
    Writer writer(Set<String> taken) {
        Fold fold = new Fold();
        LatexStyle style = new LatexStyle(fold, taken);
        return new MathWriter(style, new LatexText(fold, style));
    }
}
