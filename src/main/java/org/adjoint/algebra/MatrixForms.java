package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/**
 * Inverses and determinants in normal forms: of products of square matrices, where each is invertible because the whole is,
 * {@code (AB)⁻¹ = B⁻¹A⁻¹}, {@code det AB = det A · det B}, {@code log|det AB| = log|det A| + log|det B|}; of multiples,
 * transposes, inverses, diagonal and orthogonal matrices. Of a matrix and its transpose one is chosen. Source: Matrix
 * Cookbook, 1.1, 1.2 and 3.1.
 */
final class MatrixForms {
    private final NormalForm forms;
    private final ExpLog expLog;
    private final Sylvester sylvester;

    MatrixForms(NormalForm forms, ExpLog expLog) {
        this.forms = forms;
        this.expLog = expLog;
        this.sylvester = new Sylvester(forms, this::oriented);
    }

    Expr of(MatrixFunction f, List<Expr> operands) {
        Expr operand = operands.get(0);
        if (f.operation() == MatrixFunction.Operation.INVERSE) {
            return inverse(operand);
        }
        if (f.operation() == MatrixFunction.Operation.DETERMINANT) {
            return determinant(operand);
        }
        if (f.operation() == MatrixFunction.Operation.LOG_DETERMINANT) {
            return logDeterminant(operand);
        }
        return f.withOperands(operands);
    }

    /**
     * A matrix as {@code s·M₁⋯Mₖ} with square Mᵢ, or as {@code s·diag v}.
     *
     * @param scalars  normal forms of what multiplies the whole, a power q applied to each
     * @param diagonal the diagonal, where the matrix is diagonal; then there are no links
     * @param blocks   the square factors
     */
    private record Parts(List<Expr> scalars, List<Expr> diagonal, List<Expr> blocks) {
    }

    private Parts parts(Expr matrix) {
        List<Expr> scalars = new ArrayList<>();
        Expr rest = matrix;
        Together together = Together.of(matrix, forms, factor -> factor.labels().length == 0);
        if (!Linear.isZero(together.primitive())) {
            rest = together.primitive();
            scalars.add(Constant.of(together.coefficient()));
            together.content().forEach(factor -> scalars.add(factor.node()));
        }
        if (rest instanceof Contraction product) {
            List<Expr> diagonal = MatrixProperties.diagonalOf(product);
            if (!diagonal.isEmpty()) {
                Expr vector = forms.product(List.of(rest), List.of(new int[] {0, 0}), Shape.of(matrix.shape().get(0)));
                return new Parts(scalars, List.of(vector), List.of());
            }
            List<Expr> blocks = blocks(product);
            if (!blocks.isEmpty()) {
                return new Parts(scalars, List.of(), blocks);
            }
        }
        return new Parts(scalars, List.of(), List.of(rest));
    }

    /** The product cut wherever what is on both sides is square. */
    private List<Expr> blocks(Contraction product) {
        List<MatrixProperties.Link> chain = MatrixProperties.chain(product);
        Size n = product.shape().get(0);
        List<Expr> blocks = new ArrayList<>();
        Expr block = null;
        for (MatrixProperties.Link link : chain) {
            Expr matrix = link.transposed() ? link.matrix().transpose() : link.matrix();
            block = block == null ? matrix : block.matmul(matrix);
            if (block.shape().get(1).equals(n)) {
                blocks.add(forms.of(block));
                block = null;
            }
        }
        return block == null && (blocks.size() > 1 || chain.size() == 1) ? blocks : List.of();
    }

    private Expr transposed(Expr form) {
        return forms.product(List.of(form), List.of(new int[] {1, 0}),
                Shape.of(form.shape().get(1), form.shape().get(0)));
    }

    private static boolean isBefore(Expr a, Expr b) {
        return a.digestHigh() < b.digestHigh() || (a.digestHigh() == b.digestHigh() && a.digestLow() < b.digestLow());
    }

    private Expr inverse(Expr matrix) {
        Expr whole = MatrixFunction.of(MatrixFunction.Operation.INVERSE, matrix);
        Parts parts = parts(matrix);
        List<Expr> factors = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        for (Expr scalar : parts.scalars) {
            factors.add(forms.power(forms.of(scalar), Rational.MINUS_ONE, Shape.SCALAR));
            labels.add(new int[0]);
        }
        if (!parts.diagonal.isEmpty()) {
            Expr vector = parts.diagonal.get(0);
            factors.add(forms.power(vector, Rational.MINUS_ONE, vector.shape()));
            labels.add(new int[] {0});
            factors.add(Delta.of(vector.shape().get(0)));
            labels.add(new int[] {0, 1});
            return forms.product("inverse of a diagonal matrix", whole, factors, labels, matrix.shape());
        }
        int count = parts.blocks.size();
        for (int k = 0; k < count; k++) {
            // (M₁⋯Mₖ)⁻¹ = Mₖ⁻¹⋯M₁⁻¹: block k stands between the places count−1−k and count−k.
            factors.add(inverseOfBlock(parts.blocks.get(k)));
            labels.add(new int[] {place(count - 1 - k, count), place(count - k, count)});
        }
        return forms.product(lawOfInverse(parts), whole, factors, labels, matrix.shape());
    }

    private static String lawOfInverse(Parts parts) {
        Expr block = parts.blocks.get(0);
        return parts.blocks.size() > 1 ? "inverse of a product"
                : parts.scalars.stream().anyMatch(scalar -> scalar != Constant.ONE) ? "inverse of a multiple"
                        : InverseRule.isInverse(block) ? "inverse of an inverse"
                                : MatrixProperties.isOrthogonal(block) ? "inverse of an orthogonal matrix"
                                        : "inverse of a transpose";
    }

    private static int place(int k, int count) {
        return k == 0 ? 0 : k == count ? 1 : k + 1;
    }

    private Expr inverseOfBlock(Expr block) {
        if (block instanceof Delta) {
            return block;
        }
        if (InverseRule.isInverse(block)) {
            return block.operand(0);
        }
        Expr transposed = transposed(block);
        if (InverseRule.isInverse(transposed)) {
            return transposed(transposed.operand(0));
        }
        if (MatrixProperties.isOrthogonal(block)) {
            return transposed;
        }
        return isBefore(transposed, block)
                ? transposed(MatrixFunction.of(MatrixFunction.Operation.INVERSE, transposed))
                : MatrixFunction.of(MatrixFunction.Operation.INVERSE, block);
    }

    private Expr determinant(Expr matrix) {
        Size n = matrix.shape().get(0);
        Parts parts = parts(matrix);
        List<Expr> factors = new ArrayList<>();
        String law = lawOfDeterminant(parts);
        for (Expr scalar : parts.scalars) {
            if (scalar != Constant.ONE) {
                factors.add(forms.of(scalar.pow(Dimension.of(n))));
            }
        }
        parts.diagonal.forEach(vector -> factors
                .add(forms.of(Reduction.of(Reduction.Operation.PRODUCT, vector, 0))));
        for (Expr block : parts.blocks) {
            if (block instanceof Delta) {
                continue;
            }
            boolean inverse = InverseRule.isInverse(block);
            Expr start = inverse ? block.operand(0) : block;
            Sylvester.Turned turned = sylvester.of(start).orElse(null);
            if (turned != null) {
                turned.scale().ifPresent(scale -> factors.add(powerOfSize(scale, inverse, start)));
                law = turned.law();
            }
            Expr determinant = turned != null && turned.isScalar() ? turned.matrix()
                    : MatrixFunction.of(MatrixFunction.Operation.DETERMINANT,
                            turned != null ? turned.matrix() : oriented(start));
            factors.add(inverse ? forms.power(determinant, Rational.MINUS_ONE, Shape.SCALAR) : determinant);
        }
        return forms.product(law, MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, matrix),
                factors,
                Collections.nCopies(factors.size(), new int[0]), Shape.SCALAR);
    }

    /** {@code cⁿ}, or {@code c⁻ⁿ} for an inverse. */
    private Expr powerOfSize(Expr scale, boolean inverse, Expr matrix) {
        Expr n = Dimension.of(matrix.shape().get(0));
        return forms.of(scale.pow(inverse ? n.negate() : n));
    }

    private static String lawOfDeterminant(Parts parts) {
        if (!parts.diagonal.isEmpty()) {
            return "determinant of a diagonal matrix";
        }
        Expr block = parts.blocks.get(0);
        return parts.blocks.size() > 1 ? "determinant of a product"
                : parts.scalars.stream().anyMatch(scalar -> scalar != Constant.ONE) ? "determinant of a multiple"
                        : InverseRule.isInverse(block) ? "determinant of an inverse"
                                : block instanceof Delta ? "determinant of the identity" : "determinant of a transpose";
    }

    private static String lawOfLogDeterminant(Parts parts) {
        Expr block = parts.blocks.isEmpty() ? Constant.ONE : parts.blocks.get(0);
        return parts.blocks.size() > 1 ? "log-determinant of a product"
                : !parts.diagonal.isEmpty() || parts.scalars.stream().anyMatch(scalar -> scalar != Constant.ONE)
                        ? "log-determinant of a multiple"
                        : InverseRule.isInverse(block) ? "log-determinant of an inverse"
                                : MatrixProperties.isOrthogonal(block) ? "log-determinant of an orthogonal matrix"
                                        : "log-determinant of a transpose";
    }

    private Expr logDeterminant(Expr matrix) {
        Expr n = Dimension.of(matrix.shape().get(0));
        Parts parts = parts(matrix);
        Map<Expr, Rational> total = new LinkedHashMap<>();
        String law = lawOfLogDeterminant(parts);
        for (Expr scalar : parts.scalars) {
            Expr log = expLog.logOfAbsolute(forms.of(scalar), Shape.SCALAR);
            NormalForm.addTo(total, forms.times(List.of(forms.of(n), log), Shape.SCALAR), Rational.ONE);
        }
        for (Expr vector : parts.diagonal) {
            Expr log = expLog.logOfAbsolute(vector, vector.shape());
            NormalForm.addTo(total, forms.product(List.of(log), List.of(new int[] {0}), Shape.SCALAR), Rational.ONE);
        }
        for (Expr block : parts.blocks) {
            if (block instanceof Delta || MatrixProperties.isOrthogonal(block)) {
                continue;
            }
            boolean inverse = InverseRule.isInverse(block);
            Rational sign = inverse ? Rational.MINUS_ONE : Rational.ONE;
            Expr start = inverse ? block.operand(0) : block;
            Sylvester.Turned turned = sylvester.of(start).orElse(null);
            if (turned != null) {
                law = turned.law();
                turned.scale().ifPresent(scale -> NormalForm.addTo(total, forms.times(
                        List.of(forms.of(n), expLog.logOfAbsolute(forms.of(scale), Shape.SCALAR)), Shape.SCALAR), sign));
            }
            Expr log = turned != null && turned.isScalar() ? expLog.logOfAbsolute(turned.matrix(), Shape.SCALAR)
                    : MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT,
                            turned != null ? turned.matrix() : oriented(start));
            NormalForm.addTo(total, log, sign);
        }
        Expr form = NormalForm.total(Shape.SCALAR, total);
        Expr whole = MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, matrix);
        forms.trace().add(whole, form, new Trace.Step(law, whole, form));
        return form;
    }

    /** Of a matrix and its transpose, which have one determinant, the one that stands for both. */
    private Expr oriented(Expr block) {
        Expr transposed = transposed(block);
        if (InverseRule.isInverse(transposed)) {
            return block;
        }
        return isBefore(transposed, block) ? transposed : block;
    }

    /** {@code ∏ c·f·g = cⁿ ∏f ∏g} over the axes. */
    Expr product(Reduction reduction, Expr operand) {
        Map<Expr, Rational> terms = NormalForm.terms(operand);
        Shape shape = operand.shape();
        if (terms.size() != 1 || reduction.axes().length != shape.rank()) {
            return reduction.withOperands(List.of(operand));
        }
        Map.Entry<Expr, Rational> only = terms.entrySet().iterator().next();
        List<Expr> factors = new ArrayList<>();
        if (!only.getValue().isOne()) {
            factors.add(forms.of(Constant.of(only.getValue()).pow(Dimension.of(shape.count()))));
        }
        for (Factor factor : Factor.of(NormalForm.asTerm(only.getKey(), shape))) {
            if (!factor.base().shape().equals(shape) || !factor.isFree(shape.rank())
                    || !factor.exponent().isInteger()) {
                return reduction.withOperands(List.of(operand));
            }
            factors.add(factor.base() instanceof Elementwise f && f.function() == Functions.EXP
                    ? expLog.exp(forms.times(List.of(forms.of(f.operand(0).sum()), Constant.of(factor.exponent())),
                            Shape.SCALAR), Shape.SCALAR)
                    : forms.power(reduction.withOperands(List.of(factor.base())), factor.exponent(), Shape.SCALAR));
        }
        return forms.times(factors, Shape.SCALAR);
    }
}
