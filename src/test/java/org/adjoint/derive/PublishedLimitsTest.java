package org.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Relation;
import org.adjoint.corpus.LimitCase;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Hypothesis;
import org.adjoint.lang.Operators;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Syntax;
import org.adjoint.limit.Extended;
import org.adjoint.limit.Side;
import org.adjoint.limit.Target;
import org.adjoint.verify.LimitHypotheses;
import org.junit.jupiter.api.Test;

/**
 * Every published limit, held against the values on the way to it, as if it had been found: none is contradicted and most are
 * seen. The same with a wrong value planted: none is seen, and most are contradicted.
 */
class PublishedLimitsTest {
    private static final double SEEN = 0.85;
    private static final double CAUGHT = 0.85;

    private record Posed(LimitCase given, Elaborator reader, Expr f, Variable v, Target target,
            List<Relation> relations) {
        static Optional<Posed> of(LimitCase given) {
            if (given.expected().equals("none") || given.expected().contains(" if ")) {
                return Optional.empty();
            }
            Elaborator reader = new Elaborator(new Environment(), Operators.none(), Dialect.NUMPY, Set.of());
            given.shapes().forEach(shape -> reader.statement(Parser.shape(Source.of("shape", shape))));
            Expr f = expr(reader, given.expression());
            for (String assumption : given.assumptions()) {
                names(reader, Parser.expression(Source.of("text", assumption), Dialect.NUMPY));
                Parser.statements(Source.of("text", "assume " + assumption), Dialect.NUMPY).orThrow()
                        .forEach(reader::statement);
            }
            Side side = given.direction().isEmpty() ? Side.BOTH
                    : Side.valueOf(given.direction().toUpperCase(Locale.ROOT));
            Target target = new Target(extended(reader, given.point()), side);
            return Optional
                    .of(new Posed(given, reader, f, reader.environment().variable(given.variable()).orElseThrow(),
                            target, LimitHypotheses.of(Hypothesis.of(reader)).relations()));
        }

        private static void names(Elaborator reader, Syntax syntax) {
            reader.freeNames(syntax)
                    .forEach(name -> reader.statement(Parser.shape(Source.of("text", name.id() + "=[]"))));
        }

        static Expr expr(Elaborator reader, String text) {
            Syntax syntax = Parser.expression(Source.of("text", text), Dialect.NUMPY);
            names(reader, syntax);
            return reader.tensor(syntax).expr();
        }

        static Extended extended(Elaborator reader, String text) {
            return switch (text) {
                case "inf" -> Extended.PLUS_INFINITY;
                case "-inf" -> Extended.MINUS_INFINITY;
                default -> new Extended.Finite(expr(reader, text));
            };
        }

        Extended right() {
            return extended(reader, given.expected());
        }

        /** Another constant, or a finite value for an infinity. */
        List<Extended> wrong() {
            return switch (right()) {
                case Extended.Finite(Expr value) -> List.of(
                        new Extended.Finite(value.plus(Linear.zero(value.shape()).plus(Constant.ONE))),
                        Extended.PLUS_INFINITY);
                case Extended.Infinite(int sign) -> List.of(Extended.of(0),
                        sign > 0 ? Extended.MINUS_INFINITY : Extended.PLUS_INFINITY);
            };
        }

        Sighting look(Extended limit) {
            return new LimitCheck(f, v, target, 1).of(limit, relations);
        }
    }

    @Test
    void publishedValuesAreSeenAndWrongOnesCaught() {
        List<String> contradicted = new ArrayList<>();
        List<String> believed = new ArrayList<>();
        int all = 0;
        int seen = 0;
        int planted = 0;
        int caught = 0;
        for (LimitCase given : LimitCase.own()) {
            Optional<Posed> posed = Posed.of(given);
            if (posed.isEmpty()) {
                continue;
            }
            all++;
            Sighting sighting = posed.get().look(posed.get().right());
            seen += sighting.isSeen() ? 1 : 0;
            sighting.contradiction().ifPresent(where -> contradicted.add(given + ": " + where));
            for (Extended wrong : posed.get().wrong()) {
                Sighting other = posed.get().look(wrong);
                planted++;
                caught += other.contradiction().isPresent() ? 1 : 0;
                if (other.isSeen() && other.contradiction().isEmpty()) {
                    believed.add(given + ": " + wrong);
                }
            }
        }
        System.out.printf(Locale.ROOT, "%d published limits: %d seen; %d wrong ones: %d contradicted%n", all, seen,
                planted, caught);
        assertThat(contradicted).isEmpty();
        assertThat(believed).isEmpty();
        assertThat((double) seen).isGreaterThan(SEEN * all);
        assertThat((double) caught).isGreaterThan(CAUGHT * planted);
    }
}
