package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * What is differentiated by: a variable, entries of one, or a list of scalar variables.
 *
 * @param at        as written
 * @param variables one, or those of a list
 * @param isList    whether it is a list, whose derivatives stack along the last axis
 * @param items     the entries that are meant; none for the whole
 */
record Wrt(Syntax at, List<Variable> variables, boolean isList, List<Syntax> items) {

    static Wrt of(Elaborator reader, Syntax syntax) {
        if (syntax instanceof Syntax.ListLit || syntax instanceof Syntax.TupleLit) {
            List<Variable> variables = new ArrayList<>();
            for (Syntax item : syntax.children()) {
                Variable variable = variable(reader, item);
                if (!variable.shape().isScalar()) {
                    throw Failures.shape(syntax, "a list of variables to differentiate by holds scalars",
                            List.of(new Failures.Operand(Failures.excerpt(item), variable.shape())));
                }
                variables.add(variable);
            }
            return new Wrt(syntax, variables, true, List.of());
        }
        if (syntax instanceof Syntax.Index index && !isMember(reader, index)) {
            return new Wrt(syntax, List.of(variable(reader, index.base())), false, index.items());
        }
        return new Wrt(syntax, List.of(variable(reader, syntax)), false, List.of());
    }

    /** Whether an index names a member of a family rather than an entry. */
    private static boolean isMember(Elaborator reader, Syntax.Index index) {
        return index.base() instanceof Syntax.Name name
                && reader.environment.lookup(name.id()).orElse(null) instanceof Binding.Members;
    }

    private static Variable variable(Elaborator reader, Syntax syntax) {
        Value value = reader.value(syntax);
        if (value instanceof Value.Tensor tensor && tensor.expr() instanceof Variable variable) {
            return variable;
        }
        throw new IllFormed(IllFormed.Kind.TYPE, Problem
                .at(syntax.span(), "one differentiates by a variable; " + Failures.excerpt(syntax) + " is "
                        + (syntax instanceof Syntax.Name ? "none" : "an expression"))
                .hint("define it, as in `v = " + Failures.excerpt(syntax) + "`, and use v above"));
    }

    /** The variable, where a list has no meaning. */
    Variable only() {
        if (isList) {
            throw Failures.type(at, "a list of variables has no meaning here; name one variable");
        }
        return variables.get(0);
    }

    Expr gradient(Elaborator reader, Expr f) {
        Definitions definitions = reader.environment.definitions();
        return isList
                ? Tensors.stack(variables.stream().map(v -> reader.operators.gradient(f, v, definitions)).toList())
                : reader.operators.gradient(f, only(), definitions);
    }

    /** The gradient as a list of scalars, where it is by a list. */
    Value gradients(Elaborator reader, Expr f) {
        if (!isList) {
            return Value.Tensor.of(gradient(reader, f));
        }
        Definitions definitions = reader.environment.definitions();
        return new Value.ListValue(variables.stream()
                .<Value>map(v -> Value.Tensor.of(reader.operators.gradient(f, v, definitions))).toList());
    }

    /** The Jacobian of a value: of a list, the list of those of its entries, so that scalars stay scalars. */
    Expr jacobian(Elaborator reader, Value f, Span span) {
        if (f instanceof Value.ListValue list) {
            return Tensors.stack(list.items().stream().map(item -> jacobian(reader, item, span)).toList());
        }
        Expr expr = Values.tensor(f, span).expr();
        return expr.shape().isScalar() ? gradient(reader, expr) : jacobian(reader, expr);
    }

    /** The shape of f followed by that of the variable; by a list, one axis for the list. */
    Expr jacobian(Elaborator reader, Expr f) {
        Definitions definitions = reader.environment.definitions();
        if (!isList) {
            return reader.operators.jacobian(f, only(), definitions);
        }
        List<Expr> columns = variables.stream().map(v -> reader.operators.jacobian(f, v, definitions)).toList();
        Expr rows = Tensors.stack(columns);
        int rank = rows.shape().rank();
        int[] order = new int[rank];
        for (int k = 0; k < rank; k++) {
            order[k] = (k + 1) % rank;
        }
        return Tensors.permute(rows, order);
    }

    /** The entries that are meant, of a derivative whose axes for the variable start at a position. */
    Value.Tensor entries(Arguments a, Value.Tensor derivative, int first) {
        return items.isEmpty() ? derivative : new Indexing(a.reader()).entries(a.call(), derivative, first, items);
    }
}
