package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Shapes as lists of sizes. */
class ShapeTest {
    private static final Shape MN = Shape.of("m", "n");

    /** {@code []} is the scalar and differs from {@code [1]}; both have one entry. */
    @Test
    void theScalarIsNotAVectorOfOne() {
        assertThat(Shape.of(List.of())).isEqualTo(Shape.SCALAR).hasToString("[]");
        assertThat(Shape.of(1)).isNotEqualTo(Shape.SCALAR).hasToString("[1]");
        assertThat(Shape.SCALAR.count()).isEqualTo(Size.ONE);
        assertThat(Shape.of(1).count()).isEqualTo(Size.ONE);
        assertThat(Shape.SCALAR.isScalar()).isTrue();
    }

    @Test
    void countIsTheProductOfTheSizes() {
        assertThat(MN.count()).hasToString("m*n");
        assertThat(Shape.of(2, 3, 4).count().value()).isEqualTo(24);
        assertThat(MN.concat(Shape.of(0)).count()).isEqualTo(Size.ZERO);
    }

    /** (a + b) + c = a + (b + c), and slices take it apart again. */
    @Test
    void concatenationIsAssociative() {
        Shape k = Shape.of("k");
        Shape two = Shape.of(2);
        assertThat(MN.concat(k).concat(two)).isEqualTo(MN.concat(k.concat(two)));
        assertThat(MN.concat(Shape.SCALAR)).isEqualTo(MN);
        assertThat(MN.concat(k).slice(0, 2)).isEqualTo(MN);
        assertThat(MN.concat(k).slice(2, 3)).isEqualTo(k);
        assertThat(MN.slice(1, 1)).isEqualTo(Shape.SCALAR);
    }

    @Test
    void axesAreReplacedAndRemoved() {
        assertThat(MN.with(0, Size.of(3))).hasToString("[3, n]");
        assertThat(MN.without(0)).hasToString("[n]");
        assertThat(MN).hasToString("[m, n]");
        assertThat(MN.symbols()).containsExactly("m", "n");
        assertThat(Shape.of(Size.symbol("H").minus(1).floorDivide(Size.of(2)).plus(1)).symbols()).containsExactly("H");
        assertThat(Shape.of(2, 3).isConcrete()).isTrue();
        assertThat(MN.isConcrete()).isFalse();
        assertThat(MN).hasSameHashCodeAs(Shape.of("m", "n")).isEqualTo(Shape.of("m", "n"));
    }

    /** A shape error states the law, then names and shapes; a nameless operand has its shape only. */
    @Test
    void shapeErrors() {
        ShapeError error = new ShapeError("shapes must match or broadcast", Variable.of("z2", Shape.of(4)),
                Variable.of("z3", Shape.of(2)).times(2));
        assertThat(error).hasMessage("shapes must match or broadcast; got z2 [4] and [2]");
        assertThat(error.law()).isEqualTo("shapes must match or broadcast");
        assertThat(error.operands()).hasSize(2).first().isSameAs(Variable.of("z2", Shape.of(4)));
    }
}
