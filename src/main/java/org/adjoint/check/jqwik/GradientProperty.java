package org.adjoint.check.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Property;

/**
 * A jqwik property of a gradient: edge cases first, then random inputs, 50 tries in all.
 *
 * <pre>{@code
 * @GradientProperty
 * void product(@Sizes("m,k") DMatrixRMaj a, @Sizes("k,n") DMatrixRMaj b) {
 *     assertGradient(GradientCheck.ofMatrices(in -> multiply(in[0], in[1]))
 *             .vjp((in, w) -> pullback(in[0], in[1], w)).at(a, b));
 * }
 * }</pre>
 *
 * <p>For another number of tries, or a seed, write {@code @Property(tries = 500, edgeCases = EdgeCasesMode.FIRST)}
 * itself: {@link Sizes} works with both.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Property(tries = 50, edgeCases = EdgeCasesMode.FIRST)
public @interface GradientProperty {
}
