package org.adjoint.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Points at which gradients go wrong: besides ordinary ones, zeros, ties, tiny, huge and very negative entries. */
final class Inputs {

    /** A row of as many points has one of each. */
    private static final Spread[] SPREADS = Spread.values();

    private Inputs() {}

    /** A point with its sizes. The number picks its character, so that a handful of points has several. */
    static PointAt draw(RandomGenerator random, List<Input> inputs, Precision precision, int number) {
        var letters = sizes(random, inputs, number);
        var layout = new Layout(inputs.stream().map(i -> i.bind(letters)).toList());
        var x = new double[layout.count()];
        var common = Spread.common(random, precision);
        var spread = SPREADS[number % SPREADS.length];
        int k = 0;
        for (int s = 0; s < inputs.size(); s++) {
            var slot = layout.slots().get(s);
            for (int e = 0; e < slot.count(); e++) {
                var diagonal = slot.sizes().length != 2 || e / slot.sizes()[1] == e % slot.sizes()[1];
                x[k++] = spread.entry(random, common, diagonal);
            }
            telling(random, spread, number / SPREADS.length, x, k - slot.count(), k);
            for (int e = k - slot.count(); e < k; e++) {
                x[e] = inputs.get(s).domain().fold(x[e]);
            }
        }
        return new PointAt(x, layout, other -> draw(other, inputs, precision, milder(number)));
    }

    /** What chance may leave out of few entries: a zero, a tie of the largest, the origin; far below and far above. */
    private static void telling(RandomGenerator random, Spread spread, int round, double[] x, int from, int to) {
        if (from == to) {
            return;
        }
        int one = random.nextInt(from, to);
        int other = random.nextInt(from, to);
        switch (spread) {
            case INTEGERS -> {
                switch (round % 3) {
                    case 0 -> x[one] = 0;
                    case 1 -> java.util.Arrays.fill(x, from, to, 0);
                    default -> {
                        x[one] = 1;
                        x[one == other ? from + (one + 1 - from) % (to - from) : other] = 1;
                    }
                }
            }
            case NEGATIVE -> x[one] = random.nextDouble(710, 800) * (round % 2 == 0 ? -1 : 1);
            case ORDINARY, SCALES, LARGE, IDENTITY, NEAR_ZERO, AROUND_ONE, ONE_SCALE -> {
                // any are as good as any others
            }
        }
    }

    /** Ordinary numbers, which are first, instead of any others; numbers around one instead of ordinary ones. */
    private static int milder(int number) {
        return number % SPREADS.length == 0 ? List.of(SPREADS).indexOf(Spread.AROUND_ONE)
                : SPREADS.length * (number / SPREADS.length);
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
