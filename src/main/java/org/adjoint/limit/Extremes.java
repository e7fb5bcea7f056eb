package org.adjoint.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;

/** Cases whose values are always the largest, or always the smallest, of them all: proved case by case. */
final class Extremes {
    private static final int VALUE_LIMIT = 8;

    private Extremes() {
    }

    /** {@code max(v₁, …)} or {@code min(v₁, …)} of the values of all cases. */
    static Optional<Expr> of(Node.Split split) {
        List<Node.Leaf> leaves = new ArrayList<>();
        collect(split, leaves);
        List<Expr> candidates = new ArrayList<>();
        for (Node.Leaf leaf : leaves) {
            Optional<Expr> value = value(leaf);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            if (!isTie(leaf, split) && !candidates.contains(value.get())) {
                candidates.add(value.get());
            }
        }
        if (candidates.size() < 2 || candidates.size() > VALUE_LIMIT
                || candidates.stream().allMatch(c -> Constant.uniform(c).isPresent())) {
            return Optional.empty();
        }
        candidates.sort(Comparator.comparing(c -> c instanceof Variable v ? v.name() : "~" + c.digestHigh()));
        for (boolean largest : new boolean[] {true, false}) {
            if (leaves.stream().allMatch(leaf -> isExtreme(leaf, candidates, largest))) {
                return Optional.of(written(candidates, largest));
            }
        }
        return Optional.empty();
    }

    private static void collect(Node node, List<Node.Leaf> leaves) {
        switch (node) {
            case Node.Leaf leaf when leaf.undefined() -> {
                // says nothing; the condition stays with the result
            }
            case Node.Leaf leaf -> leaves.add(leaf);
            case Node.Split split -> split.branches().forEach(branch -> collect(branch.node(), leaves));
        }
    }

    private static Optional<Expr> value(Node.Leaf leaf) {
        return leaf.result() instanceof LimitResult.Value value && value.value() instanceof Extended.Finite(Expr x)
                && x.shape().isScalar() ? Optional.of(x) : Optional.empty();
    }

    private static boolean isTie(Node.Leaf leaf, Node.Split split) {
        return leaf.assumptions().relations().stream().anyMatch(
                r -> r.op() == Relation.Op.EQUAL && !split.assumptions().relations().contains(r));
    }

    private static boolean isExtreme(Node.Leaf leaf, List<Expr> candidates, boolean largest) {
        SignOracle oracle = new SignOracle(leaf.assumptions());
        Expr value = value(leaf).orElseThrow();
        Relation.Op op = largest ? Relation.Op.GREATER_OR_EQUAL : Relation.Op.LESS_OR_EQUAL;
        boolean among = false;
        for (Expr candidate : candidates) {
            if (candidate == value) {
                among = true;
            } else if (!oracle.proves(new Relation(value, op, candidate))) {
                return false;
            } else if (!among) {
                among = oracle.proves(new Relation(value, Relation.Op.EQUAL, candidate));
            }
        }
        return among;
    }

    // ---- how it is written

    private static Expr written(List<Expr> candidates, boolean largest) {
        Expr common = common(candidates);
        List<Expr> rests = candidates.stream().map(c -> c.minus(common)).toList();
        Rational factor = content(rests);
        boolean max = largest == factor.signum() > 0;
        List<Expr> simple = rests.stream().map(r -> Linear.scale(factor.inverse(), r)).toList();
        return common.plus(extreme(simple, max).times(factor));
    }

    private static Expr extreme(List<Expr> x, boolean max) {
        if (x.size() == 2) {
            Expr a = x.get(0);
            Expr b = x.get(1);
            if (max && (Linear.isZero(a) || Linear.isZero(b))) {
                return Functions.RELU.apply(Linear.isZero(a) ? b : a);
            }
            if (a == b.negate()) {
                Expr u = a instanceof Linear ? b : a;
                return max ? Functions.ABS.apply(u) : Functions.ABS.apply(u).negate();
            }
        }
        ScalarFunction function = max ? Functions.MAXIMUM : Functions.MINIMUM;
        return x.stream().reduce((a, b) -> function.apply(a, b)).orElseThrow();
    }

    /** The terms that all values share. */
    private static Expr common(List<Expr> values) {
        Map<Expr, Rational> shared = new LinkedHashMap<>(terms(values.get(0)));
        for (Expr value : values) {
            Map<Expr, Rational> terms = terms(value);
            shared.entrySet().removeIf(e -> !e.getValue().equals(terms.get(e.getKey())));
        }
        Expr sum = Constant.ZERO;
        for (Map.Entry<Expr, Rational> term : shared.entrySet()) {
            sum = sum.plus(term.getKey().times(term.getValue()));
        }
        return sum;
    }

    private static Map<Expr, Rational> terms(Expr x) {
        Map<Expr, Rational> all = new LinkedHashMap<>();
        if (x instanceof Linear sum) {
            for (int k = 0; k < sum.termCount(); k++) {
                all.put(sum.term(k), sum.coefficient(k));
            }
        } else {
            all.put(x, Rational.ONE);
        }
        return all;
    }

    /** The number that all values are multiples of by form. */
    private static Rational content(List<Expr> values) {
        Rational first = null;
        for (Expr value : values) {
            if (Linear.isZero(value)) {
                continue;
            }
            Rational c = value instanceof Linear sum && sum.termCount() == 1 ? sum.coefficient(0) : Rational.ONE;
            if (first != null && !first.equals(c)) {
                return Rational.ONE;
            }
            first = c;
        }
        return first == null ? Rational.ONE : first;
    }
}
