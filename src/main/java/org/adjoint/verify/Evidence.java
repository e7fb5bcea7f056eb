package org.adjoint.verify;

import java.util.Optional;
import org.adjoint.algebra.Proof;

/**
 * Why a verdict was given.
 *
 * @param kind           its class: evidence of different classes is never mixed
 * @param detail         the argument, in words
 * @param counterexample where a refuted claim is false; none when the shapes refute it
 * @param proof          the proof of a claim that is proved by laws
 */
public record Evidence(Verdict kind, String detail, Optional<Counterexample> counterexample, Optional<Proof> proof) {
    Evidence(Verdict kind, String detail, Optional<Counterexample> counterexample) {
        this(kind, detail, counterexample, Optional.empty());
    }

    static Evidence of(Proof proof) {
        return new Evidence(Verdict.PROVED, proof.reason(), Optional.empty(), Optional.of(proof));
    }

    /** Evidence in words alone. */
    static Evidence of(Verdict kind, String detail) {
        return new Evidence(kind, detail, Optional.empty());
    }

    /** The same evidence without the proof, which holds on to expressions. */
    Evidence withoutProof() {
        return new Evidence(kind, detail, counterexample);
    }

    /** The same evidence with a remark. */
    Evidence with(String remark) {
        return remark.isEmpty() ? this
                : new Evidence(kind, detail.isEmpty() ? remark : detail + "; " + remark, counterexample, proof);
    }
}
