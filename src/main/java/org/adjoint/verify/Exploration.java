package org.adjoint.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.adjoint.eval.DomainSearch;
import org.adjoint.eval.Facts;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Plan;
import org.adjoint.eval.Point;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Tensor;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.eval.Values;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/**
 * Points at which a false claim that is true at small numbers fails: where doubles see a difference, inside narrow
 * domains, and on both sides of every switch, an absolute value's argument say, as well as exactly on it. Doubles only
 * suggest; what they suggest is tried as every other point is.
 */
final class Exploration {
    /** Points at which more entries than this would have to be drawn are not explored. */
    private static final int MOST_ENTRIES = 400;
    private static final int WILD = 96;
    private static final int MIXED = 64;
    private static final int SUSPECTS = 24;
    private static final int SWITCHES = 12;
    private static final int STARTS = 60;
    private static final double CLEAR = 1e-9;

    private final Question question;
    private final Sampler sampler;
    private final Sizes sizes;
    private final Set<Variable> variables;
    private final UnknownFunctionModel functions;
    private final Random random;

    Exploration(Question question, Sampler sampler, Sizes sizes) {
        this.question = question;
        this.sampler = sampler;
        this.sizes = sizes;
        this.variables = question.variables();
        this.functions = UnknownFunctionModel.seeded(question.seed());
        this.random = new Random(question.seed());
    }

    /** Whether there are few enough entries for it to be worth while. */
    boolean isSmall() {
        int entries = 0;
        for (Variable variable : variables) {
            int count = 1;
            for (int length : sizes.of(variable.shape())) {
                count *= length;
            }
            entries += count;
        }
        return entries > 0 && entries <= MOST_ENTRIES;
    }

    // ---- where doubles differ

    private record Suspect(Point point, double difference) {
    }

    /** Points of the grid, and points far away, at which the sides of an equation differ in doubles; the clearest first. */
    List<Point> suspects() {
        List<Expr> sides = new ArrayList<>();
        for (Comparison c : question.proposition().comparisons()) {
            if (c.test() == Comparison.Test.EQUAL) {
                sides.add(c.values().left());
                sides.add(c.values().right());
                sides.add(c.tolerance().orElse(org.adjoint.expr.Linear.zero(c.values().left().shape())));
            }
        }
        if (sides.isEmpty()) {
            return List.of();
        }
        Plan plan = Plan.compile(sides, sizes, functions);
        List<Suspect> found = new ArrayList<>();
        for (Point point : candidates()) {
            double difference = difference(plan.evaluate(point.doubles()));
            if (difference > CLEAR) {
                found.add(new Suspect(point, difference));
            }
        }
        found.sort(Comparator.comparingDouble(suspect -> -suspect.difference()));
        return found.stream().limit(SUSPECTS).map(Suspect::point).toList();
    }

    private List<Point> candidates() {
        List<Point> all = new ArrayList<>(sampler.grid(variables, sizes));
        for (int k = 0; k < WILD; k++) {
            all.add(sampler.wildPoint(variables, sizes));
        }
        for (int k = 0; k < MIXED; k++) {
            all.add(sampler.point(variables, sizes));
        }
        return all;
    }

    /** The greatest difference beyond the tolerance, relative to the sides; 0 where a side has no value. */
    private static double difference(List<Tensor> values) {
        double greatest = 0;
        for (int k = 0; k < values.size(); k += 3) {
            for (int entry = 0; entry < values.get(k).count(); entry++) {
                double a = values.get(k).data()[entry];
                double b = values.get(k + 1).data()[entry];
                double beyond = Math.abs(a - b) - values.get(k + 2).data()[entry];
                double relative = beyond / Math.max(Math.abs(a), Math.abs(b));
                if (!Double.isFinite(a) || !Double.isFinite(b) || Double.isNaN(relative)) {
                    return 0;
                }
                greatest = Math.max(greatest, relative);
            }
        }
        return greatest;
    }

    // ---- inside the domain

    private List<Expr> constraints() {
        List<Expr> positive = new ArrayList<>(DomainSearch.constraints(question.allRoots()));
        for (Proposition hypothesis : question.hypotheses()) {
            for (Comparison c : hypothesis.comparisons()) {
                switch (c.test()) {
                    case LESS, LESS_OR_EQUAL -> positive.add(c.values().right().minus(c.values().left()));
                    case GREATER, GREATER_OR_EQUAL -> positive.add(c.values().left().minus(c.values().right()));
                    case EQUAL, NOT_EQUAL, INTEGER, DIVIDES, UNIQUE_MAX -> {
                    }
                }
            }
        }
        return positive;
    }

    /** Up to so many different points where every function has a value and every hypothesis holds, as far as doubles tell. */
    List<Point> inside(int count) {
        List<Expr> positive = constraints();
        if (positive.isEmpty()) {
            return List.of();
        }
        DomainSearch search = DomainSearch.of(positive, sizes, functions, random);
        Set<Point> found = new LinkedHashSet<>();
        for (int k = 0; k < STARTS && found.size() < count; k++) {
            Point point = search.from(start(k));
            // The nearest that was found to a domain without an inside may be its only point.
            if (search.isInside(point) || k < 2) {
                found.add(point);
            } else if (k > STARTS / 4 && found.size() <= 2) {
                break;
            }
        }
        return List.copyOf(found);
    }

    private Point start(int k) {
        return k % 2 == 0 ? sampler.point(variables, sizes) : sampler.wildPoint(variables, sizes);
    }

    // ---- on both sides of every switch

    /** Points on the sides of switches on which none of the points so far is, and points exactly on switches. */
    List<Point> sides(List<Point> soFar) {
        List<Expr> positive = constraints();
        List<Point> found = new ArrayList<>();
        List<Expr> switches = Switches.of(question.roots());
        for (Expr g : switches.subList(0, Math.min(SWITCHES, switches.size()))) {
            Plan plan = Plan.compile(List.of(g), sizes, functions);
            Optional<Point> above = side(plan, g, positive, soFar, 1);
            Optional<Point> below = side(plan, g, positive, soFar, -1);
            above.ifPresent(found::add);
            below.ifPresent(found::add);
            if (above.isPresent() && below.isPresent()) {
                between(plan, above.get(), below.get()).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Point> side(Plan plan, Expr g, List<Expr> positive, List<Point> soFar, int sign) {
        for (Point point : soFar) {
            if (point.sizes().equals(sizes) && value(plan, point) * sign > 0) {
                return Optional.of(point);
            }
        }
        List<Expr> all = new ArrayList<>(positive);
        all.add(sign > 0 ? g : g.negate());
        DomainSearch search = DomainSearch.of(all, sizes, functions, random);
        for (int k = 0; k < 3; k++) {
            Point point = search.from(soFar.isEmpty() ? start(k) : soFar.get(random.nextInt(soFar.size())));
            if (search.isInside(point)) {
                return Optional.of(point);
            }
        }
        return Optional.empty();
    }

    private static double value(Plan plan, Point point) {
        Values values = point.doubles();
        return plan.evaluate(values).get(0).data()[0];
    }

    /** Where the chord between the points meets zero: on the switch itself when it is linear between them. */
    private Optional<Point> between(Plan plan, Point above, Point below) {
        double high = value(plan, above);
        double low = value(plan, below);
        Rational part = Rational.of(Math.round(high / (high - low) * 27720), 27720);
        Point middle = above;
        for (Variable variable : variables) {
            NumberTensor<Rational> from = above.value(variable);
            NumberTensor<Rational> to = below.value(variable);
            List<Rational> entries = new ArrayList<>();
            for (int k = 0; k < from.count(); k++) {
                entries.add(from.get(k).plus(to.get(k).minus(from.get(k)).times(part)));
            }
            NumberTensor<Rational> value = NumberTensor.of(from.shape(), entries);
            if (!variable.facts().stream().allMatch(fact -> Facts.holds(fact, value))) {
                return Optional.empty();
            }
            middle = middle.with(variable, value);
        }
        return Optional.of(middle);
    }
}
