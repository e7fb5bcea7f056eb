package org.adjoint.eval;

/** One step of a plan: reads some slots of the memory and writes one. Steps allocate nothing when run. */
interface Step {
    /** The slots that it reads. */
    int[] reads();

    /** The slot that it writes, all of it. */
    int writes();

    void run(double[][] memory);
}
