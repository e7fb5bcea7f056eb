package org.adjoint.show;

import java.util.Set;
import org.adjoint.expr.Expr;

/** Plain text in the default dialect of the language: what is printed parses back to the same node. */
public final class TextPrinter extends Printer {

    public TextPrinter() {
        this(INLINE_LIMIT, NODE_LIMIT);
    }

    /** With other limits, in nodes. */
    public TextPrinter(int inlineLimit, int nodeLimit) {
        super(inlineLimit, nodeLimit);
    }

    /** The expression as text. */
    public static String text(Expr expr) {
        return new TextPrinter().print(expr);
    }

    @Override
    Writer writer(Set<String> taken) {
        return new NumpyStyle(new Fold(), taken);
    }
}
