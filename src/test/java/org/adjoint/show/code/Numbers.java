package org.adjoint.show.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;

/** What a program printed, one result a line: its lengths, a bar, its entries in row-major order. */
final class Numbers {
    private static final double TOLERANCE = 1e-9;

    private Numbers() {
    }

    /** Compares the lines of one call with the values of the case at the point. */
    static void compare(CodeCase tested, Point point, List<String> lines, String program) {
        List<NumberTensor<Double>> expected = tested.expected(point);
        assertThat(lines).as("results of %s", tested.name()).hasSameSizeAs(expected);
        for (int r = 0; r < expected.size(); r++) {
            String[] parts = lines.get(r).split("\\|", -1);
            int[] lengths = Arrays.stream(parts[0].strip().split(" ")).filter(part -> !part.isEmpty())
                    .mapToInt(Integer::parseInt).toArray();
            List<Double> entries = new ArrayList<>();
            Arrays.stream(parts[1].strip().split(" ")).filter(part -> !part.isEmpty()).map(Double::valueOf)
                    .forEach(entries::add);
            String what = tested.name() + ", result " + r + " with " + point.sizes() + " of\n" + program;
            assertThat(lengths).as(what).isEqualTo(expected.get(r).shape());
            for (int k = 0; k < entries.size(); k++) {
                double want = expected.get(r).get(k);
                double got = entries.get(k);
                assertThat(Math.abs(want - got)).as("entry %d of %s: %s, not %s", k, what, got, want)
                        .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(want)));
            }
        }
    }
}
