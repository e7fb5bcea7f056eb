package org.adjoint.derive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.adjoint.algebra.Relation;
import org.adjoint.eval.DomainSearch;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.ExactArithmetic;
import org.adjoint.eval.Facts;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * Values of the parameters of a limit at which relations between them hold. Inequalities are looked for; an equation is
 * solved for a variable in which it is linear, so that ties are met exactly.
 */
final class LimitPoints {
    private static final int TRIES = 60;
    private static final int SEARCHES = 12;
    private static final PreciseArithmetic DIGITS = new PreciseArithmetic(60);

    private final List<Variable> variables;
    private final List<Relation> relations;
    private final Sizes sizes;
    private final Sampler sampler;
    private final Random random;

    LimitPoints(Collection<Variable> variables, List<Relation> relations, Sizes sizes, long seed) {
        this.variables = List.copyOf(variables);
        this.relations = relations;
        this.sizes = sizes;
        this.sampler = new Sampler(seed);
        this.random = new Random(seed);
    }

    /** Up to {@code count} different points: one of small whole numbers, where entries may be equal, then random ones. */
    List<Point> draw(int count) {
        Set<Point> found = new LinkedHashSet<>();
        List<Point> grid = sampler.grid(variables, sizes);
        for (int k = 0; k < TRIES && found.isEmpty() && !grid.isEmpty() && count > 1; k++) {
            solved(grid.get(random.nextInt(grid.size()))).filter(this::admits).ifPresent(found::add);
        }
        for (int k = 0; k < TRIES && found.size() < count; k++) {
            start(k).flatMap(this::solved).filter(this::admits).ifPresent(found::add);
        }
        if (found.size() < count && !relations.isEmpty() && !variables.isEmpty()) {
            search(found, count);
        }
        return List.copyOf(found);
    }

    private Optional<Point> start(int k) {
        try {
            return Optional.of(k < TRIES / 2 ? sampler.point(variables, sizes) : sampler.wildPoint(variables, sizes));
        } catch (IllegalArgumentException noSuchValue) {
            return Optional.empty();
        }
    }

    private void search(Set<Point> found, int count) {
        List<Expr> positive = new ArrayList<>(DomainSearch.constraints(sides()));
        for (Relation relation : relations) {
            switch (relation.op()) {
                case LESS, LESS_OR_EQUAL -> positive.add(relation.right().minus(relation.left()));
                case GREATER, GREATER_OR_EQUAL -> positive.add(relation.difference());
                case EQUAL, NOT_EQUAL -> {
                    // An equation is solved, and a difference is found by chance.
                }
            }
        }
        if (positive.isEmpty()) {
            return;
        }
        DomainSearch search = DomainSearch.of(positive, sizes, UnknownFunctionModel.seeded(1), random);
        for (int k = 0; k < SEARCHES && found.size() < count; k++) {
            start(0).map(search::from).flatMap(this::solved).filter(this::admits).ifPresent(found::add);
        }
    }

    private List<Expr> sides() {
        List<Expr> sides = new ArrayList<>();
        relations.forEach(relation -> {
            sides.add(relation.left());
            sides.add(relation.right());
        });
        return sides;
    }

    // ---- equations

    /** The point moved so that every equation holds; empty where none of its variables occurs linearly. */
    private Optional<Point> solved(Point start) {
        Point point = start;
        for (Relation relation : relations) {
            if (relation.op() == Relation.Op.EQUAL && !holds(relation, point)) {
                Optional<Point> moved = solved(relation, point);
                if (moved.isEmpty()) {
                    return moved;
                }
                point = moved.get();
            }
        }
        return Optional.of(point);
    }

    private static Optional<Point> solved(Relation equation, Point point) {
        Expr difference = equation.difference();
        List<Variable> unknowns = new ArrayList<>(Walk.variables(difference));
        for (Variable unknown : unknowns.reversed()) {
            for (int entry = 0; entry < point.value(unknown).count(); entry++) {
                Optional<Point> root = root(difference, unknown, entry, point);
                if (root.isPresent()) {
                    return root;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Point> root(Expr difference, Variable unknown, int entry, Point point) {
        Optional<Rational> at0 = exact(difference, with(point, unknown, entry, Rational.ZERO));
        Optional<Rational> at1 = exact(difference, with(point, unknown, entry, Rational.ONE));
        if (at0.isEmpty() || at1.isEmpty() || at0.equals(at1)) {
            return Optional.empty();
        }
        Rational root = at0.get().dividedBy(at0.get().minus(at1.get()));
        Point solved = with(point, unknown, entry, root);
        return exact(difference, solved).filter(Rational::isZero).map(zero -> solved);
    }

    private static Point with(Point point, Variable variable, int entry, Rational value) {
        List<Rational> entries = new ArrayList<>(point.value(variable).entries());
        entries.set(entry, value);
        return point.with(variable, NumberTensor.of(point.value(variable).shape(), entries));
    }

    private static Optional<Rational> exact(Expr scalar, Point point) {
        NumberTensor<Radical> value = new Evaluator<>(new ExactArithmetic(), point.sizes()).evaluate(scalar,
                point.in(new ExactArithmetic()));
        return value.isDefined() ? value.value().toRational() : Optional.empty();
    }

    // ---- relations

    private boolean admits(Point point) {
        return relations.stream().allMatch(relation -> holds(relation, point))
                && point.values().entrySet().stream().allMatch(each -> each.getKey().facts().stream()
                        .allMatch(fact -> Facts.holds(fact, each.getValue())));
    }

    /** Whether the relation certainly holds there. */
    private static boolean holds(Relation relation, Point point) {
        Expr difference = relation.difference();
        Optional<Rational> exact = exact(difference, point);
        if (exact.isPresent()) {
            return relation.op().admits(exact.get().signum());
        }
        NumberTensor<Precise> value = new Evaluator<>(DIGITS, point.sizes()).evaluate(difference, point.in(DIGITS));
        return value.isDefined() && !value.value().mayBeZero()
                && relation.op().admits(DIGITS.signum(value.value()));
    }
}
