package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/** Derivatives, limits, and questions about expressions themselves. */
final class CalculusFunctions {
    private CalculusFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("grad(f, x)", a -> gradient(a, "f", "x"));
        table.also("grad", "gradient");
        table.row("jacobian(f, x)", a -> a.reader().under("layout", "gradient") ? transposed(a) : jacobian(a));
        table.also("jacobian", "jac");
        table.row("deriv(f, x)", a -> jacobian(a));
        table.also("deriv", "derivative", "diff");
        table.row("partial(v, u)", CalculusFunctions::partial);
        table.row("hessian(f, x)", CalculusFunctions::hessian);
        table.row("pull(cotangent, J)", a -> Value.Tensor.of(pull(a.expr("cotangent"), a.expr("J"))));
        table.row("jvp(f, x, v)", a -> push(a, "v"));
        table.also("jvp", "jacvec");
        table.row("hessvec(f, x, v)", a -> {
            Wrt x = Wrt.of(a.reader(), a.syntax("x"));
            Definitions d = a.reader().environment.definitions();
            Expr g = a.reader().operators.gradient(a.expr("f"), x.only(), d);
            return Value.Tensor.of(along(a, g, x, a.expr("v")));
        });
        table.row("vjp(f, x, cotangent)", a -> {
            Wrt x = Wrt.of(a.reader(), a.syntax("x"));
            Expr f = a.expr("f");
            Expr cotangent = a.expr("cotangent");
            if (!x.isList() && cotangent.shape().equals(f.shape())) {
                return Value.Tensor.of(a.reader().operators.pull(f, x.only(), cotangent,
                        a.reader().environment.definitions()));
            }
            return Value.Tensor.of(pull(cotangent, x.jacobian(a.reader(), f)));
        });
        table.row("symgrad(f, x)", a -> {
            Wrt x = Wrt.of(a.reader(), a.syntax("x"));
            Expr g = a.reader().operators.gradient(a.expr("f"), x.only(), a.reader().environment.definitions());
            if (g.shape().rank() != 2 || !(x.only().is(Fact.Named.SYMMETRIC)
                    || x.only().is(Fact.Named.POSITIVE_DEFINITE))) {
                throw Failures.type(a.syntax("x"), "symgrad is by a matrix declared symmetric or spd; "
                        + Failures.excerpt(a.syntax("x")) + " is not");
            }
            // Entries i, j and j, i move together: G + Gᵀ − G∘I.
            return Value.Tensor.of(g.plus(Tensors.transpose(g)).minus(g.times(Delta.of(g.shape().get(0)))));
        });
        table.row("limit(e, to)", a -> Limits.read(a));
        table.row("delta(i, j)", CalculusFunctions::delta);
        table.also("delta", "kronecker");
        table.row("shape(x, input=None)", a -> a.value("x") instanceof Value.Module module
                ? new Value.ShapeValue(ModelFunctions.output(a, module))
                : new Value.ShapeValue(a.tensor("x").shape()));
        table.row("size(x, axis=None)", a -> {
            Value.Tensor x = a.tensor("x");
            return Value.Tensor
                    .of(Dimension.of(a.has("axis") ? x.expr().shape().get(a.axis(x, 0)) : x.shape().count()));
        });
        table.also("size", "numel");
        table.row("ndim(x)", a -> Value.Tensor.of(Constant.of(a.tensor("x").shape().rank())));
        table.row("len(x)", a -> a.value("x") instanceof Value.ListValue list
                ? Value.Tensor.of(Constant.of(list.items().size()))
                : a.value("x") instanceof Value.Module module
                        ? Value.Tensor.of(Constant.of(module.model().children().size()))
                        : Value.Tensor.of(Dimension.of(a.tensor("x").shape().get(0))));
        table.row("value(e)", a -> {
            Value.Tensor e = a.tensor("e");
            return new Value.Tensor(a.reader().inline(e.expr()), e.axes());
        });
        table.row("parents(v)", CalculusFunctions::parents);
    }

    // ---- derivatives

    /** The gradient of a scalar; of entries named by indices, of each. */
    private static Value gradient(Arguments a, String f, String x) {
        Value.Tensor of = a.tensor(f);
        Wrt by = Wrt.of(a.reader(), a.syntax(x));
        if (!of.shape().isScalar()) {
            throw Failures.shape(a.call(), "a gradient is of a scalar",
                    List.of(new Failures.Operand(Failures.excerpt(a.syntax(f)), of.shape())));
        }
        Expr gradient = of.axes().isEmpty() ? by.gradient(a.reader(), of.expr()) : by.jacobian(a.reader(), of.expr());
        return by.entries(a, new Value.Tensor(gradient, of.axes()), 0);
    }

    private static Value jacobian(Arguments a) {
        Value.Tensor of = a.tensor("f");
        Wrt by = Wrt.of(a.reader(), a.syntax("x"));
        Expr derivative = of.axes().isEmpty() ? by.jacobian(a.reader(), a.value("f"), a.syntax("f").span())
                : by.jacobian(a.reader(), of.expr());
        return by.entries(a, new Value.Tensor(derivative, of.axes()), of.shape().rank());
    }

    /** The Jacobian in the gradient layout: the axes of x before those of f. */
    private static Value transposed(Arguments a) {
        Value.Tensor of = a.tensor("f");
        Value.Tensor jacobian = (Value.Tensor) jacobian(a);
        int named = jacobian.axes().size();
        int last = named + of.shape().rank();
        int rank = jacobian.expr().shape().rank();
        int[] order = IntStream.concat(IntStream.range(0, named),
                IntStream.concat(IntStream.range(last, rank), IntStream.range(named, last))).toArray();
        return new Value.Tensor(Tensors.permute(jacobian.expr(), order), jacobian.axes());
    }

    /** v's own definition, differentiated by u. Indices on v and on u take entries. */
    private static Value partial(Arguments a) {
        Wrt v = Wrt.of(a.reader(), a.syntax("v"));
        Wrt u = Wrt.of(a.reader(), a.syntax("u"));
        Definitions definitions = a.reader().environment.definitions();
        if (!definitions.defines(v.only())) {
            throw Failures.type(a.syntax("v"), v.only().name() + " has no definition of which to take the partial "
                    + "derivative; it is an input");
        }
        Expr whole = a.reader().operators.partial(v.only(), u.only(), definitions);
        Value.Tensor value = Value.Tensor.of(whole);
        Value.Tensor first = v.items().isEmpty() ? value
                : new Indexing(a.reader()).entries(a.call(), value, 0, v.items());
        int left = first.shape().rank() - u.only().shape().rank();
        return u.entries(a, first, left);
    }

    private static Value hessian(Arguments a) {
        Wrt x = Wrt.of(a.reader(), a.syntax("x"));
        Expr f = a.expr("f");
        return Value.Tensor.of(x.jacobian(a.reader(), x.gradients(a.reader(), f), a.syntax("f").span()));
    }

    private static Value push(Arguments a, String v) {
        Wrt x = Wrt.of(a.reader(), a.syntax("x"));
        return Value.Tensor.of(along(a, a.expr("f"), x, a.expr(v)));
    }

    /** By one variable the product is formed at once; by a list from the Jacobian. */
    private static Expr along(Arguments a, Expr f, Wrt x, Expr direction) {
        return !x.isList() && direction.shape().equals(x.only().shape())
                ? a.reader().operators.push(f, x.only(), direction, a.reader().environment.definitions())
                : push(x.jacobian(a.reader(), f), direction);
    }

    /** All axes of the cotangent contracted with the leading axes of the Jacobian. */
    static Expr pull(Expr cotangent, Expr jacobian) {
        int rank = cotangent.shape().rank();
        if (jacobian.shape().rank() < rank || !jacobian.shape().slice(0, rank).equals(cotangent.shape())) {
            throw new ShapeError("the axes of the cotangent must be the leading axes of the Jacobian", cotangent,
                    jacobian);
        }
        return contract(List.of(cotangent, jacobian), List.of(Tensors.allAxes(cotangent), Tensors.allAxes(jacobian)),
                rank, jacobian.shape().rank(), jacobian.shape());
    }

    /** The trailing axes of the Jacobian contracted with all axes of the tangent. */
    private static Expr push(Expr jacobian, Expr tangent) {
        int rank = jacobian.shape().rank();
        int left = rank - tangent.shape().rank();
        if (left < 0 || !jacobian.shape().slice(left, rank).equals(tangent.shape())) {
            throw new ShapeError("the tangent must have the shape of the variable", jacobian, tangent);
        }
        int[] labels = Tensors.allAxes(tangent);
        for (int k = 0; k < labels.length; k++) {
            labels[k] += left;
        }
        return contract(List.of(jacobian, tangent), List.of(Tensors.allAxes(jacobian), labels), 0, left,
                jacobian.shape());
    }

    private static Expr contract(List<Expr> factors, List<int[]> labels, int from, int to, Shape shape) {
        int[] output = new int[to - from];
        for (int k = 0; k < output.length; k++) {
            output[k] = from + k;
        }
        return Contraction.of(factors, labels, output, shape.slice(from, to));
    }

    // ---- Kronecker's delta

    /** 1 where the two indices are equal. */
    private static Value delta(Arguments a) {
        Elaborator reader = a.reader();
        Optional<Affine> i = Affine.of(a.syntax("i"), reader);
        Optional<Affine> j = Affine.of(a.syntax("j"), reader);
        Optional<Binding.Index> first = whole(reader, a.syntax("i"));
        Optional<Binding.Index> second = whole(reader, a.syntax("j"));
        if (first.isPresent() && second.isPresent() && a.syntax("i") instanceof Syntax.Name p
                && a.syntax("j") instanceof Syntax.Name q) {
            boolean same = first.get().from().equals(second.get().from())
                    && first.get().count().equals(second.get().count());
            if (p.id().equals(q.id())) {
                return new Value.Tensor(Contraction.ones(Shape.of(first.get().count())), List.of(p.id()));
            }
            if (same) {
                return new Value.Tensor(Delta.of(first.get().count()), List.of(p.id(), q.id()));
            }
        }
        if (i.isPresent() && j.isPresent() && i.get().strides().isEmpty() && j.get().strides().isEmpty()) {
            Size difference = i.get().offset().minus(j.get().offset());
            if (difference.isInteger()) {
                return Value.Tensor.of(difference.value() == 0 ? Constant.ONE : Constant.ZERO);
            }
        }
        return EntrywiseFunctions.entrywise(List.of(a.tensor("i"), a.tensor("j")),
                x -> Functions.EQUAL.apply(x.get(0), x.get(1)));
    }

    private static Optional<Binding.Index> whole(Elaborator reader, Syntax syntax) {
        return syntax instanceof Syntax.Name name
                && reader.environment.lookup(name.id()).orElse(null) instanceof Binding.Index index
                        ? Optional.of(index)
                        : Optional.empty();
    }

    // ---- the graph itself

    private static Value parents(Arguments a) {
        Expr v = a.expr("v");
        if (!(v instanceof Variable variable)) {
            throw Failures.type(a.call(), "parents(v) asks about a definition; " + Failures.excerpt(a.syntax("v"))
                    + " is an expression");
        }
        List<Value> parents = new ArrayList<>();
        a.reader().environment.definitions().parents(variable).forEach(p -> parents.add(Value.Tensor.of(p)));
        return new Value.SetValue(parents);
    }
}
