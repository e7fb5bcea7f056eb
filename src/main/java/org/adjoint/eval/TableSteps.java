package org.adjoint.eval;

import java.util.Arrays;
import org.adjoint.expr.Reduction;

/** Steps that follow tables of positions: windows and reductions. */
final class TableSteps {
    private TableSteps() {
    }

    /** Reads, or adds up, the entries of a window; positions are those of {@link Positions#window}. */
    record WindowStep(int source, int writes, int count, boolean fold, int[] positions) implements Step {
        @Override
        public int[] reads() {
            return new int[] {source};
        }

        @Override
        public void run(double[][] memory) {
            double[] x = memory[source];
            double[] z = memory[writes];
            if (fold) {
                Arrays.fill(z, 0, count, 0);
                for (int o = 0; o < positions.length; o++) {
                    if (positions[o] >= 0) {
                        z[positions[o]] += x[o];
                    }
                }
            } else {
                for (int o = 0; o < positions.length; o++) {
                    z[o] = positions[o] < 0 ? 0 : x[positions[o]];
                }
            }
        }
    }

    /** A reduction of the entries at {@code kept[o] + reduced[r]} over r. */
    record ReductionStep(int source, int writes, Reduction.Operation operation, int[] kept, int[] reduced)
            implements
                Step {
        @Override
        public int[] reads() {
            return new int[] {source};
        }

        @Override
        public void run(double[][] memory) {
            double[] x = memory[source];
            double[] z = memory[writes];
            for (int o = 0; o < kept.length; o++) {
                switch (operation) {
                    case MAX -> z[o] = reduced.length == 0 ? Double.NaN : x[kept[o] + reduced[firstMax(x, kept[o])]];
                    case PRODUCT -> z[o] = product(x, kept[o]);
                    case LOG_SUM_EXP -> z[o] = logSumExp(x, kept[o]);
                    case FIRST_MAX -> {
                        int first = reduced.length == 0 ? 0 : firstMax(x, kept[o]);
                        for (int r = 0; r < reduced.length; r++) {
                            z[kept[o] + reduced[r]] = r == first ? 1 : 0;
                        }
                    }
                }
            }
        }

        /** A NaN counts as maximal, so that it shows. */
        private int firstMax(double[] x, int start) {
            int best = 0;
            for (int r = 1; r < reduced.length; r++) {
                double candidate = x[start + reduced[r]];
                double largest = x[start + reduced[best]];
                if (candidate > largest || (Double.isNaN(candidate) && !Double.isNaN(largest))) {
                    best = r;
                }
            }
            return best;
        }

        private double product(double[] x, int start) {
            double product = 1;
            for (int distance : reduced) {
                product *= x[start + distance];
            }
            return product;
        }

        /** {@code m + log Σ exp(xₖ − m)} with m the maximum. */
        private double logSumExp(double[] x, int start) {
            if (reduced.length == 0) {
                return Double.NaN;
            }
            int first = firstMax(x, start);
            double m = x[start + reduced[first]];
            if (Double.isInfinite(m) || reduced.length == 1) {
                return m;
            }
            // The maximum itself contributes 1, left to log1p.
            double sum = 0;
            for (int r = 0; r < reduced.length; r++) {
                sum += r == first ? 0 : Math.exp(x[start + reduced[r]] - m);
            }
            return m + Math.log1p(sum);
        }
    }
}
