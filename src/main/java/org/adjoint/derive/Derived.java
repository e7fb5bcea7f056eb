package org.adjoint.derive;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/**
 * A derivative that was verified.
 *
 * @param wrt        the variable
 * @param layout     how the axes of the value are arranged
 * @param value      the closed form for people
 * @param raw        the form as the reverse sweep left it
 * @param conditions where the value holds
 * @param form       why the shown form equals the raw one
 * @param laws       the laws by which it does, in the order of their first use
 * @param check      how the raw form was held against finite differences
 */
public record Derived(Variable wrt, Layout layout, Expr value, Expr raw, List<Condition> conditions, String form,
        List<String> laws, DifferenceCheck.Agreement check) implements Derivation {
    public Derived {
        conditions = List.copyOf(conditions);
        laws = List.copyOf(laws);
    }
}
