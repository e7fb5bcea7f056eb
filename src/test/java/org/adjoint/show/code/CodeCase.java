package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.adjoint.derive.Derivation;
import org.adjoint.derive.Derived;
import org.adjoint.derive.Deriver;
import org.adjoint.derive.Layout;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Value;
import org.adjoint.verify.DerivedOperators;

/**
 * A function for which code is written, and its values by an evaluation that shares nothing with that code: sixty digits,
 * node by node, of the expressions as they are before anything is made stable.
 */
record CodeCase(String name, Routine routine) {
    private static final int POINTS = 2;
    private static final int SIZES = 3;

    /** The value and the derivatives by all variables of an expression in the language. */
    static CodeCase of(String name, String statements, String expression, Layout layout) {
        Elaborator reader = new Elaborator(new Environment(), new DerivedOperators(), Dialect.NUMPY, Set.of());
        for (Statement statement : Parser.statements(Source.of("text", statements), Dialect.NUMPY).orThrow()) {
            if (!reader.statement(statement).isEmpty()) {
                throw new AssertionError(reader.statement(statement));
            }
        }
        Expr f = switch (reader.expression(Parser.expression(Source.of("text", expression), Dialect.NUMPY))) {
            case Value.Tensor tensor -> tensor.expr();
            default -> throw new AssertionError(expression + " is no tensor");
        };
        return derived(name, reader.environment().definitions(), f, layout);
    }

    /** The value and the derivatives by all variables. */
    static CodeCase derived(String name, Definitions definitions, Expr f, Layout layout) {
        Deriver deriver = new Deriver(definitions, 1);
        List<Routine.Result> results = new ArrayList<>();
        results.add(new Routine.Result("value", f));
        List<Variable> variables = Walk.variables(definitions.inline(f)).stream()
                .sorted((a, b) -> a.name().compareTo(b.name())).toList();
        for (Variable x : variables) {
            Derivation derivation = deriver.derive(f, x, layout);
            if (!(derivation instanceof Derived derived)) {
                throw new AssertionError(name + " by " + x + ": " + derivation);
            }
            results.add(new Routine.Result(layout.name().toLowerCase(Locale.ROOT) + "_" + x.name(), derived.value()));
        }
        return new CodeCase(name, new Routine("value_and_gradients", name, results, definitions, List.of()));
    }

    static CodeCase gradient(String name, String statements, String expression) {
        return of(name, statements, expression, Layout.GRADIENT);
    }

    /** Expressions as they stand, without derivatives. */
    static CodeCase of(String name, Expr... values) {
        List<Routine.Result> results = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            results.add(new Routine.Result("value" + k, values[k]));
        }
        return new CodeCase(name,
                new Routine("value_and_gradients", name, results, Definitions.NONE, List.of()));
    }

    /** Points under several assignments of sizes at which every result has a value. */
    List<Point> points() {
        Sampler sampler = new Sampler(name.hashCode());
        List<Point> points = new ArrayList<>();
        Set<Expr> roots = new LinkedHashSet<>(routine.roots());
        roots.addAll(routine.arguments());
        for (Sizes sizes : sampler.sizes(roots, SIZES)) {
            int found = 0;
            for (int tries = 0; found < POINTS && tries < 200; tries++) {
                Point point = sampler.point(routine.arguments(), sizes);
                if (expected(point).stream().allMatch(NumberTensor::isDefined)) {
                    points.add(point);
                    found++;
                }
            }
        }
        if (points.isEmpty()) {
            throw new AssertionError("no point for " + name);
        }
        return points;
    }

    /** The results at a point. */
    List<NumberTensor<Double>> expected(Point point) {
        PreciseArithmetic field = new PreciseArithmetic(60);
        Map<Variable, NumberTensor<Precise>> values = point.in(field);
        return new Evaluator<>(field, point.sizes(), new Cubes())
                .evaluate(routine.values(), routine.definitions(), values)
                .stream().map(result -> result.map(field::toDouble)).toList();
    }
}
