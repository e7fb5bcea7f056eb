package org.adjoint.eval;

import java.util.Arrays;

/**
 * The scalar factors of a product: a constant times the numbers in some slots.
 *
 * @param constant the constant
 * @param slots    slots that hold one number each
 */
record Scale(double constant, int[] slots) {
    static final Scale ONE = new Scale(1, new int[0]);

    double value(double[][] memory) {
        double product = constant;
        for (int slot : slots) {
            product *= memory[slot][0];
        }
        return product;
    }

    boolean isOne() {
        return constant == 1 && slots.length == 0;
    }

    /** These slots together with others. */
    int[] with(int[] others) {
        int[] all = Arrays.copyOf(others, others.length + slots.length);
        System.arraycopy(slots, 0, all, others.length, slots.length);
        return all;
    }
}
