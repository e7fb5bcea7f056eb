package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * {@code XʲXᵏ = Xʲ⁺ᵏ}, {@code eᴬeᴮ = eᴬ⁺ᴮ} where {@code AB = BA}, and {@code eᴬB = Beᴬ} then as well. Source: Higham, Functions of
 * Matrices, 2008, theorems 1.13 and 10.2.
 */
final class MatrixFunctionRule implements Rewrite.Rule {
    static final String POWERS = "product of matrix powers";
    static final String EXPONENTIALS = "product of matrix exponentials";
    static final String COMMUTES = "a matrix and its exponential commute";
    /** Longer sums are not asked whether they commute. */
    private static final int TERM_LIMIT = 8;

    private final NormalForm forms;
    private final Symmetry symmetry;

    MatrixFunctionRule(NormalForm forms, Symmetry symmetry) {
        this.forms = forms;
        this.symmetry = symmetry;
    }

    /** Two factors that a summed index joins, which no other factor has: f(Y) and the matrix beside it, read the same way. */
    private record Joint(Factor own, Factor other, boolean right, boolean straight, int far, List<Factor> rest) {
        Expr matrix() {
            return own.base().operand(0);
        }

        /** Something in the place of both. */
        Rewrite replaced(String law, Expr replacement) {
            return Rewrite.of(law, rest, replacement,
                    right ? new int[] {own.labels()[0], far} : new int[] {far, own.labels()[1]});
        }
    }

    static boolean is(Expr expr, MatrixFunction.Operation operation) {
        return expr instanceof MatrixFunction f && f.operation() == operation;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            Factor own = factors.get(k);
            boolean power = is(own.base(), MatrixFunction.Operation.POWER);
            if (!own.exponent().isOne() || (!power && !is(own.base(), MatrixFunction.Operation.EXPONENTIAL))
                    || own.base().shape().get(0).isOne()) {
                continue;
            }
            for (Joint joint : joints(factors, k, shape.rank())) {
                Optional<Rewrite> found = power ? powers(joint) : exponentials(joint);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static List<Joint> joints(List<Factor> factors, int k, int rank) {
        List<Joint> joints = new ArrayList<>();
        Factor own = factors.get(k);
        for (int side = 1; side >= 0; side--) {
            int bound = own.labels()[side];
            if (bound < rank || bound == own.labels()[1 - side]) {
                continue;
            }
            List<Integer> others = new ArrayList<>();
            for (int j = 0; j < factors.size(); j++) {
                if (j != k && factors.get(j).uses(bound)) {
                    others.add(j);
                }
            }
            Factor other = others.size() == 1 ? factors.get(others.get(0)) : own;
            if (other == own || other.labels().length != 2 || !other.exponent().isOne()
                    || other.labels()[0] == other.labels()[1]) {
                continue;
            }
            int at = other.labels()[0] == bound ? 0 : 1;
            joints.add(new Joint(own, other, side == 1, at != side, other.labels()[1 - at],
                    Rewrite.without(factors, k, others.get(0))));
        }
        return joints;
    }

    /** The matrix beside, or what its function is taken of, as it reads from the first. */
    private Expr read(Joint joint, Expr matrix) {
        return joint.straight || symmetry.isSymmetric(matrix) ? matrix
                : forms.product(List.of(matrix), List.of(new int[] {1, 0}),
                        Shape.of(matrix.shape().get(1), matrix.shape().get(0)));
    }

    private Optional<Rewrite> powers(Joint joint) {
        Expr base = joint.matrix();
        Expr own = ((MatrixFunction) joint.own.base()).exponent();
        return exponent(joint).map(other -> joint.replaced(POWERS,
                forms.of(MatrixFunction.power(base, forms.of(own.plus(other))))));
    }

    /** The power of the same matrix that stands beside. */
    private Optional<Expr> exponent(Joint joint) {
        Expr beside = joint.other.base();
        boolean power = is(beside, MatrixFunction.Operation.POWER);
        boolean inverse = InverseRule.isInverse(beside);
        boolean same = read(joint, power || inverse ? beside.operand(0) : beside) == joint.matrix();
        return !same ? Optional.empty()
                : Optional.of(power ? ((MatrixFunction) beside).exponent()
                        : Constant.of(inverse ? Rational.MINUS_ONE : Rational.ONE));
    }

    private Optional<Rewrite> exponentials(Joint joint) {
        Expr beside = joint.other.base();
        if (is(beside, MatrixFunction.Operation.EXPONENTIAL)) {
            Expr exponent = read(joint, beside.operand(0));
            return commute(joint.matrix(), exponent)
                    ? Optional.of(joint.replaced(EXPONENTIALS,
                            forms.of(MatrixFunction.exponential(joint.matrix().plus(exponent)))))
                    : Optional.empty();
        }
        // One of the two orders is kept. A symmetric exponential reads either way, so it would turn for ever.
        if (!joint.right || symmetry.isSymmetric(joint.own.base()) || !beside.shape().equals(joint.own.base().shape())
                || !commute(joint.matrix(), read(joint, beside))) {
            return Optional.empty();
        }
        List<Expr> factors = new ArrayList<>(joint.rest.stream().map(Factor::node).toList());
        List<int[]> labels = new ArrayList<>(joint.rest.stream().map(Factor::labels).toList());
        int[] place = joint.own.labels();
        factors.add(read(joint, beside));
        labels.add(new int[] {place[0], place[1]});
        factors.add(joint.own.base());
        labels.add(new int[] {place[1], joint.far});
        return Optional.of(new Rewrite(COMMUTES, factors, labels));
    }

    private boolean commute(Expr a, Expr b) {
        return Terms.of(a).size() <= TERM_LIMIT && Terms.of(b).size() <= TERM_LIMIT
                && Linear.isZero(forms.of(a.matmul(b).minus(b.matmul(a))));
    }
}
