package org.adjoint.derive;

import java.util.List;
import org.adjoint.algebra.Proof;
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
 * @param proof      that the shown form equals the raw one
 * @param form       how the laws of presentation lead from the raw form to the one shown
 * @param check      how the raw form was held against finite differences
 */
public record Derived(Variable wrt, Layout layout, Expr value, Expr raw, List<Condition> conditions, Proof proof,
        Proof form, DifferenceCheck.Agreement check) implements Derivation {
    public Derived {
        conditions = List.copyOf(conditions);
    }
}
