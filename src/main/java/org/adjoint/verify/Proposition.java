package org.adjoint.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A proposition ready to be judged: comparisons joined by logic. */
sealed interface Proposition {
    /** A comparison. */
    record Atom(Comparison comparison) implements Proposition {
    }

    /** Settled as it was read, for the reason given. */
    record Settled(boolean holds, String reason) implements Proposition {
    }

    record Not(Proposition operand) implements Proposition {
    }

    record And(List<Proposition> operands) implements Proposition {
    }

    record Or(List<Proposition> operands) implements Proposition {
    }

    record Implies(Proposition premise, Proposition conclusion) implements Proposition {
    }

    /** One case of finitely many: the values of its index names. */
    record Case(Map<String, String> values, Proposition operand) implements Proposition {
    }

    /** Of a recurrence: its first member, and one step from any member to the next. */
    record Induction(String index, Proposition base, Proposition step) implements Proposition {
        And both() {
            return new And(List.of(base, step));
        }
    }

    /** All comparisons, in order. Propositions are as deep as their text has logic, which the parser bounds. */
    default List<Comparison> comparisons() {
        List<Comparison> all = new ArrayList<>();
        collect(this, all);
        return all;
    }

    private static void collect(Proposition p, List<Comparison> all) {
        switch (p) {
            case Atom atom -> all.add(atom.comparison());
            case Settled settled -> {
            }
            case Not not -> collect(not.operand(), all);
            case And and -> and.operands().forEach(q -> collect(q, all));
            case Or or -> or.operands().forEach(q -> collect(q, all));
            case Implies implies -> {
                collect(implies.premise(), all);
                collect(implies.conclusion(), all);
            }
            case Case one -> collect(one.operand(), all);
            case Induction induction -> collect(induction.both(), all);
        }
    }

    /** The truth of the whole when that of each comparison is known. */
    default Truth truth(Function<Comparison, Truth> of) {
        return switch (this) {
            case Atom atom -> of.apply(atom.comparison());
            case Settled settled -> Truth.of(settled.holds());
            case Not not -> not.operand().truth(of).not();
            case And and -> {
                Truth all = Truth.TRUE;
                for (Proposition p : and.operands()) {
                    all = all == Truth.FALSE ? all : all.and(p.truth(of));
                }
                yield all;
            }
            case Or or -> {
                Truth any = Truth.FALSE;
                for (Proposition p : or.operands()) {
                    any = any == Truth.TRUE ? any : any.or(p.truth(of));
                }
                yield any;
            }
            case Implies implies -> implies.premise().truth(of).not().or(implies.conclusion().truth(of));
            case Case one -> one.operand().truth(of);
            case Induction induction -> induction.both().truth(of);
        };
    }
}
