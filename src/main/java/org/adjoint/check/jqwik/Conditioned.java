package org.adjoint.check.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A matrix U diag(σ) Vᵀ with U and V random and orthogonal, and σ from 1 down to 1/κ in equal ratios; one with a single
 * row or column has κ = 1.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Conditioned {

    /** κ = σ₁/σₙ, the condition number in the 2-norm: 10 is well conditioned, 1e8 ill conditioned. */
    double value() default 10;
}
