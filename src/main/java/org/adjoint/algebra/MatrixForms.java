package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

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
        return switch (f.operation()) {
            case EXPONENTIAL -> exponential(operand);
            case POWER -> power(operand, operands.get(1));
            case EXPONENTIAL_SLOPE, POWER_SLOPE, INVERSE, DETERMINANT, LOG_DETERMINANT -> f.withOperands(operands);
        };
    }

    /** {@code eˣ}, of X and its transpose by the one that stands for both. */
    private Expr exponential(Expr matrix) {
        Expr whole = MatrixFunction.exponential(matrix);
        if (matrix instanceof Contraction product && !MatrixProperties.diagonalOf(product).isEmpty()) {
            Expr vector = forms.product(List.of(matrix), List.of(new int[] {0, 0}), Shape.of(matrix.shape().get(0)));
            Expr exp = expLog.exp(vector, vector.shape());
            return forms.product(MatrixFunctionLaws.EXPONENTIAL_DIAGONAL, whole,
                    List.of(exp, Delta.of(matrix.shape().get(0))), List.of(new int[] {0}, new int[] {0, 1}),
                    matrix.shape());
        }
        Expr standing = standing(matrix);
        return standing == matrix ? whole : transposed(MatrixFunction.exponential(standing));
    }

    private Expr power(Expr matrix, Expr exponent) {
        if (InverseRule.isInverse(matrix)) {
            Expr inverse = MatrixFunction.power(matrix.operand(0), forms.of(exponent.negate()));
            Expr whole = MatrixFunction.power(matrix, exponent);
            Expr form = forms.of(inverse);
            forms.trace().add(whole, form, new Trace.Step("power of an inverse", whole, inverse),
                    new Trace.Known(MatrixFunctionLaws.POWER_TRANSPOSE, inverse, form));
            return form;
        }
        Expr standing = standing(matrix);
        Expr whole = MatrixFunction.power(standing, exponent);
        Expr form = MatrixFunctionRule.is(whole, MatrixFunction.Operation.POWER) ? whole : forms.of(whole);
        return standing == matrix ? form : transposed(form);
    }

    /** Of a matrix and its transpose the one that stands for both; a variable itself does. */
    private Expr standing(Expr matrix) {
        Expr transposed = transposed(matrix);
        return !(matrix instanceof Variable)
                && (transposed instanceof Variable || isBefore(transposed, matrix)) ? transposed : matrix;
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
                : isFunction(block) ? isExponential(block) ? MatrixFunctionLaws.EXPONENTIAL_INVERSE
                        : MatrixFunctionLaws.POWER_INVERSE
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
        Optional<Expr> function = inverseOfFunction(block);
        if (function.isPresent()) {
            return function.get();
        }
        Expr transposed = transposed(block);
        if (InverseRule.isInverse(transposed)) {
            return transposed(transposed.operand(0));
        }
        function = inverseOfFunction(transposed);
        if (function.isPresent()) {
            return transposed(function.get());
        }
        if (MatrixProperties.isOrthogonal(block)) {
            return transposed;
        }
        return isBefore(transposed, block)
                ? transposed(MatrixFunction.of(MatrixFunction.Operation.INVERSE, transposed))
                : MatrixFunction.of(MatrixFunction.Operation.INVERSE, block);
    }

    /** {@code (eˣ)⁻¹ = e⁻ˣ}, {@code (Xᵏ)⁻¹ = X⁻ᵏ}. */
    private Optional<Expr> inverseOfFunction(Expr block) {
        return MatrixFunctionRule.is(block, MatrixFunction.Operation.EXPONENTIAL)
                ? Optional.of(forms.of(MatrixFunction.exponential(block.operand(0).negate())))
                : MatrixFunctionRule.is(block, MatrixFunction.Operation.POWER)
                        ? Optional.of(forms.of(MatrixFunction.power(block.operand(0), block.operand(1).negate())))
                        : Optional.empty();
    }

    /** {@code log|det eˣ| = tr X}, {@code log|det Xᵏ| = k log|det X|}. */
    private Optional<Expr> logOfFunction(Expr block) {
        return MatrixFunctionRule.is(block, MatrixFunction.Operation.EXPONENTIAL)
                ? Optional.of(forms.of(Tensors.trace(block.operand(0))))
                : MatrixFunctionRule.is(block, MatrixFunction.Operation.POWER)
                        ? Optional.of(forms.of(block.operand(1).times(
                                MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT, block.operand(0)))))
                        : Optional.empty();
    }

    /** {@code det eˣ = e^tr X}, {@code det Xᵏ = (det X)ᵏ}. */
    private Optional<Expr> determinantOfFunction(Expr block) {
        return MatrixFunctionRule.is(block, MatrixFunction.Operation.EXPONENTIAL)
                ? Optional.of(expLog.exp(forms.of(Tensors.trace(block.operand(0))), Shape.SCALAR))
                : MatrixFunctionRule.is(block, MatrixFunction.Operation.POWER)
                        ? Optional.of(forms.of(MatrixFunction.of(MatrixFunction.Operation.DETERMINANT, block.operand(0))
                                .pow(block.operand(1))))
                        : Optional.empty();
    }

    private Optional<Expr> functionOf(Expr block) {
        Expr transposed = transposed(block);
        return isFunction(block) ? Optional.of(block)
                : isFunction(transposed) ? Optional.of(transposed) : Optional.empty();
    }

    private static boolean isFunction(Expr block) {
        return MatrixFunctionRule.is(block, MatrixFunction.Operation.EXPONENTIAL)
                || MatrixFunctionRule.is(block, MatrixFunction.Operation.POWER);
    }

    private static boolean isExponential(Expr block) {
        return MatrixFunctionRule.is(block, MatrixFunction.Operation.EXPONENTIAL);
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
            Expr function = functionOf(block).orElse(block);
            Optional<Expr> known = determinantOfFunction(function);
            if (known.isPresent()) {
                factors.add(known.get());
                law = isExponential(function) ? MatrixFunctionLaws.EXPONENTIAL_DETERMINANT
                        : MatrixFunctionLaws.POWER_DETERMINANT;
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
            Terms.addTo(total, forms.times(List.of(forms.of(n), log), Shape.SCALAR), Rational.ONE);
        }
        for (Expr vector : parts.diagonal) {
            Expr log = expLog.logOfAbsolute(vector, vector.shape());
            Terms.addTo(total, forms.product(List.of(log), List.of(new int[] {0}), Shape.SCALAR), Rational.ONE);
        }
        for (Expr block : parts.blocks) {
            if (block instanceof Delta || MatrixProperties.isOrthogonal(block)) {
                continue;
            }
            boolean inverse = InverseRule.isInverse(block);
            Expr function = functionOf(block).orElse(block);
            Optional<Expr> known = logOfFunction(function);
            if (known.isPresent()) {
                Terms.addTo(total, known.get(), Rational.ONE);
                law = isExponential(function) ? MatrixFunctionLaws.EXPONENTIAL_LOG : MatrixFunctionLaws.POWER_LOG;
                continue;
            }
            Rational sign = inverse ? Rational.MINUS_ONE : Rational.ONE;
            Expr start = inverse ? block.operand(0) : block;
            Sylvester.Turned turned = sylvester.of(start).orElse(null);
            if (turned != null) {
                law = turned.law();
                turned.scale().ifPresent(scale -> Terms.addTo(total, forms.times(
                        List.of(forms.of(n), expLog.logOfAbsolute(forms.of(scale), Shape.SCALAR)), Shape.SCALAR),
                        sign));
            }
            Expr log = turned != null && turned.isScalar() ? expLog.logOfAbsolute(turned.matrix(), Shape.SCALAR)
                    : MatrixFunction.of(MatrixFunction.Operation.LOG_DETERMINANT,
                            turned != null ? turned.matrix() : oriented(start));
            Terms.addTo(total, log, sign);
        }
        Expr form = Terms.total(Shape.SCALAR, total);
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
        Map<Expr, Rational> terms = Terms.of(operand);
        Shape shape = operand.shape();
        if (terms.size() != 1 || reduction.axes().length != shape.rank()) {
            return reduction.withOperands(List.of(operand));
        }
        Map.Entry<Expr, Rational> only = terms.entrySet().iterator().next();
        List<Expr> factors = new ArrayList<>();
        if (!only.getValue().isOne()) {
            factors.add(forms.of(Constant.of(only.getValue()).pow(Dimension.of(shape.count()))));
        }
        for (Factor factor : Factor.of(Terms.shaped(only.getKey(), shape))) {
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
