package org.adjoint.expr;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A named quantity: an input, or a quantity that a {@link Definitions} binds to an expression.
 *
 * <p>Two variables are the same when name, shape and facts are.
 */
public final class Variable extends Leaf {
    private static final long KIND = Digest.hash("variable");
    private final String name;
    private final List<Fact> facts;

    private Variable(String name, Shape shape, List<Fact> facts) {
        super(shape, digest(name, facts));
        this.name = name;
        this.facts = facts;
    }

    private static Digest digest(String name, List<Fact> facts) {
        Digest digest = new Digest(KIND).add(name);
        for (Fact fact : facts) {
            digest.add(fact.text());
            if (fact instanceof Fact.Random random) {
                digest.add(random.distribution().parameters().toArray(Expr[]::new));
            }
        }
        return digest;
    }

    /** The variable of that name, shape and facts (whose order does not matter). */
    public static Variable of(String name, Shape shape, Fact... facts) {
        return of(name, shape, Set.of(facts));
    }

    public static Variable of(String name, Shape shape, Set<? extends Fact> facts) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a variable needs a name");
        }
        TreeMap<String, Fact> sorted = new TreeMap<>();
        facts.forEach(fact -> sorted.put(fact.text(), fact));
        return Interner.intern(new Variable(name, shape, List.copyOf(sorted.values())));
    }

    /** A scalar variable. */
    public static Variable scalar(String name, Fact... facts) {
        return of(name, Shape.SCALAR, facts);
    }

    public String name() {
        return name;
    }

    public List<Fact> facts() {
        return facts;
    }

    public boolean is(Fact fact) {
        return facts.contains(fact);
    }

    /** This variable with one more fact. */
    public Variable with(Fact fact) {
        Set<Fact> all = new java.util.LinkedHashSet<>(facts);
        all.add(fact);
        return of(name, shape(), all);
    }

    /** The names of a set of variables, sorted. */
    public static Set<String> names(Set<Variable> variables) {
        Set<String> names = new TreeSet<>();
        variables.forEach(variable -> names.add(variable.name));
        return names;
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Variable variable && name.equals(variable.name) && facts.equals(variable.facts);
    }

    @Override
    public String toString() {
        return name;
    }
}
