package org.adjoint.verify;

/** Seeds that depend on nothing but what a claim is called: the same in every run. */
final class Seeds {
    private Seeds() {
    }

    /** The seed of one link of a claim. */
    static long of(String id, int link) {
        long seed = 17;
        for (int k = 0; k < id.length(); k++) {
            seed = seed * 31 + id.charAt(k);
        }
        return Math.floorMod(seed * 31 + link, 1_000_000);
    }
}
