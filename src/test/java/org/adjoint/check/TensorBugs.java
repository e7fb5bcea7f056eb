package org.adjoint.check;

import static org.adjoint.check.Planted.any;
import static org.adjoint.check.Planted.dot;
import static org.adjoint.check.Planted.inputs;
import static org.adjoint.check.Planted.just;
import static org.adjoint.check.Planted.map;
import static org.adjoint.check.Planted.max;
import static org.adjoint.check.Planted.normal;
import static org.adjoint.check.Planted.sum;
import static org.adjoint.check.Planted.times;
import static org.adjoint.check.Planted.uniform;
import static org.adjoint.check.Planted.whole;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Mistakes in reductions, broadcasting, matrices and windows: missing sums, transposes, masks, offsets, flips. */
final class TensorBugs {

    private TensorBugs() {}

    private static double mean(double[] x) { return sum(x) / x.length; }

    private static double[] minus(double[] x, double c) { return map(x, t -> t - c); }

    private static double[] softmax(double[] x) {
        var e = map(minus(x, max(x)), Math::exp);
        var total = sum(e);
        return map(e, t -> t / total);
    }

    private static double variance(double[] x) { return dot(minus(x, mean(x)), minus(x, mean(x))) / (x.length - 1); }

    private static double[] layerNorm(double[] x, double eps) {
        var centred = minus(x, mean(x));
        var scale = Math.sqrt(dot(centred, centred) / x.length + eps);
        return map(centred, t -> t / scale);
    }

    private static double[] layerNormBack(double[] x, double[] w, double eps, boolean throughMean,
            boolean throughScale) {
        var centred = minus(x, mean(x));
        var scale = Math.sqrt(dot(centred, centred) / x.length + eps);
        var y = map(centred, t -> t / scale);
        var first = throughMean ? mean(w) : 0;
        var second = throughScale ? mean(times(w, y)) : 0;
        return IntStream.range(0, x.length).mapToDouble(i -> (w[i] - first - y[i] * second) / scale).toArray();
    }

    static List<Planted> reductions() {
        return List.of(
                whole("variance: n for n - 1", normal(6), TensorBugs::variance,
                        x -> map(minus(x, mean(x)), t -> 2 * t / 5), x -> map(minus(x, mean(x)), t -> 2 * t / 6)),
                whole("mean as sum", normal(6), TensorBugs::mean, x -> map(x, t -> 1.0 / 6), x -> map(x, t -> 1)),
                whole("weighted mean over the count", uniform(4, 0.5, 2),
                        x -> dot(times(x, x), new double[] {1, 2, 3, 4}) / 10,
                        x -> map(times(x, new double[] {1, 2, 3, 4}), t -> t / 5),
                        x -> map(times(x, new double[] {1, 2, 3, 4}), t -> t / 2)),
                whole("log-sum-exp without its normaliser", normal(5),
                        x -> max(x) + Math.log(sum(map(minus(x, max(x)), Math::exp))), TensorBugs::softmax,
                        x -> map(minus(x, max(x)), Math::exp)),
                whole("norm as its square", normal(4), x -> Math.sqrt(dot(x, x)),
                        x -> map(x, t -> t / Math.sqrt(dot(x, x))), x -> map(x, t -> 2 * t)),
                whole("product over all instead of all others", just(2, 3, 0.5, -1), x -> x[0] * x[1] * x[2] * x[3],
                        x -> map(x, t -> -3 / t), x -> map(x, t -> -3)),
                whole("product by division: NaN at 0", just(2, 0, 0.5), x -> x[0] * x[1] * x[2],
                        x -> new double[] {x[1] * x[2], x[0] * x[2], x[0] * x[1]},
                        x -> map(x, t -> x[0] * x[1] * x[2] / t)),
                whole("maximum: one on every tie", just(1.5, 1.5, 0, -1), Planted::max,
                        x -> new double[] {0.5, 0.5, 0, 0}, x -> map(x, t -> t == max(x) ? 1 : 0)),
                whole("maximum: nothing on ties", just(1.5, 1.5, 0, -1), Planted::max,
                        x -> new double[] {1, 0, 0, 0}, x -> new double[4]),
                whole("maximum to the wrong place", normal(4), Planted::max, x -> map(x, t -> t == max(x) ? 1 : 0),
                        x -> IntStream.range(0, 4).mapToDouble(i -> x[(i + 1) % 4] == max(x) ? 1 : 0).toArray()),
                any("cumulative sum: not reversed", inputs(normal(5)), in -> cumulative(in[0]),
                        (in, w) -> one(reverse(cumulative(reverse(w)))), (in, w) -> one(cumulative(w))),
                any("softmax: diagonal only", inputs(normal(4)), in -> softmax(in[0]), (in, w) -> {
                    var s = softmax(in[0]);
                    return one(times(s, minus(w, dot(s, w))));
                }, (in, w) -> {
                    var s = softmax(in[0]);
                    return one(times(times(s, w), map(s, t -> 1 - t)));
                }),
                any("log softmax: softmax not multiplied by the sum", inputs(normal(4)),
                        in -> map(softmax(in[0]), Math::log), (in, w) -> {
                            var total = sum(w);
                            var s = softmax(in[0]);
                            return one(IntStream.range(0, 4).mapToDouble(i -> w[i] - s[i] * total).toArray());
                        }, (in, w) -> {
                            var s = softmax(in[0]);
                            return one(IntStream.range(0, 4).mapToDouble(i -> w[i] - s[i]).toArray());
                        }),
                any("layer norm: epsilon in the forward only", inputs(normal(6)), in -> layerNorm(in[0], 1e-5),
                        (in, w) -> one(layerNormBack(in[0], w, 1e-5, true, true)),
                        (in, w) -> one(layerNormBack(in[0], w, 0, true, true))),
                any("layer norm: mean held constant", inputs(normal(6)), in -> layerNorm(in[0], 1e-5),
                        (in, w) -> one(layerNormBack(in[0], w, 1e-5, true, true)),
                        (in, w) -> one(layerNormBack(in[0], w, 1e-5, false, true))),
                any("layer norm: scale held constant", inputs(normal(6)), in -> layerNorm(in[0], 1e-5),
                        (in, w) -> one(layerNormBack(in[0], w, 1e-5, true, true)),
                        (in, w) -> one(layerNormBack(in[0], w, 1e-5, true, false))),
                any("sorted, not scattered back", inputs(normal(5)), in -> Arrays.stream(in[0]).sorted().toArray(),
                        (in, w) -> {
                            var g = new double[5];
                            var order = order(in[0]);
                            for (int i = 0; i < 5; i++) {
                                g[order[i]] = w[i];
                            }
                            return one(g);
                        }, (in, w) -> one(w.clone())),
                any("gathered twice, counted once", inputs(normal(4)),
                        in -> new double[] {in[0][1], in[0][1], in[0][3]},
                        (in, w) -> one(new double[] {0, w[0] + w[1], 0, w[2]}),
                        (in, w) -> one(new double[] {0, w[1], 0, w[2]})));
    }

    static List<Planted> broadcasting() {
        var rows = 4;
        var columns = 3;
        Function<RandomGenerator, double[][]> matrixAndRow = inputs(normal(rows * columns), normal(columns));
        Function<double[][], double[]> add = in -> grid(rows, columns, (i, j) -> in[0][i * 3 + j] + in[1][j]);
        Function<double[][], double[]> scale = in -> grid(rows, columns, (i, j) -> in[0][i * 3 + j] * in[1][j]);
        return List.of(
                any("bias from the first row only", matrixAndRow, add,
                        (in, w) -> new double[][] {w.clone(), columnSums(w, rows, columns)},
                        (in, w) -> new double[][] {w.clone(), Arrays.copyOf(w, columns)}),
                any("bias averaged over the batch", matrixAndRow, add,
                        (in, w) -> new double[][] {w.clone(), columnSums(w, rows, columns)},
                        (in, w) -> new double[][] {w.clone(), map(columnSums(w, rows, columns), t -> t / rows)}),
                any("gain averaged over the batch", matrixAndRow, scale,
                        (in, w) -> new double[][] {grid(rows, columns, (i, j) -> w[i * 3 + j] * in[1][j]),
                                columnSums(times(w, in[0]), rows, columns)},
                        (in, w) -> new double[][] {grid(rows, columns, (i, j) -> w[i * 3 + j] * in[1][j]),
                                map(columnSums(times(w, in[0]), rows, columns), t -> t / rows)}),
                any("a gradient summed to one number and broadcast", matrixAndRow, add,
                        (in, w) -> new double[][] {w.clone(), columnSums(w, rows, columns)},
                        (in, w) -> new double[][] {w.clone(), map(new double[columns], t -> sum(w))}),
                any("sum over rows for sum over columns", inputs(normal(9)),
                        in -> columnSums(in[0], 3, 3),
                        (in, w) -> one(grid(3, 3, (i, j) -> w[j])), (in, w) -> one(grid(3, 3, (i, j) -> w[i]))),
                any("column-major for row-major", inputs(normal(9)),
                        in -> grid(3, 3, (i, j) -> in[0][j * 3 + i] * (1 + i)),
                        (in, w) -> one(grid(3, 3, (i, j) -> w[j * 3 + i] * (1 + j))),
                        (in, w) -> one(grid(3, 3, (i, j) -> w[i * 3 + j] * (1 + i)))),
                any("Toeplitz from its first column only", inputs(normal(3), normal(6)),
                        in -> IntStream.range(0, 4)
                                .mapToDouble(i -> IntStream.range(0, 3).mapToDouble(k -> in[0][k] * in[1][i + k]).sum())
                                .toArray(),
                        (in, w) -> new double[][] {correlate(in[1], w, 3), scatter(in[0], w, 6)},
                        (in, w) -> new double[][] {map(Arrays.copyOf(in[1], 3), t -> t * w[0]),
                                scatter(in[0], w, 6)}),
                any("long rows renormalised, gradient as if not", r -> {
                    var x = map(normal(600).apply(r), t -> 0.3 * t);
                    int row = r.nextInt(200);
                    for (int j = 0; j < 3; j++) {
                        x[row * 3 + j] = 4 + r.nextDouble();
                    }
                    return one(x);
                }, in -> renormalised(in[0]), (in, w) -> one(renormalisedBack(in[0], w)), (in, w) -> one(w.clone())));
    }

    static List<Planted> matrices() {
        Function<RandomGenerator, double[]> general = r -> {
            var a = normal(9).apply(r);
            for (int i = 0; i < 3; i++) {
                a[4 * i] += 4;
            }
            return a;
        };
        return List.of(
                any("product: factors swapped", inputs(normal(9), normal(9)), in -> mul(in[0], in[1]),
                        (in, w) -> new double[][] {mul(w, t(in[1])), mul(t(in[0]), w)},
                        (in, w) -> new double[][] {mul(t(in[1]), w), mul(w, t(in[0]))}),
                any("product: transposes forgotten", inputs(normal(9), normal(9)), in -> mul(in[0], in[1]),
                        (in, w) -> new double[][] {mul(w, t(in[1])), mul(t(in[0]), w)},
                        (in, w) -> new double[][] {mul(w, in[1]), mul(in[0], w)}),
                any("quadratic form: A x for (A + Aᵀ) x", inputs(general, normal(3)),
                        in -> new double[] {dot(in[1], apply(in[0], in[1]))},
                        (in, w) -> new double[][] {map(outer(in[1], in[1]), v -> v * w[0]),
                                map(Planted.zip(apply(in[0], in[1]), apply(t(in[0]), in[1]), Double::sum),
                                        v -> v * w[0])},
                        (in, w) -> new double[][] {map(outer(in[1], in[1]), v -> v * w[0]),
                                map(apply(in[0], in[1]), v -> 2 * v * w[0])}),
                whole("determinant: inverse not transposed", general, TensorBugs::det,
                        a -> map(t(inv(a)), v -> v * det(a)), a -> map(inv(a), v -> v * det(a))),
                whole("log-determinant: adjugate for inverse", general, a -> Math.log(det(a)), a -> t(inv(a)),
                        a -> map(t(inv(a)), v -> v * det(a))),
                any("inverse: one transpose too few", inputs(general), in -> inv(in[0]),
                        (in, w) -> one(map(mul(mul(t(inv(in[0])), w), t(inv(in[0]))), v -> -v)),
                        (in, w) -> one(map(mul(mul(inv(in[0]), w), inv(in[0])), v -> -v))),
                any("solve: outer product in the wrong order", inputs(general, normal(3)),
                        in -> apply(inv(in[0]), in[1]), (in, w) -> {
                            var u = apply(t(inv(in[0])), w);
                            return new double[][] {map(outer(u, apply(inv(in[0]), in[1])), v -> -v), u};
                        }, (in, w) -> {
                            var u = apply(t(inv(in[0])), w);
                            return new double[][] {map(outer(apply(inv(in[0]), in[1]), u), v -> -v), u};
                        }),
                any("triangle: mask forgotten", inputs(normal(9), normal(3)), in -> apply(tril(in[0]), in[1]),
                        (in, w) -> new double[][] {tril(outer(w, in[1])), apply(t(tril(in[0])), w)},
                        (in, w) -> new double[][] {outer(w, in[1]), apply(t(tril(in[0])), w)}),
                any("transpose is not its own adjoint here", inputs(normal(6)),
                        in -> grid(3, 2, (i, j) -> in[0][j * 3 + i]),
                        (in, w) -> one(grid(2, 3, (i, j) -> w[j * 2 + i])),
                        (in, w) -> one(w.clone())),
                any("trace: off-diagonal too", inputs(normal(9)), in -> new double[] {in[0][0] + in[0][4] + in[0][8]},
                        (in, w) -> one(grid(3, 3, (i, j) -> i == j ? w[0] : 0)),
                        (in, w) -> one(grid(3, 3, (i, j) -> w[0]))),
                any("power of a matrix as of a number", inputs(normal(9)), in -> mul(in[0], in[0]),
                        (in, w) -> one(Planted.zip(mul(w, t(in[0])), mul(t(in[0]), w), Double::sum)),
                        (in, w) -> one(map(mul(t(in[0]), w), v -> 2 * v))),
                any("Cholesky: diagonal not halved", r -> one(spd(r)), in -> cholesky(symmetric(in[0])),
                        (in, w) -> one(choleskyBack(in[0], w, 0.5)), (in, w) -> one(choleskyBack(in[0], w, 1))),
                whole("squared eigenvalues by eigenvectors: 0/0 where they coincide", just(1, 0, 0, 0, 1, 0, 0, 0, 1),
                        a -> dot(symmetric(a), symmetric(a)), a -> map(symmetric(a), v -> 2 * v),
                        a -> map(symmetric(a), v -> v == 0 ? Double.NaN : 2 * v)));
    }

    static List<Planted> windows() {
        Function<RandomGenerator, double[][]> signal = inputs(normal(8), normal(3));
        Function<double[][], double[]> conv = in -> correlate(in[0], in[1], 6);
        return List.of(
                any("convolution: kernel not flipped", signal, conv,
                        (in, w) -> new double[][] {scatter(in[1], w, 8), correlate(in[0], w, 3)},
                        (in, w) -> new double[][] {scatter(reverse(in[1]), w, 8), correlate(in[0], w, 3)}),
                any("convolution: gradient of the kernel reversed", signal, conv,
                        (in, w) -> new double[][] {scatter(in[1], w, 8), correlate(in[0], w, 3)},
                        (in, w) -> new double[][] {scatter(in[1], w, 8), reverse(correlate(in[0], w, 3))}),
                any("padding off by one", signal, in -> correlate(padded(in[0], 1), in[1], 8),
                        (in, w) -> new double[][] {Arrays.copyOfRange(scatter(in[1], w, 10), 1, 9),
                                correlate(padded(in[0], 1), w, 3)},
                        (in, w) -> new double[][] {Arrays.copyOfRange(scatter(in[1], w, 10), 2, 10),
                                correlate(padded(in[0], 1), w, 3)}),
                any("dilation ignored", inputs(normal(9), normal(3)), in -> dilated(in[0], in[1], 2, 5),
                        (in, w) -> new double[][] {dilatedByX(in[1], w, 2, 9), dilatedByW(in[0], w, 2)},
                        (in, w) -> new double[][] {dilatedByX(in[1], w, 2, 9), dilatedByW(in[0], w, 1)}),
                any("stride ignored", inputs(normal(9), normal(3)), in -> strided(in[0], in[1], 2, 4),
                        (in, w) -> new double[][] {stridedByX(in[1], w, 2, 9), stridedByW(in[0], w, 2)},
                        (in, w) -> new double[][] {stridedByX(in[1], w, 1, 9), stridedByW(in[0], w, 2)}),
                any("average pooling: pads counted in the backward", inputs(normal(6)), in -> pooled(in[0]),
                        (in, w) -> one(pooledBack(w, false)), (in, w) -> one(pooledBack(w, true))),
                any("overlapping pools overwrite", inputs(normal(5)),
                        in -> new double[] {in[0][0] + in[0][1] + in[0][2], in[0][2] + in[0][3] + in[0][4]},
                        (in, w) -> one(new double[] {w[0], w[0], w[0] + w[1], w[1], w[1]}),
                        (in, w) -> one(new double[] {w[0], w[0], w[1], w[1], w[1]})),
                any("upsampling: last copy only", inputs(normal(3)),
                        in -> new double[] {in[0][0], in[0][0], in[0][1], in[0][1], in[0][2], in[0][2]},
                        (in, w) -> one(new double[] {w[0] + w[1], w[2] + w[3], w[4] + w[5]}),
                        (in, w) -> one(new double[] {w[1], w[3], w[5]})),
                any("concatenation: parts swapped", inputs(normal(3), normal(3)),
                        in -> IntStream.range(0, 6).mapToDouble(i -> i < 3 ? in[0][i] : in[1][i - 3]).toArray(),
                        (in, w) -> new double[][] {Arrays.copyOf(w, 3), Arrays.copyOfRange(w, 3, 6)},
                        (in, w) -> new double[][] {Arrays.copyOfRange(w, 3, 6), Arrays.copyOf(w, 3)}),
                any("recurrence: truncated after one step", inputs(normal(1), uniform(1, 0.5, 1)),
                        in -> new double[] {Math.tanh(in[1][0] * Math.tanh(in[1][0] * in[0][0]))},
                        (in, w) -> recurrence(in, w, true), (in, w) -> recurrence(in, w, false)));
    }

    private static double[][] recurrence(double[][] in, double[] w, boolean whole) {
        double a = in[1][0];
        double h = Math.tanh(a * in[0][0]);
        double y = Math.tanh(a * h);
        double dy = w[0] * (1 - y * y);
        double dh = dy * a * (1 - h * h);
        return new double[][] {{dh * a}, {dy * h + (whole ? dh * in[0][0] : 0)}};
    }

    private interface Entry {
        double at(int i, int j);
    }

    private static double[][] one(double[] x) { return new double[][] {x}; }

    private static double[] grid(int rows, int columns, Entry entry) {
        return IntStream.range(0, rows * columns).mapToDouble(k -> entry.at(k / columns, k % columns)).toArray();
    }

    private static double[] columnSums(double[] x, int rows, int columns) {
        return IntStream.range(0, columns)
                .mapToDouble(j -> IntStream.range(0, rows).mapToDouble(i -> x[i * columns + j]).sum()).toArray();
    }

    private static double[] cumulative(double[] x) {
        var y = x.clone();
        for (int i = 1; i < y.length; i++) {
            y[i] += y[i - 1];
        }
        return y;
    }

    private static double[] reverse(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[x.length - 1 - i]).toArray();
    }

    private static int[] order(double[] x) {
        return IntStream.range(0, x.length).boxed().sorted((a, b) -> Double.compare(x[a], x[b]))
                .mapToInt(i -> i).toArray();
    }

    private static double[] renormalised(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(k -> x[k] * Math.min(1, 3 / norm(x, k / 3))).toArray();
    }

    private static double norm(double[] x, int row) {
        return Math.sqrt(x[row * 3] * x[row * 3] + x[row * 3 + 1] * x[row * 3 + 1] + x[row * 3 + 2] * x[row * 3 + 2]);
    }

    private static double[] renormalisedBack(double[] x, double[] w) {
        return IntStream.range(0, x.length).mapToDouble(k -> {
            int row = k / 3;
            var norm = norm(x, row);
            if (norm <= 3) {
                return w[k];
            }
            double along = 0;
            for (int j = 0; j < 3; j++) {
                along += w[row * 3 + j] * x[row * 3 + j] / norm;
            }
            return 3 / norm * (w[k] - along * x[k] / norm);
        }).toArray();
    }

    /** Σₖ x[i + k] w[k] for i < count. */
    private static double[] correlate(double[] x, double[] w, int count) {
        return dilated(x, w, 1, count);
    }

    private static double[] scatter(double[] kernel, double[] w, int length) {
        return dilatedByX(kernel, w, 1, length);
    }

    private static double[] dilated(double[] x, double[] w, int dilation, int count) {
        return IntStream.range(0, count).mapToDouble(
                i -> IntStream.range(0, w.length).mapToDouble(k -> x[i + k * dilation] * w[k]).sum()).toArray();
    }

    private static double[] dilatedByX(double[] kernel, double[] w, int dilation, int length) {
        var g = new double[length];
        for (int i = 0; i < w.length; i++) {
            for (int k = 0; k < kernel.length; k++) {
                g[i + k * dilation] += w[i] * kernel[k];
            }
        }
        return g;
    }

    private static double[] dilatedByW(double[] x, double[] w, int dilation) {
        return IntStream.range(0, 3).mapToDouble(
                k -> IntStream.range(0, w.length).mapToDouble(i -> x[i + k * dilation] * w[i]).sum()).toArray();
    }

    private static double[] strided(double[] x, double[] w, int stride, int count) {
        return IntStream.range(0, count).mapToDouble(
                i -> IntStream.range(0, w.length).mapToDouble(k -> x[i * stride + k] * w[k]).sum()).toArray();
    }

    private static double[] stridedByX(double[] kernel, double[] w, int stride, int length) {
        var g = new double[length];
        for (int i = 0; i < w.length; i++) {
            for (int k = 0; k < kernel.length; k++) {
                g[i * stride + k] += w[i] * kernel[k];
            }
        }
        return g;
    }

    private static double[] stridedByW(double[] x, double[] w, int stride) {
        return IntStream.range(0, 3).mapToDouble(
                k -> IntStream.range(0, w.length).mapToDouble(i -> x[i * stride + k] * w[i]).sum()).toArray();
    }

    private static double[] padded(double[] x, int by) {
        var y = new double[x.length + 2 * by];
        System.arraycopy(x, 0, y, by, x.length);
        return y;
    }

    private static double[] pooled(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(i -> IntStream.rangeClosed(i - 1, i + 1)
                .filter(k -> k >= 0 && k < x.length).mapToDouble(k -> x[k]).average().orElse(0)).toArray();
    }

    private static double[] pooledBack(double[] w, boolean countPads) {
        var g = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            int from = Math.max(0, i - 1);
            int to = Math.min(w.length - 1, i + 1);
            for (int k = from; k <= to; k++) {
                g[k] += w[i] / (countPads ? 3 : to - from + 1);
            }
        }
        return g;
    }

    private static DMatrixRMaj square(double[] a) {
        int n = (int) Math.round(Math.sqrt(a.length));
        return new DMatrixRMaj(n, n, true, a.clone());
    }

    private static double[] mul(double[] a, double[] b) {
        var c = square(a);
        CommonOps_DDRM.mult(square(a), square(b), c);
        return c.data;
    }

    private static double[] t(double[] a) {
        var c = square(a);
        CommonOps_DDRM.transpose(c);
        return c.data;
    }

    private static double[] inv(double[] a) {
        var c = square(a);
        CommonOps_DDRM.invert(square(a), c);
        return c.data;
    }

    private static double det(double[] a) { return CommonOps_DDRM.det(square(a)); }

    private static double[] apply(double[] a, double[] x) {
        int n = x.length;
        return IntStream.range(0, n).mapToDouble(i -> IntStream.range(0, n).mapToDouble(j -> a[i * n + j] * x[j]).sum())
                .toArray();
    }

    private static double[] outer(double[] u, double[] v) { return grid(u.length, v.length, (i, j) -> u[i] * v[j]); }

    private static double[] tril(double[] a) {
        int n = square(a).numRows;
        return grid(n, n, (i, j) -> j <= i ? a[i * n + j] : 0);
    }

    private static double[] symmetric(double[] a) {
        return grid(3, 3, (i, j) -> (a[i * 3 + j] + a[j * 3 + i]) / 2);
    }

    private static double[] spd(RandomGenerator r) {
        var a = normal(9).apply(r);
        var s = mul(a, t(a));
        return grid(3, 3, (i, j) -> s[i * 3 + j] + (i == j ? 1 : 0));
    }

    private static double[] cholesky(double[] a) {
        var l = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                var rest = a[i * 3 + j];
                for (int k = 0; k < j; k++) {
                    rest -= l[i * 3 + k] * l[j * 3 + k];
                }
                l[i * 3 + j] = i == j ? Math.sqrt(rest) : rest / l[j * 3 + j];
            }
        }
        return l;
    }

    /** sym(L⁻ᵀ Φ(Lᵀ W) L⁻¹) with Φ the lower triangle, its diagonal halved (Murray, arXiv:1602.07527). */
    private static double[] choleskyBack(double[] a, double[] w, double diagonal) {
        var l = cholesky(symmetric(a));
        var phi = mul(t(l), tril(w));
        var half = grid(3, 3, (i, j) -> j < i ? phi[i * 3 + j] : j == i ? diagonal * phi[i * 3 + j] : 0);
        return symmetric(mul(mul(t(inv(l)), half), inv(l)));
    }
}
