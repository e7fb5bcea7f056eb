package org.adjoint.cli;

import org.adjoint.expr.Expr;
import org.adjoint.show.LatexPrinter;
import org.adjoint.show.TextPrinter;
import org.adjoint.show.UnicodePrinter;

/** How results are written. */
enum OutputFormat {
    /** The default dialect of the language. */
    TEXT,
    /** Mathematical notation in Unicode. */
    UNICODE,
    /** LaTeX. */
    LATEX,
    /** One JSON object. */
    JSON;

    /** The expression in this notation; JSON carries text. */
    String print(Expr expr) {
        return switch (this) {
            case TEXT, JSON -> new TextPrinter().print(expr);
            case UNICODE -> new UnicodePrinter().print(expr);
            case LATEX -> new LatexPrinter().print(expr);
        };
    }
}
