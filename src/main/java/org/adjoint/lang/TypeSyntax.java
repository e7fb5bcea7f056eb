package org.adjoint.lang;

import java.util.List;

/** The type of a declaration as written. */
public sealed interface TypeSyntax {

    /** Where it was written. */
    Span span();

    /** The set that entries are in. */
    enum Domain {
        /** Real numbers. */
        R,
        /** Integers. */
        Z,
        /** Integers from 0. */
        N
    }

    /** {@code R}, {@code Z[n]}, {@code R[m, n]}; without brackets, as with {@code []}, a scalar. */
    record Tensor(Domain domain, List<Syntax> sizes, Span span) implements TypeSyntax {
    }

    /** {@code index(size)}: an index name that runs over an axis of that size. */
    record Index(Syntax size, Span span) implements TypeSyntax {
    }

    /** {@code R[n], R -> R[m]}, {@code Z -> R}: an unknown function. */
    record Function(List<Tensor> arguments, Tensor result, Span span) implements TypeSyntax {
    }
}
