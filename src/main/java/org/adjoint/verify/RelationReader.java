package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Tensors;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Indices;
import org.adjoint.lang.Induction;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Span;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.Value;
import org.adjoint.lang.Values;

/**
 * One relation of two sides: what kind of things they are, whether their shapes fit, and how near they must be.
 *
 * @param reader     reads the sides
 * @param insertion  puts values in
 * @param clauses    for the tolerance
 * @param unitScalar whether {@code []} and {@code [1]} are the same
 */
record RelationReader(Elaborator reader, Insertion insertion, Clauses clauses, boolean unitScalar) {

    Proposition read(Syntax.Relation.Op op, Syntax left, Syntax right) {
        return switch (op) {
            case IN -> new MembershipReader(this).read(left, right);
            case NOT_IN -> new Proposition.Not(new MembershipReader(this).read(left, right));
            case EQUAL, APPROXIMATELY -> equal(op, left, right);
            case NOT_EQUAL -> isValued(left, right) ? tensors(Comparison.Test.NOT_EQUAL, left, right)
                    : new Proposition.Not(equal(op, left, right));
            case LESS -> tensors(Comparison.Test.LESS, left, right);
            case LESS_OR_EQUAL -> tensors(Comparison.Test.LESS_OR_EQUAL, left, right);
            case GREATER -> tensors(Comparison.Test.GREATER, left, right);
            case GREATER_OR_EQUAL -> tensors(Comparison.Test.GREATER_OR_EQUAL, left, right);
        };
    }

    private boolean isValued(Syntax left, Syntax right) {
        return isNumeric(reader.expression(left)) && isNumeric(reader.expression(right));
    }

    private static boolean isNumeric(Value value) {
        return value instanceof Value.Tensor || value instanceof Value.Truth;
    }

    // ---- equality of whatever it is

    private Proposition equal(Syntax.Relation.Op op, Syntax left, Syntax right) {
        if (Infinities.mayBe(left) || Infinities.mayBe(right)) {
            Optional<Proposition> infinite = new Infinities(reader).equal(left, right);
            if (infinite.isPresent()) {
                return infinite.get();
            }
        }
        Optional<Induction> induction = Induction.of(reader, left, right);
        if (induction.isPresent()) {
            return steps(induction.get(), left, right);
        }
        Value a = reader.expression(left);
        Value b = reader.expression(right);
        String text = text(left, op.symbol(), right);
        if (a instanceof Value.SetValue || b instanceof Value.SetValue) {
            boolean names = isParents(left) || isParents(right);
            return new Sets(this, names).equal(items(a, left.span()), items(b, right.span()), text);
        }
        if (a instanceof Value.Text s && b instanceof Value.Text t) {
            return new Proposition.Settled(s.text().equals(t.text()), "\"" + s.text() + "\" and \"" + t.text() + "\"");
        }
        if (a instanceof Value.ShapeValue || b instanceof Value.ShapeValue) {
            return shapes(a, left, b, right, text);
        }
        if (a instanceof Value.ListValue m && b instanceof Value.ListValue n && (hasShapes(m) || hasShapes(n))) {
            return shapes(m, left, n, right, text);
        }
        return tensors(Comparison.Test.EQUAL, op == Syntax.Relation.Op.APPROXIMATELY, left, right);
    }

    /** The base and the step. */
    private Proposition steps(Induction induction, Syntax left, Syntax right) {
        String n = induction.n().name();
        Induction.Sides base = induction.base();
        Induction.Sides step = induction.step();
        String equation = text(left, "==", right);
        return new Proposition.Induction(n,
                compare(Comparison.Test.EQUAL, base.left(), base.right(), "base: " + equation + " at " + n + " = "
                        + induction.first()),
                compare(Comparison.Test.EQUAL, step.left(), step.right(), "step: from " + n + " to " + n + " + 1 in "
                        + equation));
    }

    private static boolean isParents(Syntax syntax) {
        return syntax instanceof Syntax.Call call && call.callee() instanceof Syntax.Name name
                && name.id().equals("parents");
    }

    private static List<Value> items(Value value, Span span) {
        return switch (value) {
            case Value.SetValue set -> set.items();
            case Value.ListValue list -> list.items();
            case Value.Tensor tensor -> throw noSet(span);
            case Value.ShapeValue shape -> throw noSet(span);
            case Value.Module module -> throw noSet(span);
            case Value.Text text -> throw noSet(span);
            case Value.Criterion loss -> throw noSet(span);
            case Value.Sequence sequence -> throw noSet(span);
            case Value.Fields fields -> throw noSet(span);
            case Value.Truth truth -> throw noSet(span);
        };
    }

    private static IllFormed noSet(Span span) {
        return new IllFormed(IllFormed.Kind.TYPE, Problem.at(span, Text.line(span.text()) + " is no set")
                .expecting("a set such as {a, b}"));
    }

    private Proposition shapes(Value a, Syntax left, Value b, Syntax right, String text) {
        Shape first = shape(a, left);
        Shape second = shape(b, right);
        if (first.equals(second)) {
            return new Proposition.Settled(true, "both are " + first);
        }
        if (unitScalar && isUnit(first) && isUnit(second)) {
            return new Proposition.Settled(true, "left is " + first + ", right is " + second + ", which are the same");
        }
        if (first.rank() != second.rank() || first.symbols().isEmpty() && second.symbols().isEmpty()) {
            return new Proposition.Settled(false, "left is " + first + ", right is " + second);
        }
        return atom(Comparison.Test.EQUAL, Values.tensor(new Value.ShapeValue(first), left.span()),
                Values.tensor(new Value.ShapeValue(second), right.span()), Optional.empty(), text);
    }

    private static boolean hasShapes(Value.ListValue list) {
        return list.items().stream().anyMatch(Value.ShapeValue.class::isInstance);
    }

    /** Lists of shapes, such as those of the layers of a model, one by one. */
    private Proposition shapes(Value.ListValue a, Syntax left, Value.ListValue b, Syntax right, String text) {
        if (a.items().size() != b.items().size()) {
            return new Proposition.Settled(false,
                    "left has " + a.items().size() + " shapes, right has " + b.items().size());
        }
        List<Proposition> all = new ArrayList<>();
        for (int k = 0; k < a.items().size(); k++) {
            all.add(shapes(a.items().get(k), left, b.items().get(k), right, text));
        }
        return new Proposition.And(all);
    }

    private Shape shape(Value value, Syntax syntax) {
        return Values.shape(value, reader.environment())
                .orElseThrow(() -> new IllFormed(IllFormed.Kind.TYPE, Problem
                        .at(syntax.span(), Text.line(syntax.text()) + " is no shape")
                        .expecting("a list of sizes such as [m, n]")));
    }

    // ---- tensors

    private Proposition tensors(Comparison.Test test, Syntax left, Syntax right) {
        return tensors(test, false, left, right);
    }

    private Proposition tensors(Comparison.Test test, boolean approximately, Syntax left, Syntax right) {
        Value.Tensor a = reader.tensor(left);
        Value.Tensor b = reader.tensor(right);
        String symbol = switch (test) {
            case EQUAL -> approximately ? "~=" : "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
            case INTEGER, DIVIDES, UNIQUE_MAX -> ",";
        };
        String text = text(left, symbol, right);
        Optional<Tolerance> tolerance = Optional.empty();
        if (approximately || clauses.printed()) {
            tolerance = Tolerances.printed(right).map(amount -> new Tolerance(amount, false));
            if (approximately && tolerance.isEmpty()) {
                throw new IllFormed(IllFormed.Kind.TYPE, Problem
                        .at(right.span(), "~= is equality up to half a unit of the last digit printed on its right")
                        .expecting("a number, or a list of numbers"));
            }
        }
        if (tolerance.isEmpty() && test == Comparison.Test.EQUAL && clauses.tolerance().isPresent()) {
            Expr t = inserted(clauses.tolerance().get().tolerance());
            tolerance = Optional.of(new Tolerance(t, clauses.tolerance().get().relative()));
        }
        return fit(test, a, left, b, right, tolerance, text);
    }

    /** The comparison, when the shapes fit; refuted by shape when they do not. */
    private Proposition fit(Comparison.Test test, Value.Tensor left, Syntax leftSyntax, Value.Tensor right,
            Syntax rightSyntax, Optional<Tolerance> tolerance, String text) {
        Value.Tensor a = left;
        Value.Tensor b = right;
        boolean equation = test == Comparison.Test.EQUAL || test == Comparison.Test.NOT_EQUAL;
        if (!a.shape().equals(b.shape())) {
            if (equation && isZero(rightSyntax)) {
                b = Value.Tensor.of(Linear.zero(a.shape()));
            } else if (equation && isZero(leftSyntax)) {
                a = Value.Tensor.of(Linear.zero(b.shape()));
            } else if (unitScalar && isUnit(a.shape()) && isUnit(b.shape())) {
                a = scalar(a);
                b = scalar(b);
            } else if (equation || !(a.shape().isScalar() || b.shape().isScalar())) {
                String reason = "the shapes differ: left is " + a.shape() + ", right is " + b.shape();
                return new Proposition.Settled(test == Comparison.Test.NOT_EQUAL, reason);
            }
        }
        return atom(test, a, b, tolerance, text);
    }

    private static boolean isZero(Syntax syntax) {
        return syntax instanceof Syntax.NumberLit number && number.value().isZero();
    }

    private static boolean isUnit(Shape shape) {
        return shape.isScalar() || shape.rank() == 1 && shape.get(0).isOne();
    }

    private static Value.Tensor scalar(Value.Tensor tensor) {
        int rank = tensor.expr().shape().rank();
        return tensor.shape().isScalar() ? tensor
                : new Value.Tensor(Tensors.sum(tensor.expr(), new int[] {rank - 1}, false), tensor.axes());
    }

    Proposition atom(Comparison.Test test, Value.Tensor left, Value.Tensor right, Optional<Tolerance> tolerance,
            String text) {
        Indices.Aligned aligned = Indices.broadcast(List.of(left, right));
        Expr a = aligned.exprs().get(0);
        Expr b = aligned.exprs().get(1);
        Comparison.Sides values = a == b ? same(insertion.apply(a))
                : new Comparison.Sides(insertion.apply(a), insertion.apply(b));
        Optional<Expr> distance = tolerance.map(t -> distance(t, values.right()));
        return new Proposition.Atom(new Comparison(test, a, b, values, distance, aligned.axes(), text));
    }

    private static Comparison.Sides same(Expr both) {
        return new Comparison.Sides(both, both);
    }

    /** How far the sides may be apart: so much, or so much of the right side. */
    record Tolerance(Expr amount, boolean relative) {
    }

    private Expr distance(Tolerance tolerance, Expr right) {
        try {
            Expr spread = Tensors.broadcast(tolerance.amount(), right.shape());
            return tolerance.relative() ? spread.times(Functions.ABS.apply(right)) : spread;
        } catch (ShapeError misfit) {
            throw new IllFormed(IllFormed.Kind.SHAPE, clauses.tolerance().map(Clause.Within::span).orElseThrow(),
                    "a tolerance is one number, or shaped like the sides " + right.shape());
        }
    }

    // ---- for the other readers

    /** An expression with all values put in. */
    Expr inserted(Syntax syntax) {
        return insertion.apply(reader.tensor(syntax).expr());
    }

    Proposition unary(Comparison.Test test, Syntax syntax, Syntax whole) {
        return test(test, syntax, syntax, whole);
    }

    Proposition test(Comparison.Test test, Syntax left, Syntax right, Syntax whole) {
        Value.Tensor a = reader.tensor(left);
        if (test == Comparison.Test.UNIQUE_MAX && !a.axes().isEmpty()) {
            throw new IllFormed(IllFormed.Kind.TYPE, whole.span(), "unique_max is of a tensor without index names");
        }
        return atom(test, a, left == right ? a : reader.tensor(right), Optional.empty(), Text.line(whole.text()));
    }

    /** A comparison of two values, with scalars broadcast. */
    Proposition compare(Comparison.Test test, Value.Tensor left, Value.Tensor right, String text) {
        if (!left.shape().equals(right.shape()) && !left.shape().isScalar() && !right.shape().isScalar()) {
            return new Proposition.Settled(false,
                    "the shapes differ: left is " + left.shape() + ", right is " + right.shape());
        }
        return atom(test, left, right, Optional.empty(), text);
    }

    static Value.Tensor number(long value) {
        return Value.Tensor.of(Constant.of(value));
    }

    static String text(Syntax left, String symbol, Syntax right) {
        return Text.line(left.text()) + " " + symbol + " " + Text.line(right.text());
    }

    /** The elements of whatever can be on the right of {@code in}. */
    List<Value> elements(Syntax syntax) {
        Value value = reader.expression(syntax);
        if (value instanceof Value.Tensor tensor && tensor.axes().isEmpty() && tensor.shape().rank() == 1
                && tensor.shape().isConcrete()) {
            List<Value> entries = new ArrayList<>();
            for (int k = 0; k < tensor.shape().get(0).value(); k++) {
                entries.add(Value.Tensor.of(entry(tensor.expr(), k)));
            }
            return entries;
        }
        return items(value, syntax.span());
    }

    /** {@code Σ_j [j = k] x_j}. */
    private static Expr entry(Expr vector, int k) {
        Expr at = Functions.EQUAL.apply(org.adjoint.expr.Range.of(vector.shape().get(0)), Constant.of(k));
        return Tensors.inner(at, vector);
    }
}
