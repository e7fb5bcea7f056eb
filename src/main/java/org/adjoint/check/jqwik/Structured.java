package org.adjoint.check.jqwik;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;

/** Entries that only make sense together. */
enum Structured {

    ONE_HOT {
        @Override
        void row(double[] row, SplittableRandom random, Drawn drawn) {
            row[drawn.rest().isPresent() ? (int) drawn.rest().getAsDouble() % row.length
                    : random.nextInt(row.length)] = 1;
        }
    },

    PROBABILITIES {
        @Override
        void row(double[] row, SplittableRandom random, Drawn drawn) {
            if (drawn.rest().isPresent() && drawn.rest().getAsDouble() == 1) {
                row[0] = 1;
                return;
            }
            var spread = random.nextInt(3) == 0 ? 20 : 1;
            Arrays.setAll(row, i -> drawn.rest().isPresent() ? 1 : Math.exp(spread * random.nextGaussian()));
            var sum = Arrays.stream(row).sum();
            Arrays.setAll(row, i -> row[i] / sum);
        }
    };

    abstract void row(double[] row, SplittableRandom random, Drawn drawn);

    /** Each run along the last axis on its own. */
    Filling filling() {
        return (Whole) (places, drawn) -> {
            var sizes = Filling.sizes(places);
            var entries = new double[Filling.count(sizes)];
            int width = sizes.length == 0 ? 1 : sizes[sizes.length - 1];
            for (int from = 0; from < entries.length; from += width) {
                var row = new double[width];
                row(row, new SplittableRandom(drawn.seed() + from / width), drawn);
                System.arraycopy(row, 0, entries, from, width);
            }
            return entries;
        };
    }

    /** U diag(σ) Vᵀ with σ from 1 to 1/κ; reduced to diag(σ). */
    static Filling conditioned(double kappa) {
        requireCondition(kappa);
        return (Whole) (places, drawn) -> {
            var sizes = Filling.sizes(places);
            int rank = Math.min(sizes[0], sizes[1]);
            var random = new Random(drawn.seed());
            var plain = drawn.rest().isPresent();
            return product(basis(sizes[0], rank, random, plain), kappa, basis(sizes[1], rank, random, plain));
        };
    }

    /** Q diag(λ) Qᵀ with λ from 1 to 1/κ; reduced to diag(λ), and to the identity. */
    static Filling positiveDefinite(double kappa) {
        requireCondition(kappa);
        return (Whole) (places, drawn) -> {
            var sizes = Filling.sizes(places);
            var plain = drawn.rest().isPresent();
            var q = basis(sizes[0], sizes[0], new Random(drawn.seed()), plain);
            var entries = product(q, plain && drawn.rest().getAsDouble() == 0 ? 1 : kappa, q);
            int n = sizes[0];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    entries[i * n + j] = entries[j * n + i];
                }
            }
            return entries;
        };
    }

    /** All entries at once. */
    @FunctionalInterface
    private interface Whole extends Filling {
        @Override
        default boolean allows(double value) {
            return false;
        }

        @Override
        default int rank(Drawn drawn) {
            return drawn.rest().isPresent() ? (int) drawn.rest().getAsDouble() : 2;
        }
    }

    private static void requireCondition(double kappa) {
        if (!(kappa >= 1 && kappa < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a condition number is at least 1; got " + kappa);
        }
    }

    private static DMatrixRMaj basis(int rows, int columns, Random random, boolean plain) {
        return plain ? CommonOps_DDRM.identity(rows, columns)
                : RandomMatrices_DDRM.orthogonal(rows, columns, random);
    }

    private static double[] product(DMatrixRMaj u, double kappa, DMatrixRMaj v) {
        var scaled = u.copy();
        int rank = u.numCols;
        for (int k = 0; k < rank; k++) {
            var factor = k == 0 ? 1 : Math.pow(kappa, -k / (rank - 1.0));
            for (int i = 0; i < u.numRows; i++) {
                scaled.set(i, k, factor * scaled.get(i, k));
            }
        }
        var product = new DMatrixRMaj(u.numRows, v.numRows);
        CommonOps_DDRM.multTransB(scaled, v, product);
        return product.data;
    }
}
