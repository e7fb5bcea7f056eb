package org.adjoint.nn;

import org.adjoint.expr.Size;

/**
 * What a layer costs: numbers of entries and of operations, as polynomials in symbolic sizes. Conventions:
 *
 * <ul>
 * <li>A convolution or linear layer takes for each entry of its output n products (n = C/g · Πk, or in_features): n
 * multiplications; n − 1 additions, and one more for the bias; n multiply-adds, in which the bias is not counted (Sze, Chen,
 * Yang, Emer, "Efficient Processing of Deep Neural Networks", 2017, section III; the usual published counts). Entries of the
 * padding are multiplied as others are.
 * <li>A multiply-add is one operation; operations are multiplications and additions, each one.
 * <li>Divisions are multiplications. Comparisons, exponentials and other functions are not counted.
 * <li>A normalisation by statistics of its input counts them: n − 1 additions and a division for a mean.
 * <li>The counts are of evaluation: batch normalisation is one multiplication and one addition an entry; dropout is none.
 * <li>Parameters are those that are trained. Activations are the entries of the output of every layer.
 * </ul>
 */
public record Counts(Size parameters, Size multiplications, Size additions, Size multiplyAdds, Size activations) {
    public static final Counts NONE = new Counts(Size.ZERO, Size.ZERO, Size.ZERO, Size.ZERO, Size.ZERO);

    /** No operations. */
    static Counts entries(Size activations) {
        return new Counts(Size.ZERO, Size.ZERO, Size.ZERO, Size.ZERO, activations);
    }

    /** For each of the outputs a sum of n products, and maybe a bias. */
    static Counts products(Size parameters, Size outputs, Size n, boolean bias) {
        return new Counts(parameters, outputs.times(n), outputs.times(bias ? n : n.minus(1)), outputs.times(n),
                outputs);
    }

    /**
     * Entries normalised by mean and variance in groups: n − 1 additions and a division for each of both, for each entry a
     * difference, a square and a quotient; then maybe a factor and a summand.
     */
    static Counts normalised(Size parameters, Size entries, Size groups, boolean factor, boolean summand) {
        return new Counts(parameters, entries.times(factor ? 3 : 2).plus(groups.times(2)),
                entries.times(summand ? 4 : 3).minus(groups), entries.times(summand ? 2 : 1), entries);
    }

    /** The same operations with that many parameters. */
    Counts with(Size number) {
        return new Counts(number, multiplications, additions, multiplyAdds, activations);
    }

    public Counts plus(Counts other) {
        return new Counts(parameters.plus(other.parameters), multiplications.plus(other.multiplications),
                additions.plus(other.additions), multiplyAdds.plus(other.multiplyAdds),
                activations.plus(other.activations));
    }
}
