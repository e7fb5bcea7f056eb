package org.adjoint.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.adjoint.algebra.Relation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** The {@linkplain LimitTable named theorems}, for tensors of any size: the limit with its proof. */
final class IndexTheorems implements LimitTheorem {
    @Override
    public Optional<LimitResult> apply(Question question) {
        EntryForm entries = EntryForm.of(question).orElse(null);
        if (entries == null) {
            return Optional.empty();
        }
        return claim(entries, question).map(claim -> result(entries, claim, question))
                .or(() -> missing(entries.symbols().unsigned(), question));
    }

    /** Powers with the variable in the exponent have no real value where their base is negative. */
    private static Optional<LimitResult> missing(Set<Expr> bases, Question question) {
        if (bases.isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>();
        for (Expr base : bases) {
            for (Variable variable : Walk.variables(base)) {
                names.add(variable.name().replaceAll("#.*", ""));
            }
        }
        return Optional.of(new LimitResult.Undecided("what is raised to a power with " + question.v().name()
                + " in the exponent must be known to be positive: declare " + String.join(", ", names)
                + " positive, or assume it (" + String.join(", ", names) + " > 0)"));
    }

    /** The theorem that gives the limit of the form. */
    static Optional<NamedLimit.Claim> claim(EntryForm entries, Question question) {
        List<Variable> sums = new ArrayList<>();
        for (Variable variable : Walk.variables(entries.form())) {
            Entry entry = entries.symbols().entry(variable);
            if (entry != null && !(entry instanceof Entry.Of)) {
                sums.add(variable);
            }
        }
        if (sums.size() == 1
                && entries.symbols().entry(sums.get(0)) instanceof Entry.ExponentialSum sum) {
            return new ExponentialTheorems(entries, question, sums.get(0), sum).claim();
        }
        if (sums.isEmpty()) {
            Optional<NamedLimit.Claim> list = FiniteSums.find(entries, question.v())
                    .flatMap(found -> claim(found.entries(), question));
            if (list.isPresent()) {
                return list;
            }
        }
        return sums.size() <= 1 ? SmoothingTheorems.claim(entries, question) : Optional.empty();
    }

    private static LimitResult result(EntryForm entries, NamedLimit.Claim claim, Question question) {
        Expr value = unique(entries.tensor(claim.value()), question);
        List<Step> steps = claim.steps().stream()
                .map(step -> new Step(step.law(), step.text(), step.exprs().stream().map(entries::shown).toList()))
                .toList();
        return new LimitResult.Value(new Extended.Finite(value), entries.shown(claim.conditions()), steps);
    }

    /** {@code [x = max x]/#ties} is the indicator of the first maximum, where it is assumed that the maximum is unique. */
    private static Expr unique(Expr value, Question question) {
        for (Relation relation : question.assumptions().relations()) {
            if (relation.op() != Relation.Op.EQUAL || relation.right() != Constant.ONE) {
                continue;
            }
            for (Expr node : Walk.postorder(value)) {
                if (node instanceof Reduction max && max.operation() == Reduction.Operation.MAX
                        && relation.equals(Ties.unique(max.operand(0)))) {
                    Expr x = max.operand(0);
                    Expr spread = Ties.indicator(x).dividedBy(Ties.count(x));
                    return value == spread ? Reduction.of(Reduction.Operation.FIRST_MAX, x, Tensors.allAxes(x)) : value;
                }
            }
        }
        return value;
    }
}
