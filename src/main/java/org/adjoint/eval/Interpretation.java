package org.adjoint.eval;

import java.util.List;
import org.adjoint.expr.Application;
import org.adjoint.expr.Arithmetic;

/** What unknown functions, and their derivatives, are taken to be in an evaluation. */
public interface Interpretation {
    /**
     * The entries of the application in row-major order. Of an elementwise function this is the value at one entry: the
     * arguments are scalars, and so is the result.
     */
    <T> List<T> value(Arithmetic<T> field, Application application, Sizes sizes, List<List<T>> arguments);

    /** The same in doubles, written to {@code result}, with the arguments in {@code arguments}. */
    void value(Application application, Sizes sizes, double[][] arguments, double[] result);
}
