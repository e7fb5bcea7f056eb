package org.adjoint.check.expr;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of elementwise functions, first and second order, against differences. */
class EveryOperationTest {

    static Stream<ScalarFunction> functions() { return Functions.all().stream().filter(f -> f.arity() > 0); }

    /** Facts that keep entries inside the domain. */
    private static Fact[] facts(ScalarFunction f) {
        return switch (f.domain().orElse("")) {
            case "" -> new Fact[0];
            case "-1 <= x <= 1" -> new Fact[] {new Fact.Interval(Rational.of(-1), Rational.ONE)};
            default -> new Fact[] {Fact.Named.POSITIVE};
        };
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionsEntryByEntry(ScalarFunction f) {
        var x = IntStream.range(0, f.arity())
                .mapToObj(i -> Variable.of("xy".substring(i, i + 1), Shape.of(2, 3), facts(f)))
                .toList();
        SelfCheck.assertRight(f + " entry by entry", f.apply(x.toArray(Expr[]::new)), x);
    }
}
