package org.adjoint.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.Interpretation;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Undefined;
import org.adjoint.expr.Arithmetic;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.jspecify.annotations.Nullable;

/**
 * The truth of comparisons at one point: exactly where the numbers are rationals and radicals, elsewhere to 60 digits
 * confirmed at 120. A difference counts only when both precisions are certain of it.
 */
final class PointTruth {
    /** Balls that meet count as equal when they are at least this narrow, in decimal places relative to the sides. */
    private static final int AGREEING_DIGITS = 40;

    private static final ExactArithmetic EXACT = new ExactArithmetic();
    private static final PreciseArithmetic SIXTY = new PreciseArithmetic(60);
    private static final int CONFIRMING_DIGITS = 120;
    private static final PreciseArithmetic CONFIRMING = new PreciseArithmetic(CONFIRMING_DIGITS);
    /** Where numbers are further apart in size than this, nothing is said. */
    private static final int MOST_DIGITS = 3000;
    private static final double DIGITS_PER_BIT = Math.log10(2);

    private final Point point;
    private final Interpretation functions;
    private final List<Expr> roots;
    private final Magnitudes magnitudes;
    private final Map<Expr, Integer> positions = new HashMap<>();
    private @Nullable List<NumberTensor<Radical>> exact;
    private @Nullable List<NumberTensor<Precise>> sixty;
    private @Nullable List<NumberTensor<Precise>> confirming;
    private boolean allExact = true;
    private boolean vague = true;
    private int digits = 60;
    private @Nullable Undefined undefined;
    private @Nullable PreciseArithmetic fine;
    private @Nullable List<NumberTensor<Precise>> finest;

    /**
     * @param roots      what the comparisons compare
     * @param magnitudes those of the roots
     * @param tryExact   whether exact values may be expected
     */
    PointTruth(Point point, Interpretation functions, List<Expr> roots, Magnitudes magnitudes, boolean tryExact) {
        this.point = point;
        this.functions = functions;
        this.roots = roots;
        this.magnitudes = magnitudes;
        this.allExact = tryExact;
        for (int k = 0; k < roots.size(); k++) {
            positions.put(roots.get(k), k);
        }
        if (!tryExact) {
            exact = List.of();
        }
    }

    /** Every expression that the comparisons need. */
    static List<Expr> roots(List<Comparison> comparisons) {
        List<Expr> roots = new ArrayList<>();
        for (Comparison c : comparisons) {
            add(roots, c.values().left());
            add(roots, c.values().right());
            c.tolerance().ifPresent(t -> add(roots, t));
        }
        return roots;
    }

    private static void add(List<Expr> roots, Expr root) {
        if (!roots.contains(root)) {
            roots.add(root);
        }
    }

    /** Whether all answers so far were exact. */
    boolean isExact() {
        return allExact;
    }

    /** Whether, wherever the truth is unknown, it is because a side has no certain value here. */
    boolean isVague() {
        return vague;
    }

    /** Why the last comparison that was undefined is. */
    Optional<Undefined> undefined() {
        return Optional.ofNullable(undefined);
    }

    Truth of(Comparison comparison) {
        Optional<NumberTensor<Radical>> left = exact(comparison.values().left());
        Optional<NumberTensor<Radical>> right = exact(comparison.values().right());
        if (left.isPresent() && right.isPresent()) {
            if (outside(left.get()) || outside(right.get())) {
                return Truth.UNDEFINED;
            }
            Optional<NumberTensor<Radical>> tolerance = comparison.tolerance().flatMap(this::exact);
            if (left.get().isDefined() && right.get().isDefined()
                    && (comparison.tolerance().isEmpty() || tolerance.filter(NumberTensor::isDefined).isPresent())) {
                return new EntryTests<>(EXACT, (a, b) -> a.equals(b) ? Truth.TRUE : Truth.FALSE,
                        a -> Truth.of(a.toRational().filter(Rational::isInteger).isPresent()))
                        .of(comparison.test(), left.get(), right.get(), tolerance);
            }
        }
        allExact = false;
        Truth first = at(SIXTY, comparison);
        if (first == Truth.UNDEFINED || first == Truth.UNKNOWN) {
            return first;
        }
        PreciseArithmetic field = first == Truth.TRUE ? confirming() : CONFIRMING;
        if (field.digits() > MOST_DIGITS) {
            return Truth.UNKNOWN;
        }
        Truth second = at(field, comparison);
        if (first == Truth.TRUE && second == Truth.FALSE && field.digits() <= MOST_DIGITS) {
            // Sixty digits were too few: what is certain with more is confirmed with twice as many.
            fine = new PreciseArithmetic(2 * field.digits());
            finest = null;
            second = at(fine, comparison);
            digits = field.digits();
            return second == Truth.FALSE ? second : Truth.UNKNOWN;
        }
        vague &= first == second || second == Truth.UNKNOWN;
        return first == second ? first : Truth.UNKNOWN;
    }

    /** The greatest distance of entries of the sides, as far as the finest precision used knows it. */
    Optional<Precise> distance(Comparison comparison) {
        PreciseArithmetic field = fine == null ? CONFIRMING : fine;
        NumberTensor<Precise> left = precise(field, comparison.values().left());
        NumberTensor<Precise> right = precise(field, comparison.values().right());
        Optional<Precise> greatest = Optional.empty();
        for (int k = 0; k < left.count(); k++) {
            if (left.isDefined(k) && right.isDefined(k) && field.differs(left.get(k), right.get(k))) {
                Precise distance = field.abs(field.subtract(left.get(k), right.get(k)));
                if (greatest.isEmpty() || field.compare(distance, greatest.get()) > 0) {
                    greatest = Optional.of(distance);
                }
            }
        }
        return greatest;
    }

    /** How many digits the last inexact answer took, and how many confirmed it. */
    String precision() {
        PreciseArithmetic last = fine == null ? CONFIRMING : fine;
        return digits + " digits confirmed at " + Math.max(last.digits(), CONFIRMING_DIGITS);
    }

    /** What confirms that sides agree: as many more digits as the numbers are apart in size. */
    private PreciseArithmetic confirming() {
        if (fine == null) {
            double bits = magnitudes.bitsAt(point, functions);
            int more = (int) Math.min(MOST_DIGITS, Math.ceil(bits * DIGITS_PER_BIT / CONFIRMING_DIGITS) - 1);
            fine = more <= 0 ? CONFIRMING
                    : new PreciseArithmetic(Math.min(MOST_DIGITS + 1, CONFIRMING_DIGITS * (more + 2)));
        }
        return fine;
    }

    /** Whether the comparison is certainly true: exactly, or by balls that do not meet. */
    Truth certainly(Comparison comparison) {
        Truth truth = of(comparison);
        if (truth != Truth.TRUE || !exact(comparison.values().left()).isEmpty() && isExact()) {
            return truth;
        }
        NumberTensor<Precise> left = precise(SIXTY, comparison.values().left());
        NumberTensor<Precise> right = precise(SIXTY, comparison.values().right());
        return new EntryTests<>(SIXTY, (a, b) -> SIXTY.differs(a, b) ? Truth.FALSE : Truth.UNKNOWN, a -> Truth.UNKNOWN)
                .of(comparison.test(), left, right, comparison.tolerance().map(t -> precise(SIXTY, t)));
    }

    private Truth at(PreciseArithmetic field, Comparison comparison) {
        NumberTensor<Precise> left = precise(field, comparison.values().left());
        NumberTensor<Precise> right = precise(field, comparison.values().right());
        Optional<NumberTensor<Precise>> tolerance = comparison.tolerance().map(t -> precise(field, t));
        if (outside(left) || outside(right)) {
            return Truth.UNDEFINED;
        }
        if (!left.isDefined() || !right.isDefined() || tolerance.filter(t -> !t.isDefined()).isPresent()) {
            return Truth.UNKNOWN;
        }
        Truth truth = new EntryTests<>(field, (a, b) -> equal(field, a, b), a -> integer(field, a))
                .of(comparison.test(), left, right, tolerance);
        vague &= truth != Truth.UNKNOWN;
        return truth;
    }

    private static Truth equal(PreciseArithmetic field, Precise a, Precise b) {
        if (field.differs(a, b)) {
            return Truth.FALSE;
        }
        boolean narrow = Math.max(field.agreeingDigits(a, b), field.agreeingPlaces(a, b)) >= AGREEING_DIGITS;
        return narrow ? Truth.TRUE : Truth.UNKNOWN;
    }

    private static Truth integer(PreciseArithmetic field, Precise a) {
        Precise nearest = field.of(Rational.of(Math.round(field.toDouble(a))));
        return Math.abs(field.toDouble(a)) < 1L << 52 ? equal(field, a, nearest) : Truth.UNKNOWN;
    }

    private <T> boolean outside(NumberTensor<T> tensor) {
        Optional<Undefined> reason = firstOutside(tensor);
        reason.ifPresent(r -> undefined = r);
        return reason.isPresent();
    }

    private static <T> Optional<Undefined> firstOutside(NumberTensor<T> tensor) {
        for (int k = 0; k < tensor.count(); k++) {
            Optional<Undefined> reason = tensor.undefined(k).filter(Undefined::isOutsideDomain);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    /** The value of a root in exact numbers; empty when none were asked for. */
    Optional<NumberTensor<Radical>> exact(Expr root) {
        if (exact == null) {
            exact = evaluate(EXACT);
        }
        return exact.isEmpty() ? Optional.empty() : Optional.of(exact.get(position(root)));
    }

    /** The value of a root to 60 digits. */
    NumberTensor<Precise> precise(Expr root) {
        return precise(SIXTY, root);
    }

    private NumberTensor<Precise> precise(PreciseArithmetic field, Expr root) {
        List<NumberTensor<Precise>> values = field == SIXTY ? sixty : field == CONFIRMING ? confirming : finest;
        if (values == null) {
            values = evaluate(field);
            if (field == SIXTY) {
                sixty = values;
            } else if (field == CONFIRMING) {
                confirming = values;
            } else {
                finest = values;
            }
        }
        return values.get(position(root));
    }

    private int position(Expr root) {
        Integer position = positions.get(root);
        if (position == null) {
            throw new IllegalStateException("not among the roots: " + root);
        }
        return position;
    }

    private <T> List<NumberTensor<T>> evaluate(Arithmetic<T> field) {
        return new Evaluator<>(field, point.sizes(), functions).evaluate(roots, point.in(field));
    }
}
