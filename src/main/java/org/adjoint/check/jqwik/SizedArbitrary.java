package org.adjoint.check.jqwik;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import org.adjoint.check.Spread;

/** The values of one parameter with sizes. */
final class SizedArbitrary implements Arbitrary<Object> {

    /** Ordinary entries more often than others. */
    private static final List<Spread> SPREADS = spreads();

    private static final OptionalDouble DRAWN = OptionalDouble.empty();

    private final Container container;
    private final List<String> axes;
    private final Filling filling;
    private final Binding binding;
    private final int number;
    private final List<String> own;

    SizedArbitrary(Container container, List<String> axes, int min, int max, Filling filling, Binding binding) {
        this.container = container;
        this.axes = axes;
        this.filling = filling;
        this.binding = binding;
        var names = axes.stream().filter(SizedArbitrary::isName).distinct().toList();
        this.number = binding.join(names, min, max);
        this.own = names.stream().filter(name -> binding.letter(name).owner() == number).toList();
    }

    static boolean isName(String axis) { return !Character.isDigit(axis.charAt(0)); }

    private static List<Spread> spreads() {
        var spreads = new ArrayList<>(List.of(Spread.values()));
        spreads.addAll(List.of(Spread.ORDINARY, Spread.ORDINARY, Spread.ORDINARY, Spread.INTEGERS, Spread.AROUND_ONE));
        return List.copyOf(spreads);
    }

    // ---- drawing

    @Override
    public RandomGenerator<Object> generator(int tries) {
        return random -> new SizedShrinkable(this, random(random));
    }

    /** Edge cases are those of the whole sample: none are mixed in among the entries of one parameter. */
    @Override
    public RandomGenerator<Object> generator(int tries, boolean withEdgeCases) { return generator(tries); }

    private Drawn random(Random random) {
        return new Drawn(places(letter -> random.nextInt(letter.min(), letter.max() + 1)),
                SPREADS.get(random.nextInt(SPREADS.size())), random.nextLong(), DRAWN, Map.of());
    }

    /** An edge case: the size of each letter by its number, and the entries. */
    private record Edge(IntUnaryOperator size, Spread spread, OptionalDouble rest) {
    }

    /**
     * All sizes 1; zeros, ones and ties with distinct sizes; each size 1 in turn, such as a single row and a single
     * column; all sizes equal; close to zero, large, all tiny or all huge.
     */
    private List<Edge> edges() {
        IntUnaryOperator one = letter -> 1;
        IntUnaryOperator distinct = letter -> 2 + letter;
        var edges = new ArrayList<>(List.of(
                new Edge(one, Spread.ORDINARY, OptionalDouble.of(0)),
                new Edge(one, Spread.ORDINARY, OptionalDouble.of(1)),
                new Edge(one, Spread.ORDINARY, DRAWN),
                new Edge(distinct, Spread.ORDINARY, OptionalDouble.of(0)),
                new Edge(distinct, Spread.ORDINARY, OptionalDouble.of(1)),
                new Edge(distinct, Spread.INTEGERS, DRAWN)));
        for (int k = 0; k < binding.leading(); k++) {
            int single = k;
            edges.add(new Edge(letter -> letter == single ? 1 : 3, Spread.ORDINARY, DRAWN));
        }
        edges.add(new Edge(letter -> 3, Spread.IDENTITY, DRAWN));
        edges.add(new Edge(distinct, Spread.NEAR_ZERO, DRAWN));
        edges.add(new Edge(distinct, Spread.LARGE, DRAWN));
        edges.add(new Edge(distinct, Spread.ONE_SCALE, DRAWN));
        return edges;
    }

    /** The first parameter of a property has them all; each other has one, which follows the first. */
    @Override
    public EdgeCases<Object> edgeCases(int maxEdgeCases) {
        var suppliers = new ArrayList<Supplier<Shrinkable<Object>>>();
        if (number > 0) {
            suppliers.add(() -> edge(binding.edge()));
        } else {
            for (int k = 0; k < Math.min(maxEdgeCases, edges().size()); k++) {
                int number = k;
                suppliers.add(() -> {
                    binding.edge(number);
                    return edge(number);
                });
            }
        }
        return () -> suppliers;
    }

    private Shrinkable<Object> edge(int k) {
        var edge = edges().get(k);
        var places = places(letter -> letter.clamp(edge.size().applyAsInt(letter.order())));
        var seed = k + 31L * number;
        return new SizedShrinkable(this, new Drawn(places, edge.spread(), seed, edge.rest(), Map.of()));
    }

    private Map<String, List<Integer>> places(ToIntFunction<Binding.Letter> size) {
        var places = new HashMap<String, List<Integer>>();
        own.forEach(name -> places.put(name, Drawn.first(size.applyAsInt(binding.letter(name)))));
        return places;
    }

    // ---- values

    Object value(Drawn drawn) {
        var places = places(binding.places(number, drawn.places(), drawn.seed()));
        return container.of(filling.entries(places, drawn), Filling.sizes(places));
    }

    /** The places of each axis, and all that there may be where other parameters decide. */
    int[][] room(Drawn drawn) {
        return places(drawn.places());
    }

    private int[][] places(Map<String, List<Integer>> bound) {
        return axes.stream().map(axis -> isName(axis)
                ? bound.getOrDefault(axis, Drawn.first(binding.letter(axis).max()))
                : Drawn.first(Integer.parseInt(axis)))
                .map(places -> places.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
    }

    Filling filling() { return filling; }

    int least(String name) { return binding.letter(name).min(); }
}
