package org.adjoint.algebra;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.jspecify.annotations.Nullable;

/** The normal form of one product of atoms: its powers collected, and rewritten as long as a law applies. */
final class TermForms {
    /** What one law makes of a term may again be rewritten, to this depth. */
    private static final int NESTING_LIMIT = 48;
    /** A law may ask for normal forms itself, to this depth. */
    private static final int ASKING_LIMIT = 100;
    private static final int REWRITE_LIMIT = 20_000;

    private final NormalForm forms;
    private final Monomials monomials;
    private final ReshapeForms reshapes;
    private final Trace trace;
    private final Symmetry symmetry = new Symmetry();
    private final List<Rewrite.Rule> rules;
    private final NodeMap<Expr> rewritten = new NodeMap<>();
    private int nesting;
    private int rewrites;
    private int asked;

    TermForms(NormalForm forms, Monomials monomials, ReshapeForms reshapes, RolledFunctions rolls, Trace trace) {
        this.forms = forms;
        this.monomials = monomials;
        this.reshapes = reshapes;
        this.trace = trace;
        LeadingTerm.Cache leads = new LeadingTerm.Cache();
        this.rules = List.of(new WindowRule(forms), new FunctionWindows(forms), rolls, new Orientation(forms),
                new QuotientRule(leads), new TrigonometricRule(), new SymbolicPowerRule(forms), new NumberPowers(),
                new IndicatorRule(leads), new InverseRule(leads, symmetry), new MatrixFunctionRule(forms, symmetry),
                new OneHotRule(forms::of), new FiniteValueRule(forms::of));
    }

    Expr of(Expr product) {
        Expr reduced = monomials.reduce(product);
        String law = monomials.law();
        Expr term = symmetry.oriented(reduced);
        Expr form = term instanceof Linear scaled && scaled.termCount() == 1
                ? Terms.scaled(of(scaled.term(0)), scaled.coefficient(0))
                : term instanceof Linear || term instanceof Variable || term instanceof Constant ? term
                        : rewritten(term);
        if (trace.isOn()) {
            tell(product, new Trace.Step(law, product, reduced), term, form);
        }
        return form;
    }

    private void tell(Expr product, Trace.Step powers, Expr term, Expr form) {
        Trace.Step symmetric = new Trace.Step("symmetric transpose", powers.after(), term);
        if (term instanceof Linear scaled && scaled.termCount() == 1) {
            Trace.Places inside = Trace.Places.of(StructureLaws.COLLECTED, scaled.term(0), of(scaled.term(0)),
                    x -> Linear.scale(scaled.coefficient(0), x));
            trace.add(product, form, powers, symmetric, inside, Trace.collected(inside.after(), form));
        } else if (product != term) {
            trace.add(product, form, powers, symmetric, new Trace.Known(StructureLaws.COLLECTED, term, form));
        }
    }

    private Expr rewritten(Expr term) {
        Expr known = rewritten.get(term);
        if (known != null) {
            return known;
        }
        Expr form = rewrite(term);
        rewritten.put(term, form);
        return form;
    }

    private Expr rewrite(Expr term) {
        if (nesting >= NESTING_LIMIT) {
            return term;
        }
        nesting++;
        Optional<Expr> whole = reshapes.ofProduct(term);
        nesting--;
        if (whole.isPresent()) {
            trace.add(term, whole.get(), new Trace.Step("merged axes", term, whole.get()));
            return whole.get();
        }
        if (rewrites >= REWRITE_LIMIT || asked >= ASKING_LIMIT) {
            return term;
        }
        List<Factor> factors = Factor.of(term);
        for (Rewrite.Rule rule : rules) {
            Rewrite rewrite = asked(rule, factors, term.shape());
            if (rewrite != null) {
                return applied(rewrite, term);
            }
        }
        return term;
    }

    private @Nullable Rewrite asked(Rewrite.Rule rule, List<Factor> factors, Shape shape) {
        asked++;
        try {
            return rule.apply(factors, shape).orElse(null);
        } finally {
            asked--;
        }
    }

    private Expr applied(Rewrite rewrite, Expr term) {
        Budget.current().poll();
        nesting++;
        rewrites++;
        Expr form = forms.product(rewrite.law(), term, rewrite.factors(), rewrite.labels(), term.shape());
        nesting--;
        return form;
    }
}
