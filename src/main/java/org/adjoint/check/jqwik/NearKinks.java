package org.adjoint.check.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Entries at these places, at distances from 1e-12 to 1e-3 of them on both sides, and elsewhere. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface NearKinks {

    /** The places; 0 unless given. */
    double[] value() default 0;
}
