package org.adjoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Points at which gradients go wrong: besides ordinary ones, zeros, ties, tiny, huge and very negative entries. */
final class Inputs {

    /** Characters of points; a row of as many points has one of each. */
    private static final int CHARACTERS = 9;

    private Inputs() {}

    /** A point with its sizes. The number picks its character, so that a handful of points has several. */
    static PointAt draw(RandomGenerator random, List<Input> inputs, int number) {
        var letters = sizes(random, inputs, number);
        var layout = new Layout(inputs.stream().map(i -> i.bind(letters)).toList());
        var x = new double[layout.count()];
        var common = Math.pow(10, random.nextDouble(-300, 300));
        int k = 0;
        for (int s = 0; s < inputs.size(); s++) {
            var slot = layout.slots().get(s);
            for (int e = 0; e < slot.count(); e++) {
                x[k++] = inputs.get(s).domain().fold(entry(random, number, common, slot, e));
            }
        }
        return new PointAt(x, layout, other -> draw(other, inputs, milder(number)));
    }

    /** Ordinary numbers instead of any others; numbers around one instead of ordinary ones, if the domain is narrow. */
    private static int milder(int number) {
        return number % CHARACTERS == 0 ? 7 : CHARACTERS * (number / CHARACTERS);
    }

    private static double entry(RandomGenerator random, int number, double common, Slot slot, int e) {
        return switch (number % CHARACTERS) {
            case 0 -> random.nextGaussian();
            // zeros and ties
            case 1 -> random.nextInt(-1, 2);
            // many sizes at once
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextDouble(-8, 3));
            // beyond thresholds and saturation
            case 3 -> random.nextGaussian() * 25;
            case 4 -> random.nextInt(3) == 0 ? random.nextDouble(-800, 20) : random.nextGaussian();
            // the identity; all alike
            case 5 -> slot.sizes().length == 2 ? e / slot.sizes()[1] == e % slot.sizes()[1] ? 1 : 0 : 1;
            // close to a kink, not on it
            case 6 -> random.nextGaussian() * (random.nextBoolean() ? 1e-7 : 1);
            case 7 -> random.nextDouble(0.5, 2);
            // all tiny, or all huge
            default -> random.nextGaussian() * common;
        };
    }

    /** All sizes distinct first, so that a transpose shows; then each 1, all equal, and any. */
    private static Map<String, Integer> sizes(RandomGenerator random, List<Input> inputs, int number) {
        var letters = new TreeMap<String, Integer>();
        inputs.forEach(i -> i.sizes().stream().filter(s -> !Character.isDigit(s.charAt(0)))
                .forEach(s -> letters.put(s, 0)));
        var names = new ArrayList<>(letters.keySet());
        var equal = random.nextInt(2, 5);
        for (int k = 0; k < names.size(); k++) {
            letters.put(names.get(k), switch (number % 5) {
                case 0 -> 2 + k;
                case 1 -> equal;
                case 2 -> random.nextInt(1, 6);
                case 3 -> 1 + names.size() - k;
                default -> k == number / 5 % names.size() ? 1 : 3;
            });
        }
        return letters;
    }
}
