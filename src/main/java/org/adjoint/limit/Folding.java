package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;

/** Cases made one: equal values, a maximum, a minimum, a sign; what is left stays a list of cases. */
final class Folding {
    private Folding() {
    }

    static LimitResult of(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> leaf.result();
            case Node.Split split -> fold(split);
        };
    }

    private record Side(int signs, LimitResult result, Assumptions assumptions) {
    }

    private static LimitResult fold(Node.Split split) {
        List<Node.Branch> defined = split.branches().stream().filter(b -> !isUndefined(b.node())).toList();
        if (defined.isEmpty()) {
            return of(split.branches().get(0).node());
        }
        Optional<List<Relation>> domain = domain(split);
        Optional<Expr> extreme = domain.isPresent() ? Extremes.of(split) : Optional.empty();
        if (extreme.isPresent()) {
            return new LimitResult.Value(new Extended.Finite(extreme.get()), domain.orElseThrow(), stepsOf(split));
        }
        List<Side> sides = new ArrayList<>();
        for (Node.Branch branch : defined) {
            sides.add(new Side(1 << (branch.sign() + 1), of(branch.node()), branch.node().assumptions()));
        }
        Optional<LimitResult> signed = signed(split, sides);
        if (signed.isPresent()) {
            return signed.get();
        }
        List<Side> merged = merged(sides);
        if (merged.size() == 1) {
            return withConditions(merged.get(0).result(), conditions(split, defined));
        }
        if (merged.stream().allMatch(side -> side.result() instanceof LimitResult.Undecided)) {
            return merged.get(0).result();
        }
        List<LimitResult.Case> cases = new ArrayList<>();
        for (Side side : merged) {
            List<Relation> when = new ArrayList<>();
            when.add(Splits.relation(split.by(), op(side.signs())));
            add(cases, when, side.result());
        }
        return new LimitResult.Cases(cases, stepsOf(split));
    }

    private static void add(List<LimitResult.Case> cases, List<Relation> when, LimitResult result) {
        switch (result) {
            case LimitResult.Cases inner -> inner.cases().forEach(each -> {
                List<Relation> all = new ArrayList<>(when);
                all.addAll(each.when());
                cases.add(new LimitResult.Case(all, each.result()));
            });
            case LimitResult.Value value -> {
                List<Relation> all = new ArrayList<>(when);
                all.addAll(value.conditions());
                cases.add(new LimitResult.Case(all, new LimitResult.Value(value.value(), List.of(), value.steps())));
            }
            case LimitResult.None none -> cases.add(new LimitResult.Case(when, none));
            case LimitResult.Undecided undecided -> cases.add(new LimitResult.Case(when, undecided));
        }
    }

    static boolean isUndefined(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> leaf.undefined();
            case Node.Split split -> split.branches().stream().allMatch(b -> isUndefined(b.node()));
        };
    }

    /** Where the function is defined, if that is the same in all cases but for those that are told apart by it. */
    private static Optional<List<Relation>> domain(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> Optional.of(List.of());
            case Node.Split split -> {
                List<Node.Branch> defined = split.branches().stream().filter(b -> !isUndefined(b.node())).toList();
                List<Optional<List<Relation>>> inner = defined.stream().map(b -> domain(b.node())).distinct().toList();
                yield inner.size() != 1 || inner.get(0).isEmpty() ? Optional.empty()
                        : Optional.of(conditions(conditions(split, defined), inner.get(0).get()));
            }
        };
    }

    /** The signs for which the function is defined, where it is not for all. */
    private static List<Relation> conditions(Node.Split split, List<Node.Branch> defined) {
        if (defined.size() == split.branches().size()) {
            return List.of();
        }
        int signs = defined.stream().mapToInt(b -> 1 << (b.sign() + 1)).sum();
        return List.of(Splits.relation(split.by(), op(signs)));
    }

    private static Relation.Op op(int signs) {
        return switch (signs) {
            case 1 -> Relation.Op.LESS;
            case 2 -> Relation.Op.EQUAL;
            case 3 -> Relation.Op.LESS_OR_EQUAL;
            case 4 -> Relation.Op.GREATER;
            case 5 -> Relation.Op.NOT_EQUAL;
            default -> Relation.Op.GREATER_OR_EQUAL;
        };
    }

    private static LimitResult withConditions(LimitResult result, List<Relation> conditions) {
        return switch (result) {
            case LimitResult.Value value -> {
                List<Relation> all = new ArrayList<>(conditions);
                value.conditions().stream().filter(c -> !all.contains(c)).forEach(all::add);
                yield new LimitResult.Value(value.value(), all, value.steps());
            }
            case LimitResult.Cases cases when !conditions.isEmpty() -> {
                List<LimitResult.Case> all = new ArrayList<>();
                cases.cases().forEach(each -> add(all, conditions(conditions, each.when()), each.result()));
                yield new LimitResult.Cases(all, cases.steps());
            }
            case LimitResult.Cases cases -> cases;
            case LimitResult.None none -> none;
            case LimitResult.Undecided undecided -> undecided;
        };
    }

    private static List<Relation> conditions(List<Relation> a, List<Relation> b) {
        List<Relation> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** The steps of the first case that is solved. */
    private static List<Step> stepsOf(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> leaf.result() instanceof LimitResult.Value value ? value.steps() : List.of();
            case Node.Split split -> split.branches().stream().map(b -> stepsOf(b.node())).filter(s -> !s.isEmpty())
                    .findFirst().orElse(List.of());
        };
    }

    // ---- equal results

    private static List<Side> merged(List<Side> sides) {
        List<Side> result = new ArrayList<>();
        // Equations last: a value in general covers the special one.
        List<Side> order = new ArrayList<>(sides);
        order.sort((a, b) -> Boolean.compare(a.signs() == 2, b.signs() == 2));
        for (Side side : order) {
            boolean found = false;
            for (int k = 0; k < result.size() && !found; k++) {
                Side other = result.get(k);
                if (same(other.result(), side.result(), side.assumptions())) {
                    result.set(k, new Side(other.signs() | side.signs(), other.result(), other.assumptions()));
                    found = true;
                }
            }
            if (!found) {
                result.add(side);
            }
        }
        result.sort((a, b) -> Integer.compare(Integer.highestOneBit(b.signs()), Integer.highestOneBit(a.signs())));
        return result;
    }

    private static boolean same(LimitResult a, LimitResult b, Assumptions assumptions) {
        return a instanceof LimitResult.Value x && b instanceof LimitResult.Value y
                && x.conditions().equals(y.conditions()) && same(x.value(), y.value(), assumptions);
    }

    static boolean same(Extended a, Extended b, Assumptions assumptions) {
        if (!(a instanceof Extended.Finite(Expr x)) || !(b instanceof Extended.Finite(Expr y))) {
            return a.equals(b);
        }
        return x == y || (x.shape().isScalar()
                && new SignOracle(assumptions).proves(new Relation(x, Relation.Op.EQUAL, y)))
                || Equality.prove(x, y).isPresent();
    }

    // ---- signs

    /** {@code (u + w)/2 + (u − w)/2 · sign e} for the values u above, w below and their mean between. */
    private static Optional<LimitResult> signed(Node.Split split, List<Side> sides) {
        if (sides.size() != 3 || split.branches().size() != 3) {
            return Optional.empty();
        }
        List<Expr> values = new ArrayList<>();
        for (Side side : sides) {
            if (!(side.result() instanceof LimitResult.Value value) || !value.conditions().isEmpty()
                    || !(value.value() instanceof Extended.Finite(Expr x)) || !x.shape().isScalar()) {
                return Optional.empty();
            }
            values.add(x);
        }
        Expr above = values.get(0);
        Expr below = values.get(2);
        Expr mean = above.plus(below).times(Rational.HALF);
        boolean numbers = Constant.uniform(above.minus(below)).isPresent();
        boolean opposite = Constant.uniform(mean).filter(Rational::isZero).isPresent();
        if (!(numbers || opposite) || above == below
                || !same(new Extended.Finite(mean), new Extended.Finite(values.get(1)), sides.get(1).assumptions())) {
            return Optional.empty();
        }
        Expr sign = Functions.SIGN.apply(new TermExpr(Constant.ZERO).of(split.by()));
        Expr half = above.minus(below).times(Rational.HALF);
        return Optional.of(new LimitResult.Value(new Extended.Finite(mean.plus(half.times(sign))), List.of(),
                stepsOf(split)));
    }
}
