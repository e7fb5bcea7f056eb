package org.adjoint.check;

/** What a comparison of a claimed derivative with a measured one ends in. */
public enum Outcome {

    /** The claim agrees with the measurement, which is sharp enough to mean something. */
    RIGHT,

    /** The claim disagrees by many error bars, or the functions break a rule of the protocol. */
    WRONG,

    /** Nothing can be said, and the finding says why: a jump, an edge of the domain, an infinite slope, noise. */
    INCONCLUSIVE
}
