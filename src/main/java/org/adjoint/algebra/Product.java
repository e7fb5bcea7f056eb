package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/**
 * One term of a sum, taken apart: {@code c · Σ_s Π_k base_k^exponent_k [labels_k]}. Labels {@code 0 … rank−1} are the axes
 * of the result, the others are summed.
 */
record Product(Rational coefficient, List<Factor> factors, Shape shape) {
    /** Products with more factors than this keep their inner products as factors. */
    static final int FACTOR_LIMIT = 14;

    /** {@code base^exponent} with the label of each axis. */
    record Factor(Expr base, Rational exponent, int[] labels) {
        Expr node() {
            return new Power(base, exponent).node();
        }

        boolean has(int label) {
            for (int each : labels) {
                if (each == label) {
                    return true;
                }
            }
            return false;
        }

        Size size(int axis) {
            return base.shape().get(axis);
        }

        Factor with(Expr newBase, Rational newExponent) {
            return new Factor(newBase, newExponent, labels);
        }
    }

    Product {
        factors = List.copyOf(factors);
    }

    /** The term as a product; products inside it are spliced in while it stays of moderate length. */
    static Product of(Expr term) {
        Rational coefficient = Rational.ONE;
        Expr node = term;
        boolean flat = false;
        while (true) {
            if (node instanceof Linear scaled && scaled.termCount() == 1) {
                coefficient = coefficient.times(scaled.coefficient(0));
                node = scaled.term(0);
            } else if (node instanceof Contraction product && !flat && isModerate(product.operands())) {
                node = Contraction.flattened(product.operands(), labels(product), output(product.shape()),
                        product.shape());
                flat = true;
            } else {
                break;
            }
        }
        if (node instanceof Constant constant && constant.shape().isScalar() && !constant.isData()) {
            return new Product(coefficient.times(constant.value()), List.of(), constant.shape());
        }
        List<Factor> factors = new ArrayList<>();
        if (node instanceof Contraction product) {
            for (int k = 0; k < product.operandCount(); k++) {
                Power power = Power.of(product.operand(k));
                factors.add(new Factor(power.base(), power.exponent(), product.indices(k)));
            }
        } else {
            Power power = Power.of(node);
            factors.add(new Factor(power.base(), power.exponent(), output(node.shape())));
        }
        return new Product(coefficient, factors, term.shape());
    }

    /** Whether no more than {@value #FACTOR_LIMIT} factors result when all products inside these are spliced in. */
    private static boolean isModerate(List<Expr> factors) {
        List<Expr> open = new ArrayList<>(factors);
        int count = 0;
        while (!open.isEmpty()) {
            Expr next = open.removeLast();
            if (next instanceof Linear scaled && scaled.termCount() == 1) {
                open.add(scaled.term(0));
            } else if (next instanceof Contraction inner) {
                open.addAll(inner.operands());
            } else {
                count++;
            }
            if (count + open.size() > 2 * FACTOR_LIMIT || count > FACTOR_LIMIT) {
                return false;
            }
        }
        return true;
    }

    private static Expr contraction(List<Expr> nodes, List<int[]> labels, int[] output, Shape shape) {
        return isModerate(nodes) ? Contraction.flattened(nodes, labels, output, shape)
                : Contraction.of(nodes, labels, output, shape);
    }

    static List<int[]> labels(Contraction product) {
        List<int[]> labels = new ArrayList<>(product.operandCount());
        for (int k = 0; k < product.operandCount(); k++) {
            labels.add(product.indices(k));
        }
        return labels;
    }

    static int[] output(Shape shape) {
        int[] axes = new int[shape.rank()];
        Arrays.setAll(axes, axis -> axis);
        return axes;
    }

    /** The product as one expression, not multiplied out. */
    static Expr whole(List<Expr> factors, List<int[]> labels, Shape shape) {
        return Contraction.of(factors, labels, output(shape), shape);
    }

    int rank() {
        return shape.rank();
    }

    boolean isSummed(int label) {
        return label >= rank();
    }

    /** How many factors have the label. */
    int occurrences(int label) {
        int count = 0;
        for (Factor factor : factors) {
            count += factor.has(label) ? 1 : 0;
        }
        return count;
    }

    int freshLabel() {
        int largest = -1;
        for (Factor factor : factors) {
            for (int label : factor.labels) {
                largest = Math.max(largest, label);
            }
        }
        return 1 + (largest < 0 ? rank() : largest);
    }

    Product with(List<Factor> newFactors) {
        return new Product(coefficient, newFactors, shape);
    }

    Product with(Rational newCoefficient) {
        return new Product(newCoefficient, factors, shape);
    }

    /** The product without its coefficient. */
    Product bare() {
        return with(Rational.ONE);
    }

    /** The factors with one replaced by others. */
    Product replacing(Factor gone, Factor... replacements) {
        List<Factor> all = new ArrayList<>(factors);
        all.removeIf(each -> each == gone);
        all.addAll(List.of(replacements));
        return with(all);
    }

    /** The contraction, with its coefficient in front. */
    Expr node() {
        List<Expr> nodes = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (Factor factor : factors) {
            // A factor that cancelled keeps its labels, so that a sum over them still counts their sizes.
            nodes.add(factor.exponent.isZero() ? Contraction.ones(factor.base.shape()) : factor.node());
            labels.add(factor.labels);
        }
        Expr product = contraction(nodes, labels, output(shape), shape);
        return Linear.scale(coefficient, product);
    }

    /** The product of some of the factors, as a tensor over the labels. */
    static Expr over(List<Factor> factors, int[] labels, Shape shape) {
        List<Expr> nodes = new ArrayList<>();
        List<int[]> all = new ArrayList<>();
        for (Factor factor : factors) {
            nodes.add(factor.exponent.isZero() ? Contraction.ones(factor.base.shape()) : factor.node());
            all.add(factor.labels);
        }
        return contraction(nodes, all, labels, shape);
    }

    /** The labels of the factors, sorted. */
    static TreeSet<Integer> labelsOf(List<Factor> factors) {
        TreeSet<Integer> labels = new TreeSet<>();
        for (Factor factor : factors) {
            for (int axis = 0; axis < factor.labels.length; axis++) {
                if (!factor.size(axis).isOne()) {
                    labels.add(factor.labels[axis]);
                }
            }
        }
        return labels;
    }

    /** The size that a label runs over. */
    Size size(int label) {
        if (label < rank()) {
            return shape.get(label);
        }
        for (Factor factor : factors) {
            for (int axis = 0; axis < factor.labels.length; axis++) {
                if (factor.labels[axis] == label) {
                    return factor.size(axis);
                }
            }
        }
        throw new IllegalArgumentException("no factor has the label " + label);
    }

    /** The first factor that is a sum, to the first power. */
    Optional<Factor> sum(Expr base) {
        return factors.stream().filter(f -> f.base == base && f.exponent.isOne()).findFirst();
    }
}
