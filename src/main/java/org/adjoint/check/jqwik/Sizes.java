package org.adjoint.check.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.ForAll;

/**
 * A parameter of these sizes: {@code double}, {@code double[]}, {@code float[]}, {@code double[][]} or
 * {@code DMatrixRMaj}. Letters stand for the same number in all parameters of a property, whether drawn or shrunk.
 *
 * <p>{@code double[]} and {@code float[]} have any number of axes, row by row; {@code double[][]} has two,
 * {@code DMatrixRMaj} one (a column) or two, and {@code double} none, {@code @Sizes("")}.
 *
 * <p>Without a further annotation entries are of all kinds of {@link org.adjoint.check.Spread}, and jqwik's
 * {@code @DoubleRange} and {@code @Positive} confine them. Entries of a special kind: {@link Ties}, {@link NearKinks},
 * {@link LogUniform}, {@link OneHot}, {@link Probabilities}; matrices: {@link Conditioned}, {@link PositiveDefinite},
 * {@link Symmetric}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ForAll
public @interface Sizes {

    /** Numbers or names separated by commas, as in {@code "m,3"}. */
    String value();

    /** The least size that a name stands for; the first parameter with the name decides. */
    int min() default 1;

    /** The greatest size that a name stands for; the first parameter with the name decides. */
    int max() default 5;
}
