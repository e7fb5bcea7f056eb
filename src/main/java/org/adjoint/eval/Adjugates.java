package org.adjoint.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.MatrixFunction.Operation;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Variable;

/**
 * Products in which {@code det(A)} and {@code inv(A)} are both factors, as in the derivative of a determinant: they have a value
 * at singular A as well, where a determinant of zero times an inverse that does not exist has none.
 */
final class Adjugates {
    /** What stands for {@code adj A} in products, for each A. */
    private final NodeMap<Variable> known = new NodeMap<>();
    private int count;

    /** A product with one determinant and one inverse replaced; the matrix, and what stands for its adjugate. */
    record Found(Expr matrix, Variable adjugate, Expr product) {}

    /** Empty when the two are not there. The inverse may be in a sum of products, as in {@code det(A) tr(A⁻¹ B)}. */
    Optional<Found> in(Contraction product) {
        Optional<Found> found = among(product);
        return found.isPresent() || !isNested(product) ? found
                : Optional.of(Contraction.flattened(product.operands(), labels(product),
                        StableForms.outputLabels(product.shape()), product.shape()))
                        .filter(Contraction.class::isInstance).flatMap(flat -> among((Contraction) flat));
    }

    private static List<int[]> labels(Contraction product) {
        return IntStream.range(0, product.operandCount()).mapToObj(product::indices).toList();
    }

    private static boolean isNested(Contraction product) {
        return product.operands().stream().filter(Contraction.class::isInstance)
                .flatMap(inner -> inner.operands().stream())
                .anyMatch(inverse -> inverse instanceof MatrixFunction node && node.operation() == Operation.INVERSE
                        && product.operands().stream().anyMatch(
                                factor -> without(factor, node.operand(0)).isPresent()));
    }

    private Optional<Found> among(Contraction product) {
        for (int i = 0; i < product.operandCount(); i++) {
            if (!(product.operand(i) instanceof MatrixFunction inverse) || inverse.operation() != Operation.INVERSE) {
                continue;
            }
            for (int d = 0; d < product.operandCount(); d++) {
                Optional<Expr> rest = without(product.operand(d), inverse.operand(0));
                if (rest.isPresent()) {
                    return Optional.of(replaced(product, i, d, inverse, rest.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** What is left of {@code det(A)} or {@code det(A)²} when one determinant is taken out. */
    private static Optional<Expr> without(Expr factor, Expr matrix) {
        if (isDeterminant(factor, matrix)) {
            return Optional.of(Constant.ONE);
        }
        boolean square = factor instanceof Elementwise power && power.function() == Functions.POWER
                && power.operand(1) == Constant.TWO && isDeterminant(power.operand(0), matrix);
        return square ? Optional.of(factor.operand(0)) : Optional.empty();
    }

    private static boolean isDeterminant(Expr factor, Expr matrix) {
        return factor instanceof MatrixFunction determinant && determinant.operation() == Operation.DETERMINANT
                && determinant.operand(0) == matrix;
    }

    private Found replaced(Contraction product, int inverse, int determinant, MatrixFunction node, Expr rest) {
        Expr matrix = node.operand(0);
        if (!known.contains(matrix)) {
            // No name that can be typed, and one for each matrix: variables of one name and shape are one.
            known.put(matrix, Variable.of("adj(" + count++ + ")", node.shape()));
        }
        Variable adjugate = Objects.requireNonNull(known.get(matrix));
        List<Expr> factors = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            factors.add(k == inverse ? adjugate : k == determinant ? rest : product.operand(k));
        }
        return new Found(matrix, adjugate, Contraction.of(factors, labels(product),
                StableForms.outputLabels(product.shape()), product.shape()));
    }
}
