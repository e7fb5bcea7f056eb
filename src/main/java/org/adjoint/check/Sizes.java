package org.adjoint.check;

/** The size of each entry of x: what a step is measured against. */
final class Sizes {

    /** Entries much smaller than the others of their input are moved as far as these, in some directions. */
    private static final double FLOOR = 0.25;

    private Sizes() {}

    /** |xⱼ|; where that is zero the size of the largest entry of the same input, and at most 1. */
    static double[] own(double[] x, Layout layout) {
        var sizes = new double[x.length];
        int from = 0;
        for (var slot : layout.slots()) {
            int to = from + slot.count();
            double largest = 0;
            for (int i = from; i < to; i++) {
                largest = Math.max(largest, Math.abs(x[i]));
            }
            var atZero = largest == 0 ? 1 : Math.min(1, largest);
            for (int i = from; i < to; i++) {
                sizes[i] = x[i] == 0 ? atZero : Math.abs(x[i]);
            }
            from = to;
        }
        return sizes;
    }

    /** As {@link #own}, and no entry smaller than a quarter of the root mean square of its input. */
    static double[] common(double[] x, Layout layout) {
        var sizes = own(x, layout);
        int from = 0;
        for (var slot : layout.slots()) {
            int to = from + slot.count();
            double norm = 0;
            for (int i = from; i < to; i++) {
                norm = Math.hypot(norm, x[i]);
            }
            var least = norm == 0 ? 0 : FLOOR * norm / Math.sqrt(slot.count());
            for (int i = from; i < to; i++) {
                sizes[i] = Math.max(sizes[i], least);
            }
            from = to;
        }
        return sizes;
    }

    /** Smallest t for which some entry changes by its own size along the direction; infinite for the zero direction. */
    static double shortest(double[] sizes, double[] direction) {
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < sizes.length; i++) {
            if (direction[i] != 0) {
                shortest = Math.min(shortest, sizes[i] / Math.abs(direction[i]));
            }
        }
        return shortest;
    }
}
