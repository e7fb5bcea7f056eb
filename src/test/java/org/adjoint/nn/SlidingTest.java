package org.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.junit.jupiter.api.Test;

/** Dumoulin, Visin, A guide to convolution arithmetic for deep learning, 2016, against counting. */
class SlidingTest {
    private static Sliding of(int kernel, int stride, int before, int after, int dilation) {
        return new Sliding(Size.of(kernel), stride, Size.of(before), Size.of(after), dilation);
    }

    /** Windows are counted one by one. */
    @Test
    void stopsAtAsManyPlacesAsWindowsFit() {
        int compared = 0;
        for (int n = 1; n <= 9; n++) {
            for (int code = 0; code < 4 * 3 * 3 * 3 * 3; code++) {
                Sliding slide = of(1 + code % 4, 1 + code / 4 % 3, code / 12 % 3, code / 36 % 3, 1 + code / 108);
                int padded = n + code / 12 % 3 + code / 36 % 3;
                int length = (int) slide.length().value();
                int places = 0;
                for (int start = 0; start + length <= padded; start += slide.step()) {
                    places++;
                }
                if (places > 0) {
                    assertThat(slide.output(Size.of(n)).value()).as("%s over %s", slide, n).isEqualTo(places);
                    compared++;
                } else {
                    Size input = Size.of(n);
                    assertThatThrownBy(() -> slide.output(input)).isInstanceOf(ShapeError.class)
                            .hasMessageContaining("fits into its padded input");
                }
            }
        }
        assertThat(compared).isGreaterThan(1500);
    }

    /** An axis that is covered by n places is one over which the window stops at n places, for every remainder. */
    @Test
    void coversWhatItStopsOver() {
        for (int places = 1; places <= 4; places++) {
            for (int code = 0; code < 4 * 3 * 2 * 2; code++) {
                Sliding slide = of(1 + code % 4, 1 + code / 4 % 3, code / 12 % 2, code / 12 % 2, 1 + code / 24);
                for (int extra = 0; extra < slide.step(); extra++) {
                    int exact = (places - 1) * slide.step() - 2 * (code / 12 % 2) + (int) slide.length().value();
                    if (exact >= 1) {
                        Size covered = slide.covered(Size.of(places), extra);
                        assertThat(covered.value()).isEqualTo(exact + extra);
                        assertThat(slide.output(covered).value()).isEqualTo(places);
                    }
                }
            }
        }
    }

    @Test
    void symbolicSizes() {
        Size n = Size.symbol("n");
        assertThat(of(3, 1, 1, 1, 1).output(n)).isEqualTo(n);
        assertThat(of(3, 1, 0, 0, 2).output(n)).isEqualTo(n.minus(4));
        assertThat(of(3, 2, 1, 1, 1).output(n)).hasToString("(n - 1)//2 + 1");
        assertThat(new Sliding(Size.symbol("k"), 1, Size.ZERO, Size.ZERO, 1).output(n)).hasToString("-k + n + 1");
    }

    @Test
    void noSuchWindow() {
        assertThatThrownBy(() -> of(0, 1, 0, 0, 1)).hasMessage("a kernel has at least one entry, got 0");
        assertThatThrownBy(() -> of(3, 0, 0, 0, 1)).hasMessage("a stride is at least 1, got 0");
        assertThatThrownBy(() -> of(3, 1, -1, 0, 1)).hasMessage("padding is not negative, got -1");
        assertThatThrownBy(() -> of(3, 1, 0, -2, 1)).hasMessage("padding is not negative, got -2");
        assertThatThrownBy(() -> of(3, 1, 0, 0, 0)).hasMessage("a dilation is at least 1, got 0");
        assertThatThrownBy(() -> of(3, 2, 0, 0, 1).covered(Size.of(4), 2))
                .hasMessageContaining("output padding is less than the stride or the dilation");
        assertThatThrownBy(() -> of(1, 1, 2, 2, 1).covered(Size.of(4), 0)).hasMessageContaining("has an output");
    }
}
