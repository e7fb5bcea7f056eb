package org.adjoint.check;

import java.util.function.DoubleSupplier;

/**
 * What becomes of a claim that looks wrong when rounding, of x or inside of f, could have made the difference: values of f
 * do not tell then.
 */
final class Lost {

    private Lost() {}

    /** @param elsewhere the largest value of f at points nearer to the origin */
    static Finding excuse(Finding wrong, Line line, DoubleSupplier elsewhere) {
        var slope = wrong.analytic();
        var measured = wrong.numeric();
        if (measured.low() == 0 && measured.high() == 0 && Grain.hides(line, slope)) {
            return wrong.as(Outcome.RIGHT, "f does not change here, and so small a slope is lost in rounding");
        }
        var reason = reason(line, slope, measured, elsewhere);
        return reason.isEmpty() ? wrong : wrong.as(Outcome.INCONCLUSIVE, reason);
    }

    private static String reason(Line line, double slope, Estimate measured, DoubleSupplier elsewhere) {
        if (Grain.blurs(line, slope, measured.value())) {
            return "long steps agree, and what shorter ones say is less than numbers inside of f may round to";
        }
        if (Grain.drowns(line, slope)) {
            return "all that f changes by is less than the last bits of the inputs";
        }
        if (Grain.emerges(line, slope)) {
            return "f does not change on steps as short as x; longer ones agree";
        }
        if (Grain.underflows(line, slope, measured.distance(slope))) {
            return "squares of numbers as small as x are no numbers";
        }
        if (Roughness.hides(line, slope)) {
            return "f varies within the distance between numbers that are next to each other";
        }
        if (Roughness.resolves(line, slope, measured.value())) {
            return "f varies so fast that only short steps resolve it, and these agree";
        }
        if (Grain.isUlp(line, measured.distance(slope))) {
            return "what it is off by is less than the last bit of f where the least entry moved is as large as it is";
        }
        return Grain.absorbs(line, measured.distance(slope), elsewhere)
                ? "f is so small here that sums with its values elsewhere lose it" : "";
    }
}
