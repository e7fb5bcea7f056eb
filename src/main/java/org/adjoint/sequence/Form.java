package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;

/**
 * {@code Σ c·v + constant} over integer variables with integer coefficients, none of them zero.
 *
 * @param parts    the coefficients
 * @param constant the rest
 */
record Form(Map<Variable, Long> parts, long constant) {
    static final Comparator<Variable> ORDER = Comparator.comparing(Variable::name)
            .thenComparing(v -> v.facts().toString());

    Form {
        TreeMap<Variable, Long> kept = new TreeMap<>(ORDER);
        parts.forEach((variable, c) -> {
            if (c != 0) {
                kept.put(variable, c);
            }
        });
        parts = Collections.unmodifiableMap(kept);
    }

    static Form of(long constant) {
        return new Form(Map.of(), constant);
    }

    static Form of(Variable variable) {
        return new Form(Map.of(variable, 1L), 0);
    }

    long coefficient(Variable variable) {
        return parts.getOrDefault(variable, 0L);
    }

    boolean isConstant() {
        return parts.isEmpty();
    }

    Set<Variable> variables() {
        return parts.keySet();
    }

    Form plus(Form other) {
        Map<Variable, Long> sum = new TreeMap<>(ORDER);
        sum.putAll(parts);
        other.parts.forEach((variable, c) -> sum.merge(variable, c, Math::addExact));
        return new Form(sum, Math.addExact(constant, other.constant));
    }

    Form plus(long number) {
        return new Form(parts, Math.addExact(constant, number));
    }

    Form minus(Form other) {
        return plus(other.times(-1));
    }

    Form times(long factor) {
        Map<Variable, Long> product = new TreeMap<>(ORDER);
        parts.forEach((variable, c) -> product.put(variable, Math.multiplyExact(c, factor)));
        return new Form(product, Math.multiplyExact(constant, factor));
    }

    /** Without its constant. */
    Form direction() {
        return new Form(parts, 0);
    }

    /** Without the variable. */
    Form without(Variable variable) {
        return minus(Form.of(variable).times(coefficient(variable)));
    }

    Form substitute(Variable variable, Form value) {
        long c = coefficient(variable);
        return c == 0 ? this : without(variable).plus(value.times(c));
    }

    Expr expr() {
        List<Expr> terms = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        parts.forEach((variable, c) -> {
            terms.add(variable);
            coefficients.add(Rational.of(c));
        });
        if (constant != 0 || terms.isEmpty()) {
            terms.add(Constant.of(constant));
            coefficients.add(Rational.ONE);
        }
        return Linear.of(Shape.SCALAR, terms, coefficients);
    }
}
