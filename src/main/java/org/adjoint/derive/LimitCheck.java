package org.adjoint.derive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Relation;
import org.adjoint.derive.Trend.Says;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Undefined;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.limit.Extended;
import org.adjoint.limit.Side;
import org.adjoint.limit.Target;

/**
 * A limit held against the values of the function on the way to it, in balls that carry their error, at random values of
 * the parameters and random sizes. Nothing here knows how the limit was found.
 */
final class LimitCheck {
    private static final ExactArithmetic EXACT = new ExactArithmetic();
    private static final int[] DIGITS = {40, 160, 640, 2560};
    /** A value is known when so many digits of it are certain, or so many places. */
    private static final int CERTAIN_DIGITS = 12;
    private static final int CERTAIN_PLACES = 20;
    private static final Duration TIME_LIMIT = Duration.ofMillis(1500);
    private static final int SIZES = 2;
    private static final int POINTS = 3;
    /** So many steps without a value end a way. */
    private static final int PATIENCE = 3;
    /** What holds more logarithms inside of each other may have no value at any distance that can be written down. */
    private static final int FEW_LOGARITHMS = 3;
    /** After so many steps it is seen whether more are needed. */
    private static final int FIRST_LOOK = 16;

    private final Expr f;
    private final Variable v;
    private final Target target;
    private final long seed;
    private final boolean misleading;
    private final int logarithms;

    LimitCheck(Expr f, Variable v, Target target, long seed) {
        this.f = f;
        this.v = v;
        this.target = target;
        this.seed = seed;
        this.misleading = isMisleading(f);
        this.logarithms = nestedLogarithms(f);
    }

    /** The same check from one side. */
    LimitCheck from(Side side) {
        return new LimitCheck(f, v, new Target(target.at(), side), seed);
    }

    /** The limit at points where the relations hold; what time allows. */
    Sighting of(Extended limit, List<Relation> assumed) {
        // What is assumed of v itself says where the way is, not which parameters are possible.
        List<Relation> relations = assumed.stream()
                .filter(relation -> !Walk.variables(List.of(relation.left(), relation.right())).contains(v)).toList();
        Sighting[] all = {Sighting.NOTHING};
        try {
            Budget.defaults().withTime(TIME_LIMIT).run(() -> look(limit, relations, all));
        } catch (Budget.Exceeded late) {
            return all[0].cutShort();
        }
        return all[0];
    }

    private void look(Extended limit, List<Relation> relations, Sighting[] all) {
        List<Expr> roots = roots(limit, relations);
        Set<Variable> parameters = new LinkedHashSet<>(Walk.variables(roots));
        parameters.remove(v);
        List<Sizes> choices = new Sampler(seed).sizes(roots, SIZES);
        for (Sizes sizes : choices) {
            List<Point> points = new LimitPoints(parameters, relations, sizes, seed)
                    .draw(parameters.isEmpty() ? 1 : POINTS);
            for (Point point : points) {
                for (Side side : sides()) {
                    all[0] = all[0].plus(at(limit, point, side));
                    if (all[0].contradiction().isPresent()) {
                        return;
                    }
                }
            }
            all[0] = points.isEmpty() ? all[0] : all[0].overOneMoreSize();
        }
    }

    private List<Expr> roots(Extended limit, List<Relation> relations) {
        List<Expr> roots = new ArrayList<>(List.of(f));
        relations.forEach(relation -> roots.add(relation.difference()));
        for (Extended point : List.of(limit, target.at())) {
            if (point instanceof Extended.Finite(Expr value)) {
                roots.add(value);
            }
        }
        return roots;
    }

    private List<Side> sides() {
        return target.at() instanceof Extended.Infinite ? List.of(Side.BOTH)
                : target.side() == Side.BOTH ? List.of(Side.ABOVE, Side.BELOW) : List.of(target.side());
    }

    // ---- one point, one side

    private Sighting at(Extended limit, Point point, Side side) {
        Way doubling = new Way(Approach.DOUBLING, point, side);
        doubling.walk(FIRST_LOOK);
        if (doubling.isOutsideDomain()) {
            Way squaring = new Way(Approach.SQUARING, point, side);
            squaring.walk(Integer.MAX_VALUE);
            return !squaring.isOutsideDomain() && squaring.isDefined() ? all(limit, point, List.of(squaring))
                    : logarithms > FEW_LOGARITHMS ? Sighting.of(Says.NOTHING, true) : Sighting.UNDEFINED;
        }
        if (!doubling.isDefined()) {
            Way counting = new Way(Approach.COUNTING, point, side);
            counting.walk(Integer.MAX_VALUE);
            return counting.isDefined() ? all(limit, point, List.of(counting)) : Sighting.of(Says.NOTHING, true);
        }
        Sighting first = all(limit, point, List.of(doubling));
        boolean reached = first.contradiction().isEmpty() && first.slow() + first.blind() == 0;
        if (reached && limit instanceof Extended.Finite) {
            return first;
        }
        doubling.walk(Integer.MAX_VALUE);
        List<Way> ways = new ArrayList<>(List.of(doubling));
        if (doubling.overflows()) {
            Way counting = new Way(Approach.COUNTING, point, side);
            counting.walk(Integer.MAX_VALUE);
            ways.add(counting);
        } else {
            Way squaring = new Way(Approach.SQUARING, point, side);
            squaring.walk(Integer.MAX_VALUE);
            ways.add(squaring);
        }
        return all(limit, point, ways);
    }

    /** Every entry on all of the ways; the entry that is seen worst counts. */
    private Sighting all(Extended limit, Point point, List<Way> ways) {
        Optional<NumberTensor<Precise>> value = limit instanceof Extended.Finite(Expr expr)
                ? Optional.of(precise(expr, point)) : Optional.empty();
        if (value.isPresent() && !value.get().isDefined()) {
            return value.get().firstUndefined().filter(Undefined::isOutsideDomain).isPresent()
                    ? Sighting.UNDEFINED : Sighting.of(Says.NOTHING, false);
        }
        Says worst = Says.YES;
        for (int entry = 0; entry < ways.get(0).entries(); entry++) {
            List<Says> said = new ArrayList<>();
            for (Way way : ways) {
                said.add(way.says(limit, value, entry));
            }
            Says says = together(limit, said, ways);
            if (says == Says.ELSEWHERE || says == Says.AWAY) {
                return Sighting.contradiction(contradiction(point, ways, entry, value, limit));
            }
            worst = says.compareTo(worst) > 0 ? says : worst;
        }
        return Sighting.of(worst, ways.getLast().overflow);
    }

    /**
     * What the ways say together. The last one goes furthest, so that a first one may be contradicted by it, but not the
     * other way round, unless the last one has too few values to say anything.
     */
    private static Says together(Extended limit, List<Says> said, List<Way> ways) {
        Says first = said.get(0);
        Says last = said.getLast();
        if (!ways.getLast().isLong()) {
            return last == Says.NOTHING || first == Says.YES ? first : last;
        }
        if (first == Says.YES && (limit instanceof Extended.Finite || last == Says.NOTHING)) {
            return first;
        }
        return last == Says.AWAY && first == Says.SLOWLY ? Says.NOTHING : last;
    }

    private String contradiction(Point point, List<Way> ways, int entry, Optional<NumberTensor<Precise>> value,
            Extended limit) {
        Way way = ways.get(0);
        String claimed = value.map(x -> x.get(entry).toString(8))
                .orElse(limit instanceof Extended.Infinite(int sign) && sign < 0 ? "-inf" : "inf");
        StringBuilder where = new StringBuilder();
        if (!point.sizes().values().isEmpty()) {
            where.append(point.sizes()).append(", ");
        }
        point.values().forEach((variable, x) -> where.append(variable.name()).append(" = ").append(x).append(", "));
        return "at " + where + v.name() + " = " + way.lastAt() + " the function is " + way.last(entry).toString(8)
                + ", going elsewhere than to " + claimed;
    }

    /** To 60 digits; through exact numbers where there are any, in which ties are seen. */
    private static NumberTensor<Precise> precise(Expr expr, Point point) {
        PreciseArithmetic field = new PreciseArithmetic(60);
        UnknownFunctionModel functions = UnknownFunctionModel.seeded(0);
        NumberTensor<Radical> exact = new Evaluator<>(EXACT, point.sizes(), functions).evaluate(expr, point.in(EXACT));
        return exact.isDefined() && exact.entries().stream().allMatch(x -> x.toRational().isPresent())
                ? exact.map(x -> field.of(x.toRational().orElseThrow()))
                : new Evaluator<>(field, point.sizes(), functions).evaluate(expr, point.in(field));
    }

    /**
     * Whether strides that grow as far as can be computed say nothing: logarithms in an exponent, as in
     * {@code exp(sqrt(log(t)) · log(log(t))²)/sqrt(t)}, which starts to fall where t has thousands of digits.
     */
    private static boolean isMisleading(Expr f) {
        NodeMap<Boolean> holdsLog = new NodeMap<>();
        for (Expr node : Walk.postorder(f)) {
            ScalarFunction function = node instanceof Elementwise e ? e.function() : null;
            boolean log = function == Functions.LOG || function == Functions.LOG1P;
            for (int k = 0; k < node.operandCount(); k++) {
                boolean below = holdsLog.contains(node.operand(k));
                if (below && (function == Functions.EXP || (function == Functions.POWER && k == 1))) {
                    return true;
                }
                log |= below;
            }
            if (log) {
                holdsLog.put(node, true);
            }
        }
        return false;
    }

    /** How many logarithms stand inside of each other. */
    private static int nestedLogarithms(Expr f) {
        NodeMap<Integer> depths = new NodeMap<>();
        int deepest = 0;
        for (Expr node : Walk.postorder(f)) {
            int depth = 0;
            for (int k = 0; k < node.operandCount(); k++) {
                depth = Math.max(depth, Objects.requireNonNull(depths.get(node.operand(k))));
            }
            depth += node instanceof Elementwise e && e.function() == Functions.LOG ? 1 : 0;
            depths.put(node, depth);
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    // ---- the values on a way

    /** The values of the function at the distances of an approach; more digits are taken where they are needed. */
    private final class Way {
        private final List<Rational> distances;
        private final Point point;
        private final Side side;
        private final int levels;
        private final List<NumberTensor<Precise>> values = new ArrayList<>();
        private PreciseArithmetic field = new PreciseArithmetic(DIGITS[0]);
        private int level;
        private int next;
        private int missing;
        private Rational at = Rational.ZERO;
        private @org.jspecify.annotations.Nullable Undefined undefined;
        private boolean overflow;

        Way(Approach approach, Point point, Side side) {
            this.distances = approach.distances();
            this.levels = (int) Arrays.stream(DIGITS).filter(digits -> digits <= approach.digits()).count();
            this.point = point;
            this.side = side;
        }

        boolean isDefined() {
            return !values.isEmpty();
        }

        /** Whether the function has no value any more where the way ends. */
        boolean isOutsideDomain() {
            return !overflow && undefined != null && undefined.isOutsideDomain()
                    && (values.isEmpty() || missing >= PATIENCE);
        }

        /** Whether numbers were too large before the way was at its end. */
        boolean overflows() {
            return overflow && values.size() < FIRST_LOOK;
        }

        /** Whether there are enough values to show a trend. */
        boolean isLong() {
            return values.size() >= Trend.FEWEST;
        }

        int entries() {
            return values.get(0).count();
        }

        Precise last(int entry) {
            return values.getLast().get(entry);
        }

        String lastAt() {
            String distance = distance(at);
            return switch (side) {
                case BOTH -> target.at() instanceof Extended.Infinite(int sign) && sign < 0 ? "-" + distance : distance;
                case ABOVE -> "the point + 1/" + distance;
                case BELOW -> "the point - 1/" + distance;
            };
        }

        private String distance(Rational t) {
            int bits = t.numerator().bitLength() - 1;
            return bits > 20 ? "2^" + bits : t.toString();
        }

        void walk(int steps) {
            for (int k = 0; k < steps && next < distances.size() && missing < PATIENCE; k++) {
                step(distances.get(next++));
            }
        }

        private void step(Rational distance) {
            for (; level < levels; level++) {
                Budget.current().checkTime();
                if (field.digits() != DIGITS[level]) {
                    field = new PreciseArithmetic(DIGITS[level]);
                }
                NumberTensor<Precise> value = value(distance);
                Optional<Undefined> reason = value.firstUndefined();
                if (reason.isEmpty() && isCertain(value)) {
                    values.add(value);
                    at = distance;
                    missing = 0;
                    return;
                }
                undefined = reason.orElse(undefined);
                if (reason.isPresent() && reason.get().kind() != Undefined.Kind.UNDECIDABLE) {
                    overflow |= reason.get().kind() == Undefined.Kind.NOT_EXACT;
                    break;
                }
            }
            level = Math.min(level, levels - 1);
            // What has a value only near the limit starts there.
            missing += values.isEmpty() && !overflow ? 0 : 1;
        }

        private boolean isCertain(NumberTensor<Precise> value) {
            for (Precise x : value.entries()) {
                if (x.digits() < CERTAIN_DIGITS && field.agreeingPlaces(x, x) < CERTAIN_PLACES) {
                    return false;
                }
            }
            return true;
        }

        private NumberTensor<Precise> value(Rational distance) {
            Map<Variable, NumberTensor<Precise>> all = new LinkedHashMap<>(point.in(field));
            all.put(v, NumberTensor.scalar(position(distance)));
            return new Evaluator<>(field, point.sizes(), UnknownFunctionModel.seeded(0)).evaluate(f, all);
        }

        private Precise position(Rational distance) {
            return switch (target.at()) {
                case Extended.Infinite(int sign) -> field.of(sign < 0 ? distance.negate() : distance);
                case Extended.Finite(Expr a) -> {
                    Precise centre = new Evaluator<>(field, point.sizes()).evaluate(a, point.in(field)).value();
                    Precise step = field.of(Rational.ONE.dividedBy(distance));
                    yield side == Side.ABOVE ? field.add(centre, step) : field.subtract(centre, step);
                }
            };
        }

        Says says(Extended limit, Optional<NumberTensor<Precise>> value, int entry) {
            PreciseArithmetic finest = new PreciseArithmetic(DIGITS[DIGITS.length - 1]);
            Trend trend = new Trend(finest, values.stream().map(each -> each.get(entry)).toList());
            Says says = switch (limit) {
                case Extended.Finite ignored -> trend.towards(value.orElseThrow().get(entry));
                case Extended.Infinite(int sign) -> trend.toInfinity(sign);
            };
            boolean growth = says == Says.AWAY || says == Says.YES && limit instanceof Extended.Infinite;
            return growth && misleading ? Says.NOTHING : says;
        }
    }
}
