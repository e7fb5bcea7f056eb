package org.adjoint.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/**
 * Limits of exp-log terms for X → +∞: the most rapidly varying subterms are written as powers of one of them, ω → 0+, and
 * the leading term of the series in ω decides; its coefficient is of slower growth, and taken to its limit the same way.
 *
 * <p>Source: D. Gruntz, "On Computing Limits in a Symbolic Manipulation System", ETH dissertation 11432, 1996, chapter 3.
 */
final class Gruntz implements Growth {
    private static final int FIRST_LENGTH = 1;
    private static final int LAST_LENGTH = 128;
    private static final int NESTING_LIMIT = 60;

    private final TermAlgebra algebra;
    private final Constants constants;
    private final Taylor taylor;
    private final Map<Term, Integer> signs = new HashMap<>();
    private final Map<Term, Bound> limits = new HashMap<>();
    private final Map<Term, Lead> leads = new HashMap<>();
    private final Map<Term, Set<Term>> fastest = new HashMap<>();
    private int nesting;

    /**
     * {@code coefficient · ω^exponent}, with all terms moved up so many times.
     *
     * @param mrv       the fastest subterms
     * @param logarithm {@code −log ω}
     */
    record Lead(Term coefficient, Term exponent, Set<Term> mrv, Term logarithm, int moves) {
    }

    /** A limit: a term that does not move, or an infinity. */
    record Bound(Term value, int infinity) {
        static Bound of(Term value) {
            return new Bound(value, 0);
        }

        boolean isFinite() {
            return infinity == 0;
        }
    }

    Gruntz(Constants constants) {
        this.constants = constants;
        this.algebra = new TermAlgebra(this::knownPositive);
        this.taylor = new Taylor(algebra);
    }

    TermAlgebra algebra() {
        return algebra;
    }

    // ---- limits and signs

    Bound limit(Term t) {
        if (!t.moves()) {
            return Bound.of(t);
        }
        if (t == Term.Moving.X) {
            return new Bound(t, 1);
        }
        Bound known = limits.get(t);
        if (known == null) {
            known = deeper(() -> find(t));
            limits.put(t, known);
        }
        return known;
    }

    private Bound find(Term t) {
        Lead lead = lead(t);
        if (lead.coefficient().isZero()) {
            return Bound.of(Term.Num.ZERO);
        }
        int order = constants.sign(lead.exponent());
        if (order > 0) {
            return Bound.of(Term.Num.ZERO);
        }
        if (order == 0) {
            return limit(lead.coefficient());
        }
        int sign = sign(lead.coefficient());
        if (sign == 0) {
            throw new Stop.Stuck("a leading coefficient vanishes in this case");
        }
        return new Bound(t, sign);
    }

    @Override
    public int sign(Term t) {
        if (!t.moves()) {
            return constants.sign(t);
        }
        if (knownPositive(t)) {
            return 1;
        }
        Integer known = signs.get(t);
        if (known == null) {
            known = deeper(() -> findSign(t));
            signs.put(t, known);
        }
        return known;
    }

    @Override
    public int knownSign(Term constant) {
        return constants.knownSign(constant);
    }

    private int findSign(Term t) {
        return switch (t) {
            case Term.Prod product -> {
                int sign = 1;
                for (int k = 0; k < product.count(); k++) {
                    Rational e = product.exponent(k);
                    int factor = sign(product.base(k));
                    sign *= e.isInteger() && !e.numerator().testBit(0) ? factor * factor : factor;
                }
                yield sign;
            }
            case Term.Sum sum when sum.count() == 1 -> sum.coefficient(0).signum() * sign(sum.term(0));
            default -> {
                Lead lead = lead(t);
                yield lead.coefficient().isZero() ? 0 : sign(lead.coefficient());
            }
        };
    }

    private <T> T deeper(java.util.function.Supplier<T> work) {
        if (nesting >= NESTING_LIMIT) {
            throw new Stop.Stuck("more than " + NESTING_LIMIT + " limits inside one another");
        }
        nesting++;
        try {
            Budget.current().checkTime();
            return work.get();
        } finally {
            nesting--;
        }
    }

    /** Whether the term is positive for large X by its form. */
    private boolean knownPositive(Term t) {
        return switch (t) {
            case Term.Num number -> number.value().signum() > 0;
            case Term.Par par -> constants.isPositive(par);
            case Term.Moving x -> true;
            case Term.Sum sum -> {
                boolean all = true;
                for (int k = 0; k < sum.count() && all; k++) {
                    all = sum.coefficient(k).signum() > 0 && knownPositive(sum.term(k));
                }
                yield all || (!sum.moves() && constants.isPositive(sum))
                        || (sum.moves() && (Objects.equals(signs.get(sum), 1)
                                || Objects.equals(signs.get(algebra.negate(sum)), -1)));
            }
            case Term.Prod product -> product.bases().stream().allMatch(this::knownPositive);
            case Term.Fun fun -> fun.name() == Term.Name.EXP || (fun.moves() && Objects.equals(signs.get(fun), 1))
                    || (!fun.moves() && constants.isPositive(fun))
                    || (fun.name() == Term.Name.LOG && isTower(fun.argument()));
        };
    }

    /** X, log X, log log X, …: all go to infinity. */
    private static boolean isTower(Term t) {
        Term inner = t;
        while (inner instanceof Term.Fun fun && fun.name() == Term.Name.LOG) {
            inner = fun.argument();
        }
        return inner == Term.Moving.X;
    }

    @Override
    public boolean isZero(Term t) {
        return switch (t) {
            case Term.Num number -> number.value().isZero();
            case Term.Moving x -> false;
            case Term.Prod product -> product.bases().stream().anyMatch(this::isZero);
            case Term.Sum sum when sum.count() == 1 -> isZero(sum.term(0));
            case Term.Fun fun when fun.name() == Term.Name.EXP -> false;
            case Term.Par par -> constants.isZero(par);
            case Term.Sum sum -> constants.isZero(sum);
            case Term.Fun fun -> constants.isZero(fun);
        };
    }

    // ---- the most rapidly varying subterms

    /** X, or exponentials, of one class of growth. */
    Set<Term> mrv(Term t) {
        if (!t.moves()) {
            return Set.of();
        }
        Set<Term> known = fastest.get(t);
        if (known == null) {
            known = switch (t) {
                case Term.Moving x -> Set.<Term>of(x);
                case Term.Num n -> Set.<Term>of();
                case Term.Par p -> Set.<Term>of();
                case Term.Sum sum -> fastest(sum.terms());
                case Term.Prod product -> fastest(product.bases());
                case Term.Fun fun when fun.name() == Term.Name.EXP && !limit(fun.argument()).isFinite() ->
                    faster(Set.of(fun), mrv(fun.argument()));
                case Term.Fun fun -> mrv(fun.argument());
            };
            fastest.put(t, known);
        }
        return known;
    }

    private Set<Term> fastest(List<Term> terms) {
        Set<Term> best = Set.of();
        for (Term term : terms) {
            best = faster(best, mrv(term));
        }
        return best;
    }

    private Set<Term> faster(Set<Term> a, Set<Term> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        if (a.containsAll(b)) {
            return a;
        }
        Term f = logarithm(a.iterator().next());
        Term g = logarithm(b.iterator().next());
        Bound ratio = ratio(f, g);
        if (!ratio.isFinite()) {
            return a;
        }
        if (ratio.value().isZero()) {
            return b;
        }
        Set<Term> both = new LinkedHashSet<>(a);
        both.addAll(b);
        return both;
    }

    private Term logarithm(Term f) {
        return f instanceof Term.Fun exp ? exp.argument() : algebra.log(f);
    }

    private Bound ratio(Term f, Term g) {
        if (f.equals(g)) {
            return Bound.of(Term.Num.ONE);
        }
        return limit(algebra.divide(f, g));
    }

    // ---- the leading term

    /** The leading term of a moving term in the ω of its fastest subterms. */
    Lead lead(Term t) {
        Lead known = leads.get(t);
        if (known == null) {
            known = deeper(() -> findLead(t));
            leads.put(t, known);
        }
        return known;
    }

    private Lead findLead(Term term) {
        Scale scale = scale(term);
        for (int length = FIRST_LENGTH; length <= LAST_LENGTH; length *= 2) {
            try {
                Expansion expansion = new Expansion(algebra, this, taylor, scale, length);
                Series.Entry lead = expansion.algebra().lead(expansion.of(scale.term())).map(SeriesAlgebra.Led::lead)
                        .orElse(new Series.Entry(Term.Num.ZERO, Term.Num.ZERO));
                return new Lead(lead.coefficient(), lead.exponent(), scale.mrv(), scale.h(), scale.moves());
            } catch (Stop.MoreTerms cut) {
                Budget.current().checkTime();
            }
        }
        throw new Stop.Stuck("the leading term cancels to more than " + LAST_LENGTH + " terms");
    }

    /** The term, moved up until its fastest subterms are exponentials, and these as powers of ω. */
    Scale scale(Term term) {
        Term t = term;
        Set<Term> mrv = mrv(t);
        Set<Term> merged = Set.of();
        int moves = 0;
        while (mrv.contains(Term.Moving.X)) {
            Term up = algebra.exp(Term.Moving.X);
            Map<Term, Term> done = new HashMap<>();
            Set<Term> raised = new LinkedHashSet<>();
            for (Term f : mrv) {
                raised.add(algebra.substitute(f, up, done));
            }
            Set<Term> known = new LinkedHashSet<>();
            exponentials(t).forEach(f -> known.add(algebra.substitute(f, up, done)));
            t = algebra.substitute(t, up, done);
            merged = exponentials(t);
            merged.removeAll(known);
            merged.removeAll(raised);
            mrv = raised;
            moves++;
        }
        List<Term> sorted = new ArrayList<>(mrv);
        sorted.sort(Comparator.comparingInt(Term::depth).thenComparing(Comparator.naturalOrder()));
        Term s = ((Term.Fun) sorted.get(0)).argument();
        Term h = limit(s).infinity() > 0 ? s : algebra.negate(s);
        Map<Term, Term> exponents = new HashMap<>();
        for (Term f : sorted) {
            Bound c = ratio(((Term.Fun) f).argument(), h);
            if (!c.isFinite()) {
                throw new Stop.Stuck("growth is not comparable");
            }
            exponents.put(f, c.value());
        }
        // exponentials that became one with a power of X may belong to the class too
        for (Term f : merged) {
            Bound c = ratio(((Term.Fun) f).argument(), h);
            if (c.isFinite() && !isZero(c.value())) {
                exponents.put(f, c.value());
            }
        }
        return new Scale(t, exponents.keySet(), h, exponents, moves);
    }

    private static Set<Term> exponentials(Term t) {
        Set<Term> all = new LinkedHashSet<>();
        collect(t, all, new HashSet<>());
        return all;
    }

    private static void collect(Term t, Set<Term> all, Set<Term> seen) {
        if (!t.moves() || !seen.add(t)) {
            return;
        }
        switch (t) {
            case Term.Num n -> {
            }
            case Term.Par p -> {
            }
            case Term.Moving x -> {
            }
            case Term.Sum sum -> sum.terms().forEach(part -> collect(part, all, seen));
            case Term.Prod product -> product.bases().forEach(part -> collect(part, all, seen));
            case Term.Fun fun -> {
                if (fun.name() == Term.Name.EXP) {
                    all.add(fun);
                }
                collect(fun.argument(), all, seen);
            }
        }
    }

    /**
     * The scale of one leading term.
     *
     * @param term      the term, moved up
     * @param mrv       its fastest subterms
     * @param h         {@code −log ω}
     * @param exponents c for each fastest exp s: {@code s ~ c·h}
     * @param moves     how many times X was replaced by exp X
     */
    record Scale(Term term, Set<Term> mrv, Term h, Map<Term, Term> exponents, int moves) {
    }
}
