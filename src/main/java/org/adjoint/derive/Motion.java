package org.adjoint.derive;

import java.util.Random;

/** The directions along which a variable is moved, and what its derivative is paired with there. */
enum Motion {
    /** Every entry on its own: {@code df = Σ G_ij D_ij}. */
    FREE,
    /**
     * A square matrix that stays symmetric: D is symmetric, and {@code df = Σ_{i≤j} S_ij D_ij}, each pair of entries counted
     * once. The triangle that is read alternates, so that both are held to it.
     */
    SYMMETRIC;

    /** A random direction; every other one along a single entry, so that one wrong entry is not diluted. */
    double[] direction(int length, int k, Random random) {
        double[] direction = new double[length];
        if (k % 2 == 1) {
            direction[random.nextInt(length)] = 1;
        } else {
            for (int i = 0; i < length; i++) {
                direction[i] = random.nextGaussian();
            }
        }
        return switch (this) {
            case FREE -> direction;
            case SYMMETRIC -> mirrored(direction);
        };
    }

    /** What the entries of the derivative are multiplied with, to be added up. */
    double[] paired(double[] direction, int k) {
        return switch (this) {
            case FREE -> direction;
            case SYMMETRIC -> triangle(direction, k % 2 == 1);
        };
    }

    private static double[] mirrored(double[] direction) {
        int n = (int) Math.round(Math.sqrt(direction.length));
        double[] mirrored = direction.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double both = direction[i * n + j] + direction[j * n + i];
                mirrored[i * n + j] = both;
                mirrored[j * n + i] = both;
            }
        }
        return mirrored;
    }

    private static double[] triangle(double[] direction, boolean lower) {
        int n = (int) Math.round(Math.sqrt(direction.length));
        double[] part = direction.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                part[lower ? j * n + i : i * n + j] = 0;
            }
        }
        return part;
    }
}
