package org.adjoint.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Proof;
import org.adjoint.eval.Point;
import org.adjoint.eval.RationalTest;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.eval.Undefined;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Variable;
import org.adjoint.show.TextPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Judges one proposition: exact arithmetic when it is about given numbers, else a proof, else points. Sides must be well
 * formed; what depends on the text of a claim is {@link ClaimReader}'s business.
 */
final class Judge {
    /** What sampling must reach before a claim counts as supported. */
    private static final int FIELD_POINTS = 4;
    private static final int ENOUGH_POINTS = 20;
    private static final int ENOUGH_SIZES = 3;
    private static final int SIZES = 6;
    private static final int GRID = 48;
    private static final int RANDOM = 24;
    private static final int EXTRA_TRIES = 300;
    private static final int EXPLORED_SIZES = 2;
    private static final int WILD = 12;
    private static final long EXPLORATION_NANOS = 1_000_000_000;

    private final Question question;
    private final Trial trial;
    private final Sampler sampler;
    private final Set<Variable> variables;
    private final Set<String> symbols;

    private int holds;
    private int inexact;
    private int kinked;
    private int unknown;
    private int vague;
    private int excluded;
    private int undefinedPoints;
    private final Set<Sizes> sizesTried = new HashSet<>();
    private final List<Trial.Result> failures = new ArrayList<>();
    private final List<Point> good = new ArrayList<>();
    /** The points at which the claim holds: a second look at one of them is no further evidence. */
    private final Set<Point> tried = new HashSet<>();
    /** Whether there are few points at all, so that they repeat. */
    private final boolean isFinite;
    private @Nullable Undefined undefined;

    private Judge(Question question) {
        this.question = question;
        this.trial = new Trial(question);
        this.sampler = new Sampler(question.seed());
        this.variables = question.variables();
        this.symbols = question.symbols();
        this.isFinite = variables.stream().allMatch(Judge::hasFewValues);
    }

    private static boolean hasFewValues(Variable variable) {
        return variable.is(Fact.Named.PLUS_MINUS_ONE) || variable.is(Fact.Named.ZERO_ONE)
                || variable.is(Fact.Named.ONE_HOT) || variable.is(Fact.Named.INTEGER);
    }

    static Evidence judge(Question question) {
        if (question.proposition().comparisons().isEmpty()) {
            return settled(question.proposition());
        }
        Judge judge = new Judge(question);
        return question.isClosed() ? judge.closed() : judge.open();
    }

    private static Evidence settled(Proposition proposition) {
        boolean holds = proposition.truth(c -> Truth.UNKNOWN) == Truth.TRUE;
        return Evidence.of(holds ? Verdict.PROVED : Verdict.REFUTED, reasons(proposition));
    }

    private static String reasons(Proposition proposition) {
        return switch (proposition) {
            case Proposition.Settled one -> one.reason();
            case Proposition.Atom atom -> atom.comparison().text();
            case Proposition.Not not -> reasons(not.operand());
            case Proposition.And and -> joined(and.operands());
            case Proposition.Or or -> joined(or.operands());
            case Proposition.Implies implies -> joined(List.of(implies.premise(), implies.conclusion()));
            case Proposition.Case one -> reasons(one.operand());
            case Proposition.Induction induction -> reasons(induction.both());
        };
    }

    private static String joined(List<Proposition> operands) {
        Set<String> reasons = new LinkedHashSet<>();
        operands.forEach(p -> reasons.add(reasons(p)));
        return String.join("; ", reasons);
    }

    // ---- claims about given numbers

    private Evidence closed() {
        Trial.Result result = trial.at(new Point(Sizes.NONE, java.util.Map.of()), true);
        return switch (result.kind()) {
            case HOLDS -> result.isExact() && !Prover.holdsData(question.proposition())
                    ? Evidence.of(Verdict.PROVED, "by exact arithmetic" + bothSides(result))
                    : Prover.prove(question.proposition()).map(Evidence::of)
                            .orElseGet(() -> numerically(result));
            case FAILS -> new Evidence(Verdict.REFUTED, result.isExact() ? "by exact arithmetic"
                    : differ(result), Optional.of(counterexample(result)));
            case ON_KINK -> Evidence.of(Verdict.UNDECIDED,
                    "the derivative does not exist here: a kink is met exactly" + bothSides(result));
            case UNDEFINED -> illFormed(result.undefined(), "");
            case UNKNOWN, VAGUE -> Prover.prove(question.proposition()).map(Evidence::of)
                    .orElseGet(() -> Evidence.of(Verdict.UNDECIDED, "120 digits do not tell" + bothSides(result)));
            case EXCLUDED -> Evidence.of(Verdict.UNDECIDED, "the hypotheses do not hold");
        };
    }

    private Evidence numerically(Trial.Result result) {
        boolean data = Prover.holdsData(question.proposition());
        // Balls that do not meet settle an order; that they meet settles nothing.
        if (!data && question.proposition().truth(result.truth()::certainly) == Truth.TRUE) {
            return Evidence.of(Verdict.PROVED, "by interval arithmetic with 60 digits" + bothSides(result));
        }
        return Evidence.of(Verdict.SUPPORTED, (data ? "the numbers are floating-point data"
                : "true to 60 digits, confirmed at 120; no bound") + bothSides(result));
    }

    private String bothSides(Trial.Result result) {
        if (!(question.proposition() instanceof Proposition.Atom)) {
            return "";
        }
        Counterexample shown = counterexample(result);
        return shown.left().equals(shown.right()) ? ": both sides are " + shown.left()
                : ": left " + shown.left() + ", right " + shown.right();
    }

    private Counterexample counterexample(Trial.Result result) {
        return new Witness(question, trial).of(result);
    }

    private static Evidence illFormed(Optional<Undefined> reason, String where) {
        return Evidence.of(Verdict.ILL_FORMED, reason.map(r -> Text.line(TextPrinter.text(r.node()))).orElse("a side")
                + " has no value" + where + reason.map(r -> ": " + r.reason()).orElse(""));
    }

    // ---- claims about anything else

    private Evidence open() {
        if (SequenceClaims.isAboutOpenSums(question)) {
            return SequenceClaims.judge(question);
        }
        Optional<Proof> proof = Prover.prove(question.proposition()).or(() -> SequenceClaims.prove(question));
        if (proof.isPresent()) {
            if (Domains.mayBeUndefined(question.roots())) {
                sample(1);
                if (holds + kinked + unknown + vague + failures.size() == 0) {
                    explore(1);
                }
                if (holds + kinked + unknown + vague + failures.size() == 0 && undefinedPoints > 0) {
                    return illFormed(Optional.ofNullable(undefined),
                            " at any of " + undefinedPoints + " sampled points");
                }
            }
            return Evidence.of(proof.get());
        }
        sample(0);
        explore(0);
        if (!failures.isEmpty()) {
            return refuted();
        }
        if (holds == 0 && undefinedPoints > 0 && unknown + vague == 0) {
            return illFormed(Optional.ofNullable(undefined), " at any of " + undefinedPoints + " sampled points");
        }
        int sizesNeeded = symbols.isEmpty() ? 1 : Math.min(ENOUGH_SIZES, sizesTried.size() + excludedSizes());
        if (holds + unknown + vague + undefinedPoints == 0 && excluded > 0) {
            return Evidence.of(Verdict.UNDECIDED,
                    "the hypotheses hold at none of " + excluded + " sampled points");
        }
        if (unknown > 0 || holds < pointsNeeded() || sizesTried.size() < sizesNeeded) {
            return Evidence.of(Verdict.UNDECIDED, tally() + "; that is not enough to support it");
        }
        return Prover.withHints(question.proposition()).map(Evidence::of)
                .orElseGet(() -> Evidence.of(Verdict.SUPPORTED, tally() + "; " + bound()));
    }

    /** With sizes alone there are fewer instances than points. */
    private int pointsNeeded() {
        return variables.isEmpty() && question.functions().isEmpty() ? ENOUGH_SIZES : ENOUGH_POINTS;
    }

    private int excludedSizes() {
        return excluded > 0 ? 0 : ENOUGH_SIZES;
    }

    /** How likely a false equation of rational functions would have been found out: for anything else there is no bound. */
    private String bound() {
        if (!(question.proposition() instanceof Proposition.Atom(Comparison c)) || c.test() != Comparison.Test.EQUAL
                || c.tolerance().isPresent() || !question.hypotheses().isEmpty()) {
            return "no bound";
        }
        return RationalTest.of(c.values().left(), c.values().right(), FIELD_POINTS, 1)
                .filter(outcome -> !outcome.differ() && outcome.logOfError() < -1)
                .map(outcome -> "modulo 2^61 - 1 too: at these sizes a false one is missed with probability below 2^"
                        + (int) Math.ceil(outcome.logOfError()))
                .orElse("no bound");
    }

    private String tally() {
        StringBuilder text = new StringBuilder("true at ").append(holds).append(holds == 1 ? " point" : " points");
        if (!symbols.isEmpty()) {
            text.append(" over ").append(sizesTried.size()).append(" choices of sizes");
        }
        text.append(inexact > 0 ? ", to 60 digits confirmed at 120" : ", exactly");
        if (undefinedPoints > 0) {
            text.append("; undefined at ").append(undefinedPoints)
                    .append(undefined == null ? "" : " (" + undefined.reason() + ")");
        }
        if (kinked > 0) {
            text.append("; false at ").append(kinked).append(" on a kink, which do not count");
        }
        if (vague > 0) {
            text.append("; without a certain value at ").append(vague);
        }
        if (unknown > 0) {
            text.append("; not to be told at ").append(unknown);
        }
        if (excluded > 0 && holds < ENOUGH_POINTS) {
            text.append("; the hypotheses exclude ").append(excluded);
        }
        return text.toString();
    }

    // ---- sampling

    /** Tries points: all that are wanted, or with a limit until one has been defined. */
    private void sample(int enough) {
        List<Sizes> choices = sampler.sizes(symbols, question.shapes(), variables.isEmpty() ? ENOUGH_POINTS : SIZES);
        int perChoice = Math.max(4, RANDOM / Math.max(1, choices.size()));
        for (Sizes sizes : choices) {
            tryAll(specials(sizes, Math.max(4, GRID / choices.size())), true, enough);
            for (int k = 0; k < perChoice && !done(enough); k++) {
                tryPoint(sizes, enough);
            }
        }
        for (int k = 0; k < EXTRA_TRIES && !choices.isEmpty() && holds < ENOUGH_POINTS && !variables.isEmpty()
                && failures.isEmpty() && !done(enough); k++) {
            tryPoint(choices.get(k % choices.size()), enough);
        }
    }

    /**
     * Where nothing has refuted the claim yet, looks at points that are not drawn by chance. What the precision does not
     * tell far away is no evidence either way.
     */
    private void explore(int enough) {
        if (variables.isEmpty() || !failures.isEmpty()) {
            return;
        }
        int told = unknown;
        long deadline = System.nanoTime() + EXPLORATION_NANOS;
        List<Sizes> choices = sampler.sizes(symbols, question.shapes(), SIZES);
        for (Sizes sizes : choices.subList(0, Math.min(choices.size(), EXPLORED_SIZES))) {
            Exploration exploration = new Exploration(question, sampler, sizes);
            if (!exploration.isSmall()) {
                continue;
            }
            try {
                if (enough == 0) {
                    tryAll(exploration.suspects(), deadline, enough);
                }
                if (holds < ENOUGH_POINTS) {
                    tryAll(exploration.inside(ENOUGH_POINTS), deadline, enough);
                }
                if (enough == 0) {
                    tryAll(exploration.sides(good), deadline, enough);
                    for (int k = 0; k < WILD; k++) {
                        tryAll(List.of(sampler.wildPoint(variables, sizes)), deadline, enough);
                    }
                }
            } catch (IllegalArgumentException noSuchValue) {
                excluded++;
            }
        }
        unknown = told;
    }

    private void tryAll(List<Point> points, long deadline, int enough) {
        for (Point point : points) {
            if (failures.isEmpty() && !done(enough) && System.nanoTime() < deadline) {
                tryAll(List.of(point), true, enough);
            }
        }
    }

    private boolean done(int enough) {
        return enough > 0 && holds >= enough;
    }

    private void tryPoint(Sizes sizes, int enough) {
        try {
            tryAll(List.of(sampler.point(variables, sizes)), false, enough);
        } catch (IllegalArgumentException noSuchValue) {
            excluded++;
        }
    }

    /** A part of the grid of special values, spread evenly, always with its middle. */
    private List<Point> specials(Sizes sizes, int most) {
        List<Point> grid;
        try {
            grid = sampler.grid(variables, sizes);
        } catch (IllegalArgumentException impossible) {
            return List.of();
        }
        if (grid.size() <= most) {
            return grid;
        }
        List<Point> part = new ArrayList<>();
        for (int k = 0; k < most; k++) {
            part.add(grid.get((int) ((long) k * grid.size() / most)));
        }
        return part;
    }

    private void tryAll(List<Point> points, boolean special, int enough) {
        for (Point point : points) {
            if (done(enough)) {
                return;
            }
            Budget.current().checkTime();
            note(trial.at(point, special));
        }
    }

    private void note(Trial.Result result) {
        switch (result.kind()) {
            case HOLDS -> {
                if (!isFinite && !tried.add(result.point())) {
                    return;
                }
                holds++;
                inexact += result.isExact() ? 0 : 1;
                sizesTried.add(result.point().sizes());
                good.add(result.point());
            }
            case FAILS -> failures.add(result);
            case ON_KINK -> kinked++;
            case UNKNOWN -> unknown++;
            case VAGUE -> vague++;
            case EXCLUDED -> excluded++;
            case UNDEFINED -> {
                undefinedPoints++;
                undefined = undefined == null ? result.undefined().orElse(null) : undefined;
            }
        }
    }

    // ---- refutation

    private Evidence refuted() {
        Trial.Result smallest = new Minimizer(question, trial, sampler).smallest(failures.get(0));
        StringBuilder detail = new StringBuilder(smallest.isExact() ? "false, exactly"
                : differ(smallest));
        new Witness(question, trial).place(smallest).ifPresent(place -> detail.append("; at ").append(place));
        for (String symbol : smallest.point().sizes().values().keySet()) {
            if (holdsAboveOne(symbol, smallest.point())) {
                detail.append("; holds for ").append(symbol).append(" >= 2 at ").append(good.size()).append(" points");
            }
        }
        return new Evidence(Verdict.REFUTED, detail.toString(),
                Optional.of(new Witness(question, trial).of(smallest)));
    }

    private String differ(Trial.Result result) {
        return "the sides differ, to " + result.truth().precision()
                + new Witness(question, trial).distance(result).map(d -> "; they are " + d + " apart").orElse("");
    }

    private boolean holdsAboveOne(String symbol, Point smallest) {
        return smallest.sizes().value(symbol).orElse(0) == 1 && good.size() >= ENOUGH_POINTS / 2
                && failures.stream().allMatch(f -> f.point().sizes().value(symbol).orElse(0) == 1);
    }
}
