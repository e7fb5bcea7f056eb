package org.adjoint.cli;

import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.show.LatexPrinter;
import org.adjoint.show.TextPrinter;
import org.adjoint.show.UnicodePrinter;
import org.adjoint.show.code.CodeLanguage;

/** How results are written. */
enum OutputFormat {
    /** The default dialect of the language. */
    TEXT,
    /** Mathematical notation in Unicode. */
    UNICODE,
    /** LaTeX. */
    LATEX,
    /** One JSON object. */
    JSON,
    /** A Python function over NumPy arrays; of derivations only, as all languages that follow. */
    NUMPY;

    /** The programming language that this is; empty for notations of single expressions. */
    Optional<CodeLanguage> code() {
        return switch (this) {
            case TEXT, UNICODE, LATEX, JSON -> Optional.empty();
            case NUMPY -> Optional.of(CodeLanguage.NUMPY);
        };
    }

    /** The expression in this notation; JSON and what is about code carry text. */
    String print(Expr expr) {
        return switch (this) {
            case TEXT, JSON, NUMPY -> new TextPrinter().print(expr);
            case UNICODE -> new UnicodePrinter().print(expr);
            case LATEX -> new LatexPrinter().print(expr);
        };
    }
}
