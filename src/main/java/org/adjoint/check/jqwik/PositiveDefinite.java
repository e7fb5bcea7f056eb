package org.adjoint.check.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A symmetric matrix Q diag(λ) Qᵀ with Q random and orthogonal, and λ from 1 down to 1/κ in equal ratios. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface PositiveDefinite {

    /** κ = λ₁/λₙ, the condition number in the 2-norm. */
    double value() default 10;
}
