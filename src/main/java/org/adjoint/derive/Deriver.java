package org.adjoint.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Presenter;
import org.adjoint.algebra.Proof;
import org.adjoint.diff.Backward;
import org.adjoint.diff.LeaveOneOut;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.diff.Tangent;
import org.adjoint.diff.Underivable;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;

/**
 * Derives, presents, proves and checks. What fails a check is withheld.
 *
 * <p>Intermediate quantities of the definitions keep their names in the result; for the numeric check they are computed.
 */
public final class Deriver {
    private final Definitions definitions;
    private final long seed;

    public Deriver(Definitions definitions, long seed) {
        this.definitions = definitions;
        this.seed = seed;
    }

    /** The derivatives of one function by several variables, each derived or refused on its own. */
    public static List<Derivation> derive(Expr f, List<Variable> wrt, Layout layout, long seed) {
        Deriver deriver = new Deriver(Definitions.NONE, seed);
        return wrt.stream().map(x -> deriver.derive(f, x, layout)).toList();
    }

    /**
     * The derivative of {@code f} by {@code x} through the definitions.
     *
     * @throws ShapeError when the layout does not fit the shapes of {@code f} and {@code x}
     */
    public Derivation derive(Expr f, Variable x, Layout layout) {
        layout.misfit(f.shape(), x.shape()).ifPresent(law -> {
            throw new ShapeError(law);
        });
        Expr whole = asFunctionOf(f, x);
        Optional<Refused> refusal = Refusals.of(whole, x, layout);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return derived(f, whole, x, layout);
        } catch (Underivable none) {
            return new Refused(x, Refused.Cause.NO_RULE, none.reason(), none.at());
        } catch (DifferenceCheck.Withheld withheld) {
            return withheld.cause() == Refused.Cause.NO_POINT ? nowhere(whole, x, withheld)
                    : new Refused(x, withheld.cause(), String.valueOf(withheld.getMessage()), whole);
        }
    }

    /** No point was found: for want of a value of some part, when there is such a part. */
    private Refused nowhere(Expr whole, Variable x, DifferenceCheck.Withheld withheld) {
        Optional<Fault> fault = Fault.of(whole, seed);
        String reason = withheld.getMessage() + fault.map(found -> found.singular()
                ? "; a part has no value, as its matrix is singular wherever it was tried"
                : "; a part has no value wherever it was tried").orElse("");
        return new Refused(x, withheld.cause(), reason, fault.map(Fault::part).orElse(whole));
    }

    private Derivation derived(Expr f, Expr whole, Variable x, Layout layout) {
        // A second derivative starts from the gradient as it is shown, which is proved equal to the raw one.
        boolean second = layout.unarranged() == Layout.HESSIAN;
        Form first = second ? presentedGradient(f, x) : Form.NONE;
        Expr unarranged = LeaveOneOut.asQuotients(second ? Backward.jacobian(definitions, first.shown, x)
                : raw(f, x, layout.unarranged()));
        Form form = presented(unarranged);
        Expr raw = arranged(unarranged, f, layout);
        Expr shown = arranged(form.shown, f, layout);
        if (layout == Layout.SYMGRADIENT) {
            form = presented(raw, shown);
            shown = form.shown;
        }
        Optional<Refused> tooLarge = Refusals.tooLarge(shown, whole, x, layout);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        DifferenceCheck.Agreement agreement = check(whole, x, asFunctionOf(raw, x), layout);
        return new Derived(x, layout, shown, raw, Conditions.of(whole, asFunctionOf(shown, x), x),
                form.after(first), first.way.then(form.way), agreement);
    }

    /**
     * The gradient in a form that may be differentiated once more. What is declared of x holds where x is, not around it: with
     * {@code X⁻ᵀ} written as {@code X⁻¹} for a symmetric X the next derivative would be another one. So only facts that
     * hold in a neighbourhood too are used.
     */
    private Form presentedGradient(Expr f, Variable x) {
        Set<Fact> open = x.facts().stream().filter(Deriver::holdsAround).collect(Collectors.toSet());
        Variable moving = Variable.of(x.name(), x.shape(), open);
        Expr gradient = LeaveOneOut.asQuotients(Backward.gradient(definitions, f, x));
        if (moving == x) {
            return presented(gradient);
        }
        Form form = presented(Substitution.of(Map.of(x, moving)).apply(gradient));
        return new Form(Substitution.of(Map.of(moving, x)).apply(form.shown), form.proof, form.way);
    }

    private static boolean holdsAround(Fact fact) {
        return switch (fact) {
            case Fact.Interval interval -> true;
            case Fact.Bound bound -> true;
            case Fact.Random random -> true;
            case Fact.Named named -> switch (named) {
                case POSITIVE, NONZERO, INVERTIBLE, UNIT, LINEAR, FINITE_SUPPORT -> true;
                case SYMMETRIC, POSITIVE_DEFINITE, ORTHOGONAL, INTEGER, NATURAL, PLUS_MINUS_ONE, ZERO_ONE, ONE_HOT,
                        PROBABILITY ->
                    false;
            };
        };
    }

    /**
     * The raw derivative, after it was held against finite differences; for computing on rather than for people.
     *
     * @throws DifferenceCheck.Withheld when they contradict it, or can nowhere tell
     * @throws Underivable when there is no rule for a part of it
     */
    public Expr checked(Expr f, Variable x, Layout layout) {
        Expr raw = raw(f, x, layout);
        check(asFunctionOf(f, x), x, asFunctionOf(raw, x), layout);
        return raw;
    }

    /**
     * {@code Σ ∂f/∂x_j v_j}, checked: as the slope of {@code s ↦ ⟨c, f(x + s v)⟩} for a random cotangent c.
     *
     * @throws DifferenceCheck.Withheld when differences contradict it, or can nowhere tell
     * @throws Underivable when there is no rule for a part of it
     */
    public Expr checkedAlong(Expr f, Variable x, Expr direction) {
        Variable v = Variable.of("direction of " + x.name(), x.shape());
        Variable s = Variable.scalar("step along " + x.name());
        Expr product = Tangent.jvp(definitions, f, x, v);
        Substitution moved = Substitution.of(Map.of(x, x.plus(v.times(s))));
        Variable cotangent = Variable.of("cotangent of " + x.name(), f.shape());
        Expr value = moved.apply(Tensors.inner(cotangent, asFunctionOf(f, x)));
        Expr slope = moved.apply(Tensors.inner(cotangent, asFunctionOf(product, x)));
        DifferenceCheck.check(value, s, slope, seed);
        return Substitution.of(Map.of(v, direction)).apply(product);
    }

    /** {@code Σ u_i ∂f_i/∂x}, checked as the gradient of {@code ⟨u, f⟩} for any u. */
    public Expr checkedPull(Expr f, Variable x, Expr cotangent) {
        Variable u = Variable.of("cotangent of f", f.shape());
        Expr product = checked(Tensors.inner(u, f), x, Layout.GRADIENT);
        return Substitution.of(Map.of(u, cotangent)).apply(product);
    }

    /** A form, why it equals the raw one, and how presentation made it. */
    private record Form(Expr shown, Optional<Proof> proof, Proof way) {
        private static final Form NONE = new Form(Constant.ZERO, Optional.empty(), new Proof(""));

        private boolean isProved() {
            return proof.isPresent();
        }

        private String reason() {
            return proof.map(Proof::reason).orElse("");
        }

        /** Why this form is right, when the one before it, from which it was derived, is right too. */
        private Proof after(Form before) {
            String reason = before == NONE || before.reason().equals(reason()) ? reason()
                    : "of the gradient, " + before.reason() + "; of its derivative, " + reason();
            return new Proof(reason, () -> Stream.of(before.proof, proof).flatMap(Optional::stream)
                    .flatMap(own -> own.steps().stream()).toList());
        }
    }

    /** The whole in its shortest form where that can be proved; else part by part, which takes less. */
    private static Form presented(Expr raw) {
        if (!Parts.isSplit(raw)) {
            return presented(raw, raw);
        }
        Optional<Form> whole = Parts.isLarge(raw) ? Optional.empty()
                : stages(raw, raw).findFirst().filter(Form::isProved);
        return whole.orElseGet(() -> byParts(raw));
    }

    private static Form byParts(Expr raw) {
        Set<String> reasons = new LinkedHashSet<>();
        List<Proof> proofs = new ArrayList<>();
        List<Proof> ways = new ArrayList<>();
        Expr shown = Parts.rewritten(raw, part -> {
            Form form = presented(part, part);
            reasons.add(form.reason());
            form.proof.ifPresent(proofs::add);
            ways.add(form.way);
            return form.shown;
        });
        return new Form(shown, Optional.of(new Proof("part by part, " + String.join("; ", reasons),
                () -> proofs.stream().flatMap(proof -> proof.steps().stream()).toList())), Proof.all(ways));
    }

    /** The shortest form of an expression equal to {@code raw} that can be proved; the raw form itself always can be. */
    private static Form presented(Expr raw, Expr equal) {
        return stages(raw, equal).filter(Form::isProved).findFirst()
                .orElseGet(() -> new Form(raw, Equality.prove(raw, raw), new Proof("as it was derived")));
    }

    private static Stream<Form> stages(Expr raw, Expr equal) {
        return new Presenter().stages(equal).map(stage -> new Form(stage, Equality.prove(raw, stage),
                new Proof("presented by named laws", () -> Presenter.told(equal, stage))));
    }

    private Expr raw(Expr f, Variable x, Layout layout) {
        Layout unarranged = layout.unarranged();
        Expr derivative = switch (unarranged) {
            // By a scalar no identity is carried along, and no delta is left over.
            case JACOBIAN -> x.shape().isScalar() ? Tangent.byScalar(definitions, f, x)
                    : Backward.jacobian(definitions, f, x);
            case HESSIAN -> Backward.jacobian(definitions, Backward.gradient(definitions, f, x), x);
            case DSCALAR -> Tangent.byScalar(definitions, f, x);
            case GRADIENT, JACVEC, HESSVEC, SYMGRADIENT -> Backward.gradient(definitions, f, x);
        };
        return arranged(derivative, f, layout);
    }

    /** The derivative in the layout, from the one that {@link Layout#unarranged} names. */
    private static Expr arranged(Expr derivative, Expr f, Layout layout) {
        return switch (layout) {
            case GRADIENT, JACOBIAN, HESSIAN, DSCALAR -> derivative;
            case JACVEC -> Stacked.of(derivative, f.shape().rank());
            case HESSVEC -> Stacked.of(derivative, derivative.shape().rank() / 2);
            case SYMGRADIENT -> derivative.plus(derivative.transpose())
                    .minus(derivative.times(Delta.of(derivative.shape().get(0))));
        };
    }

    /** The expression with every definition computed, except that of {@code x}, which stays free. */
    private Expr asFunctionOf(Expr f, Variable x) {
        Map<Variable, Expr> values = new LinkedHashMap<>();
        for (Variable variable : definitions.reachable(List.of(f))) {
            if (variable != x) {
                values.put(variable, Substitution.of(values).apply(definitions.value(variable).orElseThrow()));
            }
        }
        return Substitution.of(values).apply(f);
    }

    /**
     * Anything but a gradient is checked through the scalar {@code ⟨c, F⟩}, or {@code ⟨c, vec(F)⟩}, whose gradient is
     * {@code c} contracted with the derivative, for a random cotangent {@code c}.
     */
    private DifferenceCheck.Agreement check(Expr f, Variable x, Expr derivative, Layout layout) {
        Expr first = switch (layout) {
            case GRADIENT, SYMGRADIENT, JACOBIAN, DSCALAR -> f;
            case HESSIAN -> ReverseSweep.gradient(f, x);
            case JACVEC -> Stacked.vec(f);
            case HESSVEC -> Stacked.vec(ReverseSweep.gradient(f, x));
        };
        Motion motion = layout == Layout.SYMGRADIENT ? Motion.SYMMETRIC : Motion.FREE;
        if (layout == Layout.GRADIENT || layout == Layout.SYMGRADIENT) {
            return DifferenceCheck.check(f, x, derivative, motion, seed);
        }
        Variable cotangent = Variable.of("cotangent of " + x.name(), first.shape());
        Expr scalar = Tensors.inner(cotangent, first);
        Expr pulled = Tensors.pull(cotangent, derivative);
        Expr gradient = layout == Layout.JACVEC || layout == Layout.HESSVEC ? Stacked.unvec(pulled, x.shape()) : pulled;
        return DifferenceCheck.check(scalar, x, gradient, motion, seed);
    }
}
