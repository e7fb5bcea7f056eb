package org.adjoint.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.eval.Interpretation;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.Radical;
import org.adjoint.eval.Undefined;
import org.adjoint.eval.UnknownFunctionModel;
import org.adjoint.expr.Expr;

/** The question at single points. */
final class Trial {
    private final Question question;
    private final List<Expr> roots;
    private final List<Expr> kinks;
    private final Interpretation functions;
    private final Magnitudes magnitudes;
    private final boolean transcendental;

    Trial(Question question) {
        this.question = question;
        this.roots = question.allRoots();
        this.kinks = question.almostEverywhere() ? Kinks.of(question.roots()) : List.of();
        this.functions = UnknownFunctionModel.seeded(question.seed());
        this.magnitudes = Magnitudes.of(roots);
        this.transcendental = Domains.isTranscendental(roots);
    }

    /** What came of one point. */
    enum Kind {
        /** True there. */
        HOLDS,
        /** False there. */
        FAILS,
        /** False, but on a kink of a derivative. */
        ON_KINK,
        /** Has no value there. */
        UNDEFINED,
        /** A side has no value that is certain at this precision: it may be undefined there, or too large. */
        VAGUE,
        /** The precision does not tell. */
        UNKNOWN,
        /** A hypothesis does not hold there. */
        EXCLUDED
    }

    /**
     * A point and what came of it.
     *
     * @param truth the values there, to be shown
     */
    record Result(Kind kind, Point point, PointTruth truth) {
        boolean isExact() {
            return truth.isExact();
        }

        Optional<Undefined> undefined() {
            return truth.undefined();
        }
    }

    /** The question at the point; exact numbers are tried where they are likely, or when asked for. */
    Result at(Point point, boolean special) {
        PointTruth truth = new PointTruth(point, functions, roots, magnitudes, special || !transcendental);
        return new Result(kind(point, truth), point, truth);
    }

    private Kind kind(Point point, PointTruth truth) {
        try {
            for (Proposition hypothesis : question.hypotheses()) {
                if (hypothesis.truth(truth::of) != Truth.TRUE) {
                    return Kind.EXCLUDED;
                }
            }
            return switch (question.proposition().truth(truth::of)) {
                case TRUE -> Kind.HOLDS;
                case UNKNOWN -> truth.isVague() ? Kind.VAGUE : Kind.UNKNOWN;
                case UNDEFINED -> Kind.UNDEFINED;
                case FALSE -> isOnKink(point) ? Kind.ON_KINK : Kind.FAILS;
            };
        } catch (IllegalArgumentException impossible) {
            // Sizes that give some axis no length: the point is no instance of the claim.
            return Kind.EXCLUDED;
        }
    }

    private boolean isOnKink(Point point) {
        if (kinks.isEmpty()) {
            return false;
        }
        PointTruth values = new PointTruth(point, functions, kinks, magnitudes, true);
        for (Expr kink : kinks) {
            NumberTensor<Radical> exact = values.exact(kink).orElseThrow();
            NumberTensor<Precise> near = exact.isDefined() ? null : values.precise(kink);
            for (int k = 0; k < exact.count(); k++) {
                boolean zero = exact.isDefined(k) ? exact.get(k).isZero()
                        : near != null && near.isDefined(k) && near.get(k).mayBeZero();
                if (zero) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * What decides against the proposition at a point.
     *
     * @param comparison the comparison
     * @param values     the index names of the case in which it stands
     */
    record Culprit(Comparison comparison, Map<String, String> values) {
    }

    /** The first comparison that is false at the point; the first of all when none is. */
    Culprit culprit(Result result) {
        return find(question.proposition(), result, Map.of()).orElseGet(
                () -> new Culprit(question.proposition().comparisons().get(0), Map.of()));
    }

    private static Optional<Culprit> find(Proposition p, Result result, Map<String, String> values) {
        if (p.truth(result.truth()::of) != Truth.FALSE) {
            return Optional.empty();
        }
        return switch (p) {
            case Proposition.Atom atom -> Optional.of(new Culprit(atom.comparison(), values));
            case Proposition.Case one -> find(one.operand(), result, one.values());
            case Proposition.Induction induction -> find(induction.both(), result, values);
            case Proposition.And and -> first(and.operands(), result, values);
            case Proposition.Or or -> first(or.operands(), result, values);
            case Proposition.Implies implies -> find(implies.conclusion(), result, values);
            case Proposition.Not not -> not.operand().comparisons().stream().findFirst()
                    .map(c -> new Culprit(c, values));
            case Proposition.Settled settled -> Optional.empty();
        };
    }

    private static Optional<Culprit> first(List<Proposition> operands, Result result, Map<String, String> values) {
        for (Proposition operand : operands) {
            Optional<Culprit> found = find(operand, result, values);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
