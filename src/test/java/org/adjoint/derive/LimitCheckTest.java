package org.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Operators;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;
import org.adjoint.limit.Extended;
import org.adjoint.limit.Side;
import org.adjoint.limit.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Right limits are seen, or said not to be seen; wrong ones are contradicted. The wrong ones are what computer algebra systems
 * answered, and the usual slips: one of two terms for their maximum, 0, another constant, the other infinity.
 */
class LimitCheckTest {
    private static Elaborator reader(String declarations) {
        Elaborator reader = new Elaborator(new Environment(), Operators.none(), Dialect.NUMPY, Set.of());
        for (Statement statement : Parser.statements(Source.of("text", declarations), Dialect.NUMPY).orThrow()) {
            assertThat(reader.statement(statement)).isEmpty();
        }
        return reader;
    }

    private static Expr read(Elaborator reader, String text) {
        return reader.tensor(Parser.expression(Source.of("text", text), Dialect.NUMPY)).expr();
    }

    private static Extended extended(Elaborator reader, String text) {
        return switch (text) {
            case "inf" -> Extended.PLUS_INFINITY;
            case "-inf" -> Extended.MINUS_INFINITY;
            default -> new Extended.Finite(read(reader, text));
        };
    }

    private static Target target(Elaborator reader, String text) {
        return text.endsWith("+") ? Target.above(read(reader, text.substring(0, text.length() - 1)))
                : text.endsWith("-") ? Target.below(read(reader, text.substring(0, text.length() - 1)))
                        : new Target(extended(reader, text), Side.BOTH);
    }

    private static Sighting look(String declarations, String f, String to, String limit) {
        Elaborator reader = reader(declarations);
        Variable v = reader.environment().variable("t").orElseThrow();
        return new LimitCheck(read(reader, f), v, target(reader, to), 1).of(extended(reader, limit), List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            // log-sum-exp and its family
            "x, y, t : R          | log(exp(t*x) + exp(t*y))/t             | inf  | max(x, y)        | x; y; 0; min(x, y); inf",
            "x, y : R positive; t : R | log(exp(t*x) + exp(t*y))/t         | inf  | max(x, y)        | y; x; 0; x + y",
            "x, y, t : R          | log(exp(t*x) + exp(t*y))/t             | -inf | min(x, y)        | max(x, y); 0",
            "x, y, t : R          | log((exp(t*x) + exp(t*y))/2)/t         | 0    | (x + y)/2        | max(x, y); 0; x",
            "x : R[n]; t : R      | log(sum(exp(t*x)))/t                   | inf  | max(x)           | min(x); 0; mean(x); sum(x)",
            "x : R[n]; t : R      | softmax(t*x)                           | 0    | ones(n)/n        | ones(n); 0*x; x",
            "x, y : R positive; t : R | (x**t + y**t)**(1/t)               | inf  | max(x, y)        | 1; x; y; x + y",
            "x, y : R positive; t : R | ((x**t + y**t)/2)**(1/t)           | 0    | sqrt(x*y)        | 1; max(x, y); (x + y)/2",
            "x, y, t : R          | t*log(exp(x/t) + exp(y/t))             | 0+   | max(x, y)        | 0; x; y",
            // calculus
            "t : R                | sin(t)/t                               | 0    | 1                | 0; inf; -1; 999/1000",
            "x, t : R             | (sin(x + t) - sin(x))/t                | 0    | cos(x)           | sin(x); 0; -cos(x)",
            "t : R                | (1 + 1/t)**t                           | inf  | exp(1)           | 1; inf; 2; 2718/1000",
            "t : R                | t - log(1 + exp(t))                    | inf  | 0                | 1; inf; -inf",
            "t : R                | (3**(1/t) + 5**(1/t))**t               | 0+   | 5                | 1; 3; 8; inf",
            "t : R                | exp(1/t)                               | 0+   | inf              | 1; 0; -inf",
            "t : R                | exp(1/t)                               | 0-   | 0                | 1; inf",
            "t : R                | 1/t                                    | 0-   | -inf             | inf; 0",
            "a : R; t : R         | (t**3 - a**3)/(t - a)                  | a    | 3*a**2           | a**2; 0; 3*a",
            "t : R                | exp(exp(t - exp(-t))/(1 - 1/t)) - exp(exp(t)) | inf | inf        | 0; 1; -inf",
            "t : R                | (exp(t*exp(-t)/(exp(-t) + exp(-2*t**2/(t + 1)))) - exp(t))/t | inf | -exp(2) | 0; exp(2); -1",
            // with a rate that is no power of t
            "t : R                | log(t)/sqrt(t)                         | inf  | 0                | 1; inf; -1/10",
            "t : R                | 2 + 1/log(t)                           | inf  | 2                | 1; 3; 201/100; 0",
            "t : R                | log(log(t))                            | inf  | inf              | -inf",
            "t : R                | t/log(log(t*exp(t)))                   | inf  | inf              | 0; 1",
    })
    void rightLimitsAreSeenAndWrongOnesContradicted(String declarations, String f, String to, String right,
            String wrong) {
        Sighting seen = look(declarations, f, to, right);
        assertThat(seen.contradiction()).as(seen.text()).isEmpty();
        assertThat(seen.isSeen()).as(seen.text()).isTrue();
        List<String> accepted = new ArrayList<>();
        for (String claim : wrong.split(";")) {
            Sighting sighting = look(declarations, f, to, claim.strip());
            if (sighting.contradiction().isEmpty()) {
                accepted.add(claim + ": " + sighting.text());
            }
        }
        assertThat(accepted).isEmpty();
    }

    /** What no computable distance shows contradicts nothing, whatever the values look like. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "t : R | log(t)**2*exp(sqrt(log(t))*log(log(t))**2*exp(sqrt(log(log(t)))*log(log(log(t)))**3))/sqrt(t) | inf | 0 | overflows",
            "t : R | t*log(t)*log(t*exp(t) - t**2)**2/log(log(t**2 + 2*exp(exp(3*t**3*log(t))))) | inf | 1/3 | overflows",
            "t : R | 1/log(log(log(t)))                    | inf | 0 | too slow",
            "t : R | max(1, t - 10**12)                    | inf | inf | seen numerically",
            "t : R | 1 + t/10**60                          | inf | inf | seen numerically",
    })
    void whatIsTooSlowIsSaidAndNotContradicted(String declarations, String f, String to, String right,
            String says) {
        Sighting seen = look(declarations, f, to, right);
        assertThat(seen.contradiction()).as(seen.text()).isEmpty();
        assertThat(seen.text()).contains(says);
    }

    /** Ties are met exactly: a case holds where its condition does. */
    @Test
    void conditionsHoldAtThePoints() {
        Elaborator reader = reader("x, y, t : R");
        Variable t = reader.environment().variable("t").orElseThrow();
        Expr f = read(reader, "exp(t*x)/(exp(t*x) + exp(t*y))");
        Expr x = read(reader, "x");
        Expr y = read(reader, "y");
        LimitCheck check = new LimitCheck(f, t, Target.INFINITY, 1);
        for (Relation.Op op : List.of(Relation.Op.GREATER, Relation.Op.EQUAL, Relation.Op.LESS)) {
            for (Expr value : List.of(Constant.ONE, Constant.HALF, Constant.ZERO)) {
                boolean right = switch (op) {
                    case GREATER -> value == Constant.ONE;
                    case EQUAL -> value == Constant.HALF;
                    default -> value == Constant.ZERO;
                };
                Sighting seen = check.of(new Extended.Finite(value), List.of(new Relation(x, op, y)));
                assertThat(seen.contradiction().isEmpty()).as(op + " " + value + ": " + seen.text()).isEqualTo(right);
                assertThat(seen.isSeen()).as(seen.text()).isEqualTo(right);
            }
        }
    }
}
