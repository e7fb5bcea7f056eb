package org.adjoint.show;

import java.util.List;
import java.util.Set;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Operators;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;

/** Reads printed text with the language itself, in an environment of declared names. */
final class Reader {
    static final String DECLARATIONS = """
            A, B, C : R[n, n]; W : R[m, n]; X : R[n, d]; P : R[b, m, n]; Q : R[b, n, d]
            x, y, z : R[n]; u : R[m]; w : R[d]; s, t, beta_1 : R; v : R[6]; V : R[6, 4]; row : R[1, n]; col : R[n, 1]
            sigma : R -> R; phi : R[m, n] -> R; g : R, R -> R
            """;

    private final Elaborator elaborator = new Elaborator(new Environment(), Operators.none(), Dialect.NUMPY, Set.of());

    Reader() {
        List<Statement> statements = Parser.statements(Source.of("declarations", DECLARATIONS), Dialect.NUMPY)
                .orThrow();
        for (Statement statement : statements) {
            List<Problem> problems = elaborator.statement(statement);
            if (!problems.isEmpty()) {
                throw new IllegalStateException(problems.toString());
            }
        }
    }

    Expr numpy(String text) {
        return read(text, Dialect.NUMPY);
    }

    Expr math(String text) {
        return read(text, Dialect.MATH);
    }

    Expr matlab(String text) {
        return read(text, Dialect.MATLAB);
    }

    private Expr read(String text, Dialect dialect) {
        return elaborator.in(dialect).tensor(Parser.expression(Source.of("text", text), dialect)).expr();
    }

    Variable variable(String name) {
        return elaborator.environment().variable(name).orElseThrow();
    }
}
