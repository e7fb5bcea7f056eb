package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/**
 * What is one-hot selects one entry, of a product that of each factor, of a function that of its arguments:
 * {@code Σᵢ hᵢ xᵢ yᵢ = (Σᵢ hᵢ xᵢ)(Σⱼ hⱼ yⱼ)}, {@code hᵢ xᵢ = hᵢ Σⱼ hⱼ xⱼ}, {@code Σᵢ hᵢ f(xᵢ) = f(Σᵢ hᵢ xᵢ)}, {@code hᵢ hⱼ = hᵢ δᵢⱼ}.
 * The last axis of h is the one-hot one; the others are carried along. The right sides have a value wherever the left ones have.
 */
final class OneHotRule implements Rewrite.Rule {
    static final String PRODUCT = "one-hot selects in every factor";
    static final String FUNCTION = "function of a selected entry";
    static final String EXCLUSIVE = "entries of one-hot exclude each other";

    private final UnaryOperator<Expr> normal;

    OneHotRule(UnaryOperator<Expr> normal) {
        this.normal = normal;
    }

    @Override
    public Optional<Rewrite> apply(List<Factor> factors, Shape shape) {
        for (int k = 0; k < factors.size(); k++) {
            if (!isOneHot(factors.get(k)) || !factors.get(k).exponent().isOne()) {
                continue;
            }
            int index = index(factors.get(k));
            boolean summed = index >= shape.rank();
            Optional<Rewrite> found = summed ? Optional.empty() : exclusive(factors, k, shape.rank());
            if (found.isEmpty()) {
                int uses = 0;
                for (int f = 0; f < factors.size(); f++) {
                    uses += f == k ? 0 : occurrences(factors.get(f), index);
                }
                found = uses > (summed ? 1 : 0) ? separated(factors, k, shape.rank())
                        : uses == 1 && occurrences(factors.get(k), index) == 1 ? selected(factors, k)
                                : Optional.empty();
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isOneHot(Factor factor) {
        return factor.base() instanceof Variable h && h.is(Fact.Named.ONE_HOT) && h.shape().rank() > 0
                && !h.shape().get(h.shape().rank() - 1).isOne();
    }

    private static int index(Factor oneHot) {
        return oneHot.labels()[oneHot.labels().length - 1];
    }

    /** How many axes have the index; of an axis of size 1 it means nothing. */
    private static int occurrences(Factor factor, int label) {
        return (int) IntStream.range(0, factor.labels().length)
                .filter(axis -> factor.labels()[axis] == label && !factor.base().shape().get(axis).isOne()).count();
    }

    /** {@code hᵢ hⱼ = hᵢ δᵢⱼ} for two indices that are not summed over. */
    private static Optional<Rewrite> exclusive(List<Factor> factors, int k, int rank) {
        Factor first = factors.get(k);
        int axis = first.labels().length - 1;
        for (int j = 0; j < factors.size(); j++) {
            Factor other = factors.get(j);
            if (j != k && other.base() == first.base() && other.exponent().isOne() && index(other) < rank
                    && index(other) != index(first)
                    && other.place().subList(0, axis).equals(first.place().subList(0, axis))) {
                return Optional.of(Rewrite.of(EXCLUSIVE, Rewrite.without(factors, j),
                        Delta.of(first.base().shape().get(axis)), new int[] {index(first), index(other)}));
            }
        }
        return Optional.empty();
    }

    /** One axis that has the index of h gets an index of its own, and an h of its own. */
    private static Optional<Rewrite> separated(List<Factor> factors, int k, int rank) {
        Factor h = factors.get(k);
        int index = index(h);
        for (int f = 0; f < factors.size(); f++) {
            Factor user = factors.get(f);
            boolean fixed = f == k || user.base() instanceof Delta || IndexRelation.isRelation(user.base())
                    || isOneHot(user);
            if (fixed || occurrences(user, index) == 0) {
                continue;
            }
            int fresh = factors.stream().flatMapToInt(each -> Arrays.stream(each.labels())).map(label -> label + 1)
                    .reduce(rank, Math::max);
            int[] moved = user.labels().clone();
            for (int axis = 0; axis < moved.length; axis++) {
                if (moved[axis] == index && !user.base().shape().get(axis).isOne()) {
                    moved[axis] = fresh;
                    break;
                }
            }
            int[] own = h.labels().clone();
            own[own.length - 1] = fresh;
            List<Factor> rest = new ArrayList<>(Rewrite.without(factors, f));
            rest.add(new Factor(user.base(), user.exponent(), moved));
            return Optional.of(Rewrite.of(PRODUCT, rest, h.node(), own));
        }
        return Optional.empty();
    }

    /** The only factor that has the index, where it is a function: of the selected arguments. */
    private Optional<Rewrite> selected(List<Factor> factors, int k) {
        Factor h = factors.get(k);
        int index = index(h);
        for (int f = 0; f < factors.size(); f++) {
            Factor user = factors.get(f);
            boolean function = !user.exponent().isOne()
                    || (user.base() instanceof Elementwise own && own.operandCount() > 0);
            if (f == k || !function || occurrences(user, index) == 0 || isOneHot(user)) {
                continue;
            }
            Selection selection = Selection.of(h, user, index);
            Expr value = user.base() instanceof Elementwise own
                    ? own.withOperands(own.operands().stream().map(selection::of).toList())
                    : selection.of(user.base());
            return Optional.of(Rewrite.of(FUNCTION, Rewrite.without(factors, f, k),
                    normal.apply(Monomials.rawPower(value, user.exponent())), selection.place()));
        }
        return Optional.empty();
    }

    /**
     * The entries that h selects along one axis of something.
     *
     * @param hot    the indices of h, by places in what comes out; the one that is summed over comes after all of them
     * @param source the indices of what is selected from
     * @param shape  of what comes out
     * @param place  its indices in the product
     */
    private record Selection(Expr h, int[] hot, int[] source, Shape shape, int[] place) {
        static Selection of(Factor h, Factor user, int index) {
            List<Integer> place = new ArrayList<>();
            List<Size> sizes = new ArrayList<>();
            int[] source = new int[user.labels().length];
            for (int axis = 0; axis < source.length; axis++) {
                boolean gone = user.labels()[axis] == index && !user.base().shape().get(axis).isOne();
                source[axis] = gone ? -1 : place.size();
                if (!gone) {
                    place.add(user.labels()[axis]);
                    sizes.add(user.base().shape().get(axis));
                }
            }
            int[] hot = new int[h.labels().length];
            for (int axis = 0; axis < hot.length - 1; axis++) {
                int at = place.indexOf(h.labels()[axis]);
                if (at < 0 || !sizes.get(at).equals(h.base().shape().get(axis))) {
                    at = place.size();
                    place.add(h.labels()[axis]);
                    sizes.add(h.base().shape().get(axis));
                }
                hot[axis] = at;
            }
            int summed = place.size();
            hot[hot.length - 1] = summed;
            int[] from = Arrays.stream(source).map(at -> at < 0 ? summed : at).toArray();
            return new Selection(h.node(), hot, from, Shape.of(sizes),
                    place.stream().mapToInt(Integer::intValue).toArray());
        }

        Expr of(Expr x) {
            return Contraction.of(List.of(h, x), Stream.of(hot, source).toList(),
                    IntStream.range(0, shape.rank()).toArray(), shape);
        }
    }
}
