package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.expr.Variable;

/**
 * {@code ∏ aᵏ · ∏ bᶠ · ∏ x(g)}: powers of atoms, numbers and atoms to integer forms without a constant, and unknown sequences.
 * The base of a number is a prime or −1, whose form has the coefficients 0 and 1.
 *
 * @param powers       exponents of atoms, none of them zero
 * @param exponentials forms, none of them zero
 * @param functions    in a fixed order
 */
record Monomial(Map<Atom, Integer> powers, Map<Base, Form> exponentials, List<Applied> functions) {
    static final Monomial ONE = new Monomial(Map.of(), Map.of(), List.of());

    /** What is raised to a form. */
    sealed interface Base {
        /** A prime, or −1. */
        record Prime(long value) implements Base {
        }

        record Other(Atom atom) implements Base {
        }
    }

    Monomial {
        powers = Collections.unmodifiableMap(new LinkedHashMap<>(powers));
        exponentials = Collections.unmodifiableMap(new LinkedHashMap<>(exponentials));
        List<Applied> sorted = new ArrayList<>(functions);
        sorted.sort(
                Comparator.comparing((Applied a) -> a.function().name()).thenComparing(a -> a.arguments().toString()));
        functions = List.copyOf(sorted);
    }

    static Monomial of(Atom atom, int power) {
        return new Monomial(power == 0 ? Map.of() : Map.of(atom, power), Map.of(), List.of());
    }

    static Monomial of(Base base, Form form) {
        return new Monomial(Map.of(), exponentials(Map.of(base, form)), List.of());
    }

    static Monomial of(Applied applied) {
        return new Monomial(Map.of(), Map.of(), List.of(applied));
    }

    /** Signs repeat with period 2. */
    private static Map<Base, Form> exponentials(Map<Base, Form> all) {
        Map<Base, Form> kept = new LinkedHashMap<>();
        all.forEach((base, form) -> {
            Form reduced = form;
            if (base instanceof Base.Prime prime && prime.value() == -1) {
                Map<Variable, Long> parts = new LinkedHashMap<>();
                form.parts().forEach((variable, c) -> parts.put(variable, Math.floorMod(c, 2L)));
                reduced = new Form(parts, 0);
            }
            if (!reduced.isConstant()) {
                kept.put(base, reduced);
            }
        });
        return kept;
    }

    Monomial times(Monomial other) {
        Map<Atom, Integer> product = new LinkedHashMap<>(powers);
        other.powers.forEach((atom, k) -> product.merge(atom, k, Math::addExact));
        product.values().removeIf(k -> k == 0);
        Map<Base, Form> sum = new LinkedHashMap<>(exponentials);
        other.exponentials.forEach((base, form) -> sum.merge(base, form, Form::plus));
        List<Applied> all = new ArrayList<>(functions);
        all.addAll(other.functions);
        return new Monomial(product, exponentials(sum), all);
    }

    int power(Atom atom) {
        return powers.getOrDefault(atom, 0);
    }

    /** Without this atom's power. */
    Monomial without(Atom atom) {
        Map<Atom, Integer> rest = new LinkedHashMap<>(powers);
        rest.remove(atom);
        return new Monomial(rest, exponentials, functions);
    }

    Monomial withoutFunctions() {
        return new Monomial(powers, exponentials, List.of());
    }

    void collect(Set<Variable> variables) {
        powers.keySet().forEach(atom -> {
            if (atom instanceof Atom.Symbol symbol && symbol.expr() instanceof Variable variable) {
                variables.add(variable);
            }
        });
        exponentials.values().forEach(form -> variables.addAll(form.variables()));
        functions.forEach(f -> f.arguments().forEach(form -> variables.addAll(form.variables())));
    }

    boolean mentions(Variable variable) {
        return powers.keySet().stream().anyMatch(atom -> atom.is(variable))
                || exponentials.values().stream().anyMatch(form -> form.coefficient(variable) != 0)
                || functions.stream().anyMatch(f -> f.mentions(variable));
    }
}
