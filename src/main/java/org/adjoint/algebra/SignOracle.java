package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Walk;

/**
 * The sign of scalars under declared facts and assumptions, three-valued: unknown is not true. What the form of an expression
 * tells is {@link Signs} and {@link SignRules}; what several inequalities tell together is linear arithmetic over atoms.
 */
public final class SignOracle {
    private static final int DEPTH_LIMIT = 12;
    private static final int ATOM_ROUNDS = 3;

    private final Assumptions assumptions;
    private final Map<Expr, Integer> known = new HashMap<>();
    private final SignRules rules = new SignRules(this);
    private int depth;

    public SignOracle(Assumptions assumptions) {
        this.assumptions = assumptions;
    }

    /** What is known of a sign: the values that it may have. */
    public enum Sign {
        NEGATIVE, ZERO, POSITIVE, NONPOSITIVE, NONNEGATIVE, NONZERO, UNKNOWN;

        private static Sign of(int set) {
            return switch (set) {
                case SignSet.NEGATIVE -> NEGATIVE;
                case SignSet.ZERO -> ZERO;
                case SignSet.POSITIVE -> POSITIVE;
                case SignSet.NONPOSITIVE -> NONPOSITIVE;
                case SignSet.NONNEGATIVE -> NONNEGATIVE;
                case SignSet.NONZERO -> NONZERO;
                default -> UNKNOWN;
            };
        }
    }

    public Assumptions assumptions() {
        return assumptions;
    }

    /** What is known of the sign of a scalar, wherever it is defined. */
    public Sign of(Expr x) {
        return Sign.of(set(x));
    }

    /** Whether the relation is known to hold wherever both sides are defined. */
    public boolean proves(Relation relation) {
        return SignSet.within(set(relation.difference()), allowed(relation.op()));
    }

    /** Whether the assumptions are known to contradict one another. */
    public boolean isContradictory() {
        List<FourierMotzkin.Constraint> all = new ArrayList<>();
        Set<Expr> atoms = new LinkedHashSet<>();
        for (Relation relation : assumptions.relations()) {
            LinearForm form = LinearForm.of(relation.difference());
            atoms.addAll(form.atoms().keySet());
            if (SignSet.within(rules.of(relation.difference()), allowed(relation.op().opposite()))) {
                return true;
            }
        }
        constraints(atoms, all);
        return FourierMotzkin.isInfeasible(all)
                || assumptions.relations().stream().anyMatch(r -> (set(r.difference()) & allowed(r.op())) == 0);
    }

    private static int allowed(Relation.Op op) {
        return (op.admits(-1) ? SignSet.NEGATIVE : 0) | (op.admits(0) ? SignSet.ZERO : 0)
                | (op.admits(1) ? SignSet.POSITIVE : 0);
    }

    /** The signs that the expression may have. */
    int set(Expr x) {
        Integer done = known.get(x);
        if (done != null) {
            return done;
        }
        if (depth >= DEPTH_LIMIT) {
            return SignSet.ALL;
        }
        depth++;
        try {
            Budget.current().poll();
            int set = find(x);
            known.put(x, set);
            return set;
        } finally {
            depth--;
        }
    }

    private int find(Expr x) {
        int set = rules.of(x);
        if (Integer.bitCount(set) > 1) {
            set &= linear(LinearForm.of(x));
        }
        if (Integer.bitCount(set) > 1) {
            set &= rules.ofSum(LinearForm.of(x));
        }
        if (Integer.bitCount(set) > 1) {
            set &= byCases(x);
        }
        if (Integer.bitCount(set) > 1 && depth == 1) {
            Expr form = new NormalForm().of(x);
            set &= form == x ? SignSet.ALL : linear(LinearForm.of(form)) & rules.ofSum(LinearForm.of(form));
        }
        return set;
    }

    // ---- several inequalities together

    private int linear(LinearForm form) {
        if (form.isConstant()) {
            return SignSet.of(form.constant().signum());
        }
        List<FourierMotzkin.Constraint> all = new ArrayList<>();
        constraints(form.atoms().keySet(), all);
        if (all.isEmpty()) {
            return SignSet.ALL;
        }
        int set = 0;
        FourierMotzkin.Constraint below = FourierMotzkin.Constraint.of(form.negate(), true);
        FourierMotzkin.Constraint above = FourierMotzkin.Constraint.of(form, true);
        set |= isInfeasible(all, List.of(below)) ? 0 : SignSet.NEGATIVE;
        set |= isInfeasible(all, List.of(above)) ? 0 : SignSet.POSITIVE;
        set |= isInfeasible(all, List.of(FourierMotzkin.Constraint.of(form, false),
                FourierMotzkin.Constraint.of(form.negate(), false))) ? 0 : SignSet.ZERO;
        return set & excluded(form);
    }

    private static boolean isInfeasible(List<FourierMotzkin.Constraint> all, List<FourierMotzkin.Constraint> more) {
        List<FourierMotzkin.Constraint> joined = new ArrayList<>(all);
        joined.addAll(more);
        return FourierMotzkin.isInfeasible(joined);
    }

    /** What assumptions {@code != 0} leave of a multiple of what they are about. */
    private int excluded(LinearForm form) {
        for (Relation relation : assumptions.relations()) {
            if (relation.op() == Relation.Op.NOT_EQUAL
                    && isMultiple(LinearForm.of(relation.difference()), form)) {
                return SignSet.NONZERO;
            }
        }
        return SignSet.ALL;
    }

    private static boolean isMultiple(LinearForm a, LinearForm b) {
        if (a.atoms().isEmpty() || !a.atoms().keySet().equals(b.atoms().keySet())) {
            return false;
        }
        Expr first = a.atoms().keySet().iterator().next();
        Rational ratio = b.atoms().getOrDefault(first, Rational.ONE)
                .dividedBy(a.atoms().getOrDefault(first, Rational.ONE));
        return b.constant().equals(a.constant().times(ratio)) && a.atoms().entrySet().stream()
                .allMatch(e -> e.getValue().times(ratio).equals(b.atoms().get(e.getKey())));
    }

    /** What is assumed, and what is known of the atoms that occur, as far as it hangs together with these. */
    private void constraints(Set<Expr> start, List<FourierMotzkin.Constraint> all) {
        Set<Expr> atoms = new LinkedHashSet<>(start);
        Set<Relation> used = new LinkedHashSet<>();
        for (int round = 0; round < ATOM_ROUNDS; round++) {
            for (Relation relation : assumptions.relations()) {
                LinearForm form = LinearForm.of(relation.difference());
                if (!used.contains(relation) && form.atoms().keySet().stream().anyMatch(atoms::contains)) {
                    used.add(relation);
                    atoms.addAll(form.atoms().keySet());
                    add(all, form, relation.op());
                }
            }
        }
        for (Expr atom : atoms) {
            rules.bounds(atom).forEach(bound -> add(all, LinearForm.of(bound.difference()), bound.op()));
        }
    }

    private static void add(List<FourierMotzkin.Constraint> all, LinearForm form, Relation.Op op) {
        switch (op) {
            case GREATER -> all.add(FourierMotzkin.Constraint.of(form, true));
            case GREATER_OR_EQUAL -> all.add(FourierMotzkin.Constraint.of(form, false));
            case LESS -> all.add(FourierMotzkin.Constraint.of(form.negate(), true));
            case LESS_OR_EQUAL -> all.add(FourierMotzkin.Constraint.of(form.negate(), false));
            case EQUAL -> {
                all.add(FourierMotzkin.Constraint.of(form, false));
                all.add(FourierMotzkin.Constraint.of(form.negate(), false));
            }
            case NOT_EQUAL -> {
                // no convex set
            }
        }
    }

    // ---- maxima and absolute values by cases

    private int byCases(Expr x) {
        if (depth > 4) {
            return SignSet.ALL;
        }
        for (Expr node : Walk.postorder(x)) {
            if (node instanceof Elementwise f && node.shape().isScalar()) {
                if (f.function() == Functions.MAXIMUM || f.function() == Functions.MINIMUM) {
                    boolean max = f.function() == Functions.MAXIMUM;
                    Expr a = f.operand(max ? 0 : 1);
                    Expr b = f.operand(max ? 1 : 0);
                    return given(x, node, f.operand(0), a, Relation.Op.GREATER_OR_EQUAL, b)
                            | given(x, node, f.operand(1), b, Relation.Op.GREATER_OR_EQUAL, a);
                }
                if (f.function() == Functions.ABS || f.function() == Functions.RELU) {
                    Expr u = f.operand(0);
                    Expr other = f.function() == Functions.ABS ? u.negate() : Constant.ZERO;
                    return given(x, node, u, u, Relation.Op.GREATER_OR_EQUAL, Constant.ZERO)
                            | given(x, node, other, u, Relation.Op.LESS_OR_EQUAL, Constant.ZERO);
                }
            }
        }
        return SignSet.ALL;
    }

    private int given(Expr x, Expr node, Expr value, Expr left, Relation.Op op, Expr right) {
        SignOracle inner = new SignOracle(assumptions.and(new Relation(left, op, right)));
        inner.depth = depth + 1;
        if (inner.isContradictory()) {
            return SignSet.NONE;
        }
        return inner.set(Substitution.of(Map.of(node, value)).apply(x));
    }
}
