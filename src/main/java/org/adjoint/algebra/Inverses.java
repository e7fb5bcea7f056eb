package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Tensors;

/**
 * Inverses and determinants: {@code (Xᵀ)⁻¹ = (X⁻¹)ᵀ}, {@code (cX)⁻¹ = X⁻¹/c}, {@code X·X⁻¹ = I},
 * {@code (XY)⁻¹ = Y⁻¹X⁻¹} for square factors, which are invertible wherever the left side has a value.
 */
final class Inverses {
    private Inverses() {
    }

    private static boolean isInverse(Expr node) {
        return node instanceof MatrixFunction f && f.operation() == MatrixFunction.Operation.INVERSE;
    }

    static Expr inverse(Expr x) {
        return MatrixFunction.of(MatrixFunction.Operation.INVERSE, x);
    }

    /** A shorter form of the function of a matrix. */
    static Optional<Expr> shorter(MatrixFunction f) {
        Expr x = f.operand(0);
        if (f.operation() == MatrixFunction.Operation.INVERSE) {
            return shorterInverse(x);
        }
        boolean determinant = f.operation() == MatrixFunction.Operation.DETERMINANT;
        boolean logarithm = f.operation() == MatrixFunction.Operation.LOG_DETERMINANT;
        if ((determinant || logarithm) && isTurned(x)) {
            return Optional.of(f.withOperands(List.of(x.transpose())));
        }
        if ((determinant || logarithm) && isInverse(x)) {
            Expr inner = f.withOperands(List.of(x.operand(0)));
            return Optional.of(determinant ? Tensors.reciprocal(inner) : inner.negate());
        }
        return Optional.empty();
    }

    private static Optional<Expr> shorterInverse(Expr x) {
        if (x instanceof Linear scaled && scaled.termCount() == 1) {
            return Optional.of(Linear.scale(scaled.coefficient(0).inverse(), inverse(scaled.term(0))));
        }
        if (x instanceof Delta) {
            return Optional.of(x);
        }
        if (isInverse(x)) {
            return Optional.of(x.operand(0));
        }
        if (MatrixProperties.isOrthogonal(x)) {
            return Optional.of(x.transpose());
        }
        return isTurned(x) ? Optional.of(inverse(x.transpose()).transpose()) : diagonal(x);
    }

    /** A transpose of something that is no product. */
    private static boolean isTurned(Expr x) {
        return x instanceof Contraction view && view.operandCount() == 1 && view.summedCount() == 0
                && view.index(0, 0) == 1 && view.index(0, 1) == 0;
    }

    /** {@code diag(v)⁻¹ = diag(1/v)}. */
    private static Optional<Expr> diagonal(Expr x) {
        Product product = Product.of(x);
        List<Product.Factor> rest = new ArrayList<>(product.factors());
        boolean delta = rest.removeIf(f -> f.base() instanceof Delta && f.exponent().isOne());
        boolean entries = rest.stream().allMatch(f -> Arrays.stream(f.labels()).allMatch(label -> label == 0));
        if (!delta || !entries || rest.isEmpty()) {
            return Optional.empty();
        }
        List<Product.Factor> factors = new ArrayList<>();
        factors.add(new Product.Factor(Delta.of(x.shape().get(0)), Rational.ONE, new int[] {0, 1}));
        rest.forEach(f -> factors.add(f.with(f.base(), f.exponent().negate())));
        return Optional.of(new Product(product.coefficient().inverse(), factors, x.shape()).node());
    }

    // ---- in products

    /** {@code X·X⁻¹ = I}, where X may be a product or a sum. */
    static Optional<Product> cancelled(Product product, Cost cost) {
        for (Product.Factor inverse : product.factors()) {
            if (!isInverse(inverse.base()) || !inverse.exponent().isOne()) {
                continue;
            }
            Expr matrix = inverse.base().operand(0);
            Product pattern = Product.of(matrix);
            boolean symmetric = cost.isSymmetric(matrix);
            for (int side = 0; side < 2; side++) {
                int shared = inverse.labels()[side];
                int other = inverse.labels()[1 - side];
                if (!product.isSummed(shared) || shared == other) {
                    continue;
                }
                // Σ_s X⁻¹[i,s] X[s,k] = δ[i,k]; with the other index of X when X is symmetric.
                Optional<Product> done = cancelled(product, inverse, pattern, shared, other, 1 - side,
                        cost);
                if (done.isEmpty() && symmetric) {
                    done = cancelled(product, inverse, pattern, shared, other, side, cost);
                }
                if (done.isPresent()) {
                    return done;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Product> cancelled(Product product, Product.Factor inverse, Product pattern, int shared,
            int other, int axis, Cost cost) {
        Map<Integer, Integer> given = new HashMap<>();
        given.put(axis, shared);
        List<Product.Factor> found = new ArrayList<>();
        List<Product.Factor> rest = new ArrayList<>(product.factors());
        rest.remove(inverse);
        Map<Integer, Integer> image = Matching.whole(pattern, product.with(rest), given, found, cost);
        Integer free = image.get(1 - axis);
        if (free == null || free == shared) {
            return Optional.empty();
        }
        rest.removeAll(found);
        boolean closed = rest.stream().noneMatch(f -> f.has(shared));
        for (Map.Entry<Integer, Integer> entry : image.entrySet()) {
            if (entry.getKey() > 1) {
                int label = entry.getValue();
                closed &= product.isSummed(label) && label != other && rest.stream().noneMatch(f -> f.has(label));
            }
        }
        if (!closed || found.stream().distinct().count() != found.size()) {
            return Optional.empty();
        }
        rest.add(new Product.Factor(Delta.of(inverse.size(0)), Rational.ONE, new int[] {other, free}));
        Product next = product.with(rest).with(product.coefficient().dividedBy(pattern.coefficient()));
        return Optional.of(Product.of(next.node()));
    }

    /** A product with the inverse of a product of square matrices written as the product of their inverses. */
    static Optional<Product> opened(Product product) {
        for (Product.Factor inverse : product.factors()) {
            if (!isInverse(inverse.base()) || !inverse.exponent().isOne()) {
                continue;
            }
            Optional<List<Product.Factor>> chain = chain(inverse, product.freshLabel());
            if (chain.isPresent()) {
                Product next = product.replacing(inverse, chain.get().toArray(new Product.Factor[0]));
                Rational c = Product.of(inverse.base().operand(0)).coefficient();
                return Optional.of(next.with(product.coefficient().dividedBy(c)));
            }
        }
        return Optional.empty();
    }

    /** {@code (X₁ X₂ ⋯)⁻¹} as inverses of square factors along a chain from label 0 to label 1. */
    private static Optional<List<Product.Factor>> chain(Product.Factor inverse, int fresh) {
        Product inner = Product.of(inverse.base().operand(0));
        int size = inner.factors().size();
        if (size < 2) {
            return Optional.empty();
        }
        Map<Integer, Integer> names = new LinkedHashMap<>();
        // X[0,1] = Σ A[0,s] B[s,1], so X⁻¹[0,1] = Σ B⁻¹[0,s] A⁻¹[s,1]: the ends change places.
        names.put(0, inverse.labels()[1]);
        names.put(1, inverse.labels()[0]);
        List<Product.Factor> factors = new ArrayList<>();
        List<Product.Factor> left = new ArrayList<>(inner.factors());
        int at = 0;
        int next = fresh;
        while (!left.isEmpty()) {
            Product.Factor link = null;
            for (Product.Factor factor : left) {
                boolean scalar = factor.labels().length == 0;
                if (scalar || (factor.exponent().isOne() && factor.labels().length == 2 && factor.has(at)
                        && factor.labels()[0] != factor.labels()[1] && factor.size(0).equals(factor.size(1)))) {
                    link = factor;
                    break;
                }
            }
            if (link == null) {
                return Optional.empty();
            }
            left.remove(link);
            if (link.labels().length == 0) {
                factors.add(link.with(link.base(), link.exponent().negate()));
                continue;
            }
            int end = link.labels()[0] == at ? link.labels()[1] : link.labels()[0];
            if (!names.containsKey(end)) {
                names.put(end, next++);
            }
            // A[at,end] becomes A⁻¹[end,at].
            int[] labels = {names.get(link.labels()[1]), names.get(link.labels()[0])};
            Expr base = isInverse(link.base()) ? link.base().operand(0) : inverse(link.base());
            factors.add(new Product.Factor(base, Rational.ONE, labels));
            int from = at;
            boolean alone = inner.factors().stream().filter(f -> f.has(from)).count() == (from == 0 ? 1 : 2);
            if (!alone) {
                return Optional.empty();
            }
            at = end;
        }
        return at == 1 ? Optional.of(factors) : Optional.empty();
    }

}
