package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adjoint.diff.Backward;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** Statements read in an environment of their own, and expressions read after them. */
final class Desk {
    private final Elaborator reader;
    private final List<Problem> problems = new ArrayList<>();

    private Desk(Elaborator reader) {
        this.reader = reader;
    }

    static Desk of(String statements, Convention... conventions) {
        return of(Dialect.NUMPY, statements, conventions);
    }

    static Desk of(Dialect dialect, String statements, Convention... conventions) {
        Desk desk = new Desk(
                new Elaborator(new Environment(), new Derivatives(), dialect, Set.of(conventions)));
        for (Statement statement : Parser.statements(Source.of("text", statements), dialect).orThrow()) {
            desk.problems.addAll(desk.reader.statement(statement));
        }
        return desk;
    }

    /** The same names, read in another dialect. */
    Desk in(Dialect dialect) {
        return new Desk(reader.in(dialect));
    }

    Elaborator reader() {
        return reader;
    }

    List<String> problems() {
        return problems.stream().map(Problem::headline).toList();
    }

    Variable variable(String name) {
        return reader.environment().variable(name).orElseThrow();
    }

    static Syntax syntax(String text, Dialect dialect) {
        return Parser.expression(Source.of("text", text), dialect);
    }

    Value value(String text) {
        return reader.expression(syntax(text, reader.dialect));
    }

    /** The node of an expression without named axes. */
    Expr expr(String text) {
        Value.Tensor tensor = reader.tensor(syntax(text, reader.dialect));
        if (!tensor.axes().isEmpty()) {
            throw new AssertionError(text + " has the named axes " + tensor.axes());
        }
        return tensor.expr();
    }

    /** The expression for all values of index names, whose ranges are found from it. */
    Value.Tensor indexed(String text, String... names) {
        Syntax syntax = syntax(text, reader.dialect);
        List<Syntax.Binder> binders = new ArrayList<>();
        for (String name : names) {
            binders.add(((Syntax.Comprehension) syntax("[0 for " + name + "]", reader.dialect)).binders().get(0));
        }
        return reader.withIndices(binders, List.of(syntax)).tensor(syntax);
    }

    Shape shape(String text) {
        return expr(text).shape();
    }

    /** Headline of what is wrong with an expression. */
    String wrong(String text) {
        return problem(text).headline();
    }

    Problem problem(String text) {
        try {
            throw new AssertionError(text + " is well formed: " + value(text));
        } catch (IllFormed e) {
            return e.problem();
        }
    }

    String undecided(String text) {
        try {
            throw new AssertionError(text + " has a value: " + value(text));
        } catch (Undecided e) {
            return e.reason();
        }
    }

    /** Derivatives by the reverse sweep; no limits. */
    private static final class Derivatives implements Operators {
        @Override
        public Expr gradient(Expr f, Variable x, Definitions definitions) {
            return Backward.gradient(definitions, f, x);
        }

        @Override
        public Expr jacobian(Expr f, Variable x, Definitions definitions) {
            return Backward.jacobian(definitions, f, x);
        }

        @Override
        public Expr partial(Variable v, Variable u, Definitions definitions) {
            return Backward.partial(definitions, v, u);
        }

        @Override
        public Approached limit(Expr f, Variable v, Expr target, Direction direction, Definitions definitions,
                List<Hypothesis> hypotheses) {
            // a stand-in that shows what was asked
            return new Approached.Finite(Tensors.stack(List.of(f, target, v)).sum());
        }
    }
}
