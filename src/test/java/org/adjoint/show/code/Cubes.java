package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.adjoint.eval.Interpretation;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Application;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Rational;

/** Unknown functions that every language can say: the sum of the cubes of all entries of all arguments. */
final class Cubes implements Interpretation {
    @Override
    public <T> List<T> value(Arithmetic<T> field, Application application, Sizes sizes, List<List<T>> arguments) {
        int[] derivatives = application.derivatives();
        if (derivatives.length == 0) {
            T sum = field.of(Rational.ZERO);
            for (List<T> argument : arguments) {
                for (T x : argument) {
                    sum = field.add(sum, field.multiply(x, field.multiply(x, x)));
                }
            }
            return List.of(sum);
        }
        List<T> x = arguments.get(derivatives[0]);
        if (derivatives.length == 1) {
            List<T> slopes = new ArrayList<>();
            x.forEach(entry -> slopes.add(field.multiply(field.of(Rational.of(3)), field.multiply(entry, entry))));
            return slopes;
        }
        if (derivatives.length > 2) {
            throw new IllegalArgumentException("derivatives up to the second only");
        }
        int columns = arguments.get(derivatives[1]).size();
        List<T> curvature = new ArrayList<>(Collections.nCopies(x.size() * columns, field.of(Rational.ZERO)));
        if (derivatives[0] == derivatives[1]) {
            for (int k = 0; k < columns; k++) {
                curvature.set(k * (columns + 1), field.multiply(field.of(Rational.of(6)), x.get(k)));
            }
        }
        return curvature;
    }

    @Override
    public void value(Application application, Sizes sizes, double[][] arguments, double[] result) {
        throw new UnsupportedOperationException("evaluated in other arithmetics only");
    }
}
