package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Window;

/**
 * Determinants and inverses of matrices of up to three rows by their entries: {@code det X = Σ_j (−1)^j x_0j det X_0j}, where
 * {@code X_ij} is X without row i and column j, and {@code X⁻¹ = adj X / det X}. Source: Horn and Johnson, Matrix Analysis, 0.3
 * and 0.8.2.
 */
final class Cofactors {
    static final String DETERMINANT = "expansion of a determinant";
    static final String INVERSE = "inverse by cofactors";
    private static final long ROWS = 3;

    private Cofactors() {
    }

    /** Whether the node is a function of a small matrix that has a form in entries. */
    static boolean expands(Expr node) {
        return node instanceof MatrixFunction f && f.operand(0).shape().get(0).isInteger()
                && f.operand(0).shape().get(0).value() <= ROWS
                && switch (f.operation()) {
                    case DETERMINANT, LOG_DETERMINANT, INVERSE -> true;
                    case EXPONENTIAL, POWER, EXPONENTIAL_SLOPE, POWER_SLOPE -> false;
                };
    }

    /** The expression with all of them expanded. */
    static Expr expanded(Expr expr) {
        NodeMap<Expr> images = new NodeMap<>();
        for (Expr node : Walk.postorder(expr)) {
            List<Expr> operands = new ArrayList<>(node.operandCount());
            for (int k = 0; k < node.operandCount(); k++) {
                operands.add(Objects.requireNonNull(images.get(node.operand(k))));
            }
            Expr image = expands(node) ? expansion((MatrixFunction) node, operands.get(0))
                    : operands.isEmpty() || operands.equals(node.operands()) ? node : node.withOperands(operands);
            images.put(node, image);
        }
        return Objects.requireNonNull(images.get(expr));
    }

    private static Expr expansion(MatrixFunction f, Expr matrix) {
        int n = Math.toIntExact(matrix.shape().get(0).value());
        List<List<Expr>> entries = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Expr> row = new ArrayList<>();
            for (int j = 0; j < n; j++) {
                row.add(Window.entry(Window.entry(matrix, 0, Size.of(i)), 0, Size.of(j)));
            }
            entries.add(row);
        }
        Expr determinant = determinant(entries);
        return switch (f.operation()) {
            case LOG_DETERMINANT -> Functions.LOG.apply(Functions.ABS.apply(determinant));
            case INVERSE -> inverse(entries, determinant, matrix.shape());
            case DETERMINANT, EXPONENTIAL, POWER, EXPONENTIAL_SLOPE, POWER_SLOPE -> determinant;
        };
    }

    private static Expr determinant(List<List<Expr>> rows) {
        if (rows.isEmpty()) {
            return Constant.ONE;
        }
        Expr sum = Constant.ZERO;
        for (int j = 0; j < rows.size(); j++) {
            Expr term = rows.get(0).get(j).times(determinant(without(rows, 0, j)));
            sum = j % 2 == 0 ? sum.plus(term) : sum.minus(term);
        }
        return sum;
    }

    private static List<List<Expr>> without(List<List<Expr>> rows, int row, int column) {
        List<List<Expr>> left = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i != row) {
                List<Expr> entries = new ArrayList<>(rows.get(i));
                entries.remove(column);
                left.add(entries);
            }
        }
        return left;
    }

    private static Expr inverse(List<List<Expr>> rows, Expr determinant, Shape shape) {
        Expr reciprocal = Tensors.reciprocal(determinant);
        List<Expr> entries = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.size(); j++) {
                Expr cofactor = determinant(without(rows, j, i)).times(reciprocal);
                entries.add((i + j) % 2 == 0 ? cofactor : cofactor.negate());
            }
        }
        return stacked(entries, shape);
    }

    /** A tensor made of its entries in row-major order. */
    static Expr stacked(List<Expr> entries, Shape shape) {
        List<Expr> parts = entries.stream().map(entry -> Reshape.of(entry, Shape.of(Size.ONE))).toList();
        return Reshape.of(parts.size() == 1 ? parts.get(0) : Concatenation.of(parts, 0), shape);
    }
}
