package org.adjoint.derive;

import java.util.Locale;
import java.util.Optional;
import org.adjoint.expr.Shape;

/**
 * Which derivative, and how its axes are arranged. Where a matrix is written as a vector, its columns are stacked:
 * {@code vec(X)} has entry {@code j·m + i} equal to {@code X_ij}, counted from 0, for X of m rows (Magnus and Neudecker,
 * Matrix Differential Calculus, 1988); of a tensor of any rank the first axis runs fastest.
 */
public enum Layout {
    /** Of a scalar, shaped like the variable. */
    GRADIENT,
    /** Numerator layout: {@code shape(f) + shape(x)}. */
    JACOBIAN,
    /** Of a scalar, twice by the same variable: {@code shape(x) + shape(x)}. */
    HESSIAN,
    /** {@code ∂ vec(F) / ∂ vec(X)ᵀ}, shaped {@code [|F|, |X|]}. */
    JACVEC,
    /** Of a scalar, {@code ∂²f / ∂ vec(X) ∂ vec(X)ᵀ}, shaped {@code [|X|, |X|]}. */
    HESSVEC,
    /**
     * Of a scalar by a symmetric matrix whose entries {@code x_ij} and {@code x_ji} move together, shaped like it:
     * {@code G + Gᵀ − G∘I}, with G the gradient as if all entries moved on their own (Petersen and Pedersen, The Matrix
     * Cookbook, 2012, section 2.8.2).
     */
    SYMGRADIENT,
    /** By a scalar: {@code ∂F/∂t}, shaped like F. */
    DSCALAR;

    /** The name by which it is asked for. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The layout of the same derivative before its axes are stacked or its entries are joined. */
    Layout unarranged() {
        return switch (this) {
            case JACVEC -> JACOBIAN;
            case HESSVEC -> HESSIAN;
            case SYMGRADIENT -> GRADIENT;
            case GRADIENT, JACOBIAN, HESSIAN, DSCALAR -> this;
        };
    }

    /** Whether it is of a scalar function only. */
    private boolean needsScalarFunction() {
        return switch (this) {
            case GRADIENT, HESSIAN, HESSVEC, SYMGRADIENT -> true;
            case JACOBIAN, JACVEC, DSCALAR -> false;
        };
    }

    /** Why the layout does not fit a function and a variable of these shapes: the law, what was got, and what fits. */
    Optional<String> misfit(Shape f, Shape x) {
        if (needsScalarFunction() && !f.isScalar()) {
            return Optional.of("the layout " + text() + " is of a scalar; the function has shape " + f + ", for which "
                    + (x.isScalar() ? "dscalar fits" : f.rank() + x.rank() <= 2 ? "jacobian fits"
                            : "jacvec or jacobian fits"));
        }
        if (this == DSCALAR && !x.isScalar()) {
            return Optional.of("the layout dscalar is by a scalar; the variable has shape " + x + ", for which "
                    + (f.isScalar() ? "gradient fits" : f.rank() + x.rank() <= 2 ? "jacobian fits"
                            : "jacvec or jacobian fits"));
        }
        if (this == SYMGRADIENT && x.rank() != 2) {
            return Optional.of("the layout symgradient is by a symmetric matrix; the variable has shape " + x
                    + ", for which gradient fits");
        }
        return Optional.empty();
    }
}
