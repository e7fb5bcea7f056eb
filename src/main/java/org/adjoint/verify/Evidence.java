package org.adjoint.verify;

import java.util.Optional;

/**
 * Why a verdict was given.
 *
 * @param kind           its class: evidence of different classes is never mixed
 * @param detail         the argument, in words
 * @param counterexample where a refuted claim is false; none when the shapes refute it
 */
public record Evidence(Verdict kind, String detail, Optional<Counterexample> counterexample) {
    /** Evidence in words alone. */
    static Evidence of(Verdict kind, String detail) {
        return new Evidence(kind, detail, Optional.empty());
    }

    /** The same evidence with a remark. */
    Evidence with(String remark) {
        return remark.isEmpty() ? this
                : new Evidence(kind, detail.isEmpty() ? remark : detail + "; " + remark, counterexample);
    }
}
