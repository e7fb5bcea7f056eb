package org.adjoint.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.adjoint.eval.RationalTest;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Walk;

/** The search for one proof: by normal forms, by the zero test of the difference, entry by entry. */
final class Search {
    /**
     * What was found.
     *
     * @param steps the chain from one side to the other, or from their difference to zero; to be asked for only when the
     *              search was told
     */
    record Argument(String reason, Supplier<List<Proof.Step>> steps) {
    }

    private static final long SEED = 61;

    private final Expr left;
    private final Expr right;
    private final Expr a;
    private final Expr b;
    private final Trace trace;

    Search(Expr left, Expr right, Trace trace) {
        this.left = left;
        this.right = right;
        this.a = Squeezed.of(left);
        this.b = Squeezed.of(right);
        this.trace = trace;
    }

    Optional<Argument> argument() {
        NormalForm first = new NormalForm(BigInteger.ONE, trace);
        Expr difference = difference(first);
        boolean halves = !first.angleDenominators().equals(BigInteger.ONE) && !Linear.isZero(difference);
        // Halves of angles occur: write everything in terms of the halves.
        NormalForm normal = halves ? new NormalForm(first.angleDenominators(), trace) : first;
        Expr form = halves ? difference(normal) : difference;
        if (Linear.isZero(form)) {
            return Optional.of(new Argument("both sides have the same normal form, for every size",
                    () -> toCommonForm(normal)));
        }
        if (differ()) {
            return Optional.empty();
        }
        if (new ZeroTest(normal).isZero(form)) {
            return Optional.of(new Argument("the difference of both sides vanishes, for every size",
                    () -> differenceToZero(normal, form)));
        }
        return numbers().or(() -> squares(form)).or(() -> written(DeterminantChange.LAW, DeterminantChange.of(a, b)))
                .or(() -> written(EndToEnd.LAW, EndToEnd.of(a, b)))
                .or(() -> new EntrySearch(a, b, normal, trace).argument(squeezed()));
    }

    /** Rational functions that differ at a point of a prime field differ: nothing is expanded in vain. */
    private boolean differ() {
        return RationalTest.of(a, b, 1, SEED).filter(RationalTest.Outcome::differ).isPresent();
    }

    private Optional<Argument> numbers() {
        return ClosedNumbers.equal(a, b).map(reason -> argument(reason.text(), reason.law()));
    }

    /** An argument that is one law by itself. */
    private Argument argument(String reason, String law) {
        return new Argument(reason, () -> List.of(new Proof.Step(law, left, right)));
    }

    /** {@code a = b} where neither is negative and {@code a² = b²}; or the terms of the difference on two sides. */
    private Optional<Argument> squares(Expr form) {
        if (Walk.postorder(List.of(a, b)).stream().noneMatch(Search::isRoot)) {
            return Optional.empty();
        }
        Map<Expr, Rational> above = new LinkedHashMap<>(Terms.of(form));
        Map<Expr, Rational> below = new LinkedHashMap<>(above);
        above.values().removeIf(c -> c.signum() < 0);
        below.values().removeIf(c -> c.signum() > 0);
        Expr right = Terms.scaled(Terms.total(form.shape(), below), Rational.MINUS_ONE);
        return squaresAgree(a, b) || squaresAgree(Terms.total(form.shape(), above), right)
                ? Optional.of(argument("neither side is negative, and their squares are equal, for every size",
                        StructureLaws.SQUARES))
                : Optional.empty();
    }

    private static boolean squaresAgree(Expr a, Expr b) {
        if (Signs.of(a) == Signs.Sign.UNKNOWN || Signs.of(b) == Signs.Sign.UNKNOWN) {
            return false;
        }
        NormalForm squared = new NormalForm();
        Expr form = ElementwiseForms.minus(squared.of(a.pow(2)), squared.of(b.pow(2)));
        return Linear.isZero(form) || new ZeroTest(squared).isZero(form);
    }

    private static boolean isRoot(Expr node) {
        return node instanceof Elementwise f && (f.function() == Functions.SQRT || f.function() == Functions.ABS
                || (f.function() == Functions.POWER
                        && Constant.uniform(f.operand(1)).filter(q -> !q.isInteger()).isPresent()));
    }

    /** With both sides written in another way. */
    private Optional<Argument> written(String law, Optional<List<Expr>> changed) {
        return changed.flatMap(sides -> {
            Search other = new Search(sides.get(0), sides.get(1), trace);
            NormalForm normal = new NormalForm(BigInteger.ONE, trace);
            Expr form = other.difference(normal);
            return Linear.isZero(form) || new ZeroTest(normal).isZero(form)
                    ? Optional.of(new Argument("the difference of both sides vanishes, for every size", () -> {
                        Expr difference = sides.get(0).minus(sides.get(1));
                        List<Proof.Step> steps = new ArrayList<>(
                                List.of(new Proof.Step(StructureLaws.SQUEEZED, left.minus(right), a.minus(b)),
                                        new Proof.Step(law, a.minus(b), difference)));
                        steps.addAll(other.differenceToZero(normal, form));
                        return Telling.merged(steps);
                    }))
                    : Optional.empty();
        });
    }

    private Expr difference(NormalForm normal) {
        Expr formA = normal.of(a);
        Expr formB = normal.of(b);
        return formA == formB ? Linear.zero(a.shape()) : ElementwiseForms.minus(formA, formB);
    }

    /** From the left side to the normal form of both, and back to the right side. */
    private List<Proof.Step> toCommonForm(NormalForm normal) {
        Telling telling = new Telling(trace, normal::known);
        List<Proof.Step> steps = new ArrayList<>(List.of(new Proof.Step(StructureLaws.SQUEEZED, left, a)));
        steps.addAll(telling.steps(StructureLaws.of(a), a, normal.form(a)));
        telling.steps(StructureLaws.of(b), b, normal.form(b)).reversed().forEach(step -> steps.add(step.reversed()));
        steps.add(new Proof.Step(StructureLaws.SQUEEZED, b, right));
        return Telling.merged(steps);
    }

    /** The difference with both sides normal, collected, then to zero. */
    private List<Proof.Step> differenceToZero(NormalForm normal, Expr form) {
        Telling telling = new Telling(trace, normal::known);
        Expr formA = normal.form(a);
        Expr formB = normal.form(b);
        Trace.Part[] parts = {squeezed(), Trace.Places.of(StructureLaws.of(a), a, formA, x -> x.minus(b)),
                Trace.Places.of(StructureLaws.of(b), b, formB, formA::minus),
                Trace.collected(formA.minus(formB), form),
                new Trace.Known(StructureLaws.EXPANDED, form, Linear.zero(a.shape()))};
        return telling.steps(parts);
    }

    private Trace.Part squeezed() {
        return new Trace.Step(StructureLaws.SQUEEZED, left.minus(right), a.minus(b));
    }
}
