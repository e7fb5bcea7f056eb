package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Expr;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Syntax;
import org.adjoint.verify.DerivedOperators;

/** Limits written as text, for tests: every name that is not declared is a scalar. */
final class LimitTexts {
    private final Elaborator reader = new Elaborator(new Environment(), new DerivedOperators(), Dialect.NUMPY,
            Set.of());

    LimitTexts declare(String... shapes) {
        for (String shape : shapes) {
            reader.statement(Parser.shape(Source.of("<shape>", shape)));
        }
        return this;
    }

    Expr expr(String text) {
        Syntax syntax = Parser.expression(Source.of("<text>", text), Dialect.NUMPY);
        for (Syntax.Name name : reader.freeNames(syntax)) {
            if (reader.environment().variable(name.id()).isEmpty() && !reader.environment().knows(name.id())) {
                declare(name.id() + "=[]");
            }
        }
        return reader.tensor(syntax).expr();
    }

    Target target(String point, String direction) {
        if (point.equals("oo") || point.equals("inf")) {
            return Target.INFINITY;
        }
        if (point.equals("-oo") || point.equals("-inf")) {
            return Target.MINUS_INFINITY;
        }
        Side side = direction.equals("+") ? Side.ABOVE : direction.equals("-") ? Side.BELOW : Side.BOTH;
        return new Target(new Extended.Finite(expr(point)), side);
    }

    /** {@code x>0;y!=z}. */
    Assumptions assumptions(String text) {
        List<Relation> all = new ArrayList<>();
        for (String each : text.split(";")) {
            if (each.isBlank()) {
                continue;
            }
            for (String symbol : List.of("<=", ">=", "==", "!=", "<", ">")) {
                int at = each.indexOf(symbol);
                if (at > 0) {
                    Relation.Op op = java.util.Arrays.stream(Relation.Op.values())
                            .filter(o -> o.text().equals(symbol)).findFirst().orElseThrow();
                    all.add(new Relation(expr(each.substring(0, at)), op, expr(each.substring(at + symbol.length()))));
                    break;
                }
            }
        }
        return new Assumptions(all);
    }
}
