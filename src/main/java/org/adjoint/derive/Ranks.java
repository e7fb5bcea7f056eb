package org.adjoint.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.algebra.MatrixProperties;
import org.adjoint.algebra.Signs;
import org.adjoint.derive.Condition.Kind;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;

/**
 * That a Gram matrix is invertible, told as the rank of what it is made of: {@code XᵀX}, or {@code XᵀCX} for a positive definite
 * C, if and only if X has full column rank; {@code XXᵀ} and {@code XCXᵀ} if and only if it has full row rank.
 */
final class Ranks {
    private static final int ROUNDS = 3;

    private Ranks() {
    }

    /** The condition on X; empty for anything that is no such product. */
    static Optional<Condition> of(Expr m) {
        if (!(flat(m) instanceof Contraction product) || product.shape().rank() != 2) {
            return Optional.empty();
        }
        int first = -1;
        int second = -1;
        int middle = -1;
        for (int k = 0; k < product.operandCount(); k++) {
            boolean outer = touches(product, k, 0);
            if (outer && first < 0) {
                first = k;
            } else if (touches(product, k, 1) && !outer && second < 0) {
                second = k;
            } else if (middle < 0) {
                middle = k;
            } else {
                return Optional.empty();
            }
        }
        if (first < 0 || second < 0 || product.operand(first) != product.operand(second)
                || product.operand(first).shape().rank() != 2) {
            return Optional.empty();
        }
        Expr x = product.operand(first);
        int free = product.index(first, 0) == 0 ? 0 : 1;
        // The free index must be on the same side of both, and the inner ones be joined directly or through the middle.
        if (product.index(second, free) != 1) {
            return Optional.empty();
        }
        int a = product.index(first, 1 - free);
        int b = product.index(second, 1 - free);
        return isJoined(product, middle, a, b)
                ? Optional.of(new Condition(free == 1 ? Kind.FULL_COLUMN_RANK : Kind.FULL_ROW_RANK, x))
                : Optional.empty();
    }

    /** Products of products as one product. */
    private static Expr flat(Expr m) {
        Expr flat = m;
        for (int round = 0; round < ROUNDS && flat instanceof Contraction product; round++) {
            List<int[]> labels = new ArrayList<>();
            for (int k = 0; k < product.operandCount(); k++) {
                labels.add(product.indices(k));
            }
            int[] output = IntStream.range(0, product.shape().rank()).toArray();
            flat = Contraction.flattened(product.operands(), labels, output, product.shape());
        }
        return flat;
    }

    private static boolean touches(Contraction product, int k, int index) {
        for (int axis = 0; axis < product.operand(k).shape().rank(); axis++) {
            if (product.index(k, axis) == index) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJoined(Contraction product, int middle, int a, int b) {
        if (middle < 0) {
            return a == b && product.summedCount() == 1;
        }
        Expr c = product.operand(middle);
        return switch (c.shape().rank()) {
            case 0 -> a == b && Signs.isPositive(c);
            case 1 -> a == b && product.index(middle, 0) == a && Signs.isPositive(c);
            case 2 -> a != b && product.summedCount() == 2 && touches(product, middle, a) && touches(product, middle, b)
                    && MatrixProperties.isPositiveDefinite(c);
            default -> false;
        };
    }
}
