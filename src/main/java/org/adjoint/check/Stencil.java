package org.adjoint.check;

import org.jspecify.annotations.Nullable;

/**
 * The fast path: nine values of φ, enough for a smooth function.
 *
 * <p>Three central differences are extrapolated in h². The symmetric parts e(h) = φ(h) + φ(−h) − 2φ(0) must behave as
 * c₂h² + c₄h⁴: a kink at the point, or inside the stencil, leaves a term linear in h. A fourth pair, four orders of
 * magnitude closer, must agree too: it sees features narrower than the stencil and measures the noise. Steps are not
 * in the ratio of two, which periodic functions would alias.
 */
final class Stencil {

    private static final double[] H = {5.0 / 256, 3.0 / 256, 7.0 / 1024};
    private static final double PROBE = 11.0 / (1 << 26);
    private static final double S1 = H[0] * H[0];
    private static final double S2 = H[1] * H[1];
    private static final double S3 = H[2] * H[2];
    private static final double NOISE = Extrapolation.amplification(S1, H[0], S2, H[1], S3, H[2]);
    private static final double[] KINK = kinkWeights();
    private static final double KINK_NOISE = 4
            * (Math.abs(KINK[0]) / H[0] + Math.abs(KINK[1]) / H[1] + Math.abs(KINK[2]) / H[2]);

    /** Calls of f besides that at the point. */
    static final int VALUES = 8;

    private Stencil() {}

    /** The same from steps sixteen times as long where these are as good: with few digits, noise counts more than curves. */
    static @Nullable Estimate wide(Line line) {
        var near = smooth(line);
        if (near == null) {
            return null;
        }
        var far = smooth(line.rescaled(16 * line.unit()));
        return far != null && far.error() < near.error()
                && Math.abs(far.value() - near.value()) <= 2 * (far.error() + near.error()) ? far : near;
    }

    /** The derivative φ′(0) with its error, or nothing if φ does not look smooth at this scale. */
    static @Nullable Estimate smooth(Line line) {
        var f0 = line.center;
        var odd = new double[4];
        var even = new double[4];
        var changes = new double[8];
        var largest = Math.abs(f0);
        for (int i = 0; i < 4; i++) {
            var h = i < 3 ? H[i] : PROBE;
            var plus = line.at(h);
            var minus = line.at(-h);
            changes[2 * i] = plus - f0;
            changes[2 * i + 1] = minus - f0;
            odd[i] = plus / 2 - minus / 2;
            even[i] = (plus - f0) + (minus - f0);
            if (!Double.isFinite(odd[i]) || !Double.isFinite(even[i])) {
                return null;
            }
            largest = Math.max(largest, Math.max(Math.abs(plus), Math.abs(minus)));
        }
        var slope = Extrapolation.of(S1, odd[0] / H[0], S2, odd[1] / H[1], S3, odd[2] / H[2]);
        var curve = Extrapolation.of(S1, even[0] / S1, S2, even[1] / S2, S3, even[2] / S3);
        var ulp = line.ulp(largest);
        // noise seen at the probe, beyond what the fitted polynomial says
        var atProbe = Math.max(Math.abs(even[3] - curve.value() * (PROBE * PROBE)) / 2,
                Math.abs(odd[3] - slope.value() * PROBE));
        // noise seen in the stencil: the last corrections, as a change of the values
        var inStencil = Math.max(slope.second() * H[2], curve.second() * S3);
        if (atProbe > 16 * ulp + 8 * Math.min(inStencil, 1e-9 * largest)) {
            return null;
        }
        var noise = 2 * Math.max(Math.max(ulp, Grain.of(line, changes)), atProbe)
                + Math.abs(slope.value()) * line.rounding();
        if (!slope.isRegular(4 * noise * NOISE)) {
            return null;
        }
        var kink = KINK[0] * (even[0] / H[0]) + KINK[1] * (even[1] / H[1]) + KINK[2] * (even[2] / H[2]);
        if (Math.abs(kink) > 1e-4 * Math.abs(even[2] / H[2]) + noise * KINK_NOISE) {
            return null;
        }
        var value = slope.value();
        var error = slope.truncation() + noise * NOISE + 2 * Math.ulp(value);
        return Estimate.smooth(value / line.unit(), error / line.unit(), line.unit(), line.evaluations());
    }

    /** Weights v with Σv = 1, Σv h = 0, Σv h³ = 0: of e(h)/h = c₀ + c₁h + c₃h³ they leave c₀, the size of a kink. */
    private static double[] kinkWeights() {
        var v = new double[3];
        for (int i = 0; i < 3; i++) {
            var a = H[(i + 1) % 3];
            var b = H[(i + 2) % 3];
            v[i] = a * b * (b * b - a * a);
        }
        var sum = v[0] + v[1] + v[2];
        for (int i = 0; i < 3; i++) {
            v[i] /= sum;
        }
        return v;
    }
}
