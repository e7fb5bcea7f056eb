package org.adjoint.sequence;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Variable;

/**
 * Integer points at which all of some forms are at least 0. Of forms with the same direction the strongest is kept, and each
 * is divided by the common divisor of its coefficients, its constant rounded down: {@code 2n − 3 ≥ 0} is {@code n − 2 ≥ 0}.
 *
 * @param forms what is at least 0
 */
record Guard(Set<Form> forms) {
    static final Guard ALWAYS = new Guard(Set.of());
    private static final Form FALSE = Form.of(-1);
    private static final int LIMIT = 400;

    Guard {
        forms = reduced(forms);
    }

    static Guard atLeastZero(Form form) {
        return new Guard(Set.of(form));
    }

    static Guard zero(Form form) {
        return new Guard(
                form.isConstant() ? Set.of(form.constant() == 0 ? form : FALSE) : Set.of(form, form.times(-1)));
    }

    private static Set<Form> reduced(Set<Form> forms) {
        Map<Form, Form> strongest = new LinkedHashMap<>();
        for (Form form : forms) {
            if (form.isConstant()) {
                if (form.constant() < 0) {
                    return Set.of(FALSE);
                }
                continue;
            }
            long divisor = form.parts().values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO,
                    BigInteger::gcd).longValueExact();
            Map<Variable, Long> parts = new HashMap<>();
            form.parts().forEach((variable, c) -> parts.put(variable, c / divisor));
            Form small = new Form(parts, Math.floorDiv(form.constant(), divisor));
            strongest.merge(small.direction(), small, (a, b) -> a.constant() <= b.constant() ? a : b);
        }
        // in the order of the text, so that results are the same every time
        return Collections.unmodifiableSet(new LinkedHashSet<>(strongest.values()));
    }

    Guard and(Guard other) {
        Set<Form> all = new LinkedHashSet<>(forms);
        all.addAll(other.forms);
        return new Guard(all);
    }

    Guard and(Form form) {
        return and(atLeastZero(form));
    }

    /** The guard without one of its forms. */
    Guard without(Form form) {
        Set<Form> rest = new LinkedHashSet<>(forms);
        rest.remove(form);
        return new Guard(rest);
    }

    Guard substitute(Variable variable, Form value) {
        Set<Form> all = new LinkedHashSet<>();
        forms.forEach(form -> all.add(form.substitute(variable, value)));
        return new Guard(all);
    }

    Set<Variable> variables() {
        Set<Variable> all = new LinkedHashSet<>();
        forms.forEach(form -> all.addAll(form.variables()));
        return all;
    }

    /** {@code form ≤ −1}: of integers, the contrary of {@code form ≥ 0}. */
    static Form contrary(Form form) {
        return form.times(-1).plus(-1);
    }

    /** Whether the form is at least 0 wherever all of these are. */
    boolean implies(Form form) {
        return forms.contains(form) || and(contrary(form)).isEmpty();
    }

    /** A form that is 0 at all of these points, and has a variable with coefficient 1 or −1. */
    Optional<Form> equation() {
        for (Form form : forms) {
            if (form.parts().values().stream().anyMatch(c -> Math.abs(c) == 1) && implies(form.times(-1))) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /** Whether it is proved that there are no such points: variables are eliminated one by one (Fourier and Motzkin). */
    boolean isEmpty() {
        Set<Form> open = forms;
        try {
            while (true) {
                if (open.contains(FALSE)) {
                    return true;
                }
                Optional<Variable> next = cheapest(open);
                if (next.isEmpty() || open.size() > LIMIT) {
                    return false;
                }
                Budget.current().poll();
                open = new Guard(eliminated(open, next.get())).forms;
            }
        } catch (ArithmeticException tooLarge) {
            return false;
        }
    }

    private static Optional<Variable> cheapest(Set<Form> forms) {
        Map<Variable, long[]> counts = new LinkedHashMap<>();
        for (Form form : forms) {
            form.parts().forEach((variable, c) -> counts.computeIfAbsent(variable, v -> new long[2])[c > 0 ? 1 : 0]++);
        }
        return counts.entrySet().stream().min(Map.Entry.comparingByValue((a, b) -> Long.compare(a[0] * a[1],
                b[0] * b[1]))).map(Map.Entry::getKey);
    }

    private static Set<Form> eliminated(Set<Form> forms, Variable variable) {
        List<Form> lower = new ArrayList<>();
        List<Form> upper = new ArrayList<>();
        Set<Form> rest = new LinkedHashSet<>();
        for (Form form : forms) {
            long c = form.coefficient(variable);
            if (c == 0) {
                rest.add(form);
            } else {
                (c > 0 ? lower : upper).add(form);
            }
        }
        for (Form low : lower) {
            for (Form high : upper) {
                rest.add(low.times(-high.coefficient(variable)).plus(high.times(low.coefficient(variable))));
            }
        }
        return rest;
    }
}
