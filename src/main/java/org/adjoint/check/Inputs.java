package org.adjoint.check;

import java.util.random.RandomGenerator;

/** Points at which gradients go wrong: besides ordinary ones, zeros, ties, tiny, huge and very negative entries. */
final class Inputs {

    private Inputs() {}

    /** The number picks the character, so that a handful of points has one of each. */
    static double[] draw(RandomGenerator random, int dimension, int number) {
        var x = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            x[i] = switch (number % 5) {
                case 0 -> random.nextGaussian();
                case 1 -> random.nextInt(-1, 2);
                case 2 -> random.nextGaussian() * Math.pow(10, random.nextDouble(-8, 3));
                case 3 -> random.nextGaussian() * 25;
                default -> random.nextInt(3) == 0 ? random.nextDouble(-800, 20) : random.nextGaussian();
            };
        }
        return x;
    }
}
