package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;

/**
 * What is known of matrices from their form and the declared facts, wherever they have a value. Unknown is not true.
 *
 * <p>{@code X + Xᵀ}, {@code XᵀCX} for symmetric C, {@code diag v} and the inverses of symmetric matrices are symmetric;
 * sums of positive definite and semidefinite matrices are definite, {@code XᵀCX} is only semidefinite (X may lose rank);
 * products and inverses of invertible matrices are invertible. Source: Horn and Johnson, Matrix Analysis, chapters 0 and 7.
 */
public final class MatrixProperties {
    /** A factor of a matrix product, read straight or transposed. */
    record Link(Expr matrix, boolean transposed) {
    }

    /** Sums and products nested deeper than this are not looked into. */
    private static final int DEPTH_LIMIT = 6;
    /** Longer products are not looked into. */
    private static final int FACTOR_LIMIT = 24;

    private MatrixProperties() {
    }

    /** Whether {@code Mᵀ = M}. */
    public static boolean isSymmetric(Expr m) {
        return isSquare(m) && symmetric(m, DEPTH_LIMIT);
    }

    /** Whether M is symmetric and {@code xᵀMx > 0} for every x ≠ 0. */
    public static boolean isPositiveDefinite(Expr m) {
        return isSquare(m) && definite(m, DEPTH_LIMIT);
    }

    /** Whether M is symmetric and {@code xᵀMx ≥ 0} for every x. */
    public static boolean isPositiveSemidefinite(Expr m) {
        return isSquare(m) && semidefinite(m, DEPTH_LIMIT);
    }

    /** Whether {@code M⁻¹} exists wherever M has a value. */
    public static boolean isInvertible(Expr m) {
        return isSquare(m) && invertible(m, DEPTH_LIMIT);
    }

    /** Whether {@code MᵀM = MMᵀ = I}. */
    public static boolean isOrthogonal(Expr m) {
        return isSquare(m) && orthogonal(m, DEPTH_LIMIT);
    }

    private static boolean isSquare(Expr m) {
        Shape shape = m.shape();
        return shape.rank() == 2 && shape.get(0).equals(shape.get(1));
    }

    private static boolean symmetric(Expr m, int depth) {
        if (depth == 0) {
            return false;
        }
        if (Constant.uniform(m).isPresent() || m.transpose() == m) {
            return true;
        }
        return switch (m) {
            case Variable v -> isSymmetricVariable(v);
            case Delta ignored -> true;
            case Linear sum -> symmetricSum(sum, depth);
            case Contraction product -> symmetricProduct(product, depth);
            // A function entry by entry, the inverse, the exponential and powers commute with transposition.
            case Elementwise f -> f.operands().stream().allMatch(x -> symmetric(x, depth - 1));
            case MatrixFunction f -> (f.operation() == MatrixFunction.Operation.INVERSE
                    || f.operation() == MatrixFunction.Operation.EXPONENTIAL
                    || f.operation() == MatrixFunction.Operation.POWER) && symmetric(f.operand(0), depth - 1);
            case Detach detach -> symmetric(detach.operand(0), depth - 1);
            default -> false;
        };
    }

    private static boolean isSymmetricVariable(Variable v) {
        return v.is(Fact.Named.SYMMETRIC) || v.is(Fact.Named.POSITIVE_DEFINITE);
    }

    /** Each term is symmetric, or its transpose is a term with the same coefficient. */
    private static boolean symmetricSum(Linear sum, int depth) {
        Symmetry symmetry = new Symmetry();
        Map<Expr, Rational> oriented = new HashMap<>();
        for (int k = 0; k < sum.termCount(); k++) {
            oriented.put(symmetry.oriented(sum.term(k)), sum.coefficient(k));
        }
        for (int k = 0; k < sum.termCount(); k++) {
            // The pairs are looked for first: that costs less than looking into a term.
            if (!sum.coefficient(k).equals(oriented.get(transposed(sum.term(k), symmetry)))
                    && !symmetric(sum.term(k), depth - 1)) {
                return false;
            }
        }
        return true;
    }

    /** The transpose of a term; of an inverse and of what is declared symmetric by what is below it. */
    private static Expr transposed(Expr term, Symmetry symmetry) {
        if (term instanceof MatrixFunction f && f.operation() == MatrixFunction.Operation.INVERSE) {
            return f.withOperands(List.of(f.operand(0).transpose()));
        }
        return symmetry.oriented(term.transpose());
    }

    /** Whether exchanging the output indices gives the same term, symmetric factors read either way. */
    private static boolean symmetricProduct(Contraction product, int depth) {
        if (product.operandCount() > FACTOR_LIMIT) {
            return false;
        }
        Symmetry symmetry = new Symmetry();
        if (symmetry.oriented(product) == symmetry.oriented(product.transpose())) {
            return true;
        }
        List<Link> chain = chain(product);
        int n = chain.size();
        return n > 1 && IntStream.range(0, (n + 1) / 2)
                .allMatch(k -> k == n - 1 - k ? symmetric(chain.get(k).matrix, depth - 1)
                        : mutualTransposes(chain.get(k), chain.get(n - 1 - k), depth));
    }

    private static boolean mutualTransposes(Link a, Link b, int depth) {
        boolean same = a.matrix == b.matrix && (a.transposed != b.transposed || symmetric(a.matrix, depth - 1));
        return same || (a.transposed == b.transposed && b.matrix == transposed(a.matrix, new Symmetry()));
    }

    /**
     * The factors {@code M₁, …, Mₖ} of a matrix product {@code M₁⋯Mₖ}; empty when the
     * contraction is no such product. Scalar factors are left out.
     */
    static List<Link> chain(Contraction nested) {
        if (nested.operandCount() > FACTOR_LIMIT) {
            return List.of();
        }
        Expr flat = Contraction.flattened(nested.operands(), Product.labels(nested), new int[] {0, 1},
                nested.shape());
        if (!(flat instanceof Contraction product)) {
            return List.of();
        }
        List<Link> chain = new ArrayList<>();
        List<Integer> rest = new ArrayList<>(IntStream.range(0, product.operandCount())
                .filter(k -> product.operand(k).shape().rank() > 0).boxed().toList());
        if (rest.stream().anyMatch(k -> product.operand(k).shape().rank() != 2)) {
            return List.of();
        }
        int label = 0;
        while (!rest.isEmpty()) {
            int at = label;
            List<Integer> here = rest.stream().filter(k -> contains(product.indices(k), at)).toList();
            if (here.size() != 1) {
                return List.of();
            }
            int[] indices = product.indices(here.get(0));
            Expr factor = product.operand(here.get(0));
            if (indices[0] == indices[1]) {
                return List.of();
            }
            boolean straight = indices[0] == label;
            chain.add(new Link(factor, !straight));
            label = straight ? indices[1] : indices[0];
            rest.removeAll(here);
        }
        return label == 1 ? chain : List.of();
    }

    private static boolean contains(int[] labels, int label) {
        return Arrays.stream(labels).anyMatch(each -> each == label);
    }

    /** Whether the scalar factors of a product are positive. */
    private static boolean positiveScalars(Contraction product) {
        return product.operands().stream().filter(x -> x.shape().isScalar()).allMatch(Signs::isPositive);
    }

    /** {@code diag v}, or nothing. */
    static List<Expr> diagonalOf(Contraction product) {
        List<Expr> entries = new ArrayList<>();
        boolean delta = false;
        for (int k = 0; k < product.operandCount(); k++) {
            Expr factor = product.operand(k);
            int[] labels = product.indices(k);
            if (factor instanceof Delta && labels[0] != labels[1] && labels[0] < 2 && labels[1] < 2) {
                delta = true;
            } else {
                entries.add(factor);
            }
        }
        return delta && product.summedCount() == 0 ? entries : List.of();
    }

    private static boolean definite(Expr m, int depth) {
        if (depth == 0) {
            return false;
        }
        return switch (m) {
            case Variable v -> v.is(Fact.Named.POSITIVE_DEFINITE);
            case Delta ignored -> true;
            case MatrixFunction f -> f.operation() == MatrixFunction.Operation.INVERSE
                    && definite(f.operand(0), depth - 1);
            case Linear sum -> {
                boolean one = false;
                for (int k = 0; k < sum.termCount(); k++) {
                    if (sum.coefficient(k).signum() < 0 || !semidefinite(sum.term(k), depth - 1)) {
                        yield false;
                    }
                    one |= definite(sum.term(k), depth - 1);
                }
                yield one;
            }
            case Contraction product -> {
                List<Expr> diagonal = diagonalOf(product);
                if (!diagonal.isEmpty()) {
                    yield diagonal.stream().allMatch(Signs::isPositive);
                }
                yield positiveScalars(product) && definiteChain(chain(product), depth);
            }
            case Detach detach -> definite(detach.operand(0), depth - 1);
            default -> false;
        };
    }

    /** {@code B₁⋯Bₖ C Bₖᵀ⋯B₁ᵀ} with definite C (or none) and invertible Bᵢ. */
    private static boolean definiteChain(List<Link> chain, int depth) {
        int n = chain.size();
        if (n == 0) {
            return false;
        }
        for (int k = 0; k < n / 2; k++) {
            if (!mutualTransposes(chain.get(k), chain.get(n - 1 - k), depth) || !isSquare(chain.get(k).matrix)
                    || !invertible(chain.get(k).matrix, depth - 1)) {
                return false;
            }
        }
        return n % 2 == 0 || definite(chain.get(n / 2).matrix, depth - 1);
    }

    private static boolean semidefinite(Expr m, int depth) {
        if (depth == 0) {
            return false;
        }
        if (definite(m, depth) || Linear.isZero(m)) {
            return true;
        }
        return switch (m) {
            case Linear sum -> IntStream.range(0, sum.termCount())
                    .allMatch(k -> sum.coefficient(k).signum() > 0 && semidefinite(sum.term(k), depth - 1));
            case Contraction product -> {
                if (product.operandCount() == 0) {
                    // 1 1ᵀ
                    yield true;
                }
                List<Expr> diagonal = diagonalOf(product);
                if (!diagonal.isEmpty()) {
                    yield diagonal.stream().allMatch(x -> Signs.of(x) != Signs.Sign.UNKNOWN);
                }
                if (isOuterSquare(product)) {
                    yield true;
                }
                List<Link> chain = chain(product);
                int n = chain.size();
                yield n > 0 && product.operands().stream().filter(x -> x.shape().isScalar())
                        .allMatch(x -> Signs.of(x) != Signs.Sign.UNKNOWN)
                        && IntStream.range(0, n / 2)
                                .allMatch(k -> mutualTransposes(chain.get(k), chain.get(n - 1 - k), depth))
                        && (n % 2 == 0 || semidefinite(chain.get(n / 2).matrix, depth - 1));
            }
            case Detach detach -> semidefinite(detach.operand(0), depth - 1);
            default -> false;
        };
    }

    /** {@code c x xᵀ} with c ≥ 0. */
    private static boolean isOuterSquare(Contraction product) {
        List<Integer> vectors = IntStream.range(0, product.operandCount())
                .filter(k -> product.operand(k).shape().rank() > 0).boxed().toList();
        return vectors.size() == 2 && product.operand(vectors.get(0)) == product.operand(vectors.get(1))
                && product.operand(vectors.get(0)).shape().rank() == 1
                && product.index(vectors.get(0), 0) != product.index(vectors.get(1), 0)
                && product.index(vectors.get(0), 0) < 2 && product.index(vectors.get(1), 0) < 2
                && product.operands().stream().filter(x -> x.shape().isScalar())
                        .allMatch(x -> Signs.of(x) != Signs.Sign.UNKNOWN);
    }

    private static boolean invertible(Expr m, int depth) {
        if (depth == 0) {
            return false;
        }
        if (definite(m, depth) || orthogonal(m, depth)) {
            return true;
        }
        return switch (m) {
            case Variable v -> v.is(Fact.Named.INVERTIBLE);
            case MatrixFunction f -> f.operation() == MatrixFunction.Operation.INVERSE;
            case Linear sum -> sum.termCount() == 1 && !sum.coefficient(0).isZero()
                    && invertible(sum.term(0), depth - 1);
            case Contraction product -> {
                List<Expr> diagonal = diagonalOf(product);
                if (!diagonal.isEmpty()) {
                    yield diagonal.stream().allMatch(MatrixProperties::isNonzero);
                }
                List<Link> chain = chain(product);
                yield !chain.isEmpty()
                        && product.operands().stream().filter(x -> x.shape().isScalar())
                                .allMatch(MatrixProperties::isNonzero)
                        && chain.stream().allMatch(x -> isSquare(x.matrix) && invertible(x.matrix, depth - 1));
            }
            case Detach detach -> invertible(detach.operand(0), depth - 1);
            default -> false;
        };
    }

    private static boolean isNonzero(Expr x) {
        return Signs.isPositive(x) || (x instanceof Variable v && v.is(Fact.Named.NONZERO));
    }

    private static boolean orthogonal(Expr m, int depth) {
        if (depth == 0) {
            return false;
        }
        return switch (m) {
            case Variable v -> v.is(Fact.Named.ORTHOGONAL);
            case Delta ignored -> true;
            case MatrixFunction f -> f.operation() == MatrixFunction.Operation.INVERSE
                    && orthogonal(f.operand(0), depth - 1);
            case Linear sum -> sum.termCount() == 1 && sum.coefficient(0).abs().isOne()
                    && orthogonal(sum.term(0), depth - 1);
            case Contraction product -> {
                List<Link> chain = chain(product);
                yield !chain.isEmpty() && product.operands().stream().noneMatch(x -> x.shape().isScalar())
                        && chain.stream().allMatch(x -> isSquare(x.matrix) && orthogonal(x.matrix, depth - 1));
            }
            case Detach detach -> orthogonal(detach.operand(0), depth - 1);
            default -> false;
        };
    }
}
