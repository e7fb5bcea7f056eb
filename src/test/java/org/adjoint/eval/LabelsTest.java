package org.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Lists of indices against the streams that say the same. */
class LabelsTest {
    @Property
    void listsAreThoseOfStreams(@ForAll @Size(max = 6) int @IntRange(max = 4) [] a,
            @ForAll @Size(max = 6) int @IntRange(max = 4) [] b) {
        assertThat(Labels.distinct(a)).containsExactly(Arrays.stream(a).distinct().toArray());
        assertThat(Labels.concat(a, b, a))
                .containsExactly(Arrays.stream(new int[][] {a, b, a}).flatMapToInt(Arrays::stream).toArray());
        assertThat(Labels.union(a, b))
                .containsExactly(IntStream.concat(Arrays.stream(a), Arrays.stream(b)).distinct().toArray());
        assertThat(Labels.where(a, label -> label < 2))
                .containsExactly(Arrays.stream(a).filter(label -> label < 2).toArray());
        for (int label = 0; label < 5; label++) {
            int wanted = label;
            assertThat(Labels.contains(a, label)).isEqualTo(Arrays.stream(a).anyMatch(each -> each == wanted));
        }
    }
}
