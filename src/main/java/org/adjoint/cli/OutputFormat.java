package org.adjoint.cli;

import java.util.Optional;
import org.adjoint.expr.Expr;
import org.adjoint.show.LatexPrinter;
import org.adjoint.show.MatlabPrinter;
import org.adjoint.show.Printed;
import org.adjoint.show.Printer;
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
    /** The dialect matlab: what matrixcalculus.org reads and writes. */
    MATLAB,
    /** One JSON object. */
    JSON,
    /** A Python function over NumPy arrays; of derivations only, as all languages that follow. */
    NUMPY,
    /** A Python function over PyTorch tensors. */
    PYTORCH,
    /** A Java class on EJML. */
    JAVA,
    /** A Julia function over arrays. */
    JULIA;

    /** The programming language that this is; empty for notations of single expressions. */
    Optional<CodeLanguage> code() {
        return switch (this) {
            case TEXT, UNICODE, LATEX, MATLAB, JSON -> Optional.empty();
            case NUMPY -> Optional.of(CodeLanguage.NUMPY);
            case PYTORCH -> Optional.of(CodeLanguage.PYTORCH);
            case JAVA -> Optional.of(CodeLanguage.JAVA);
            case JULIA -> Optional.of(CodeLanguage.JULIA);
        };
    }

    /** The expression in this notation; JSON and what is about code carry text. */
    String print(Expr expr) {
        return printer().print(expr);
    }

    /** The expression with its shared parts by name. */
    Printed printed(Expr expr) {
        return printer().printed(expr);
    }

    /** The expression without names for its parts; empty where it is too large or the notation has no words for it. */
    Optional<String> closed(Expr expr) {
        return printer().closed(expr);
    }

    /** What the notation has no words for, in brackets behind a space; nothing when it has words for all of it. */
    String missing(Expr expr) {
        return printer().missing(expr).map(what -> " (" + what + ")").orElse("");
    }

    private Printer printer() {
        return switch (this) {
            case TEXT, JSON, NUMPY, PYTORCH, JAVA, JULIA -> new TextPrinter();
            case UNICODE -> new UnicodePrinter();
            case LATEX -> new LatexPrinter();
            case MATLAB -> new MatlabPrinter();
        };
    }
}
