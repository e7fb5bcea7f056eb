package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Application;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Where;

/**
 * Functions of entries do not care for the order of axes, {@code σ(Xᵀ) = σ(X)ᵀ}, nor for axes along which nothing changes: of
 * all orders of the axes of what stands in a function one is chosen, idle axes are left out, and the product puts the function
 * back in its place.
 */
final class Orientation implements Rewrite.Rule {
    static final String AXES = "axes of a function";

    /** Orders that are compared; with more axes of one size than four nothing is chosen. */
    private static final int ORDER_LIMIT = 24;

    /** The function with its axes in another order; axis a of it is axis {@code order[a]} of the one before. */
    private record Turned(Expr base, int[] order) {
    }

    private final NormalForm forms;
    /** By node; finding one may ask for others. */
    private final Map<Expr, Optional<Turned>> known = new HashMap<>();

    private final Map<Expr, List<int[]>> symmetries = new HashMap<>();

    Orientation(NormalForm forms) {
        this.forms = forms;
    }

    /** Whether the factor is a function of the entries of its operands, a power among them. */
    static boolean isEntrywise(Factor factor) {
        return isFunction(factor.base()) || isPower(factor);
    }

    private static boolean isPower(Factor factor) {
        return !factor.exponent().isInteger() || factor.exponent().signum() < 0;
    }

    /** Whether the node is a function of the entries of its operands. */
    static boolean isFunction(Expr base) {
        return base instanceof Where || (base instanceof Elementwise && base.operandCount() > 0)
                || (base instanceof Application f && f.function().isElementwise());
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            Factor factor = factors.get(k);
            if (factor.labels().length == 0 || !isEntrywise(factor)) {
                continue;
            }
            Turned turned = turned(factor.base()).orElse(null);
            if (turned != null) {
                int[] labels = IntStream.of(turned.order).map(axis -> factor.labels()[axis]).toArray();
                Factor other = new Factor(turned.base, factor.exponent(), labels);
                Rewrite turnedBack = Rewrite.of(AXES, Rewrite.without(factors, k), other.node(), labels);
                return Optional.of(Rewrite.keeping(AXES, turnedBack.factors(), turnedBack.labels(), List.of(factor),
                        WindowRule.NONE));
            }
            Optional<Rewrite> exchanged = factor.labels().length < 2 ? Optional.empty() : exchanged(factors, k, shape);
            if (exchanged.isPresent()) {
                return exchanged;
            }
        }
        return Optional.empty();
    }

    private Optional<Turned> turned(Expr base) {
        Optional<Turned> before = known.get(base);
        if (before == null) {
            before = search(base);
            known.put(base, before);
        }
        return before;
    }

    private Optional<Turned> search(Expr base) {
        List<Expr> operands = operands(base);
        int[] needed = IntStream.range(0, base.shape().rank())
                .filter(axis -> !operands.stream().allMatch(x -> isIdle(x, axis))).toArray();
        if (needed.length < base.shape().rank()) {
            Expr lower = of(forms, base, operands.stream().map(x -> over(needed, x)).toList());
            return lower.getClass() == base.getClass() ? Optional.of(new Turned(lower, needed)) : Optional.empty();
        }
        return base.shape().rank() < 2 ? Optional.empty() : reordered(base);
    }

    /** What a function is of; what stands under a power itself. */
    static List<Expr> operands(Expr base) {
        return isFunction(base) ? base.operands() : List.of(base);
    }

    /** Whether entries along the axis are all the same at sight: it has size 1, or no factor of any term has its index. */
    private static boolean isIdle(Expr operand, int axis) {
        return operand.shape().get(axis).isOne() || Terms.of(operand).keySet().stream()
                .allMatch(term -> term == Constant.ONE || term instanceof Contraction product && Product.labels(product)
                        .stream().noneMatch(own -> IntStream.of(own).anyMatch(each -> each == axis)));
    }

    /** The operand without its idle axes. */
    private static Expr over(int[] needed, Expr operand) {
        Shape shape = Shape.of(IntStream.of(needed).mapToObj(operand.shape()::get).toList());
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Terms.of(operand).forEach((term, c) -> {
            Expr whole = Terms.shaped(term, operand.shape());
            boolean product = whole instanceof Contraction;
            Terms.addTo(total, Contraction.flattened(product ? whole.operands() : List.of(whole),
                    whole instanceof Contraction flat ? Product.labels(flat) : List.of(Tensors.allAxes(whole)),
                    needed, shape), c);
        });
        return Terms.total(shape, total);
    }

    /** The function of other operands, made normal. */
    static Expr of(NormalForm forms, Expr base, List<Expr> operands) {
        List<Expr> normal = operands.stream().map(forms::of).toList();
        return isFunction(base) ? base.withOperands(normal) : normal.get(0);
    }

    private Optional<Turned> reordered(Expr base) {
        Turned best = null;
        for (int[] order : orders(base.shape())) {
            Expr other = permuted(base, order);
            if (other.getClass() != base.getClass()) {
                // What is nothing but a view goes out of a function when it is built.
                return Optional.empty();
            }
            if (best == null || isBefore(other, best.base)) {
                best = new Turned(other, order);
            }
        }
        return best == null || (best.base == base && isIdentity(best.order)) ? Optional.empty() : Optional.of(best);
    }

    private static boolean isIdentity(int[] order) {
        return IntStream.range(0, order.length).allMatch(axis -> order[axis] == axis);
    }

    /** The orders of axes that leave the function as it is. */
    private List<int[]> symmetries(Expr base) {
        List<int[]> before = symmetries.get(base);
        if (before == null) {
            before = orders(base.shape()).stream().filter(order -> !isIdentity(order) && permuted(base, order) == base)
                    .toList();
            symmetries.put(base, before);
        }
        return before;
    }

    /** Indices that a function does not tell apart change places where that gives the first of both products. */
    private Optional<Rewrite> exchanged(List<Factor> factors, int k, Shape shape) {
        Factor factor = factors.get(k);
        for (int[] order : symmetries(factor.base())) {
            int[] labels = IntStream.of(order).map(axis -> factor.labels()[axis]).toArray();
            List<Factor> other = new ArrayList<>(factors);
            other.set(k, new Factor(factor.base(), factor.exponent(), labels));
            if (isBefore(Factor.product(other, shape), Factor.product(factors, shape))) {
                return Optional.of(Rewrite.of(AXES, Rewrite.without(factors, k), factor.node(), labels));
            }
        }
        return Optional.empty();
    }

    private Expr permuted(Expr base, int[] order) {
        List<Expr> operands = operands(base);
        return of(forms, base, operands.stream().map(x -> Tensors.permute(x, order)).toList());
    }

    /** An order of nodes that does not change from run to run. */
    static boolean isBefore(Expr a, Expr b) {
        return a.digestHigh() < b.digestHigh() || (a.digestHigh() == b.digestHigh() && a.digestLow() < b.digestLow());
    }

    /** The orders in which the sizes ascend by name; none where they are too many. */
    private static List<int[]> orders(Shape shape) {
        List<Integer> sorted = IntStream.range(0, shape.rank()).boxed()
                .sorted(Comparator.comparing((Integer axis) -> shape.get(axis).toString())).toList();
        List<List<Integer>> orders = new ArrayList<>(List.of(List.of()));
        for (int place = 0; place < sorted.size(); place++) {
            String size = shape.get(sorted.get(place)).toString();
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> order : orders) {
                for (int axis : sorted) {
                    if (shape.get(axis).toString().equals(size) && !order.contains(axis)) {
                        List<Integer> next = new ArrayList<>(order);
                        next.add(axis);
                        longer.add(next);
                    }
                }
            }
            if (longer.size() > ORDER_LIMIT) {
                return List.of();
            }
            orders = longer;
        }
        return orders.stream().map(order -> order.stream().mapToInt(axis -> axis).toArray()).toList();
    }
}
