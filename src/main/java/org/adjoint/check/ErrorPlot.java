package org.adjoint.check;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A drawing (SVG) of the distance between difference quotients and what is claimed, against the step, on logarithmic
 * axes, with the error bar as the floor: where a right derivative would dip to it, a wrong one stays above.
 */
public final class ErrorPlot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int MARGIN = 60;

    private final Finding finding;
    private final double left;
    private final double right;
    private final double low;
    private final double high;

    private ErrorPlot(Finding finding, double left, double right, double low, double high) {
        this.finding = finding;
        this.left = left;
        this.right = right;
        this.low = low;
        this.high = high;
    }

    /** The drawing of one finding; one without steps says so. */
    public static String svg(Finding finding) {
        var rungs = finding.ladder();
        if (rungs.isEmpty()) {
            return frame("no steps were recorded for " + finding.probe(), "");
        }
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (var r : rungs) {
            for (double e : new double[] {miss(finding, r.left()), miss(finding, r.central()),
                    miss(finding, r.right())}) {
                if (e > 0 && Double.isFinite(e)) {
                    low = Math.min(low, e);
                    high = Math.max(high, e);
                }
            }
        }
        var floor = finding.numeric().error();
        if (floor > 0 && Double.isFinite(floor)) {
            low = Math.min(low, floor);
            high = Math.max(high, floor);
        }
        if (!(low <= high)) {
            low = 1;
            high = 10;
        }
        return new ErrorPlot(finding, Math.log10(rungs.getLast().step()), Math.log10(rungs.getFirst().step()),
                Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1).draw(rungs, floor);
    }

    private static double miss(Finding finding, double quotient) {
        // the claim may not be a number: then against what was measured
        var against = Double.isFinite(finding.analytic()) ? finding.analytic() : finding.numeric().value();
        return Math.abs(quotient - against);
    }

    private double x(double step) {
        return MARGIN + (WIDTH - 2 * MARGIN) * (Math.log10(step) - left) / Math.max(1e-9, right - left);
    }

    private double y(double error) {
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (Math.log10(error) - low) / Math.max(1e-9, high - low);
    }

    private String draw(List<Rung> rungs, double floor) {
        var body = new StringBuilder();
        int every = Math.max(1, (int) Math.ceil((high - low) / 8));
        for (int e = (int) low; e <= high; e += every) {
            body.append(line(MARGIN, y(Math.pow(10, e)), WIDTH - MARGIN, y(Math.pow(10, e)), "#ddd"))
                    .append(text(4, y(Math.pow(10, e)) + 4, "1e" + e));
        }
        for (int e = (int) Math.ceil(left); e <= right; e += 3) {
            body.append(line(x(Math.pow(10, e)), MARGIN, x(Math.pow(10, e)), HEIGHT - MARGIN, "#ddd"))
                    .append(text(x(Math.pow(10, e)) - 12, HEIGHT - MARGIN + 18, "1e" + e));
        }
        body.append(curve(rungs, Rung::left, "#c60")).append(curve(rungs, Rung::right, "#06c"))
                .append(curve(rungs, Rung::central, "#000"));
        if (floor > 0 && Double.isFinite(floor)) {
            body.append(line(MARGIN, y(floor), WIDTH - MARGIN, y(floor), "#090"))
                    .append(text(MARGIN + 4, y(floor) - 4, "error bar of the extrapolated derivative"));
        }
        body.append(text(WIDTH / 2.0 - 40, HEIGHT - 12, "step h"))
                .append(text(MARGIN, MARGIN - 8,
                        "distance to the claim: black both sides, orange left, blue right, green the error bar"));
        return frame(finding.outcome() + " " + finding.probe() + ", claimed " + finding.analytic(), body.toString());
    }

    private String curve(List<Rung> rungs, ToDoubleFunction<Rung> side, String colour) {
        var points = new StringBuilder();
        for (var r : rungs) {
            var e = miss(finding, side.applyAsDouble(r));
            if (e > 0 && Double.isFinite(e)) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(r.step()), y(e)));
            }
        }
        return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>\n".formatted(colour,
                points.toString().strip());
    }

    private static String line(double x1, double y1, double x2, double y2, String colour) {
        return String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n", x1,
                y1, x2, y2, colour);
    }

    private static String text(double x, double y, String words) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, XmlReport.escape(words));
    }

    private static String frame(String title, String body) {
        var shown = title.length() > 90 ? title.substring(0, 90) + "..." : title;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="white"/>
                %s%s</svg>
                """.formatted(WIDTH, HEIGHT, text(MARGIN, 22, shown), body);
    }
}
