package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** What each sort of expression means. */
final class Expressions {
    /** Of how many operands of a long chain a clash with another is looked for. */
    private static final int PAIRS = 100;
    private final Elaborator reader;

    Expressions(Elaborator reader) {
        this.reader = reader;
    }

    Value read(Syntax syntax) {
        return switch (syntax) {
            case Syntax.NumberLit number -> Value.Tensor.of(Constant.of(number.value()));
            case Syntax.Name name -> name(name);
            case Syntax.StringLit text -> new Value.Text(text.value());
            case Syntax.BooleanLit truth -> new Value.Truth(truth.value());
            case Syntax.ListLit list -> list(list.items());
            case Syntax.TupleLit tuple -> list(tuple.items());
            case Syntax.SetLit set -> new Value.SetValue(values(set.items()));
            case Syntax.Comprehension comprehension -> new Comprehensions(reader).read(comprehension);
            case Syntax.Call call -> new Calls(reader).read(call);
            case Syntax.Index index -> new Indexing(reader).read(index);
            case Syntax.Attribute attribute -> new Calls(reader).attribute(attribute);
            case Syntax.Transpose transpose -> transpose(transpose);
            case Syntax.Unary unary -> unary(unary);
            case Syntax.Binary binary -> new Products(reader).read(binary);
            case Syntax.Sum sum -> sum(sum);
            case Syntax.Relation relation -> new Conditions(reader).relation(relation);
            case Syntax.Not not -> new Conditions(reader).not(not);
            case Syntax.And and -> new Conditions(reader).and(and);
            case Syntax.Or or -> new Conditions(reader).or(or);
            case Syntax.Implies implies -> new Conditions(reader).implies(implies);
            case Syntax.Conditional conditional -> new Conditions(reader).choose(conditional);
            case Syntax.SetBuilder builder -> SetBuilders.read(reader, builder);
            case Syntax.Infinity infinity -> throw Failures.type(infinity,
                    "inf is not a number here; it may be the target of a limit or the end of a range");
            case Syntax.NoneLit none -> throw Failures.type(none, "None has no value");
            case Syntax.Slice slice -> throw Failures.type(slice, "a slice stands only in an index");
            case Syntax.Ellipsis ellipsis -> throw Failures.type(ellipsis, "... stands only in an index");
            case Syntax.Range range -> throw Failures.type(range, "a range stands only after `in`");
            case Syntax.Arrow arrow -> throw Failures.type(arrow, "v -> a stands only in limit(e, v -> a)");
            case Syntax.Prime prime -> throw Failures.type(prime,
                    Failures.excerpt(prime) + " is a function; apply it, as in " + Failures.excerpt(prime) + "(x)");
        };
    }

    private List<Value> values(List<Syntax> items) {
        List<Value> values = new ArrayList<>(items.size());
        items.forEach(item -> values.add(reader.value(item)));
        return values;
    }

    private Value list(List<Syntax> items) {
        return new Value.ListValue(values(items));
    }

    // ---- names

    private Value name(Syntax.Name name) {
        Optional<Binding> binding = reader.environment.lookup(name.id());
        if (binding.isEmpty()) {
            Optional<Expr> number = NamedNumbers.of(name.id(), reader.dialect);
            if (number.isPresent()) {
                return Value.Tensor.of(number.get());
            }
            if (name.id().equals("eye") && reader.dialect == Dialect.MATLAB) {
                return Value.Tensor.of(Delta.of(reader.openSizes().of(name, 0)));
            }
            throw Vocabulary.knows(name.id(), reader.dialect)
                    ? Failures.type(name, name.id() + " is a function; call it: "
                            + Vocabulary.signature(name.id(), reader.dialect))
                    : Failures.unknown(name, reader.known());
        }
        return switch (binding.get()) {
            case Binding.Valued valued -> valued.value();
            case Binding.Sized sized -> Value.Tensor.of(Dimension.of(sized.size()));
            case Binding.Index index -> index(name.id(), index);
            case Binding.Function function -> throw Failures.type(name, name.id() + " is a function; call it: "
                    + name.id() + "(" + String.join(", ", function.parameters().stream().map(Syntax.Name::id).toList())
                    + ")");
            case Binding.Unknown unknown -> throw Failures.type(name,
                    name.id() + " is a function; apply it, as in " + name.id() + "(x)");
            case Binding.Members members -> throw Failures.type(name,
                    name.id() + " is a family; name one member, as in " + name.id() + "[1]");
            case Binding.Opaque opaque -> throw new Undecided(opaque.reason(), name.span());
            case Binding.Broken broken -> throw broken(name, broken);
        };
    }

    static IllFormed broken(Syntax.Name name, Binding.Broken broken) {
        String root = broken.root();
        return new IllFormed(IllFormed.Kind.BROKEN_DEFINITION, Problem.at(name.span(),
                (root.equals(name.id()) ? "the definition of " + root : name.id() + " needs " + root
                        + ", whose definition")
                        + " at " + broken.problem().span() + " is ill-formed: " + broken.problem().headline()));
    }

    static Value.Tensor index(String name, Binding.Index index) {
        if (index.count().isOne()) {
            Expr one = Tensors.broadcast(Dimension.of(index.from()), Shape.of(Size.ONE));
            return new Value.Tensor(one, List.of(name));
        }
        Expr range = Range.of(index.count());
        Expr values = index.from().equals(Size.ZERO) ? range : range.plus(Dimension.of(index.from()));
        return new Value.Tensor(values, List.of(name));
    }

    // ---- signs, sums, transposes

    private Value unary(Syntax.Unary unary) {
        if (unary.op() == Syntax.Unary.Op.SPREAD) {
            throw Failures.type(unary, "a list is spread among the arguments of a known function, as in Sequential("
                    + Failures.excerpt(unary) + ")");
        }
        Value.Tensor operand = reader.tensorOf(unary.operand());
        return switch (unary.op()) {
            case PLUS, SPREAD -> operand;
            case NEGATE -> new Value.Tensor(operand.expr().negate(), operand.axes(), operand.row());
        };
    }

    private Value sum(Syntax.Sum sum) {
        List<Value.Tensor> terms = new ArrayList<>(sum.terms().size());
        List<Rational> coefficients = new ArrayList<>(sum.terms().size());
        for (Syntax.Term term : sum.terms()) {
            terms.add(reader.tensorOf(term.value()));
            coefficients.add(term.negated() ? Rational.MINUS_ONE : Rational.ONE);
        }
        if (reader.dialect == Dialect.MATLAB && terms.stream().allMatch(term -> term.axes().isEmpty())) {
            return matrixSum(sum, terms.stream().map(Matrix::of).toList(), coefficients);
        }
        if (reader.dialect == Dialect.MATH) {
            requireEqualShapes(sum, terms);
        }
        try {
            Indices.Aligned aligned = Indices.broadcast(terms);
            return aligned.join(same -> Linear.of(same.get(0).shape(), same, coefficients));
        } catch (ShapeError error) {
            throw misfit(sum, sum.children(), terms, error);
        }
    }

    /** In textbook text sums never broadcast. */
    private static void requireEqualShapes(Syntax.Sum sum, List<Value.Tensor> terms) {
        for (int k = 1; k < terms.size(); k++) {
            if (!terms.get(k).shape().equals(terms.get(0).shape())) {
                throw Failures.shape(sum, "shapes must match",
                        Failures.operands(List.of(sum.terms().get(0).value(), sum.terms().get(k).value()),
                                List.of(terms.get(0), terms.get(k))));
            }
        }
    }

    /** In dialect matlab sums never broadcast; scalars fit. */
    private Value matrixSum(Syntax.Sum sum, List<Matrix> terms, List<Rational> coefficients) {
        int first = 0;
        while (first < terms.size() - 1 && terms.get(first).isScalar()) {
            first++;
        }
        Matrix shaped = terms.get(first);
        for (int k = first + 1; k < terms.size(); k++) {
            if (!terms.get(k).isScalar() && !reader.openSizes().sameShape(terms.get(k), shaped)) {
                throw Failures.shape(sum, "shapes must match",
                        List.of(new Failures.Operand(Failures.excerpt(sum.terms().get(first).value()), shaped.shape()),
                                new Failures.Operand(Failures.excerpt(sum.terms().get(k).value()),
                                        terms.get(k).shape())));
            }
        }
        List<Expr> same = Tensors.broadcast(terms.stream().map(Matrix::expr).toList());
        return shaped.with(Linear.of(same.get(0).shape(), same, coefficients)).value();
    }

    /** The message for operands that do not broadcast: of many, the first two that clash. */
    static IllFormed misfit(Syntax whole, List<Syntax> operands, List<Value.Tensor> values, ShapeError error) {
        List<Expr> aligned = Indices.align(values).exprs();
        for (int j = 0; j < Math.min(values.size(), PAIRS); j++) {
            for (int k = j + 1; k < values.size(); k++) {
                if (!fit(aligned.get(j), aligned.get(k))) {
                    return Failures.shape(whole, error, Failures.operands(List.of(operands.get(j), operands.get(k)),
                            List.of(values.get(j), values.get(k))));
                }
            }
        }
        return Failures.shape(whole, error, List.of());
    }

    private static boolean fit(Expr a, Expr b) {
        try {
            return Tensors.broadcastShape(List.of(a, b)).rank() >= 0;
        } catch (ShapeError clash) {
            return false;
        }
    }

    private Value transpose(Syntax.Transpose transpose) {
        Value.Tensor operand = reader.tensorOf(transpose.operand());
        int named = operand.axes().size();
        int rank = operand.shape().rank();
        if (reader.dialect == Dialect.MATLAB && named == 0) {
            if (rank > 2) {
                throw Failures.shape(transpose,
                        "the transpose is of a matrix; axes of a tensor are exchanged by einsum",
                        Failures.operands(List.of(transpose.operand()), List.of(operand)));
            }
            return Matrix.of(operand).transpose().value();
        }
        if (rank == 1 && reader.dialect == Dialect.NUMPY) {
            reader.environment.warn(Problem.at(transpose.span(), Failures.excerpt(transpose)
                    + ": transposing a vector changes nothing; " + Failures.excerpt(transpose.operand()) + " is "
                    + operand.shape())
                    .hint("write outer(a, b) for the matrix of products, or x[:, None] for a column"));
        }
        if (rank < 2) {
            return operand;
        }
        int[] order = new int[named + rank];
        for (int k = 0; k < order.length; k++) {
            order[k] = k < named ? k : named + (order.length - 1 - k);
        }
        return new Value.Tensor(Tensors.permute(operand.expr(), order), operand.axes());
    }
}
