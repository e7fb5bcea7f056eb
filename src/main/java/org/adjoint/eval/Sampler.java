package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Draws sizes and points at which claims are tried: sizes all distinct first (a missing transpose shows), then each one 1,
 * then all equal, then random; points on a full grid of special values while it is small, then random rationals. Declared
 * facts hold exactly. Equal seeds draw equal samples.
 */
public final class Sampler {
    /** How many sizes are all different. */
    private static final int DISTINCT = 6;
    /** A grid of more points than this is not drawn. */
    private static final int GRID_LIMIT = 512;
    private static final long ENTRY_LIMIT = 20_000;
    private static final int TRIES = 400;

    private final Random random;

    public Sampler(long seed) {
        this.random = new Random(seed);
    }

    // ---- sizes

    /**
     * Up to {@code count} different bindings of all size symbols in the graphs, each of which gives every tensor in them a
     * possible shape and a moderate number of entries; one empty binding when there are no symbols.
     */
    public List<Sizes> sizes(Collection<? extends Expr> roots, int count) {
        Set<String> symbols = new TreeSet<>(Walk.sizeSymbols(roots));
        Set<Shape> shapes = new LinkedHashSet<>();
        Walk.postorder(roots).forEach(node -> shapes.add(node.shape()));
        return sizes(symbols, shapes, count);
    }

    /** Up to {@code count} different bindings of the symbols that make all of the shapes possible. */
    public List<Sizes> sizes(Collection<String> symbols, Collection<Shape> shapes, int count) {
        if (symbols.isEmpty()) {
            return List.of(Sizes.NONE);
        }
        List<String> names = new ArrayList<>(new TreeSet<>(symbols));
        Set<Sizes> found = new LinkedHashSet<>();
        for (int k = 0; k < 2; k++) {
            add(found, distinct(names), shapes, count);
        }
        for (String one : names) {
            Map<String, Integer> values = distinct(names);
            values.put(one, 1);
            add(found, values, shapes, count);
        }
        for (int value : new int[] {2, 3, 1}) {
            Map<String, Integer> values = new LinkedHashMap<>();
            names.forEach(name -> values.put(name, value));
            add(found, values, shapes, count);
        }
        for (int k = 0; k < TRIES && found.size() < count; k++) {
            // Windows may need longer axes than the small ones tried first.
            int largest = k < TRIES / 2 ? 4 : 12;
            Map<String, Integer> values = new LinkedHashMap<>();
            names.forEach(name -> values.put(name, random.nextInt(1, largest + 1)));
            add(found, values, shapes, count);
        }
        return new ArrayList<>(found);
    }

    /** 2, 3, 4, … in a random order; many sizes share a few small values, as matrices of a hundred rows tell no more. */
    private Map<String, Integer> distinct(List<String> names) {
        List<Integer> sizes = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            sizes.add(k % DISTINCT + 2);
        }
        Collections.shuffle(sizes, random);
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int k = 0; k < names.size(); k++) {
            values.put(names.get(k), sizes.get(k));
        }
        return values;
    }

    private static void add(Set<Sizes> found, Map<String, Integer> values, Collection<Shape> shapes, int count) {
        if (found.size() < count) {
            Sizes sizes = Sizes.of(values);
            if (shapes.stream().allMatch(shape -> isPossible(shape, sizes))) {
                found.add(sizes);
            }
        }
    }

    private static boolean isPossible(Shape shape, Sizes sizes) {
        long entries = 1;
        for (Size size : shape) {
            long length;
            try {
                length = sizes.integer(size);
            } catch (ArithmeticException divisionByZero) {
                return false;
            }
            if (length < 0 || length > ENTRY_LIMIT) {
                return false;
            }
            entries = entries > ENTRY_LIMIT ? entries : entries * length;
        }
        return entries <= ENTRY_LIMIT;
    }

    // ---- points

    /** The grid of special values while it is small, then {@code randomCount} random points. */
    public List<Point> points(Collection<Variable> variables, Sizes sizes, int randomCount) {
        List<Point> points = new ArrayList<>(grid(variables, sizes));
        for (int k = 0; k < randomCount; k++) {
            points.add(point(variables, sizes));
        }
        return points;
    }

    /** A random point at which the facts of every variable hold. */
    public Point point(Collection<Variable> variables, Sizes sizes) {
        Map<Variable, NumberTensor<Rational>> values = new LinkedHashMap<>();
        for (Variable variable : variables) {
            values.put(variable, new FactSampler(random, variable.facts()).draw(variable, sizes.of(variable.shape())));
        }
        return new Point(sizes, values);
    }

    /** A random point far away or close by, with large denominators. */
    public Point wildPoint(Collection<Variable> variables, Sizes sizes) {
        Map<Variable, NumberTensor<Rational>> values = new LinkedHashMap<>();
        for (Variable variable : variables) {
            values.put(variable,
                    new FactSampler(random, variable.facts()).drawWild(variable, sizes.of(variable.shape())));
        }
        return new Point(sizes, values);
    }

    /**
     * Every combination of the special values −2, −1, −½, 0, ½, 1, 2, 3 that the facts admit; nothing when these are too
     * many, or a fact is about more than single entries.
     */
    public List<Point> grid(Collection<Variable> variables, Sizes sizes) {
        List<List<Rational>> choices = new ArrayList<>();
        double size = 1;
        for (Variable variable : variables) {
            List<Rational> special = new EntrySampler(random, variable.facts()).special();
            if (!variable.facts().stream().allMatch(Facts::isEntrywise) || special.isEmpty()) {
                return List.of();
            }
            int count = Layout.count(sizes.of(variable.shape()));
            size *= Math.pow(special.size(), count);
            if (size > GRID_LIMIT) {
                return List.of();
            }
            choices.addAll(Collections.nCopies(count, special));
        }
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < (int) size; k++) {
            points.add(gridPoint(variables, sizes, choices, k));
        }
        return points;
    }

    private static Point gridPoint(Collection<Variable> variables, Sizes sizes, List<List<Rational>> choices,
            int number) {
        Map<Variable, NumberTensor<Rational>> values = new LinkedHashMap<>();
        int rest = number;
        int next = 0;
        for (Variable variable : variables) {
            int[] shape = sizes.of(variable.shape());
            List<Rational> entries = new ArrayList<>();
            for (int count = Layout.count(shape); count > 0; count--) {
                List<Rational> choice = choices.get(next++);
                entries.add(choice.get(rest % choice.size()));
                rest /= choice.size();
            }
            values.put(variable, NumberTensor.of(shape, entries));
        }
        return new Point(sizes, values);
    }
}
