package org.adjoint.limit;

import java.util.List;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Value;
import org.adjoint.verify.DerivedOperators;

/** Questions about limits as people write them. */
final class Asked {
    private final Elaborator reader = new Elaborator(new Environment(), new DerivedOperators(), Dialect.NUMPY,
            Set.of());

    /** After declarations such as {@code x : R[n]; b : R}. */
    Asked(String declarations) {
        for (Statement statement : Parser.statements(Source.of("text", declarations), Dialect.NUMPY).orThrow()) {
            List<?> problems = reader.statement(statement);
            if (!problems.isEmpty()) {
                throw new AssertionError(problems);
            }
        }
    }

    Expr expr(String text) {
        Value.Tensor tensor = reader.tensor(Parser.expression(Source.of("text", text), Dialect.NUMPY));
        return tensor.expr();
    }

    Variable variable(String name) {
        return reader.environment().variable(name).orElseThrow();
    }

    /** {@code b -> inf}, {@code b -> -inf}, {@code b -> 0}, {@code b -> 0+}, {@code b -> 0-}. */
    Question question(String f, String approach, Relation... assumptions) {
        String[] sides = approach.split(" -> ");
        return new Question(expr(f), variable(sides[0]), target(sides[1]), Assumptions.of(assumptions));
    }

    private static Target target(String text) {
        return switch (text) {
            case "inf" -> Target.INFINITY;
            case "-inf" -> Target.MINUS_INFINITY;
            case "0" -> Target.at(Constant.ZERO);
            case "0+" -> Target.above(Constant.ZERO);
            case "0-" -> Target.below(Constant.ZERO);
            default -> throw new IllegalArgumentException(text);
        };
    }
}
