package org.adjoint.show;

import java.util.Set;
import org.adjoint.expr.Expr;

/**
 * Text in the dialect {@code matlab}: vectors are columns, {@code *} is the matrix product, sums never broadcast. Only the
 * functions of that dialect are used; what they cannot say has no text, and {@link #closed} is empty.
 */
public final class MatlabPrinter extends Printer {

    public MatlabPrinter() {
        this(INLINE_LIMIT, NODE_LIMIT);
    }

    /** With other limits, in nodes. */
    public MatlabPrinter(int inlineLimit, int nodeLimit) {
        super(inlineLimit, nodeLimit);
    }

    /** The expression as text. */
    public static String text(Expr expr) {
        return new MatlabPrinter().print(expr);
    }

    @Override
    Writer writer(Set<String> taken) {
        MatlabFold fold = new MatlabFold();
        return new Writer() {
            @Override
            public String write(Expr node, int limit) {
                Phrase phrase = fold.of(node);
                return phrase.cost() > limit ? "…" : MatlabText.of(phrase);
            }

            @Override
            public void name(Expr node, String name) {
                fold.name(node, name);
            }

            @Override
            public Order order() {
                return fold.order();
            }
        };
    }
}
