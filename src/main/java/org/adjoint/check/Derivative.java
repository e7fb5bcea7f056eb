package org.adjoint.check;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is claimed about the derivative of a function. */
sealed interface Derivative {

    /** x ↦ ∇f(x), of a function whose value is a number. */
    record Gradient(Function<Object, ? extends @Nullable Object> map) implements Derivative {}

    /** (x, w) ↦ J(x)ᵀw and (x, v) ↦ J(x)v; one of the two may be absent. */
    record Products(@Nullable BiFunction<Object, Object, ? extends @Nullable Object> pullback,
            @Nullable BiFunction<Object, Object, ? extends @Nullable Object> pushforward) implements Derivative {}
}
