package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;

/**
 * {@code det(I + AB) = det(I + BA)}: a first or last factor that all terms share goes to the other end, and of all matrices that
 * come of this one stands for them; {@code det(I + uvᵀ) = 1 + vᵀu}. With {@code cI}, c a positive number or known so, c comes out
 * first. Source: Horn and Johnson, Matrix Analysis, 1.3.22 and 0.8.5.
 */
final class Sylvester {
    static final String IDENTITY = "Sylvester's determinant identity";
    static final String LEMMA = "matrix determinant lemma";
    private static final int LIMIT = 12;

    /**
     * What stands for the matrix.
     *
     * @param law         by which it does
     * @param scale       c, which comes out of every row of the matrix; nothing where it is 1
     * @param matrix      a matrix with the determinant, or a determinant itself, a scalar
     */
    record Turned(String law, Optional<Expr> scale, Expr matrix) {
        boolean isScalar() {
            return matrix.shape().isScalar();
        }
    }

    /** A term {@code scalars·M₁⋯Mₖ}. */
    private record Chain(Expr scalar, List<MatrixProperties.Link> links) {
        Chain turned(boolean first) {
            List<MatrixProperties.Link> next = new ArrayList<>(links);
            if (first) {
                next.add(next.removeFirst());
            } else {
                next.addFirst(next.removeLast());
            }
            return new Chain(scalar, next);
        }

        Expr matrix() {
            return links.stream().map(link -> link.transposed() ? link.matrix().transpose() : link.matrix())
                    .reduce(Expr::matmul).orElseThrow().times(scalar);
        }
    }

    private final NormalForm forms;
    private final UnaryOperator<Expr> oriented;

    /** @param oriented of a matrix and its transpose the one that stands for both */
    Sylvester(NormalForm forms, UnaryOperator<Expr> oriented) {
        this.forms = forms;
        this.oriented = oriented;
    }

    /** What stands for a matrix that is the multiple of the identity and other terms, in normal form. */
    Optional<Turned> of(Expr matrix) {
        Map<Expr, Rational> rest = new LinkedHashMap<>(Terms.of(matrix));
        List<Expr> scales = new ArrayList<>();
        for (Map.Entry<Expr, Rational> term : Terms.of(matrix).entrySet()) {
            multipleOfIdentity(term.getKey()).ifPresent(multiple -> {
                scales.add(multiple.times(term.getValue()));
                rest.remove(term.getKey());
            });
        }
        if (scales.size() != 1 || rest.isEmpty() || matrix.shape().get(0).isOne()) {
            return Optional.empty();
        }
        Expr scale = scales.get(0);
        boolean unit = scale == Constant.ONE;
        Expr others = Terms.total(matrix.shape(), rest);
        Expr scaled = unit ? others : forms.of(others.dividedBy(scale));
        Optional<Expr> outside = unit ? Optional.empty() : Optional.of(scale);
        if (hasRankOne(scaled)) {
            Expr trace = forms.product(List.of(scaled), List.of(new int[] {0, 0}), Shape.SCALAR);
            return Optional.of(new Turned(LEMMA, outside, forms.of(Constant.ONE.plus(trace))));
        }
        Expr start = forms.of(Delta.of(matrix.shape().get(0)).plus(scaled));
        return least(chains(scaled), start).map(best -> new Turned(IDENTITY, outside, best));
    }

    /** c where the term is c times the identity and c is positive. */
    private static Optional<Expr> multipleOfIdentity(Expr term) {
        if (term instanceof Delta) {
            return Optional.of(Constant.ONE);
        }
        if (!(term instanceof Contraction product)
                || product.operands().stream().filter(x -> x instanceof Delta).count() != 1
                || product.operands().stream().anyMatch(x -> !(x instanceof Delta) && !x.shape().isScalar())) {
            return Optional.empty();
        }
        return Optional.of(scalar(product)).filter(Signs::isPositive);
    }

    private static Expr scalar(Contraction product) {
        List<Expr> scalars = product.operands().stream().filter(x -> x.shape().isScalar()).toList();
        return scalars.isEmpty() ? Constant.ONE : Tensors.product(scalars);
    }

    /** Whether all terms are {@code uvᵀ} with one and the same u, or with one and the same v. */
    private static boolean hasRankOne(Expr sum) {
        List<Expr> columns = new ArrayList<>();
        List<Expr> rows = new ArrayList<>();
        for (Expr term : Terms.of(sum).keySet()) {
            Outer outer = Outer.of(term).orElse(null);
            if (outer == null) {
                return false;
            }
            columns.add(outer.column);
            rows.add(outer.row);
        }
        return columns.stream().distinct().count() == 1 || rows.stream().distinct().count() == 1;
    }

    /** A term {@code s·u vᵀ}. */
    private record Outer(Expr column, Expr row) {
        static Optional<Outer> of(Expr term) {
            if (!(term instanceof Contraction product)) {
                return Optional.empty();
            }
            List<Factor> rest = new ArrayList<>(Factor.of(product));
            rest.removeIf(factor -> factor.labels().length == 0);
            List<Factor> column = connected(rest, 0);
            List<Factor> row = connected(rest, 1);
            boolean separate = !column.isEmpty() && !row.isEmpty() && column.stream().noneMatch(f -> f.uses(1));
            return separate ? Optional.of(new Outer(over(column, 0, term), over(row, 1, term))) : Optional.empty();
        }

        /** The factors that a path of summed indices joins to the index; an index of length 1 joins nothing. */
        private static List<Factor> connected(List<Factor> factors, int label) {
            List<Integer> reached = new ArrayList<>(List.of(label));
            List<Factor> found = new ArrayList<>();
            for (int k = 0; k < reached.size(); k++) {
                for (Factor factor : factors) {
                    if (found.contains(factor) || !joins(factor, reached.get(k))) {
                        continue;
                    }
                    found.add(factor);
                    for (int axis = 0; axis < factor.labels().length; axis++) {
                        if (!reached.contains(factor.labels()[axis]) && !factor.base().shape().get(axis).isOne()) {
                            reached.add(factor.labels()[axis]);
                        }
                    }
                }
            }
            return found;
        }

        private static boolean joins(Factor factor, int label) {
            for (int axis = 0; axis < factor.labels().length; axis++) {
                if (factor.labels()[axis] == label && !factor.base().shape().get(axis).isOne()) {
                    return true;
                }
            }
            return false;
        }

        private static Expr over(List<Factor> factors, int label, Expr term) {
            return Contraction.flattened(factors.stream().map(Factor::node).toList(),
                    factors.stream().map(Factor::labels).toList(), new int[] {label}, Shape.of(term.shape().get(0)));
        }
    }

    private static List<Chain> chains(Expr sum) {
        List<Chain> chains = new ArrayList<>();
        for (Map.Entry<Expr, Rational> term : Terms.of(sum).entrySet()) {
            List<MatrixProperties.Link> links = term.getKey() instanceof Contraction product
                    ? MatrixProperties.chain(product)
                    : List.of();
            if (links.size() < 2) {
                return List.of();
            }
            chains.add(new Chain(scalar((Contraction) term.getKey()).times(term.getValue()), links));
        }
        return chains;
    }

    /** Of all matrices that turning makes of the sum the one with the fewest factors, by digest; nothing where nothing turns. */
    private Optional<Expr> least(List<Chain> start, Expr form) {
        List<List<Chain>> found = new ArrayList<>(List.of(start));
        Expr best = oriented.apply(form);
        boolean turned = false;
        for (int k = 0; k < found.size() && found.size() < LIMIT; k++) {
            for (boolean first : new boolean[] {true, false}) {
                List<Chain> now = found.get(k);
                long shared = now.stream()
                        .map(chain -> first ? chain.links.getFirst() : chain.links.getLast()).distinct().count();
                List<Chain> next = shared == 1 ? now.stream().map(chain -> chain.turned(first)).toList() : now;
                if (shared != 1 || found.contains(next)) {
                    continue;
                }
                found.add(next);
                turned = true;
                Expr candidate = oriented.apply(forms.of(matrix(next)));
                best = isBefore(candidate, best) ? candidate : best;
            }
        }
        return turned ? Optional.of(best) : Optional.empty();
    }

    private static Expr matrix(List<Chain> chains) {
        Expr first = chains.get(0).matrix();
        Expr sum = Delta.of(first.shape().get(0));
        for (Chain chain : chains) {
            sum = sum.plus(chain.matrix());
        }
        return sum;
    }

    private static boolean isBefore(Expr a, Expr b) {
        int order = Integer.compare(size(a), size(b));
        order = order != 0 ? order : Long.compare(a.digestHigh(), b.digestHigh());
        return order < 0 || (order == 0 && a.digestLow() < b.digestLow());
    }

    private static int size(Expr form) {
        return Terms.of(form).keySet().stream()
                .mapToInt(term -> term instanceof Contraction product ? product.operandCount() : 1).sum();
    }
}
