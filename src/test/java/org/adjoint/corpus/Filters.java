package org.adjoint.corpus;

/** Convolution and correlation, of one and of two dimensions, as their definitions say. */
final class Filters {
    private Filters() {
    }

    static Array column(Array x) {
        if (x.columns() != 1) {
            throw new IllegalArgumentException("a column is needed, got " + x.rows() + " x " + x.columns());
        }
        return x;
    }

    /** {@code yᵢ = Σⱼ wⱼ xᵢ₋ⱼ} wherever a pair overlaps. */
    static Array convolution(Array x, Array w) {
        return conv2(column(x), column(w));
    }

    /** {@code yᵢ = Σⱼ wⱼ xᵢ₊ⱼ} where w lies inside x. */
    static Array correlation(Array x, Array w) {
        return corr2(column(x), column(w));
    }

    static Array corr2(Array x, Array w) {
        return Array.matrix(x.rows() - w.rows() + 1, x.columns() - w.columns() + 1, (i, j) -> {
            double sum = 0;
            for (int a = 0; a < w.rows(); a++) {
                for (int b = 0; b < w.columns(); b++) {
                    sum += w.get(a, b) * x.get(i + a, j + b);
                }
            }
            return sum;
        });
    }

    static Array conv2(Array x, Array w) {
        return Array.matrix(x.rows() + w.rows() - 1, x.columns() + w.columns() - 1, (i, j) -> {
            double sum = 0;
            for (int a = 0; a < w.rows(); a++) {
                for (int b = 0; b < w.columns(); b++) {
                    boolean inside = i >= a && i - a < x.rows() && j >= b && j - b < x.columns();
                    sum += inside ? w.get(a, b) * x.get(i - a, j - b) : 0;
                }
            }
            return sum;
        });
    }

    /** {@code T x = conv(x, w)} for x of length n. */
    static Array toeplitz(Array w, int n) {
        return Array.matrix(n + column(w).rows() - 1, n, (i, j) -> i >= j && i - j < w.rows() ? w.get(i - j) : 0);
    }

    /** {@code I w = corr(x, w)} for w of length k. */
    static Array windows(Array x, int k) {
        return Array.matrix(column(x).rows() - k + 1, k, (i, j) -> x.get(i + j));
    }

    static Array flipped(Array x) {
        return Array.matrix(x.rows(), x.columns(), (i, j) -> x.get(x.rows() - 1 - i, j));
    }

    static Array turned(Array x) {
        return Array.matrix(x.rows(), x.columns(), (i, j) -> x.get(x.rows() - 1 - i, x.columns() - 1 - j));
    }
}
