package org.adjoint.check.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Entries of either sign whose logarithm is uniform: as many between 1e-300 and 1e-299 as between 1 and 10. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface LogUniform {

    /** The least size. */
    double min() default 1e-300;

    /** The greatest size. */
    double max() default 1e300;
}
