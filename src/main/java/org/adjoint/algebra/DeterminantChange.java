package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;

/**
 * {@code det N = det M · det(I + M⁻¹(N − M))} where {@code M⁻¹} occurs, so that M is invertible wherever both sides have a value,
 * and the second determinant is one of another size. Source: Horn and Johnson, Matrix Analysis, 0.8.5.
 */
final class DeterminantChange {
    static final String LAW = "determinant of a changed matrix";
    private static final int NODE_LIMIT = 200;

    private DeterminantChange() {
    }

    /** The expressions with such determinants written so; nothing where there are none. */
    static Optional<List<Expr>> of(Expr a, Expr b) {
        List<Expr> nodes = Walk.postorder(List.of(a, b));
        // What stands in a branch that is not taken need not exist.
        if (nodes.size() > NODE_LIMIT || nodes.stream().anyMatch(e -> e instanceof Where)) {
            return Optional.empty();
        }
        Set<Expr> inverted = new LinkedHashSet<>();
        nodes.stream().filter(InverseRule::isInverse).forEach(e -> inverted.add(e.operand(0)));
        NormalForm normal = new NormalForm();
        NodeMap<Expr> images = new NodeMap<>();
        boolean changed = false;
        for (Expr node : nodes) {
            List<Expr> operands = new ArrayList<>(node.operandCount());
            for (int k = 0; k < node.operandCount(); k++) {
                operands.add(Objects.requireNonNull(images.get(node.operand(k))));
            }
            Optional<Expr> other = node instanceof MatrixFunction f ? changed(f, inverted, normal) : Optional.empty();
            changed |= other.isPresent();
            images.put(node,
                    other.orElseGet(() -> operands.equals(node.operands()) ? node : node.withOperands(operands)));
        }
        return changed
                ? Optional.of(List.of(Objects.requireNonNull(images.get(a)), Objects.requireNonNull(images.get(b))))
                : Optional.empty();
    }

    private static Optional<Expr> changed(MatrixFunction f, Set<Expr> inverted, NormalForm normal) {
        boolean determinant = f.operation() == MatrixFunction.Operation.DETERMINANT;
        if (!determinant && f.operation() != MatrixFunction.Operation.LOG_DETERMINANT) {
            return Optional.empty();
        }
        Expr matrix = f.operand(0);
        for (Expr known : inverted) {
            if (known == matrix || !known.shape().equals(matrix.shape())) {
                continue;
            }
            Expr difference = normal.of(matrix.minus(known));
            Expr rest = Delta.of(matrix.shape().get(0))
                    .plus(MatrixFunction.of(MatrixFunction.Operation.INVERSE, known).matmul(difference));
            if (Linear.isZero(difference) || !turns(rest, normal)) {
                continue;
            }
            Expr first = MatrixFunction.of(f.operation(), known);
            Expr second = MatrixFunction.of(f.operation(), rest);
            return Optional.of(determinant ? first.times(second) : first.plus(second));
        }
        return Optional.empty();
    }

    private static boolean turns(Expr matrix, NormalForm normal) {
        return new Sylvester(normal, x -> x).of(normal.of(matrix)).isPresent();
    }
}
