package org.adjoint.derive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.adjoint.check.Differences;
import org.adjoint.check.Estimate;
import org.adjoint.check.Kind;
import org.adjoint.eval.DomainSearch;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Point;
import org.adjoint.eval.Regularity;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.eval.Values;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Holds a derivative against central differences of the function, along random directions, at random points and sizes.
 *
 * <p>Sizes are drawn all distinct first, so that a transposed result shows. A point where the function has no value,
 * where a matrix that is inverted is as good as singular, or where the differences tell of a kink or an edge, neither
 * confirms nor refutes and is drawn again, and so are sizes under which there is no other point.
 */
public final class DifferenceCheck {
    /**
     * What was found to agree.
     *
     * @param directions the number of directional derivatives that agree
     * @param points     at how many points
     * @param sizes      under how many assignments of sizes
     * @param worst      the largest deviation relative to the size of the derivative
     * @param seed       from which points and directions were drawn
     */
    public record Agreement(int directions, int points, int sizes, double worst, long seed) {
    }

    /** A contradiction, or too few points that tell: why the derivative is withheld. */
    public static final class Withheld extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Refused.Cause cause;

        Withheld(Refused.Cause cause, String reason) {
            super(reason);
            this.cause = cause;
        }

        public Refused.Cause cause() {
            return cause;
        }
    }

    private static final int SIZE_ASSIGNMENTS = 3;
    /** A function may be defined at some sizes only: {@code det(XᵀX)} vanishes where X is wide. */
    private static final int SIZES_TRIED = 12;
    private static final int POINTS = 2;
    private static final int DIRECTIONS = 2;
    private static final int ATTEMPTS = 12;
    /** After as many points outside the domain one is looked for. */
    private static final int EASY_ATTEMPTS = 6;
    /** Slack for the rounding of the analytic value itself, relative to the terms it is added up from. */
    private static final double ROUNDING = 1e-9;
    private static final double BLUR = 1e-4;
    private static final double FLAT = 1e-7;

    private final Expr function;
    /** The function with every detached part replaced by a variable that keeps its value while {@code wrt} moves. */
    private final Expr moving;
    private final Map<Variable, Expr> detached = new LinkedHashMap<>();
    private final Variable wrt;
    private final Expr gradient;
    private final Motion motion;
    private final long seed;

    private int directions;
    private int points;
    private double worst;

    private DifferenceCheck(Expr function, Variable wrt, Expr gradient, Motion motion, long seed) {
        this.motion = motion;
        this.function = function;
        this.wrt = wrt;
        this.gradient = gradient;
        this.seed = seed;
        this.moving = freeze(function);
    }

    private Expr freeze(Expr f) {
        Map<Expr, Expr> frozen = new LinkedHashMap<>();
        for (Expr node : Walk.postorder(f)) {
            if (node instanceof Detach detach) {
                Variable held = Variable.of("detached " + frozen.size(), detach.shape());
                frozen.put(detach, held);
                detached.put(held, detach.operand(0));
            }
        }
        return frozen.isEmpty() ? f : Substitution.of(frozen).apply(f);
    }

    /**
     * Checks the gradient of a scalar function of free variables.
     *
     * @throws Withheld when the differences contradict it, or no point could be found at which they can tell
     */
    public static Agreement check(Expr function, Variable wrt, Expr gradient, long seed) {
        return check(function, wrt, gradient, Motion.FREE, seed);
    }

    /** As {@link #check(Expr, Variable, Expr, long)}, along the directions in which the variable may move. */
    static Agreement check(Expr function, Variable wrt, Expr gradient, Motion motion, long seed) {
        return new DifferenceCheck(function, wrt, gradient, motion, seed).run();
    }

    private Agreement run() {
        List<Expr> roots = List.of(function, gradient, wrt);
        Set<Variable> variables = new LinkedHashSet<>(Walk.variables(roots));
        Sampler sampler = new Sampler(seed);
        List<Expr> constraints = DomainSearch.constraints(List.of(moving));
        int confirmed = 0;
        boolean large = false;
        Set<Sizes> tried = new LinkedHashSet<>(sampler.sizes(roots, SIZE_ASSIGNMENTS));
        List<Sizes> open = new ArrayList<>(tried);
        for (int k = 0; k < open.size() && confirmed < SIZE_ASSIGNMENTS; k++) {
            Sizes sizes = open.get(k);
            if (checkAt(sizes, sampler, variables, constraints)) {
                confirmed++;
                large |= sizes.values().isEmpty() || sizes.values().values().stream().anyMatch(size -> size > 1);
            }
            if (k == SIZE_ASSIGNMENTS - 1) {
                sampler.sizes(roots, SIZES_TRIED).stream().filter(tried::add).forEach(open::add);
            }
        }
        // Sizes that are all 1 tell nothing of transposes: on their own they confirm nothing.
        if (!large) {
            throw new Withheld(Refused.Cause.NO_POINT,
                    "no point was found at which finite differences can tell: the function has no value, or a"
                            + " kink, wherever it was tried (seed " + seed + ")");
        }
        return new Agreement(directions, points, confirmed, worst, seed);
    }

    private boolean checkAt(Sizes sizes, Sampler sampler, Collection<Variable> variables, List<Expr> constraints) {
        UnknownFunctionModel model = UnknownFunctionModel.seeded(seed);
        Plan value = Plan.compile(List.of(moving), sizes, model);
        Plan held = Plan.compile(List.copyOf(detached.values()), sizes, model);
        Plan derivative = Plan.compile(List.of(gradient), sizes, model);
        Random random = new Random(seed ^ sizes.hashCode());
        Regularity regularity = Regularity.of(List.of(function, gradient), sizes, model);
        Optional<DomainSearch> search = Optional.empty();
        int found = 0;
        for (int attempt = 0; attempt < ATTEMPTS && found < POINTS; attempt++) {
            Budget.current().checkTime();
            Point point = sampler.point(variables, sizes);
            if (attempt == EASY_ATTEMPTS && found == 0 && !constraints.isEmpty()) {
                search = Optional.of(DomainSearch.of(constraints, sizes, model, random));
            }
            if (search.isPresent()) {
                point = search.get().from(point);
            }
            Values values = point.doubles();
            if (regularity.holds(values) && agreesAt(point, values, value, held, derivative, random, model)) {
                found++;
                points++;
            }
        }
        return found > 0;
    }

    private boolean agreesAt(Point point, Values values, Plan value, Plan held, Plan derivative, Random random,
            UnknownFunctionModel model) {
        double[] x = values.value(wrt).orElseThrow().data().clone();
        if (x.length == 0) {
            // At these sizes the variable has no entries: nothing moves.
            return false;
        }
        double[] analytic = derivative.evaluate(values).get(0).data().clone();
        double[] moved = x.clone();
        Values movable = values.with(wrt, Tensor.of(values.value(wrt).orElseThrow().shape(), moved));
        int next = 0;
        List<Tensor> heldValues = detached.isEmpty() ? List.of() : held.evaluate(values);
        for (Variable variable : detached.keySet()) {
            Tensor now = heldValues.get(next++);
            movable = movable.with(variable, Tensor.of(now.shape(), now.data().clone()));
        }
        Values atMoved = movable;
        double center = value.evaluate(atMoved).get(0).data()[0];
        int told = 0;
        for (int k = 0; k < DIRECTIONS; k++) {
            double[] direction = motion.direction(x.length, k, random);
            double[] paired = motion.paired(direction, k);
            Estimate estimate = Differences.directional(at -> {
                System.arraycopy(at, 0, moved, 0, at.length);
                return value.evaluate(atMoved).get(0).data()[0];
            }, x, direction);
            if (estimate.kind() != Kind.SMOOTH) {
                continue;
            }
            double expected = 0;
            double size = 0;
            for (int i = 0; i < x.length; i++) {
                expected += analytic[i] * paired[i];
                size += Math.abs(analytic[i] * paired[i]);
            }
            if (!Double.isFinite(expected)) {
                continue;
            }
            boolean blurred = isBlurred(estimate, size, center);
            double deviation = Math.abs(expected - estimate.value());
            boolean contradicted = deviation > 4 * estimate.error() + ROUNDING * (size + Math.abs(estimate.value()));
            // Where doubles cancel to noise, as at a minimum that is met exactly, 60 digits decide.
            PreciseSlope.Outcome precise = contradicted || blurred
                    ? PreciseSlope.compare(moving, detached, wrt, gradient, point, direction, paired, model)
                    : PreciseSlope.Outcome.AGREES;
            if (precise == PreciseSlope.Outcome.DIFFERS) {
                if (blurred || Kinks.isMet(List.of(function, gradient), point.sizes(), model, values)) {
                    continue;
                }
                throw new Withheld(Refused.Cause.CONTRADICTED, contradiction(point, direction, expected, estimate));
            } else if (precise == PreciseSlope.Outcome.NO_VALUE) {
                continue;
            }
            told++;
            directions++;
            worst = contradicted || blurred || size == 0 ? worst : Math.max(worst, deviation / size);
        }
        return told > 0;
    }

    /** A blurred measurement confirms nothing: its error is large against the derivative and against the function. */
    private static boolean isBlurred(Estimate estimate, double size, double center) {
        return estimate.error() > BLUR * Math.max(size, Math.abs(estimate.value()))
                && estimate.sensitivity() > FLAT * Math.abs(center);
    }

    private String contradiction(Point point, double[] direction, double expected, Estimate estimate) {
        List<String> given = new ArrayList<>();
        point.values().forEach((variable, entries) -> given.add(variable.name() + " = " + entries));
        Optional<String> sizes = point.sizes().values().isEmpty() ? Optional.empty()
                : Optional.of(point.sizes().toString());
        return "finite differences contradict it: along " + java.util.Arrays.toString(direction)
                + " it gives "
                + expected + ", differences give " + estimate.value() + " ± " + estimate.error() + " at "
                + String.join(", ", given) + sizes.map(s -> " with " + s).orElse("") + " (seed " + seed + ")";
    }
}
