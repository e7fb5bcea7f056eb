package org.adjoint.lang;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * The matrix of a linear map: {@code vec(f(x)) = A·vec(x)}, A of size(f) × size(x). Entries are counted as {@code vec} counts them:
 * column by column, or under {@code vec = row} row by row, as {@code reshape} does; {@code order} says it for one matrix.
 */
final class LinearMaps {
    /** The name of what a model or a function is applied to, where only its shape is given. */
    private static final String INPUT = "the input";

    private LinearMaps() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("matrix(f, x, order=None)", LinearMaps::matrix);
    }

    private static Value matrix(Arguments a) {
        boolean named = a.syntax("f") instanceof Syntax.Name name
                && a.reader().environment.lookup(name.id()).orElse(null) instanceof Binding.Function;
        boolean applied = named || a.value("f") instanceof Value.Module;
        if (applied && (a.syntax("x") instanceof Syntax.ListLit || a.syntax("x") instanceof Syntax.TupleLit)) {
            Variable input = Variable.of(INPUT, a.shape("x"));
            Elaborator inside = a.reader().inner();
            inside.environment.rebind(INPUT, new Binding.Valued(Value.Tensor.of(input), "input", a.call().span()));
            return matrix(a, at(a, inside, new Syntax.Name(INPUT, a.syntax("x").span())), input);
        }
        Wrt by = Wrt.of(a.reader(), a.syntax("x"));
        if (!by.items().isEmpty()) {
            throw Failures.type(a.syntax("x"), "matrix(f, x) is of a map of the whole variable");
        }
        return matrix(a, applied ? at(a, a.reader(), a.syntax("x")) : a.expr("f"), by.only());
    }

    /** A function or a model applied. */
    private static Expr at(Arguments a, Elaborator reader, Syntax x) {
        Syntax.Call call = new Syntax.Call(a.syntax("f"), List.of(x), List.of(), a.call().span());
        return a.plain(Values.tensor(reader.value(call), a.call().span()));
    }

    /** The Jacobian at x = 0, once it is certain that f is that Jacobian times x. */
    private static Value matrix(Arguments a, Expr f, Variable x) {
        Operators operators = a.reader().operators;
        Definitions definitions = a.reader().environment.definitions();
        Expr jacobian = operators.jacobian(f, x, definitions);
        Expr atZero = Substitution.ofOccurring(Map.of(x, Linear.zero(x.shape())), jacobian).apply(jacobian);
        Optional<String> obstacle = operators.whyNotLinear(f, x, atZero, definitions);
        if (obstacle.isPresent()) {
            throw Failures.type(a.call(), "a linear map has a matrix, f(x) = A x for every x; "
                    + Failures.excerpt(a.syntax("f")) + " is " + obstacle.get());
        }
        return Value.Tensor.of(flat(atZero, f.shape(), x.shape(), isRowByRow(a)));
    }

    /** {@code order='C'} counts row by row and {@code 'F'} column by column, as in NumPy. */
    private static boolean isRowByRow(Arguments a) {
        Optional<String> order = a.text("order");
        if (a.has("order") && !order.filter(o -> o.equals("C") || o.equals("F")).isPresent()) {
            throw Failures.type(a.syntax("order"), "order is 'C', row by row, or 'F', column by column");
        }
        return order.map("C"::equals).orElse(a.reader().under("vec", "row"));
    }

    /** The axes of f made one axis, and those of x another. */
    static Expr flat(Expr jacobian, Shape f, Shape x, boolean rowByRow) {
        int rank = f.rank() + x.rank();
        int[] order = new int[rank];
        for (int k = 0; k < rank; k++) {
            order[k] = rowByRow ? k : k < f.rank() ? f.rank() - 1 - k : rank - 1 - (k - f.rank());
        }
        return Reshape.of(Tensors.permute(jacobian, order), Shape.of(f.count(), x.count()));
    }
}
